//! Charts as inline SVG, in whole pixels: bars with intervals, and a line through counts.

use super::blocks::{Bars, Line};
use super::escape::html as escape;
use super::html::tag;

/// Width of every chart; labels of bars, and where their scale begins and ends.
const WIDTH: f64 = 640.0;
const FROM: f64 = 220.0;
const TO: f64 = 570.0;
/// Height of a row of bars.
const ROW: f64 = 26.0;
/// The box of a line chart: left, right, top, bottom.
const LINE: [f64; 4] = [12.0, 628.0, 24.0, 170.0];
/// Longest label, in narrow letters.
const MOST_UNITS: usize = 32;

/// Begins a figure; `number` keeps its ids apart from those of other charts.
fn open(out: &mut String, height: f64, number: usize, title: &str, about: &str) {
    let (number, size) = (number.to_string(), [px(WIDTH), px(height)]);
    out.push_str(&["<figure><svg role=\"img\" viewBox=\"0 0 ", &size[0], " ", &size[1], "\""].concat());
    out.push_str(&[" aria-labelledby=\"t", &number, "\" aria-describedby=\"d", &number, "\">\n"].concat());
    tag(out, &["title id=\"t", &number, "\""].concat(), title);
    tag(out, &["desc id=\"d", &number, "\""].concat(), about);
}

pub(super) fn bars(out: &mut String, chart: &Bars, number: usize) {
    let height = ROW * chart.bars.len() as f64 + 8.0;
    open(out, height, number, &chart.title, &chart.about);
    let (low, high) = chart.range;
    let at = |value: f64| FROM + (TO - FROM) * (value.clamp(low, high) - low) / (high - low);
    let zero = at(0.0);
    path(out, "axis", &[(zero, 0.0), (zero, height)]);
    for (row, bar) in chart.bars.iter().enumerate() {
        let top = ROW * row as f64 + 6.0;
        let middle = top + 9.0;
        let (from, to) = (zero.min(at(bar.value)), zero.max(at(bar.value)));
        label(out, FROM - 8.0, middle + 4.0, "end", &clipped(&bar.label));
        let place = ["\" x=\"", &px(from), "\" y=\"", &px(top), "\" width=\"", &px(to - from), "\" height=\"18\"/>\n"];
        out.push_str("<rect class=\"bar");
        out.push_str(&place.concat());
        if let Some([low, high]) = bar.interval.map(|bounds| bounds.map(at)) {
            path(out, "line", &[(low, middle), (high, middle)]);
            [low, high].into_iter().for_each(|end| path(out, "line", &[(end, middle - 5.0), (end, middle + 5.0)]));
        }
        label(out, TO + 10.0, middle + 4.0, "start", &bar.shown);
    }
    out.push_str("</svg></figure>\n");
}

pub(super) fn line(out: &mut String, chart: &Line, number: usize) {
    let [left, right, top, bottom] = LINE;
    open(out, bottom + 24.0, number, &chart.title, &chart.about);
    let most = chart.points.iter().copied().max().unwrap_or(0).max(1) as f64;
    let last = chart.points.len().saturating_sub(1).max(1) as f64;
    let place = |(at, count): (usize, &u64)| {
        (left + (right - left) * at as f64 / last, bottom - (bottom - top) * *count as f64 / most)
    };
    let points: Vec<(f64, f64)> = chart.points.iter().enumerate().map(place).collect();
    path(out, "axis", &[(left, bottom), (right, bottom)]);
    path(out, "line", &points);
    for (x, y) in chart.marks.iter().filter_map(|mark| points.get(*mark)) {
        out.push_str(&["<circle class=\"dot\" r=\"4\" cx=\"", &px(*x), "\" cy=\"", &px(*y), "\"/>\n"].concat());
    }
    label(out, left, bottom + 18.0, "start", &chart.ends[0]);
    label(out, right, bottom + 18.0, "end", &chart.ends[1]);
    label(out, left, top - 8.0, "start", &chart.ends[2]);
    out.push_str("</svg></figure>\n");
}

fn path(out: &mut String, class: &str, points: &[(f64, f64)]) {
    out.push_str(&["<polyline class=\"", class, "\" points=\""].concat());
    for (x, y) in points {
        out.push_str(&[&px(*x), ",", &px(*y), " "].concat());
    }
    out.push_str("\"/>\n");
}

fn label(out: &mut String, x: f64, y: f64, anchor: &str, text: &str) {
    out.push_str(&["<text x=\"", &px(x), "\" y=\"", &px(y), "\" text-anchor=\"", anchor, "\">"].concat());
    escape(out, text);
    out.push_str("</text>\n");
}

/// The label as far as it fits beside the bars; the table has all of it.
fn clipped(label: &str) -> String {
    let mut units = 0;
    for (at, c) in label.char_indices() {
        units += if c >= '\u{1100}' { 2 } else { 1 };
        if units > MOST_UNITS {
            return [&label[..at], "…"].concat();
        }
    }
    label.to_owned()
}

fn px(value: f64) -> String {
    (libm::round(value) as i64).to_string()
}
