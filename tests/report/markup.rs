//! Input that wants to be markup: HTML and Markdown have the same structure whatever words stand in them.

use hearken::score::document::{Lang, html, markdown};
use proptest::prelude::*;

use super::data::{Results, Set, read};

const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onload='x",
    "&lt;b&gt; &amp; &#60;",
    "]]></svg></figure><h1>x",
    "| a | b |\n|---|---|",
    "# heading\n\n- item\n1. one",
    "[link](https://example.com) ![i](x) <https://example.com>",
    "`code` **bold** _it_ ~~gone~~ $x$",
    "www.example.com mail@example.com https://example.com",
    "\u{202e}turned\u{2066}\u{0}\u{7}\u{1b}[31m",
    "{v} {e} {s} \t{n}",
];

/// Puts words wherever words of the input can stand; each with a number, so that no two become one.
fn with_words(set: &Set, from: &Results, words: &dyn Fn(usize) -> String) -> Results {
    let mut results = from.clone();
    let mut number = 0;
    let mut next = || {
        number += 1;
        words(number)
    };
    results.report.telling.positive.iter_mut().for_each(|one| one.text = next());
    results.report.telling.negative.iter_mut().for_each(|one| one.text = next());
    let dimensions = results.summary.dimensions.iter_mut();
    dimensions.flat_map(|one| one.segments.iter_mut()).for_each(|one| one.key = next());
    results.segments.iter_mut().flat_map(|(_, one)| one.differences.iter_mut()).for_each(|one| one.key = next());
    if let Some((_, report)) = &mut results.drivers {
        report.drivers.iter_mut().for_each(|one| one.name = next());
    }
    results.demand.demands.iter_mut().for_each(|one| one.object = next());
    results.coverage.iter_mut().for_each(|one| one.key = next());
    if let Some(alert) = &mut results.crisis {
        alert.terms.iter_mut().for_each(|one| one.term = next());
    }
    assert!(set.title.is_none() || number > 0);
    results
}

/// All tags with their attributes. What stands between them holds no sign of markup but entities.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, rest) = part.split_once('>').unwrap_or_else(|| panic!("an open tag: {part}"));
        if !tag.starts_with("style") {
            assert!(!rest.contains(['"', '\'', '>']), "{rest}");
            for entity in rest.split('&').skip(1) {
                let known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
                assert!(known.iter().any(|one| entity.starts_with(one)), "{entity}");
            }
        }
        tags.push(tag);
    }
    tags
}

/// What begins each line, and all signs of markup that are not escaped.
fn signs(markdown: &str) -> Vec<String> {
    let line = |line: &str| {
        let begins = line.chars().next().filter(|c| "#->|".contains(*c) || c.is_ascii_digit());
        let mut signs: String = begins.into_iter().map(|c| if c.is_ascii_digit() { '1' } else { c }).collect();
        let mut escaped = false;
        for c in line.chars() {
            if !escaped && "`*_[]<|~$".contains(c) {
                signs.push(c);
            }
            escaped = !escaped && c == '\\';
        }
        signs
    };
    markdown.lines().map(line).collect()
}

fn compare(words: &str) {
    for name in ["parcels", "hotel"] {
        let set = read(name);
        let results = Results::of(&set);
        let plain = with_words(&set, &results, &|at| format!("Word{at}"));
        let wild = with_words(&set, &results, &|at| format!("{words}{at}"));
        let (mut tame_inputs, mut inputs) = (plain.inputs(&set), wild.inputs(&set));
        tame_inputs.title = Some("Word");
        inputs.title = Some(words);
        inputs.names.insert("nps".into(), words.to_owned());
        for lang in [Lang::En, Lang::Ja] {
            let (tame, found) = (html(&tame_inputs, lang), html(&inputs, lang));
            assert_eq!(tags(&tame), tags(&found));
            assert!(!found.contains(['\u{202e}', '\u{0}', '\u{1b}']));
            let (tame, found) = (markdown(&tame_inputs, lang), markdown(&inputs, lang));
            assert_eq!(signs(&tame), signs(&found), "{words:?}");
            assert!(!found.replace("\\:", "").contains("://") && !found.contains("www."), "{words:?}");
        }
    }
}

#[test]
fn words_never_become_markup() {
    HOSTILE.iter().for_each(|words| compare(words));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_words_become_markup(parts in prop::collection::vec(prop_oneof!["\\PC{0,6}", "[<>&\"'\\\\|`*_#~=+.:/ \n-]{1,6}"], 1..5)) {
        compare(&parts.concat());
    }
}

#[test]
fn html_is_whole_loads_nothing_and_every_chart_has_a_table() {
    for name in super::SETS {
        let set = read(name);
        let results = Results::of(&set);
        for lang in Lang::ALL {
            let page = html(&results.inputs(&set), lang);
            let mut open: Vec<&str> = Vec::new();
            for tag in tags(&page) {
                let element = tag.split([' ', '/']).next().unwrap();
                if let Some(closed) = tag.strip_prefix('/') {
                    assert_eq!(open.pop(), Some(closed), "{name}");
                } else if !tag.ends_with('/') && !matches!(element, "!DOCTYPE" | "meta") {
                    open.push(element);
                }
            }
            assert!(open.is_empty(), "{open:?}");
            for word in ["<script", "<link", "<img", "src=", "http:", "https:", "url(", "@import", " on"] {
                assert!(!tags(&page).iter().any(|tag| format!("<{tag}").contains(word)), "{name} {word}");
            }
            let charts = page.matches("<figure>").count();
            assert!(name == "gym" || charts >= 3, "{name} {charts}");
            assert_eq!(page.matches("</figure>\n<div class=\"wide\"><table>").count(), charts);
            for number in 1..=charts {
                let described = format!("aria-labelledby=\"t{number}\" aria-describedby=\"d{number}\"");
                assert!(page.contains(&described) && page.contains(&format!("<title id=\"t{number}\">")));
                assert!(page.contains(&format!("<desc id=\"d{number}\">")));
            }
        }
    }
}
