//! The parts of a document, in their order. A part without data is left out.

use super::blocks::{Block, Line, MOST_ROWS, Writer};
use super::finding::{self, group_of, points_of};
use super::text::Text;
use super::{Inputs, Trend};
use crate::score::drivers::DriverKind;
use crate::score::{DimensionSummary, Figure, Summary, Z_95};

/// Most points of a line, and rows of the table below it.
const MOST_POINTS: usize = 60;
/// Metrics to show segments by, the first that one of them has.
const SEGMENT_METRICS: [&str; 7] = ["net_topic_sentiment", "net_sentiment", "nps", "csat5", "csat7", "ces7", "stars5"];

/// The whole document.
pub(super) fn blocks(inputs: &Inputs, text: &Text) -> Vec<Block> {
    let mut out = Writer { text, blocks: Vec::new(), methods: Vec::new() };
    out.blocks.push(Block::Title(inputs.title.unwrap_or(text.say("title")).to_owned()));
    if let Some(summary) = inputs.summary {
        let counts = [summary.records, summary.texts, summary.people.distinct].map(|n| text.count(n));
        out.blocks
            .push(Block::Text(text.fill("counts", &[("r", &*counts[0]), ("t", &*counts[1]), ("p", &*counts[2])])));
    }
    findings(&mut out, inputs);
    score(&mut out, inputs);
    if let Some(summary) = inputs.summary {
        figures(&mut out, summary);
    }
    periods(&mut out, inputs);
    if let Some(summary) = inputs.summary {
        summary.dimensions.iter().for_each(|dimension| segments(&mut out, dimension));
        mix(&mut out, "emotion", "emotions", &summary.emotions);
        mix(&mut out, "intent", "intents", &summary.intents);
    }
    drivers(&mut out, inputs);
    trend(&mut out, inputs);
    demand(&mut out, inputs);
    coverage(&mut out, inputs);
    comments(&mut out, inputs);
    gaps(&mut out, inputs);
    if !out.methods.is_empty() {
        out.heading("methods");
        out.say("methods.note");
        let methods = std::mem::take(&mut out.methods);
        out.blocks.push(Block::Methods(methods));
    }
    out.blocks
}

fn findings(out: &mut Writer, inputs: &Inputs) {
    out.heading("findings");
    let list = finding::all(inputs, out.text);
    if list.is_empty() {
        return out.say("findings.none");
    }
    let items = list.into_iter().map(|one| (one.sentence, out.method(one.method))).collect();
    out.blocks.push(Block::Findings(items));
}

fn score(out: &mut Writer, inputs: &Inputs) {
    let Some(cx) = inputs.cx else { return };
    let text = out.text;
    out.heading("score");
    let whole = Figure {
        metric: "cx_score",
        value: cx.value,
        interval: cx.interval,
        n: cx.n,
        too_few: cx.too_few,
        method: cx.method,
    };
    let mut rows = vec![(text.say("score").to_owned(), whole)];
    for part in &cx.parts {
        let half = Z_95 * part.standard_error.unwrap_or_default();
        let n = part.figures.iter().fold(0u64, |sum, one| sum.saturating_add(one.figure.n));
        let figure = Figure {
            metric: "cx_score",
            value: part.points,
            interval: part.points.map(|points| [(points - half).max(0.0), (points + half).min(100.0)]),
            n,
            too_few: part.points.is_none(),
            method: cx.method,
        };
        rows.push((text.name("part", part.part), figure));
    }
    let rows: Vec<(String, &Figure)> = rows.iter().map(|(name, figure)| (name.clone(), figure)).collect();
    let title = text.say("score");
    out.bars(title, "cx_score", &rows);
    out.figures(title, &rows);
    if let Some(cap) = cx.cap.filter(|_| cx.capped) {
        out.blocks.push(Block::Text(text.fill("score.capped", &[("v", &*text.value("cx_score", cap))])));
    }
}

fn figures(out: &mut Writer, summary: &Summary) {
    let text = out.text;
    let asked: Vec<&Figure> = summary.solicited.iter().chain(&summary.non_response).collect();
    let groups = [
        ("asked", asked),
        ("unasked", summary.unsolicited.iter().collect()),
        ("doing", summary.operational.iter().collect()),
    ];
    for (key, list) in groups {
        if list.is_empty() {
            continue;
        }
        out.heading(key);
        let rows: Vec<(String, &Figure)> = list.into_iter().map(|one| (text.name("metric", one.metric), one)).collect();
        if key == "doing" {
            out.say("doing.note");
        }
        out.figures(text.say(key), &rows);
    }
}

fn periods(out: &mut Writer, inputs: &Inputs) {
    let Some(periods) = inputs.periods.filter(|periods| !periods.differences.is_empty()) else { return };
    let text = out.text;
    let mut rows = Vec::new();
    for one in &periods.differences {
        let points = points_of(one.metric);
        let method = out.method(one.method).to_string();
        let note = if one.too_few { text.say("few") } else { "" };
        rows.push(vec![
            text.name("metric", one.metric),
            text.value_or_dash(one.metric, one.against.value),
            text.value_or_dash(one.metric, one.figure.value),
            text.value_or_dash(points, one.value),
            text.interval(points, one.interval),
            text.count(one.figure.n.saturating_add(one.against.n)),
            note.to_owned(),
            method,
        ]);
    }
    out.heading("periods");
    let head = ["c.name", "c.before", "c.now", "c.change", "c.interval", "c.n", "c.note", "c.method"];
    out.table(text.say("periods"), &head, rows);
}

/// Segments by the figure that says most; periods are left to the trend.
fn segments(out: &mut Writer, dimension: &DimensionSummary) {
    let has = |metric: &&&str| {
        let figures = || dimension.segments.iter().flat_map(|segment| &segment.figures);
        figures().any(|figure| figure.metric == **metric)
    };
    let timed = dimension.name.contains(' ');
    let Some(metric) = SEGMENT_METRICS.iter().find(has).filter(|_| !timed) else { return };
    let text = out.text;
    let empty = Figure { metric, value: None, interval: None, n: 0, too_few: true, method: "" };
    let mut shown = Vec::new();
    let mut rows = Vec::new();
    for segment in dimension.segments.iter().take(MOST_ROWS) {
        let found = segment.figures.iter().find(|figure| figure.metric == *metric);
        let figure = found.unwrap_or(&empty);
        let name = text.name(group_of(&dimension.name), &segment.key);
        let note = match (segment.withheld, figure.too_few) {
            (true, _) => text.say("withheld"),
            (_, true) => text.say("few"),
            _ => "",
        };
        let method = if found.is_some() { out.method(figure.method).to_string() } else { String::new() };
        rows.push(vec![
            name.clone(),
            text.value_or_dash("share", segment.share.value),
            text.value_or_dash(metric, figure.value),
            text.interval(metric, figure.interval),
            text.count(if found.is_some() { figure.n } else { segment.n }),
            note.to_owned(),
            method,
        ]);
        shown.push((name, figure));
    }
    let by = text.fill("segments", &[("s", &text.name("dimension", &dimension.name))]);
    let title = [&by, ": ", &text.name("metric", metric)].concat();
    out.blocks.push(Block::Heading(by));
    out.bars(&title, metric, &shown);
    out.table(&title, &["c.name", "c.share", "c.value", "c.interval", "c.n", "c.note", "c.method"], rows);
}

/// Labels that occur, the most frequent first.
fn mix(out: &mut Writer, group: &str, key: &str, list: &[Figure]) {
    let mut list: Vec<&Figure> = list.iter().filter(|one| one.value > Some(0.0)).collect();
    crate::order::Sorted::order_by(&mut list[..], |a, b| b.value.unwrap_or(0.0).total_cmp(&a.value.unwrap_or(0.0)));
    list.truncate(MOST_ROWS);
    if list.is_empty() {
        return;
    }
    let text = out.text;
    let rows: Vec<(String, &Figure)> = list.into_iter().map(|one| (text.name(group, one.metric), one)).collect();
    out.heading(key);
    if group == "emotion" {
        out.say("emotions.note");
    }
    out.bars(text.say(key), "share", &rows);
    out.figures(text.say(key), &rows);
}

fn drivers(out: &mut Writer, inputs: &Inputs) {
    let Some((metric, report)) = inputs.drivers.filter(|(_, report)| !report.drivers.is_empty()) else { return };
    let text = out.text;
    let title = text.fill("drivers", &[("s", &text.name("metric", metric.slug()))]);
    let points = points_of(metric.slug());
    let (mut shares, mut rows) = (Vec::new(), Vec::new());
    let method = out.method(report.method).to_string();
    for driver in report.drivers.iter().take(MOST_ROWS) {
        let name = text.name("key", &driver.name);
        let part = if report.explained > 0.0 { 100.0 / report.explained } else { 0.0 };
        let figure = Figure {
            metric: "share",
            value: Some(driver.share),
            interval: driver.interval.map(|bounds| bounds.map(|bound| (bound * part).clamp(0.0, 100.0))),
            n: report.n as u64,
            too_few: report.too_few,
            method: report.method,
        };
        let fixed = driver.contrast.if_fixed;
        let kind = match driver.contrast.kind {
            DriverKind::Basic => "kind.basic",
            DriverKind::Delight => "kind.delight",
            DriverKind::Performance => "kind.performance",
            DriverKind::Unclear => "kind.unclear",
        };
        rows.push(vec![
            name.clone(),
            text.value_or_dash("share", figure.value),
            text.interval("share", figure.interval),
            text.count(driver.contrast.bad),
            text.count(driver.contrast.good),
            text.value_or_dash(points, fixed.map(|[value, ..]| value)),
            text.interval(points, fixed.map(|[_, low, high]| [low, high])),
            text.say(if report.too_few { "few" } else { kind }).to_owned(),
            text.count(figure.n),
            method.clone(),
        ]);
        shares.push((name, figure));
    }
    let shares: Vec<(String, &Figure)> = shares.iter().map(|(name, figure)| (name.clone(), figure)).collect();
    out.blocks.push(Block::Heading(title.clone()));
    out.say("drivers.note");
    out.bars(&title, "share", &shares);
    let head = [
        "c.name",
        "c.importance",
        "c.interval",
        "c.bad",
        "c.good",
        "c.fixed",
        "c.interval",
        "c.kind",
        "c.n",
        "c.method",
    ];
    out.table(&title, &head, rows);
}

/// Neighbouring buckets are put together until they fit the page.
fn trend(out: &mut Writer, inputs: &Inputs) {
    let Some(Trend { series, bursts, .. }) = inputs.trend.filter(|trend| trend.series.counts.len() > 1) else { return };
    let text = out.text;
    let width = series.counts.len().div_ceil(MOST_POINTS);
    let date = |bucket: usize| text.date(series.begins(bucket), series.bucket_ms);
    let points: Vec<u64> =
        series.counts.chunks(width).map(|part| part.iter().fold(0u64, |sum, one| sum.saturating_add(*one))).collect();
    let marks: Vec<usize> = bursts.bursts.iter().flat_map(|burst| burst.first / width..=burst.last / width).collect();
    let row = |(at, count): (usize, &u64)| {
        let mark = if marks.contains(&at) { text.say("burst.mark") } else { "" };
        vec![date(at * width), text.count(*count), mark.to_owned()]
    };
    let rows = points.iter().enumerate().map(row).collect();
    let most = text.count(points.iter().copied().max().unwrap_or(0));
    let ends = [date(0), date((points.len() - 1) * width), most];
    let about = text.fill("chart.line", &[("a", &ends[0]), ("b", &ends[1]), ("v", &ends[2])]);
    out.heading("trend");
    let title = text.say("trend");
    out.blocks.push(Block::Line(Line { title: title.to_owned(), about, points, marks, ends }));
    out.table(title, &["c.time", "c.count", "c.note"], rows);
}

fn demand(out: &mut Writer, inputs: &Inputs) {
    let Some(report) = inputs.demand.filter(|report| !report.demands.is_empty()) else { return };
    let text = out.text;
    let (mut shares, mut rows) = (Vec::new(), Vec::new());
    for demand in report.demands.iter().take(MOST_ROWS) {
        let figure = &demand.share;
        let method = out.method(figure.method).to_string();
        let growth = [demand.growth.now, demand.growth.before].map(|n| text.count(n)).join(" / ");
        rows.push(vec![
            demand.object.clone(),
            text.count(demand.people),
            text.value_or_dash("share", figure.value),
            text.interval("share", figure.interval),
            text.count(figure.n),
            growth,
            text.say(if figure.too_few { "few" } else { "" }).to_owned(),
            method,
        ]);
        shares.push((demand.object.clone(), figure));
    }
    out.heading("demand.title");
    let title = text.say("demand.title");
    out.bars(title, "share", &shares);
    let head = ["c.name", "c.people", "c.share", "c.interval", "c.n", "c.growth", "c.note", "c.method"];
    out.table(title, &head, rows);
}

fn coverage(out: &mut Writer, inputs: &Inputs) {
    if inputs.coverage.is_empty() {
        return;
    }
    let text = out.text;
    let (mut shares, mut rows) = (Vec::new(), Vec::new());
    for one in inputs.coverage.iter().take(MOST_ROWS) {
        let name = text.name("channel", &one.key);
        let figure = &one.answered;
        let method = out.method(figure.method).to_string();
        rows.push(vec![
            name.clone(),
            text.say(if one.watched { "yes" } else { "no" }).to_owned(),
            text.count(one.n),
            text.value_or_dash("share", figure.value),
            text.interval("share", figure.interval),
            text.count(figure.n),
            text.say(if figure.too_few { "few" } else { "" }).to_owned(),
            method,
        ]);
        shares.push((name, figure));
    }
    out.heading("coverage");
    let title = text.say("coverage");
    out.bars(title, "share", &shares);
    let head = ["c.name", "c.watched", "c.count", "c.answered", "c.interval", "c.n", "c.note", "c.method"];
    out.table(title, &head, rows);
}

fn comments(out: &mut Writer, inputs: &Inputs) {
    let Some(telling) = inputs.report.map(|report| &report.telling) else { return };
    let sides = [("comments.negative", &telling.negative), ("comments.positive", &telling.positive)];
    for (key, list) in sides {
        if list.is_empty() {
            continue;
        }
        let heading = [out.text.say("comments"), ": ", out.text.say(key)].concat();
        out.blocks.push(Block::Heading(heading));
        out.blocks.extend(list.iter().map(|one| Block::Quote(one.text.clone())));
    }
}

fn gaps(out: &mut Writer, inputs: &Inputs) {
    let Some(known) = inputs.sufficiency else { return };
    let text = out.text;
    // Times may be known from the trend alone.
    let missing = known.gaps.iter().filter(|gap| **gap != "no_times" || inputs.trend.is_none());
    let mut items: Vec<String> = missing.map(|gap| text.say(&["gap.", gap].concat()).to_owned()).collect();
    for (metric, n) in &known.disabled {
        let name = text.name("metric", metric);
        items.push(text.fill("gap.disabled", &[("s", &name), ("n", &text.count(*n))]));
    }
    if !items.is_empty() {
        out.heading("gaps");
        out.blocks.push(Block::Items(items));
    }
}
