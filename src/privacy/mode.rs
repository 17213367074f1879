//! How a value is written in a redacted text.

use super::PiiType;
use crate::span::Span;

/// How a value is written in the redacted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// `[EMAIL]`
    #[default]
    Label,
    /// Letters and digits become `*`, except the last four where the value has more than eight.
    /// Where what is kept would be found again as personal data, the last four become `*` too.
    /// Other characters (`@`, `-`, spaces) stay.
    Mask,
    /// What tells little of the person stays: `j***@example.com`, `192.0.*.*`, `https://example.com/***`,
    /// `A*** N***`, the year of a date, the first two of a postcode, the last four of a card or account, the
    /// last two of a phone number. Of other kinds nothing: `***`.
    Partial,
    /// `[EMAIL_1]`: the same number for the same value, by first occurrence in the [`super::Session`].
    Numbered,
    /// `[EMAIL:kfbdnpaoclghijem]`: the same letters for the same value and key, everywhere.
    Keyed,
    /// Nothing stands in its place.
    Remove,
}

impl Mode {
    pub const ALL: [Mode; 6] = [Mode::Label, Mode::Mask, Mode::Partial, Mode::Numbered, Mode::Keyed, Mode::Remove];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Mode::Label => "label",
            Mode::Mask => "mask",
            Mode::Partial => "partial",
            Mode::Numbered => "numbered",
            Mode::Keyed => "keyed",
            Mode::Remove => "remove",
        }
    }

    /// The mode with this slug.
    pub fn from_slug(slug: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.slug() == slug)
    }
}

/// One replacement: where it stands in the result, and what it stands for.
pub(super) struct Edit {
    pub result: Span,
    pub source: Span,
}

/// The span of the source that a span of the result came from; it takes in whole replacements.
pub(super) fn origin(edits: &[Edit], span: Span) -> Span {
    let place = |at: usize, is_end: bool| {
        // Replacements that begin before `at` (or at it, for a start).
        let n = edits.partition_point(|e| if is_end { e.result.start < at } else { e.result.start <= at });
        let Some(last) = n.checked_sub(1).map(|i| &edits[i]) else { return at };
        if at < last.result.end || (is_end && at == last.result.end) {
            if is_end { last.source.end } else { last.source.start }
        } else {
            last.source.end + (at - last.result.end)
        }
    };
    Span::new(place(span.start, false), place(span.end, true))
}

/// Letters and digits that [`Mode::Mask`] keeps at the end of a value.
const KEPT: usize = 4;
/// A value with this many letters and digits or fewer is starred whole.
const SHORT: usize = 8;

/// Writes `value` with stars; `bare` keeps nothing of it.
pub(super) fn mask(value: &str, bare: bool, out: &mut String) {
    stars(value, if bare { 0 } else { KEPT }, out);
}

/// Stars but for the last `kept` letters or digits of a value with more than [`SHORT`].
fn stars(value: &str, kept: usize, out: &mut String) {
    let all = value.chars().filter(|c| c.is_alphanumeric()).count();
    let stars = if all > SHORT { all - kept } else { all };
    let mut seen = 0;
    for c in value.chars() {
        if c.is_alphanumeric() {
            seen += 1;
            out.push(if seen <= stars { '*' } else { c });
        } else {
            out.push(c);
        }
    }
}

/// True for what [`Mode::Mask`] writes: stars, and at most four letters or digits behind five stars or more.
pub(super) fn is_masked(value: &str) -> bool {
    let (mut stars, mut kept) = (0, 0);
    for c in value.chars() {
        match c {
            '*' if kept > 0 => return false,
            '*' => stars += 1,
            _ if c.is_alphanumeric() => kept += 1,
            _ => {}
        }
    }
    stars > 0 && (kept == 0 || (kept <= KEPT && stars > SHORT - KEPT))
}

const HIDDEN: &str = "***";

/// Writes the part of `value` that tells little of the person; `bare` keeps nothing of it.
pub(super) fn partial(kind: Option<PiiType>, value: &str, bare: bool, out: &mut String) {
    let kind = if bare { None } else { kind };
    let start = out.len();
    match kind {
        Some(PiiType::Email) => {
            if let Some((local, host)) = value.rsplit_once('@') {
                let mut letters = local.chars().filter(|c| *c != '*');
                // One letter of one or two would tell it all. What was cut before stays as it is.
                if let Some(first) = letters.next()
                    && (letters.next().is_some() || local.ends_with(HIDDEN))
                {
                    out.push(first);
                }
                out.push_str(HIDDEN);
                out.push('@');
                out.push_str(host);
            }
        }
        Some(PiiType::Phone) => ends(value, 2, out),
        Some(PiiType::Card | PiiType::Iban | PiiType::BankAccount) => ends(value, KEPT, out),
        Some(PiiType::Ip) => {
            let octets: Vec<&str> = value.split('.').collect();
            if let [a, b, _, _] = octets[..] {
                out.extend([a, ".", b, ".*.*"]);
            }
        }
        Some(PiiType::Url | PiiType::UrlToken) => {
            if let Some((scheme, rest)) = value.split_once("://") {
                let host = rest.split(['/', '?', '#']).next().unwrap_or("");
                // User information stands before the host.
                let host = host.rsplit('@').next().unwrap_or("");
                out.extend([scheme, "://", host, "/", HIDDEN]);
            }
        }
        Some(PiiType::Person) => {
            for word in value.split_whitespace() {
                if out.len() > start {
                    out.push(' ');
                }
                out.extend(word.chars().next());
                out.push_str(HIDDEN);
            }
        }
        Some(PiiType::BirthDate) => {
            let is_year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
            if let Some(year) = value.split(|c: char| !c.is_alphanumeric()).find(|part| is_year(part)) {
                out.extend([year, "-**-**"]);
            }
        }
        Some(PiiType::Postcode) => {
            out.extend(value.chars().filter(|c| c.is_alphanumeric()).take(2));
            out.push_str(HIDDEN);
        }
        _ => {}
    }
    if out.len() == start {
        out.push_str(HIDDEN);
    }
}

/// Three stars and the last `kept` letters or digits, of a value that has more than twice as many. What was written
/// so before stays.
fn ends(value: &str, kept: usize, out: &mut String) {
    let written: Vec<char> = value.chars().filter(|c| c.is_alphanumeric()).collect();
    out.push_str(HIDDEN);
    if written.len() > 2 * kept || (written.len() == kept && value.starts_with(HIDDEN)) {
        out.extend(&written[written.len() - kept..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_the_result_leads_back_over_whole_replacements() {
        let edits = [Edit { result: Span::new(3, 10), source: Span::new(3, 23) }];
        assert_eq!(origin(&edits, Span::new(0, 3)), Span::new(0, 3));
        assert_eq!(origin(&edits, Span::new(1, 5)), Span::new(1, 23));
        assert_eq!(origin(&edits, Span::new(9, 12)), Span::new(3, 25));
        assert_eq!(origin(&edits, Span::new(10, 12)), Span::new(23, 25));
        // Over a value that was removed, and beside it.
        let gone = [Edit { result: Span::new(5, 5), source: Span::new(5, 9) }];
        assert_eq!(origin(&gone, Span::new(3, 7)), Span::new(3, 11));
        assert_eq!(origin(&gone, Span::new(3, 5)), Span::new(3, 5));
        assert_eq!(origin(&gone, Span::new(5, 7)), Span::new(9, 11));
    }

    #[test]
    fn masks_keep_four_only_of_more_than_eight() {
        let masked = |value: &str| {
            let mut out = String::new();
            mask(value, false, &mut out);
            out
        };
        assert_eq!(masked("a.b@cd.ef"), "*.*@**.**");
        assert_eq!(masked("12345678"), "********");
        assert_eq!(masked("1234 56789"), "**** *6789");
        for value in ["a.b@cd.ef", "12345678", "1234 56789", "010-1234-5678"] {
            assert!(!is_masked(value));
            assert!(is_masked(&masked(value)), "{value}");
        }
        assert!(!is_masked("****5678") && !is_masked("*****5678*") && !is_masked("5678"));
    }

    #[test]
    fn partial_keeps_what_tells_little_and_is_its_own_partial() {
        for (kind, value, written) in [
            (PiiType::Email, "jane.doe@example.com", "j***@example.com"),
            (PiiType::Email, "j@example.com", "***@example.com"),
            (PiiType::Phone, "010-1234-5678", "***78"),
            (PiiType::Phone, "12", "***"),
            (PiiType::Card, "4111 1111 1111 1111", "***1111"),
            (PiiType::Iban, "DE89370400440532013000", "***3000"),
            (PiiType::Ip, "192.0.2.14", "192.0.*.*"),
            (PiiType::Ip, "2001:db8::1", "***"),
            (PiiType::UrlToken, "https://jane:pw@example.com/a?token=abcdef", "https://example.com/***"),
        ] {
            let write = |value: &str| {
                let mut out = String::new();
                partial(Some(kind), value, false, &mut out);
                out
            };
            assert_eq!(write(value), written);
            assert_eq!(write(written), written, "{value} twice");
        }
    }
}
