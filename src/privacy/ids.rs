//! Numbers of persons, firms and accounts that are digits only: a length, a check, and either a way of writing
//! that is theirs alone or a word before them.

use super::check;
use super::cues::{self, OTHER, REFERENCE};
use super::numbers::{MAX_DIGITS, Run, Sep, WINDOW};
use super::words::{Before, Sense};
use super::{Pii, PiiType, rank};
use crate::span::Span;

struct Rule {
    variety: &'static str,
    kind: PiiType,
    digits: usize,
    check: fn(&[u8]) -> bool,
    /// Ways of writing that need no word, parted by `|`: lengths of groups with what parts them; `*` for all.
    alone: &'static str,
    /// Words (bits of [`cues`]) behind which any way of writing counts.
    cues: u32,
}

const fn rule(
    variety: &'static str,
    kind: PiiType,
    digits: usize,
    check: fn(&[u8]) -> bool,
    alone: &'static str,
    cues: u32,
) -> Rule {
    Rule { variety, kind, digits, check, alone, cues }
}

use PiiType::{BankAccount as Bank, CompanyId as Company, NationalId as Person};

/// In the order they are tried: what is tied to a word of its own first.
#[rustfmt::skip]
const RULES: [Rule; 25] = [
    rule("us_ssn", Person, 9, check::us_ssn, "3-2-4", cues::SSN),
    rule("us_itin", Person, 9, check::us_itin, "3-2-4", cues::SSN),
    rule("nl_bsn", Person, 9, check::nl_bsn, "", cues::BSN),
    rule("pl_regon", Company, 9, check::pl_regon, "", cues::REGON | cues::NIP),
    rule("fr_siren", Company, 9, check::by_luhn, "", cues::SIREN),
    rule("us_aba", Bank, 9, check::us_aba, "", cues::BANK),
    rule("gb_vat", Company, 9, check::gb_vat, "", cues::TAX),
    rule("gb_nhs", Person, 10, check::gb_nhs, "", cues::NHS),
    rule("pl_nip", Company, 10, check::pl_nip, "3-3-2-2|3-2-2-3|3 3 2 2", cues::NIP | cues::REGON),
    rule("kr_brn", Company, 10, check::kr_brn, "3-2-5", cues::TAX),
    rule("pl_pesel", Person, 11, check::pl_pesel, "11", cues::PESEL),
    rule("de_steuer_id", Person, 11, check::de_steuer_id, "2 3 3 3", cues::STEUER),
    rule("it_partita_iva", Company, 11, check::by_luhn, "", cues::PIVA),
    rule("br_cpf", Person, 11, check::br_cpf, "3.3.3-2|11|3 3 3 2|3.3.3.2", cues::TAX),
    rule("jp_my_number", Person, 12, check::jp_my_number, "", cues::NUMBER_JP),
    rule("kr_rrn", Person, 13, check::kr_rrn, "6-7|6 7|13", cues::RRN | cues::ID_CARD),
    rule("jp_corporate_number", Company, 13, check::jp_corporate, "", cues::CORPORATE | cues::TAX),
    rule("br_cnpj", Company, 14, check::br_cnpj, "2.3.3/4-2|14", cues::TAX),
    rule("fr_siret", Company, 14, check::by_luhn, "3 3 3 5", cues::SIREN),
    rule("pl_regon", Company, 14, check::pl_regon, "", cues::REGON | cues::NIP),
    rule("fr_nir", Person, 15, check::fr_nir, "*", 0),
    rule("es_ccc", Bank, 20, check::es_account, "20|4 4 2 10|4-4-2-10", cues::BANK | cues::ACCOUNT),
    rule("pl_nrb", Bank, 26, check::pl_account, "*", 0),
    rule("fr_siren", Company, 9, check::by_luhn, "", cues::TAX),
    rule("us_ein", Company, 9, check::us_ein, "", cues::EIN | cues::TAX),
];

/// Bit `n` is set where a rule wants `n` digits.
const LENGTHS: u32 = {
    let (mut lengths, mut i) = (0, 0);
    while i < RULES.len() {
        lengths |= 1 << RULES[i].digits;
        i += 1;
    }
    lengths
};

/// The words before a run, read once and only when asked for.
pub(super) struct Words {
    cues: Option<u32>,
    phone: Option<Sense>,
}

impl Words {
    pub(super) fn new() -> Self {
        Words { cues: None, phone: None }
    }

    fn cues(&mut self, run: &Run) -> u32 {
        *self.cues.get_or_insert_with(|| cues::before(run.text, run.start))
    }

    fn is_phone(&mut self, run: &Run) -> bool {
        *self.phone.get_or_insert_with(|| Before::read(run.text, run.start).phone()) == Sense::For
    }
}

/// The number in the longest window that begins at group `i`, and its last group.
pub(super) fn at(run: &Run, i: usize, words: &mut Words) -> Option<(usize, Pii)> {
    let last = run.groups.len().min(i + WINDOW) - 1;
    (i..=last).rev().find_map(|j| Some((j, window(run, i, j, words)?)))
}

fn window(run: &Run, i: usize, j: usize, words: &mut Words) -> Option<Pii> {
    let groups = &run.groups[i..=j];
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    if digits > MAX_DIGITS || LENGTHS >> digits & 1 == 0 || !run.may_end(j) || bracketed_inside(groups) {
        return None;
    }
    let end = groups[groups.len() - 1].end;
    let rest = &run.text.as_bytes()[end..];
    let runs_on = match rest {
        [b'.' | b',' | b':', next, ..] => next.is_ascii_digit(),
        [next, ..] => next.is_ascii_alphanumeric() || matches!(next, b'_' | b'*' | b'%' | b'@'),
        [] => false,
    };
    if run.plus && i == 0 || j + 1 == run.groups.len() && runs_on {
        return None;
    }
    let bytes = run.digits(i, j)?;
    let clear = i > 0 || run.before().is_none_or(|c| !c.is_ascii_alphanumeric() && !"*#_@/=&%$€£¥₩\\.,-+".contains(c));
    for rule in RULES.iter().filter(|rule| rule.digits == digits && (rule.check)(&bytes)) {
        let found = if i == 0 { words.cues(run) } else { 0 };
        let named = found & rule.cues != 0 || cues::after(run.text, end) & rule.cues != 0;
        let plain = groups.len() == 1;
        let alone = clear
            && (rule.alone == "*" || is_written(groups, rule.alone))
            && (found & (REFERENCE | OTHER) == 0 || !plain && found & OTHER == 0)
            && !(i == 0 && words.is_phone(run));
        if named && (i > 0 || run.before().is_none_or(|c| !c.is_ascii_alphanumeric())) || alone {
            let certainty = if named { rank::ID_NAMED } else { rank::ID_ALONE };
            let pii = Pii::new(rule.kind, Span::new(groups[0].start, end), certainty).validated();
            return Some(Pii { variety: Some(rule.variety), ..pii });
        }
    }
    None
}

/// True when a bracket stands between the groups; one around them all is the sentence's.
fn bracketed_inside(groups: &[super::numbers::Group]) -> bool {
    let last = groups.len() - 1;
    groups.iter().enumerate().any(|(i, group)| group.open && i > 0 || group.close && i < last)
}

/// True when the groups are written in one of the ways of `ways`.
fn is_written(groups: &[super::numbers::Group], ways: &str) -> bool {
    let mut written = String::with_capacity(24);
    for group in groups {
        match group.sep {
            Sep::First => {}
            _ if written.is_empty() => {}
            Sep::Space => written.push(' '),
            Sep::Hyphen => written.push('-'),
            Sep::Dot => written.push('.'),
            Sep::Slash => written.push('/'),
            Sep::Bracket => return false,
        }
        let len = group.len() as u8;
        if len >= 10 {
            written.push(char::from(b'0' + len / 10));
        }
        written.push(char::from(b'0' + len % 10));
    }
    ways.split('|').any(|way| way == written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::{VARIETIES, detect};
    use crate::text::Normalized;

    #[test]
    fn every_variety_is_listed() {
        for rule in &RULES {
            assert!(VARIETIES.contains(&rule.variety), "{}", rule.variety);
        }
        let vat = detect(&Normalized::new("TVA FR83404833048"), &PiiType::ALL);
        assert!(vat.iter().any(|pii| pii.variety == Some("fr_vat")), "{vat:?}");
        assert!(VARIETIES.contains(&"fr_vat"));
    }
}
