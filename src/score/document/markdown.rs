//! Blocks as Markdown.

use super::blocks::{Block, Table};
use super::escape::markdown as escape;

pub(super) fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Title(text) => line(&mut out, "# ", text, "\n\n"),
            Block::Heading(text) => line(&mut out, "## ", text, "\n\n"),
            Block::Text(text) => line(&mut out, "", text, "\n\n"),
            Block::Quote(text) => line(&mut out, "> ", text, "\n\n"),
            Block::Findings(items) => {
                for (at, (sentence, method)) in items.iter().enumerate() {
                    let method = [" [", &method.to_string(), "]\n"].concat();
                    line(&mut out, &[&(at + 1).to_string(), ". "].concat(), sentence, &method);
                }
                out.push('\n');
            }
            Block::Items(items) => {
                items.iter().for_each(|item| line(&mut out, "- ", item, "\n"));
                out.push('\n');
            }
            Block::Methods(items) => {
                for (at, item) in items.iter().enumerate() {
                    line(&mut out, &[&(at + 1).to_string(), ". "].concat(), item, "\n");
                }
                out.push('\n');
            }
            // The table that follows says the same.
            Block::Bars(_) | Block::Line(_) => {}
            Block::Table(table) => write_table(&mut out, table),
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn line(out: &mut String, before: &str, text: &str, after: &str) {
    out.push_str(before);
    escape(out, text);
    out.push_str(after);
}

fn write_table(out: &mut String, table: &Table) {
    for name in &table.head {
        line(out, "| ", name, " ");
    }
    out.push_str("|\n|---|");
    table.head.iter().skip(1).for_each(|_| out.push_str("--:|"));
    out.push('\n');
    for row in &table.rows {
        row.iter().for_each(|cell| line(out, "| ", cell, " "));
        out.push_str("|\n");
    }
    out.push('\n');
}
