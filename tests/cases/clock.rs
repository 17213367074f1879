use hearken::triage::clock::{Calendar, deadline_of_value, hours_of_value};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{field, json as out};

const HOUR: i64 = 3_600_000;

/// Monday to Friday 9 to 17 h.
fn weekdays() -> Value {
    json!([[[540, 1020]], [[540, 1020]], [[540, 1020]], [[540, 1020]], [[540, 1020]], null, null])
}

/// Summer time of Central Europe in 2026.
fn berlin() -> Value {
    json!({"offsetMinutes": 60, "transitions": [
        {"from": "2026-03-29T01:00Z", "offsetMinutes": 120},
        {"from": "2026-10-25T01:00Z", "offsetMinutes": 60},
    ]})
}

fn calendar(zone: Value, days: Value, holidays: Value) -> Calendar {
    Calendar::from_value(json!({"zone": zone, "days": days, "holidays": holidays}), "calendar").unwrap()
}

fn ms(time: &str) -> i64 {
    let due = deadline_of_value(json!({"sentAt": time, "now": time, "minutes": 0})).unwrap();
    due.deadline_ms
}

/// Concept 56: the same message after five minutes and after twenty days.
#[test]
fn c56_act_while_it_is_fresh() {
    let ask = |now: &str| {
        out(deadline_of_value(json!({"sentAt": "2026-03-02T09:00Z", "now": now, "channel": "social"})).unwrap())
    };
    let fresh = ask("2026-03-02T09:05Z");
    assert_eq!((&fresh["state"], &fresh["respondWithinMinutes"]), (&json!("in_time"), &json!(55)));
    assert_eq!(fresh["apologise"], false);
    assert_eq!(ask("2026-03-02T09:50Z")["state"], "soon");
    let old = ask("2026-03-22T09:00Z");
    assert_eq!((&old["state"], &old["apologise"]), (&json!("late"), &json!(true)));
    assert_eq!((&old["respondWithinMinutes"], &old["lateMinutes"]), (&json!(0), &json!(20 * 1_440 - 60)));
}

/// What people expect differs by channel; a platform that is known counts before the channel.
#[test]
fn deadlines_follow_the_channel() {
    let due = |extra: Value| {
        let mut ask = json!({"sentAt": 0, "now": 0});
        ask.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        deadline_of_value(ask).unwrap().deadline_ms / 60_000
    };
    assert_eq!(due(json!({"channel": "chat"})), 1);
    assert_eq!(due(json!({"channel": "email"})), 240);
    assert_eq!(due(json!({"channel": "email", "source": "bluesky"})), 60);
    assert_eq!(due(json!({"channel": "email", "source": "nobody knows it"})), 240);
    assert_eq!(due(json!({})), 1_440);
}

#[test]
fn nights_weekends_and_holidays_do_not_count() {
    let due = |sent: &str, minutes: i64, holidays: Value| {
        let calendar = json!({"zone": {"offsetMinutes": 540}, "days": weekdays(), "holidays": holidays});
        out(deadline_of_value(json!({"sentAt": sent, "now": sent, "minutes": minutes, "calendar": calendar})).unwrap())
    };
    // Friday 16:00 in Seoul and four hours: Monday 12:00.
    let friday = due("2026-03-06T16:00+09:00", 240, json!([]));
    assert_eq!(friday["deadlineMs"], ms("2026-03-09T12:00+09:00"));
    assert_eq!((&friday["businessMinutesLeft"], &friday["respondWithinMinutes"]), (&json!(240), &json!(68 * 60)));
    // Monday off: Tuesday.
    assert_eq!(due("2026-03-06T16:00+09:00", 240, json!(["2026-03-09"]))["deadlineMs"], ms("2026-03-10T12:00+09:00"));
    // To the minute of closing.
    assert_eq!(due("2026-03-06T16:00+09:00", 60, json!([]))["deadlineMs"], ms("2026-03-06T17:00+09:00"));
}

#[test]
fn summer_time_moves_the_hours() {
    let work = calendar(berlin(), weekdays(), json!([]));
    assert!(work.is_open(ms("2026-03-27T08:00Z")) && !work.is_open(ms("2026-03-27T07:59Z")));
    assert!(work.is_open(ms("2026-03-30T07:00Z")) && !work.is_open(ms("2026-03-30T06:59Z")));
    // Open all the time: the day the clock is put forward has 23 hours, the other 25.
    let always = calendar(berlin(), json!(vec![json!([[0, 1440]]); 7]), json!([]));
    let day = |from: &str, to: &str| always.between(ms(from), ms(to)).unwrap() / HOUR;
    assert_eq!(day("2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"), 23);
    assert_eq!(day("2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"), 25);
    // 2:30 is left out in spring: the shift begins when the clock is put forward.
    let night = calendar(berlin(), json!(vec![json!([[150, 240]]); 7]), json!([]));
    assert!(night.is_open(ms("2026-03-29T01:00Z")) && !night.is_open(ms("2026-03-29T00:59Z")));
    assert_eq!(night.between(ms("2026-03-29T00:00Z"), ms("2026-03-29T06:00Z")), Some(HOUR));
}

#[test]
fn the_hours_of_a_moment_are_open_and_count_what_was_waited() {
    let calendar = json!({"zone": {"offsetMinutes": 540}, "days": weekdays(), "holidays": ["2026-03-09"]});
    let at = |now: &str, sent: Value| {
        out(hours_of_value(json!({"now": now, "sentAt": sent, "calendar": calendar})).unwrap())
    };
    // Friday 16:00 to Tuesday 10:00 in Seoul, with Monday off: an hour and an hour.
    let tuesday = at("2026-03-10T10:00+09:00", json!("2026-03-06T16:00+09:00"));
    assert_eq!(tuesday, json!({"now": ms("2026-03-10T01:00Z"), "open": true, "waitedMinutes": 120}));
    let monday = at("2026-03-09T10:00+09:00", json!(null));
    assert_eq!((&monday["open"], monday.get("waitedMinutes")), (&json!(false), None));
    // Sent later than now, and longer ago than a calendar counts.
    assert_eq!(at("2026-03-10T10:00+09:00", json!("2026-03-10T11:00+09:00"))["waitedMinutes"], 0);
    assert_eq!(at("2026-03-10T10:00+09:00", json!(0))["waitedMinutes"], u32::MAX);
    assert_eq!(field(hours_of_value(json!({"now": 0}))), "calendar");
    assert_eq!(field(hours_of_value(json!({"calendar": calendar}))), "now");
}

#[test]
fn clocks_that_run_backwards_are_flagged() {
    let due = out(deadline_of_value(json!({"sentAt": 900_000, "now": 0, "minutes": 10})).unwrap());
    assert_eq!(
        (&due["backwards"], &due["deadlineMs"], &due["state"]),
        (&json!(true), &json!(600_000), &json!("in_time"))
    );
}

#[test]
fn bad_calendars_name_their_field() {
    let zone = json!({"offsetMinutes": 0});
    for (calendar, name) in [
        (json!({"days": weekdays()}), "calendar.zone"),
        (json!({"zone": "Europe/Berlin", "days": weekdays()}), "calendar.zone"),
        (json!({"zone": {}, "days": weekdays()}), "calendar.zone.offsetMinutes"),
        (json!({"zone": {"offsetMinutes": 2000}, "days": weekdays()}), "calendar.zone.offsetMinutes"),
        (
            json!({"zone": {"offsetMinutes": 0, "transitions": [{"from": 5, "offsetMinutes": 0}, {"from": 5, "offsetMinutes": 60}]}, "days": weekdays()}),
            "calendar.zone.transitions[1].from",
        ),
        (json!({"zone": zone}), "calendar.days"),
        (json!({"zone": zone, "days": [null, null, null, null, null, null, null]}), "calendar.days"),
        (json!({"zone": zone, "days": [[[600, 500]], null, null, null, null, null, null]}), "calendar.days[0]"),
        (json!({"zone": zone, "days": [null, [[0, 60], [30, 90]], null, null, null, null, null]}), "calendar.days[1]"),
        (json!({"zone": zone, "days": weekdays(), "holidays": ["2026-01-01", "secret"]}), "calendar.holidays[1]"),
        (json!({"zone": zone, "days": weekdays(), "open": "secret"}), "calendar.open"),
    ] {
        let ask = json!({"sentAt": 0, "now": 0, "minutes": 1, "calendar": calendar});
        assert_eq!(field(deadline_of_value(ask)), name);
    }
    let one_minute = json!({"zone": zone, "days": [[[0, 1]], null, null, null, null, null, null]});
    let far = json!({"sentAt": 0, "now": 0, "minutes": 5000, "calendar": one_minute});
    assert_eq!(field(deadline_of_value(far)), "calendar");
    assert_eq!(field(deadline_of_value(json!({"sentAt": 0}))), "now");
}

proptest! {
    /// After so much business time, so much business time is over; and the parts of a stretch make the whole.
    #[test]
    fn business_time_adds_up(from in 1_700_000_000_000i64..1_900_000_000_000, minutes in 0..20_000i64, part in 0.0..1.0) {
        let work = calendar(berlin(), json!([[[0, 90], [540, 720], [780, 1080]], null, [[150, 200]], [[540, 1440]], null, [[60, 240]], null]), json!(["2026-03-26"]));
        let to = work.after(from, minutes * 60_000).unwrap();
        prop_assert_eq!(work.between(from, to).unwrap(), minutes * 60_000);
        let middle = from + ((to - from) as f64 * part) as i64;
        prop_assert_eq!(work.between(from, middle).unwrap() + work.between(middle, to).unwrap(), minutes * 60_000);
    }
}
