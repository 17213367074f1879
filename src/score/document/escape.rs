//! Words of the input as text, never as markup.

/// Characters that mean something in Markdown wherever they stand.
const MARKS: &str = "\\`*_[]<|#~$";

/// Text without control characters, and without those that turn the direction of what follows; white space is a blank.
fn plain(text: &str) -> impl Iterator<Item = char> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    text.chars()
        .map(|c| if c.is_whitespace() && c < ' ' { ' ' } else { c })
        .filter(move |c| !c.is_control() && !turns(*c))
}

/// Adds text to HTML, as content or within an attribute in quotes.
pub(super) fn html(out: &mut String, text: &str) {
    for c in plain(text) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Adds text to Markdown, within a line or at its start. Addresses do not become links.
pub(super) fn markdown(out: &mut String, text: &str) {
    let text: String = plain(text).collect();
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let ends_word = rest.chars().next().is_none_or(char::is_whitespace);
        // What begins a list or underlines a heading.
        let begins = match c {
            '-' | '+' | '=' | '>' => at == 0,
            // An entity.
            '&' => rest.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()),
            '.' | ')' => at > 0 && at == digits && ends_word,
            _ => false,
        };
        // "://" and "www." make links of themselves in many readers.
        let links = match c {
            ':' => rest.starts_with("//"),
            '.' => text[..at].to_ascii_lowercase().ends_with("www"),
            '@' => true,
            _ => false,
        };
        if begins || links || MARKS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
}
