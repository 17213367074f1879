//! The document as a list of blocks, whatever it is written as.

use super::text::{Text, bounds};
use crate::score::Figure;

/// Most rows of a table of segments, drivers or demands: what a reader can take in.
pub(super) const MOST_ROWS: usize = 12;

/// A part of a document. Texts are plain: whoever writes them escapes them.
pub(super) enum Block {
    Title(String),
    Heading(String),
    Text(String),
    /// Sentences by rank, each with the number of its formula.
    Findings(Vec<(String, usize)>),
    Items(Vec<String>),
    /// Numbered from 1.
    Methods(Vec<&'static str>),
    Quote(String),
    Bars(Bars),
    Line(Line),
    Table(Table),
}

/// The first column names the row.
#[derive(Default)]
pub(super) struct Table {
    pub caption: String,
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

/// Bars with intervals on one scale.
pub(super) struct Bars {
    pub title: String,
    pub about: String,
    pub range: (f64, f64),
    pub bars: Vec<Bar>,
}

pub(super) struct Bar {
    pub label: String,
    pub value: f64,
    pub shown: String,
    pub interval: Option<[f64; 2]>,
}

/// A line through counts by time.
pub(super) struct Line {
    pub title: String,
    pub about: String,
    pub points: Vec<u64>,
    /// Places of bursts.
    pub marks: Vec<usize>,
    /// Labels of the first and last point and of the highest count.
    pub ends: [String; 3],
}

/// Blocks in the making, with the formulas they used.
pub(super) struct Writer<'t> {
    pub text: &'t Text<'t>,
    pub blocks: Vec<Block>,
    pub methods: Vec<&'static str>,
}

impl Writer<'_> {
    pub fn heading(&mut self, key: &str) {
        self.blocks.push(Block::Heading(self.text.say(key).to_owned()));
    }

    pub fn say(&mut self, key: &str) {
        self.blocks.push(Block::Text(self.text.say(key).to_owned()));
    }

    /// The number of a formula in the list at the end, from 1.
    pub fn method(&mut self, method: &'static str) -> usize {
        let at = self.methods.iter().position(|one| *one == method);
        at.unwrap_or_else(|| {
            self.methods.push(method);
            self.methods.len() - 1
        }) + 1
    }

    pub fn table(&mut self, caption: &str, head: &[&str], rows: Vec<Vec<String>>) {
        let head = head.iter().map(|key| self.text.say(key)).collect();
        self.blocks.push(Block::Table(Table { caption: caption.to_owned(), head, rows }));
    }

    /// Figures as rows: name, value, interval, n, note, formula.
    pub fn figures(&mut self, caption: &str, list: &[(String, &Figure)]) {
        let mut rows = Vec::with_capacity(list.len());
        for (name, figure) in list {
            let method = self.method(figure.method).to_string();
            let text = self.text;
            let note = if figure.too_few { text.say("few") } else { "" };
            rows.push(vec![
                name.clone(),
                text.value_or_dash(figure.metric, figure.value),
                text.interval(figure.metric, figure.interval),
                text.count(figure.n),
                note.to_owned(),
                method,
            ]);
        }
        self.table(caption, &["c.name", "c.value", "c.interval", "c.n", "c.note", "c.method"], rows);
    }

    /// A bar for each figure that has a value; all are of one metric, or in percent. Nothing for fewer than two.
    pub fn bars(&mut self, title: &str, metric: &str, list: &[(String, &Figure)]) {
        let bars = list.iter().filter_map(|(label, figure)| {
            let value = figure.value?;
            let shown = self.text.value(figure.metric, value);
            Some(Bar { label: label.clone(), value, shown, interval: figure.interval })
        });
        let bars: Vec<Bar> = bars.collect();
        if bars.len() > 1 {
            let about = self.text.fill("chart.bars", &[("s", title)]);
            self.blocks.push(Block::Bars(Bars { title: title.to_owned(), about, range: bounds(metric), bars }));
        }
    }
}
