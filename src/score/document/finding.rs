//! What is worth a sentence, and what is at stake: the candidates from each input, ranked.

use super::text::{Text, bare, bounds};
use super::{Finding, Inputs, MAX_FINDINGS, Trend};
use crate::order::Sorted;
use crate::score::trends::CrisisLevel;
use crate::score::{Difference, Figure, MIN_ANSWERS, Metric, Summary, Z_95, share};

/// Points at stake for each percent of texts or people, by what they say. Choices, not findings: a customer who goes is
/// lost; half for effort and for what nobody answers, as in the cap of the CX score; a quarter for all else.
const LEAVING: f64 = 1.0;
const HALF: f64 = 0.5;
const QUARTER: f64 = 0.25;
/// Points at stake in a crisis, and in an alert.
const CRISIS: f64 = 100.0;
const ALERT: f64 = 50.0;

const COUNT: &str = "count against what its past explains; Poisson interval (Byar in Rothman and Boice 1979)";
const LEVEL: &str =
    "mean count after the change point (Scott and Knott 1974); Poisson interval (Byar in Rothman and Boice 1979)";
const PENALTY: &str =
    "penalty of bad mentions times their share, reward of good ones; least squares, t interval (Brandt 1988)";
const WISHES: &str = "% of people with a wish; Wilson score interval (Wilson 1927)";
const UNANSWERED: &str = "100 less the % answered of what calls for an answer; Wilson score interval (Wilson 1927)";
const UNWATCHED: &str = "% of messages that came where nobody watches; Wilson score interval (Wilson 1927)";

const BAD_EMOTIONS: [&str; 6] = ["anger", "frustration", "disappointment", "sadness", "worry", "confusion"];
/// Half a point at stake for each percent.
const HALVED: [&str; 2] = ["high_effort", "answered"];
/// Shares whose change says nothing of better or worse.
const MIX: [&str; 3] = ["effort_mentioned", "asking", "actionable"];
/// Reasons that are no trouble for anybody.
const CALM_REASONS: [&str; 3] = ["none", "feedback", "purchase_interest"];

pub(super) fn all(inputs: &Inputs, text: &Text) -> Vec<Finding> {
    let mut found = Found { text, list: Vec::new() };
    crisis(&mut found, inputs);
    if let Some(trend) = inputs.trend {
        bursts(&mut found, trend);
        level(&mut found, trend);
    }
    drivers(&mut found, inputs);
    for one in inputs.periods.into_iter().flat_map(|periods| &periods.differences) {
        let key = if one.value < Some(0.0) { "change.down" } else { "change.up" };
        if !MIX.contains(&one.metric) {
            let weight = if HALVED.contains(&one.metric) { HALF } else { 1.0 };
            found.difference("change", key, one.metric, "", one, weight);
        }
    }
    for (dimension, comparison) in &inputs.segments {
        for one in &comparison.differences {
            let key = if one.value < Some(0.0) { "segment.down" } else { "segment.up" };
            let all = one.figure.n.saturating_add(one.against.n).max(1);
            found.difference("segment", key, &one.key, dimension, one, one.figure.n as f64 / all as f64);
        }
    }
    unanswered(&mut found, inputs);
    demand(&mut found, inputs);
    if let Some(summary) = inputs.summary {
        topics(&mut found, summary);
        shares(&mut found, summary);
        let net = summary.unsolicited.iter().filter(|figure| figure.metric == Metric::NetSentiment.slug());
        for figure in summary.solicited.iter().chain(net) {
            let name = text.name("metric", figure.metric);
            found.add("figure", figure.metric, "figure", &[("s", &name)], figure, 0.0);
        }
    }
    if let Some(cx) = inputs.cx {
        let (value, interval, n) = (cx.value, cx.interval, cx.n);
        let figure = Figure { metric: "cx_score", value, interval, n, too_few: cx.too_few, method: cx.method };
        found.add("score", "cx_score", "score.is", &[], &figure, 0.0);
    }
    ranked(found.list)
}

/// The strongest first, what has too few answers last; one finding for each subject.
fn ranked(mut list: Vec<Finding>) -> Vec<Finding> {
    list.order_by(|a, b| a.too_few.cmp(&b.too_few).then_with(|| b.impact.total_cmp(&a.impact)));
    let mut best: Vec<Finding> = Vec::with_capacity(MAX_FINDINGS);
    for one in list {
        if best.len() < MAX_FINDINGS && !best.iter().any(|other| bare(&other.subject) == bare(&one.subject)) {
            best.push(one);
        }
    }
    best
}

struct Found<'t> {
    text: &'t Text<'t>,
    list: Vec<Finding>,
}

impl Found<'_> {
    /// Adds a sentence on a figure: `{v}` is its value without sign, `{e}` interval and n. A figure without a value, or
    /// one that is not too few and yet has no interval (all answers are equal), is told in tables alone.
    fn add(
        &mut self,
        kind: &'static str,
        subject: &str,
        key: &str,
        parts: &[(&str, &str)],
        figure: &Figure,
        impact: f64,
    ) {
        let Some(value) = figure.value.filter(|_| figure.interval.is_some() || figure.too_few) else { return };
        let text = self.text;
        // "Fell by 5 (3 to 7)": sentences on differences have no signs.
        let turned = key.ends_with(".down");
        let shown = figure.interval.map(|[low, high]| if turned { [-high, -low] } else { [low, high] });
        let n = text.count(figure.n);
        let evidence = match shown {
            Some(interval) => text.fill("evidence", &[("i", &text.interval(figure.metric, Some(interval))), ("n", &n)]),
            None => text.fill("evidence.none", &[("n", &n)]),
        };
        let number = text.value(figure.metric, if turned { -value } else { value });
        let mut all = vec![("v", number.as_str()), ("e", evidence.as_str())];
        all.extend(parts);
        let mut sentence = text.fill(key, &all);
        if figure.too_few {
            sentence.push_str(text.say("few.sentence"));
        }
        self.list.push(Finding {
            kind,
            subject: subject.to_owned(),
            metric: figure.metric,
            impact: impact.clamp(0.0, 100.0),
            sentence,
            value: figure.value,
            interval: figure.interval,
            n: figure.n,
            too_few: figure.too_few,
            method: figure.method,
        });
    }

    /// A difference that holds. `part`: how much of everything it concerns, 0..=1.
    fn difference(
        &mut self,
        kind: &'static str,
        key: &str,
        subject: &str,
        dimension: &str,
        one: &Difference,
        part: f64,
    ) {
        if !one.significant {
            return;
        }
        let text = self.text;
        let names = [
            text.name(group_of(dimension), subject),
            text.name("dimension", dimension),
            text.name("metric", one.metric),
        ];
        let [now, against] = [&one.figure, &one.against].map(|figure| text.value_or_dash(one.metric, figure.value));
        let figure = Figure {
            metric: points_of(one.metric),
            value: one.value,
            interval: one.interval,
            n: one.figure.n.saturating_add(one.against.n),
            too_few: one.too_few,
            method: one.method,
        };
        let parts = [("s", &*names[0]), ("d", &*names[1]), ("m", &*names[2]), ("w", &*now), ("b", &*against)];
        let impact = at_stake(one.metric, one.interval) * part;
        self.add(kind, subject, key, &parts, &figure, impact);
    }
}

/// The list of the language that names the keys of a dimension.
pub(super) fn group_of(dimension: &str) -> &str {
    match dimension {
        "channel" | "intent" | "language" => dimension,
        "" => "metric",
        _ => "key",
    }
}

/// What differences of a metric are in.
pub(super) fn points_of(metric: &str) -> &'static str {
    let (low, high) = bounds(metric);
    if high - low < 10.0 { "scale_points" } else { "points" }
}

/// The end of an interval nearest to 0, as part of the range of the metric, in points of 100; 0 when 0 is inside.
fn at_stake(metric: &str, interval: Option<[f64; 2]>) -> f64 {
    let (low, high) = bounds(metric);
    let nearest = interval.map_or(0.0, |[from, to]| from.max(-to).max(0.0));
    100.0 * nearest / (high - low)
}

/// The 95 % interval of a Poisson count. Byar's approximation in Rothman and Boice, Epidemiologic analysis with a
/// programmable calculator (1979); within 1 % of the exact one from a count of 5 on.
fn poisson(count: f64) -> [f64; 2] {
    let bound = |count: f64, z: f64| {
        let root = 1.0 - 1.0 / (9.0 * count) + z / (3.0 * count.sqrt());
        count * root * root * root
    };
    [if count < 1.0 { 0.0 } else { bound(count, -Z_95).max(0.0) }, bound(count + 1.0, Z_95)]
}

fn counted(observed: u64) -> Figure {
    let interval = Some(poisson(observed as f64));
    let too_few = observed < MIN_ANSWERS;
    Figure { metric: "count", value: Some(observed as f64), interval, n: observed, too_few, method: COUNT }
}

fn crisis(found: &mut Found, inputs: &Inputs) {
    let Some(alert) = inputs.crisis else { return };
    let text = found.text;
    let (key, impact) = match alert.level {
        CrisisLevel::Crisis => ("crisis", CRISIS),
        CrisisLevel::Alert => ("alert", ALERT),
    };
    let start = text.date(alert.burst.start_ms, 0);
    let channels: Vec<String> = alert.spread.iter().map(|one| text.name("channel", one.channel.slug())).collect();
    let channels = text.list(channels.iter().map(String::as_str));
    let terms = text.list(alert.terms.iter().take(3).map(|term| term.term.as_str()));
    let [expected, authors] = [text.number(alert.burst.expected, 1), text.count(alert.authors)];
    let about = if terms.is_empty() { String::new() } else { text.fill("crisis.terms", &[("w", &terms)]) };
    let parts = [("t", &*start), ("b", &*expected), ("p", &*authors), ("c", &*channels), ("w", &*about)];
    found.add("crisis", "crisis", key, &parts, &counted(alert.burst.observed), impact);
}

fn bursts(found: &mut Found, Trend { series, bursts, .. }: Trend) {
    let all = series.counts.iter().fold(0u64, |sum, count| sum.saturating_add(*count)).max(1) as f64;
    let text = found.text;
    for burst in &bursts.bursts {
        let start = text.date(burst.start_ms, series.bucket_ms);
        let last = text.date(series.begins(burst.last), series.bucket_ms);
        let expected = text.number(burst.expected, 1);
        let figure = counted(burst.observed);
        let more = figure.interval.map_or(0.0, |[low, _]| low - burst.expected);
        let key = if burst.ongoing { "burst.now" } else { "burst" };
        let impact = QUARTER * 100.0 * more / all;
        found.add("burst", &start, key, &[("t", &start), ("l", &last), ("b", &expected)], &figure, impact);
    }
}

/// The last change point.
fn level(found: &mut Found, Trend { series, changes, .. }: Trend) {
    let Some(change) = changes.last() else { return };
    let since = series.counts.get(change.bucket..).unwrap_or_default();
    let sum = |counts: &[u64]| counts.iter().fold(0u64, |sum, count| sum.saturating_add(*count));
    let n = sum(since);
    // The interval of the count, brought to the mean of a bucket.
    let scale = change.after / (n.max(1) as f64);
    let interval = poisson(n as f64).map(|bound| bound * scale);
    let text = found.text;
    let figure = Figure {
        metric: "level",
        value: Some(change.after),
        interval: Some(interval),
        n,
        too_few: n < MIN_ANSWERS,
        method: LEVEL,
    };
    let moved = (interval[0] - change.before).max(change.before - interval[1]).max(0.0) * since.len() as f64;
    let start = text.date(change.at_ms, series.bucket_ms);
    let before = text.number(change.before, 1);
    let impact = QUARTER * 100.0 * moved / (sum(&series.counts).max(1) as f64);
    found.add("level", "level", "level", &[("t", &start), ("b", &before)], &figure, impact);
}

fn drivers(found: &mut Found, inputs: &Inputs) {
    let Some((metric, report)) = inputs.drivers else { return };
    let text = found.text;
    let outcome = text.name("metric", metric.slug());
    for driver in &report.drivers {
        let name = text.name("key", &driver.name);
        let contrast = &driver.contrast;
        let good = contrast.good as f64 / report.n.max(1) as f64;
        for (key, effect, part) in [("driver", contrast.if_fixed, 1.0), ("driver.good", contrast.reward, good)] {
            let Some([value, low, high]) = effect.filter(|[_, low, _]| *low > 0.0) else { continue };
            let figure = Figure {
                metric: points_of(metric.slug()),
                value: Some(value),
                interval: Some([low, high]),
                n: report.n as u64,
                too_few: report.too_few,
                method: PENALTY,
            };
            let impact = at_stake(metric.slug(), figure.interval) * part;
            found.add("driver", &driver.name, key, &[("s", &name), ("m", &outcome)], &figure, impact);
        }
    }
}

fn unanswered(found: &mut Found, inputs: &Inputs) {
    let text = found.text;
    if let Some(figure) =
        inputs.summary.and_then(|summary| summary.operational.iter().find(|one| one.metric == "answered"))
    {
        let figure = left(figure);
        found.add("unanswered", "answered", "unanswered", &[], &figure, HALF * low(&figure));
    }
    let all = inputs.coverage.iter().fold(0u64, |sum, one| sum.saturating_add(one.n));
    for one in inputs.coverage {
        let name = text.name("channel", &one.key);
        let part = share("unwatched", UNWATCHED, one.n, all);
        if one.watched {
            let figure = left(&one.answered);
            let impact = HALF * low(&figure) * part.value.unwrap_or_default() / 100.0;
            found.add("unanswered", &one.key, "unanswered.in", &[("s", &name)], &figure, impact);
        } else {
            found.add("unwatched", &one.key, "unwatched", &[("s", &name)], &part, HALF * low(&part));
        }
    }
}

/// What is left of an answered share.
fn left(answered: &Figure) -> Figure {
    Figure {
        metric: "unanswered",
        value: answered.value.map(|value| 100.0 - value),
        interval: answered.interval.map(|[low, high]| [100.0 - high, 100.0 - low]),
        method: UNANSWERED,
        ..answered.clone()
    }
}

fn low(figure: &Figure) -> f64 {
    figure.interval.map_or(0.0, |[low, _]| low)
}

fn demand(found: &mut Found, inputs: &Inputs) {
    let Some(report) = inputs.demand else { return };
    let everybody = inputs.summary.map_or(0, |summary| summary.people.distinct).max(report.people).max(1);
    for demand in &report.demands {
        let figure = share("demand_share", WISHES, demand.people, report.people);
        let impact = QUARTER * low(&figure) * report.people as f64 / everybody as f64;
        let key = if demand.growth.z >= Z_95 { "demand.grows" } else { "demand" };
        found.add("demand", &demand.object, key, &[("s", &demand.object)], &figure, impact);
    }
}

fn topics(found: &mut Found, summary: &Summary) {
    let dimension = summary.dimensions.iter().find(|one| one.name == "topic");
    for segment in dimension.into_iter().flat_map(|dimension| &dimension.segments) {
        let Some(figure) = segment.figures.iter().find(|one| one.metric == Metric::NetTopicSentiment.slug()) else {
            continue;
        };
        let impact = at_stake(figure.metric, figure.interval) * figure.n as f64 / summary.texts.max(1) as f64;
        if impact > 0.0 && !figure.too_few {
            let key = if figure.value < Some(0.0) { "topic.bad" } else { "topic.good" };
            let name = found.text.name("key", &segment.key);
            found.add("topic", &segment.key, key, &[("s", &name)], figure, impact);
        }
    }
}

/// What many say that is trouble.
fn shares(found: &mut Found, summary: &Summary) {
    let text = found.text;
    let texts = summary.texts.max(1) as f64;
    let mut one = |group: &str, key: &str, figure: &Figure, weight: f64| {
        // A share that may be nothing is not worth a sentence.
        if low(figure) > 0.0 {
            let name = text.name(group, figure.metric);
            let impact = weight * low(figure) * figure.n as f64 / texts;
            found.add("share", figure.metric, key, &[("s", &name)], figure, impact);
        }
    };
    for figure in &summary.emotions {
        if BAD_EMOTIONS.contains(&figure.metric) {
            one("emotion", "emotion.share", figure, QUARTER);
        }
    }
    for figure in &summary.intents {
        if !CALM_REASONS.contains(&figure.metric) {
            one("intent", "intent.share", figure, QUARTER);
        }
    }
    for figure in &summary.unsolicited {
        match figure.metric {
            "leaving" => one("metric", "leaving.share", figure, LEAVING),
            "high_effort" => one("metric", "effort.share", figure, HALF),
            _ => {}
        }
    }
}
