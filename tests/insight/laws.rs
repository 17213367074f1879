//! What must hold for any input: no panic, no order, nothing lost.

use hearken::message::Channel;
use hearken::score::demand::*;
use hearken::score::drivers::*;
use hearken::score::fatigue::*;
use hearken::score::journey::*;
use hearken::score::trends::*;
use proptest::prelude::*;

/// Usual times, and the ends of what a number holds.
fn any_ms() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 0..2_000_000_000_000i64, 1 => Just(i64::MIN), 1 => Just(i64::MAX)]
}

fn any_event() -> impl Strategy<Value = JourneyEvent> {
    let labels = (any::<[bool; 5]>(), 0..3usize, 0..3usize, proptest::option::of(0..4usize));
    ("[a-d][0-9]?", any_ms(), labels, proptest::collection::vec((0..4usize, "[xyz]"), 0..3)).prop_map(
        |(id, at_ms, ([asks, complains, upset, leaves, resolves], speaker, experience, thread), keys)| {
            let kinds = [KeyKind::Customer, KeyKind::Email, KeyKind::Phone, KeyKind::Handle];
            JourneyEvent {
                id,
                at_ms,
                channel: Channel::ALL[speaker],
                speaker: [Speaker::Customer, Speaker::Agent, Speaker::Bot][speaker],
                keys: keys.into_iter().map(|(kind, value)| IdentityKey { kind: kinds[kind], value }).collect(),
                thread: thread.map(|thread| thread.to_string()),
                asks,
                complains,
                experience: [None, Some(Experience::Bad), Some(Experience::Good)][experience],
                upset,
                leaves,
                resolves,
                intent: asks.then(|| "billing".to_owned()),
                moment: upset.then(|| "use".to_owned()),
            }
        },
    )
}

fn any_wish() -> impl Strategy<Value = DemandWish> {
    let object =
        prop_oneof![Just("oat milk please"), Just("밤 버스"), Just("深夜バスがほしい"), Just("!"), Just("vegan pie")];
    ("[a-f]{0,2}", proptest::option::of(any_ms()), proptest::option::of("[p-r]"), "en|ko|ja|xx|", object).prop_map(
        |(id, at_ms, person, language, object)| DemandWish {
            id,
            at_ms,
            person,
            language,
            object: object.into(),
            time: Some("밤에".into()),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn journeys_lose_no_event_and_know_no_order(
        mut events in proptest::collection::vec(any_event(), 0..40),
        now in any_ms(),
    ) {
        // One id is one event: the same id twice would leave the choice to the order.
        let mut seen = std::collections::BTreeSet::new();
        events.retain(|event| seen.insert(event.id.clone()));
        let hours = BusinessHours { utc_offset_minutes: 540, days: [Some([0, 1440]); 7] };
        let options = JourneyOptions { hours: Some(hours), ..JourneyOptions::default() };
        let found = journeys(&events, &options, now).unwrap();
        let told: usize = found.people.iter().map(|journey| journey.timeline.len()).sum();
        prop_assert_eq!(told as u64 + found.unassigned, events.len() as u64);
        for person in &found.identities.people {
            prop_assert_eq!(person.links.len() + 1, person.records.len());
        }
        for journey in &found.people {
            let events: usize = journey.conversations.iter().map(|one| one.events).sum();
            prop_assert_eq!(events, journey.timeline.len());
        }
        events.reverse();
        prop_assert_eq!(journeys(&events, &options, now).unwrap(), found);
    }

    #[test]
    fn demand_counts_every_wish(mut wishes in proptest::collection::vec(any_wish(), 0..60), now in any_ms()) {
        for (at, wish) in wishes.iter_mut().enumerate().filter(|(_, wish)| !wish.id.is_empty()) {
            wish.id = at.to_string();
        }
        let options = DemandOptions { most: usize::MAX, ..DemandOptions::default() };
        let found = demand(&wishes, &options, now).unwrap();
        prop_assert_eq!(found.mentions + found.unclear, wishes.len() as u64);
        wishes.reverse();
        prop_assert_eq!(demand(&wishes, &options, now).unwrap(), found);
    }

    #[test]
    fn any_history_gives_a_decision(
        sent in proptest::collection::vec((any_ms(), 0..5usize, proptest::option::of(any_ms()), any::<bool>()), 0..12),
        contacts in proptest::collection::vec((any_ms(), any::<bool>(), proptest::option::of(any_ms())), 0..4),
        questions in 0..40u32,
        now in any_ms(),
    ) {
        use InvitationOutcome::*;
        let invitation = |(sent_ms, outcome, ended_ms, reply_owed)| {
            let outcome = [Answered, Dismissed, Ignored, Bounced, Pending][outcome];
            Invitation { sent_ms, outcome, ended_ms, reply_owed, ..Invitation::default() }
        };
        let history = SurveyHistory {
            invitations: sent.into_iter().map(invitation).collect(),
            contacts: contacts
                .into_iter()
                .map(|(at_ms, complaint, answered_ms)| Contact { at_ms, complaint, answered_ms })
                .collect(),
        };
        let person = SurveyPerson { device: Device::Phone, opted_out: false };
        let survey = Survey { questions, ..Survey::default() };
        let decision = decide(&person, &history, &survey, &SurveyPolicy::default(), now).unwrap();
        prop_assert_eq!(decision.questions.is_some(), decision.decision == SurveyAnswer::Ask);
        prop_assert!(decision.until_ms.is_none_or(|until| until > now && decision.decision == SurveyAnswer::Wait));
    }

    #[test]
    fn any_series_is_judged(counts in proptest::collection::vec(0..1u64 << 53, 0..200), small in any::<bool>(), season in 1..30usize) {
        let counts = if small { counts.iter().map(|count| count % 20).collect() } else { counts };
        let series = Series { start_ms: i64::MAX - 5, bucket_ms: 3_600_000, counts };
        let options = TrendOptions { season, ..TrendOptions::default() };
        let found = bursts(&series, &options).unwrap();
        prop_assert!(found.bursts.windows(2).all(|pair| pair[0].last < pair[1].first));
        prop_assert!(found.bursts.iter().all(|burst| burst.first <= burst.last && burst.p.is_finite()));
        prop_assert!(changes(&series, &options).unwrap().windows(2).all(|pair| pair[0].bucket < pair[1].bucket));
        silence(&series, &options).unwrap();
    }

    #[test]
    fn any_table_has_a_report(
        rows in proptest::collection::vec((-3.0..3.0f64, -1..=1i8, -1..=1i8, any::<f64>()), 0..60),
        wild in any::<bool>(),
    ) {
        let column = |name: &str, values: Vec<f64>| DriverColumn { name: name.into(), values };
        let table = DriverTable {
            outcome: rows.iter().map(|row| row.0).collect(),
            drivers: vec![
                column("a", rows.iter().map(|row| f64::from(row.1)).collect()),
                column("b", rows.iter().map(|row| f64::from(row.2)).collect()),
                column("twice", rows.iter().map(|row| 2.0 * f64::from(row.1)).collect()),
                column("wild", rows.iter().map(|row| if wild { row.3 } else { 0.0 }).collect()),
            ],
        };
        let found = drivers(&table, &DriverOptions { replicates: 40, seed: 3 }).unwrap();
        prop_assert_eq!(found.n + found.left_out, rows.len());
        if !wild {
            prop_assert!(!serde_json::to_string(&found).unwrap().contains("null"));
            prop_assert!((0.0..=1.0 + 1e-9).contains(&found.explained), "{}", found.explained);
        }
    }

    #[test]
    fn any_stream_and_thread_is_read(
        list in proptest::collection::vec((any_ms(), "[a-c]{1,2}", proptest::option::of("[p-s]"), any::<bool>(), "[t-w]"), 0..60),
    ) {
        let mut stream = Vec::new();
        let mut comments = Vec::new();
        for (at_ms, id, author, negative, term) in list {
            let terms = vec![term];
            comments.push(ThreadComment { id: id.clone(), at_ms, author: author.clone(), terms: terms.clone() });
            stream.push(StreamMessage { id, at_ms, author, negative, severe: !negative, terms, channel: Channel::Chat });
        }
        // Times far apart make a series too long, which is refused.
        let _ = crisis(&stream, &CrisisOptions::default(), 2_000_000_000_000);
        stream.retain(|one| (1_999_900_000_000..2_000_000_000_000).contains(&one.at_ms));
        crisis(&stream, &CrisisOptions::default(), 2_000_000_000_000).unwrap();
        if let Some(found) = takeover(&["t".into()], &comments) {
            prop_assert!(found.theme != "t" && found.share.interval.unwrap()[0] >= 30.0);
        }
    }
}
