//! Blocks as one HTML file that loads nothing.

use super::Lang;
use super::blocks::{Block, Table};
use super::chart;
use super::escape::html as escape;

const HEAD: &str = concat!(
    "<meta charset=\"utf-8\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    "<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n",
    include_str!("style.css"),
    "</style>\n",
);

pub(super) fn write(blocks: &[Block], lang: Lang) -> String {
    let mut out = ["<!DOCTYPE html>\n<html lang=\"", lang.code(), "\">\n<head>\n", HEAD].concat();
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(title.as_str()),
        _ => None,
    });
    tag(&mut out, "title", title.unwrap_or_default());
    out.push_str("</head>\n<body>\n<main>\n");
    let mut charts = 0;
    for block in blocks {
        match block {
            Block::Title(text) => tag(&mut out, "h1", text),
            Block::Heading(text) => tag(&mut out, "h2", text),
            Block::Text(text) => tag(&mut out, "p", text),
            Block::Quote(text) => tag(&mut out, "blockquote dir=\"auto\"", text),
            Block::Findings(items) => {
                out.push_str("<ol>\n");
                for (sentence, method) in items {
                    out.push_str("<li>");
                    escape(&mut out, sentence);
                    let method = method.to_string();
                    out.push_str(&[" <a href=\"#m", &method, "\">[", &method, "]</a></li>\n"].concat());
                }
                out.push_str("</ol>\n");
            }
            Block::Items(items) => {
                out.push_str("<ul>\n");
                items.iter().for_each(|item| tag(&mut out, "li", item));
                out.push_str("</ul>\n");
            }
            Block::Methods(items) => {
                out.push_str("<ol class=\"methods\">\n");
                for (at, item) in items.iter().enumerate() {
                    tag(&mut out, &["li lang=\"en\" id=\"m", &(at + 1).to_string(), "\""].concat(), item);
                }
                out.push_str("</ol>\n");
            }
            Block::Bars(bars) => {
                charts += 1;
                chart::bars(&mut out, bars, charts);
            }
            Block::Line(line) => {
                charts += 1;
                chart::line(&mut out, line, charts);
            }
            Block::Table(table) => write_table(&mut out, table),
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// An element with text in it. `open` is its name with attributes.
pub(super) fn tag(out: &mut String, open: &str, text: &str) {
    out.push('<');
    out.push_str(open);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(open.split(' ').next().unwrap_or_default());
    out.push_str(">\n");
}

fn write_table(out: &mut String, table: &Table) {
    out.push_str("<div class=\"wide\"><table>\n");
    tag(out, "caption", &table.caption);
    out.push_str("<thead><tr>");
    table.head.iter().for_each(|name| tag(out, "th scope=\"col\"", name));
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            tag(out, if at == 0 { "th scope=\"row\" dir=\"auto\"" } else { "td" }, cell);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}
