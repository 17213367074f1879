//! Check digits and registry rules of the numbers that states and banks give out. Each takes ASCII digits of the
//! right length and tells whether the number holds; the source stands beside each.

/// The digits weighted and added.
fn sum(digits: &[u8], weights: &[u8]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| u32::from(d - b'0') * u32::from(*w)).sum()
}

pub(super) fn value(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |n, d| n * 10 + u64::from(d - b'0'))
}

fn last(digits: &[u8]) -> u32 {
    u32::from(digits[digits.len() - 1] - b'0')
}

fn varied(digits: &[u8]) -> bool {
    digits.iter().any(|d| *d != digits[0])
}

fn is_date(month: u64, day: u64) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// ISO/IEC 7812-1 annex B (H. P. Luhn, US patent 2950048).
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            let d = u32::from(d - b'0');
            if i % 2 == 0 { d } else { d * 2 / 10 + d * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10) && varied(digits)
}

/// ISO 7064 MOD 11,10.
fn mod_11_10(digits: &[u8]) -> bool {
    let mut product = 10;
    for d in &digits[..digits.len() - 1] {
        let sum = (u32::from(d - b'0') + product) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    (11 - product) % 10 == last(digits)
}

/// US Social Security number: areas 001 to 899 but 666, no part all zero (SSA, randomisation of 2011).
pub(super) fn us_ssn(d: &[u8]) -> bool {
    let area = value(&d[..3]);
    area > 0 && area < 900 && area != 666 && &d[3..5] != b"00" && &d[5..] != b"0000" && varied(d)
}

/// US individual taxpayer number: 9xx with the middle pair 50-65, 70-88, 90-92, 94-99 (IRS).
pub(super) fn us_itin(d: &[u8]) -> bool {
    d[0] == b'9' && matches!(value(&d[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// NHS number, modulus 11 (NHS Data Dictionary).
pub(super) fn gb_nhs(d: &[u8]) -> bool {
    (11 - sum(&d[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 == last(d) && varied(d)
}

/// Korean resident (and foreigner) registration number: date, sex and century digit, check digit. Numbers given
/// since October 2020 have a random tail (Ministry of the Interior and Safety), so those born later need none.
pub(super) fn kr_rrn(d: &[u8]) -> bool {
    if !is_date(value(&d[2..4]), value(&d[4..6])) || d[6] == b'0' {
        return false;
    }
    let check = |base: u32| (base - sum(&d[..12], &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10;
    let recent = matches!(d[6], b'3' | b'4' | b'7' | b'8') && value(&d[..4]) >= 2010;
    (check(11) == last(d) && !d.starts_with(b"880")) || matches!(d[6], b'5'..=b'8') && check(13) == last(d) || recent
}

/// Japanese individual number (Ministry of Internal Affairs, ordinance 85 of 2014, article 5).
pub(super) fn jp_my_number(d: &[u8]) -> bool {
    let rest = sum(&d[..11], &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest <= 1 { 0 } else { 11 - rest }) == last(d) && varied(d)
}

/// Japanese corporate number: the check digit comes first (National Tax Agency).
pub(super) fn jp_corporate(d: &[u8]) -> bool {
    9 - sum(&d[1..], &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9 == u32::from(d[0] - b'0')
}

/// PESEL: a date whose month tells the century, and a check digit (Ministry of Digital Affairs).
pub(super) fn pl_pesel(d: &[u8]) -> bool {
    let month = value(&d[2..4]);
    is_date(month % 20, value(&d[4..6]))
        && (10 - sum(&d[..10], &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == last(d)
        // 090-1234-5678 would be a person born in 1909.
        && (d[0] != b'0' || (21..=32).contains(&month))
}

/// NIP (tax number of firms and persons in trade).
pub(super) fn pl_nip(d: &[u8]) -> bool {
    sum(&d[..9], &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(d) && d[0] != b'0' && varied(d)
}

/// REGON of 9 or 14 digits (GUS).
pub(super) fn pl_regon(d: &[u8]) -> bool {
    let nine = sum(&d[..8], &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == u32::from(d[8] - b'0');
    let long = || sum(&d[..13], &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10 == last(d);
    nine && (d.len() == 9 || long())
}

/// German tax identification number: MOD 11,10, and one digit (two or three times) repeated among the first ten.
pub(super) fn de_steuer_id(d: &[u8]) -> bool {
    let most = (b'0'..=b'9').map(|one| d[..10].iter().filter(|d| **d == one).count()).max();
    d[0] != b'0' && matches!(most, Some(2 | 3)) && mod_11_10(d)
}

/// German VAT number, nine digits behind `DE`.
pub(super) fn de_ust(d: &[u8]) -> bool {
    mod_11_10(d) && d[0] != b'0'
}

/// French NIR of 15 digits: sex, year, month, and the key 97 - n mod 97 (INSEE).
pub(super) fn fr_nir(d: &[u8]) -> bool {
    let month = value(&d[3..5]);
    matches!(d[0], b'1' | b'2')
        && (matches!(month, 1..=12 | 20..=42) || month >= 50)
        && 97 - value(&d[..13]) % 97 == value(&d[13..])
}

/// CPF: two check digits (Receita Federal).
pub(super) fn br_cpf(d: &[u8]) -> bool {
    let weights = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];
    let holds = |n: usize| sum(&d[..n], &weights[10 - n..]) * 10 % 11 % 10 == u32::from(d[n] - b'0');
    holds(9) && holds(10) && varied(d)
}

/// CNPJ: two check digits (Receita Federal).
pub(super) fn br_cnpj(d: &[u8]) -> bool {
    let weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let holds = |n: usize| sum(&d[..n], &weights[13 - n..]) * 10 % 11 % 10 == u32::from(d[n] - b'0');
    holds(12) && holds(13) && varied(d)
}

/// Dutch citizen service number, the eleven test (RvIG).
pub(super) fn nl_bsn(d: &[u8]) -> bool {
    let sum = sum(&d[..8], &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum % 11 == last(d) && varied(d)
}

/// French SIREN and SIRET, Italian partita IVA: the Luhn check.
pub(super) fn by_luhn(d: &[u8]) -> bool {
    luhn(d)
}

/// US employer number: a prefix in use (IRS).
pub(super) fn us_ein(d: &[u8]) -> bool {
    !matches!(value(&d[..2]), 0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97) && varied(d)
}

/// Korean business registration number (National Tax Service).
pub(super) fn kr_brn(d: &[u8]) -> bool {
    let sum = sum(&d[..9], &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + u32::from(d[8] - b'0') * 5 / 10;
    (10 - sum % 10) % 10 == last(d) && varied(d)
}

/// US routing number (American Bankers Association).
pub(super) fn us_aba(d: &[u8]) -> bool {
    sum(d, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10) && varied(d)
}

/// The remainder of decimal digits by 97.
fn mod_97(digits: impl Iterator<Item = u8>) -> u32 {
    digits.fold(0, |rest, d| (rest * 10 + u32::from(d - b'0')) % 97)
}

/// Polish account number of 26 digits: an IBAN without `PL`.
pub(super) fn pl_account(d: &[u8]) -> bool {
    mod_97(d[2..].iter().chain(b"2521").chain(&d[..2]).copied()) == 1 && varied(d)
}

/// Spanish account number of 20 digits with its two check digits (CCC, Banco de España).
pub(super) fn es_account(d: &[u8]) -> bool {
    let weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let check = |sum: u32| match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        n => n,
    };
    check(sum(&d[..8], &weights[2..])) == u32::from(d[8] - b'0')
        && check(sum(&d[10..], &weights)) == u32::from(d[9] - b'0')
        && varied(d)
}

/// The letter of a Spanish DNI or NIE (Ministry of the Interior).
pub(super) fn es_letter(digits: &[u8], letter: u8) -> bool {
    b"TRWAGMYFPDXBNJZSQVHLCKE"[(value(digits) % 23) as usize] == letter
}

/// Spanish CIF: letter, seven digits, a control digit or letter.
pub(super) fn es_cif(kind: u8, digits: &[u8], control: u8) -> bool {
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let d = u32::from(d - b'0');
            if i % 2 == 0 { d * 2 / 10 + d * 2 % 10 } else { d }
        })
        .sum();
    let check = ((10 - sum % 10) % 10) as u8;
    b"ABCDEFGHJNPQRSUVW".contains(&kind) && (control == b'0' + check || control == b"JABCDEFGHI"[usize::from(check)])
}

/// Italian codice fiscale: the letter of control over fifteen characters (decree of 23 December 1976).
pub(super) fn it_codice_fiscale(code: &[u8; 16]) -> bool {
    const ODD: [u8; 36] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
        10, 22, 25, 24, 23,
    ];
    // Digits may be written as letters where two persons would share a code.
    let digit = |b: u8| b.is_ascii_digit() || b"LMNPQRSTUV".contains(&b);
    let shape = code.iter().enumerate().all(|(i, &b)| match i {
        6 | 7 | 9 | 10 | 12..=14 => digit(b),
        8 => b"ABCDEHLMPRST".contains(&b),
        _ => b.is_ascii_uppercase(),
    });
    let sum: u32 = code[..15]
        .iter()
        .enumerate()
        .map(|(i, &b)| {
            let n = if b.is_ascii_digit() { b - b'0' } else { b.saturating_sub(b'A') };
            let at = if b.is_ascii_digit() { usize::from(n) } else { usize::from(n) + 10 };
            u32::from(if i % 2 == 0 { ODD[at.min(35)] } else { n })
        })
        .sum();
    shape && code[15] == b'A' + (sum % 26) as u8
}

/// Polish identity card: three letters, then the check digit and five digits (weights 7, 3, 1).
pub(super) fn pl_id_card(code: &[u8]) -> bool {
    let value = |b: u8| u32::from(if b.is_ascii_digit() { b - b'0' } else { b - b'A' + 10 });
    let weights = [7, 3, 1, 9, 7, 3, 1, 7, 3];
    code.iter().zip(weights).map(|(b, w)| value(*b) * w).sum::<u32>().is_multiple_of(10)
}

/// British VAT number: the two check digits, old and new style (HMRC).
pub(super) fn gb_vat(d: &[u8]) -> bool {
    let total = sum(&d[..7], &[8, 7, 6, 5, 4, 3, 2]) + value(&d[7..9]) as u32;
    total.is_multiple_of(97) || (total + 55).is_multiple_of(97)
}

/// French VAT number: the key before a SIREN.
pub(super) fn fr_vat(d: &[u8]) -> bool {
    (12 + 3 * (value(&d[2..]) % 97)) % 97 == value(&d[..2]) && luhn(&d[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    type Check = fn(&[u8]) -> bool;

    /// Holds for the number, and for none with its last digit changed.
    #[test]
    fn published_examples_hold_and_changed_ones_do_not() {
        let examples: &[(Check, &[u8], &str)] = &[
            (luhn, b"79927398713", "ISO/IEC 7812 worked example"),
            (us_aba, b"111000025", "worked example of the routing checksum"),
            (gb_nhs, b"9434765919", "NHS Data Dictionary"),
            (jp_my_number, b"123456789018", "worked example of the ordinance"),
            (jp_corporate, b"7000012050002", "National Tax Agency itself"),
            (pl_pesel, b"44051401359", "worked example of PESEL"),
            (pl_nip, b"1234563218", "worked example of NIP"),
            (pl_regon, b"123456785", "worked example of REGON"),
            (pl_regon, b"12345678512347", "worked example of REGON"),
            (de_steuer_id, b"86095742719", "BZSt test number"),
            (de_ust, b"136695976", "BZSt test number"),
            (fr_nir, b"255081416802538", "worked example of NIR"),
            (br_cpf, b"11144477735", "worked example of CPF"),
            (br_cnpj, b"11222333000181", "worked example of CNPJ"),
            (nl_bsn, b"111222333", "RvIG test number"),
            (by_luhn, b"732829320", "INSEE worked example of SIREN"),
            (by_luhn, b"73282932000074", "INSEE worked example of SIRET"),
            (by_luhn, b"07643520567", "worked example of partita IVA"),
            (kr_brn, b"1208147521", "business number of a listed company"),
            (es_account, b"20770024003102575766", "worked example of CCC"),
            (fr_vat, b"83404833048", "worked example of the French VAT key"),
        ];
        for (check, number, source) in examples {
            assert!(check(number), "{source}");
            let mut wrong = number.to_vec();
            let end = wrong.len() - 1;
            wrong[end] = if wrong[end] == b'9' { b'0' } else { wrong[end] + 1 };
            assert!(!check(&wrong), "{source}, changed");
        }
    }

    #[test]
    fn letters_of_control() {
        assert!(es_letter(b"12345678", b'Z') && !es_letter(b"12345678", b'A'));
        assert!(es_letter(b"01234567", b'L'), "X1234567L, worked example of NIE");
        assert!(es_cif(b'A', b"5881850", b'1') && !es_cif(b'A', b"5881850", b'2'));
        assert!(it_codice_fiscale(b"RSSMRA85T10A562S") && !it_codice_fiscale(b"RSSMRA85T10A562T"));
        assert!(pl_id_card(b"ABA300000") && !pl_id_card(b"ABA400000"));
        assert!(gb_vat(b"980780684") && !gb_vat(b"980780685"));
    }

    #[test]
    fn registry_rules() {
        assert!(us_ssn(b"536323065") && !us_ssn(b"666323065") && !us_ssn(b"000323065") && !us_ssn(b"536003065"));
        assert!(us_itin(b"912701234") && !us_itin(b"912101234"));
        assert!(us_ein(b"123456789") && !us_ein(b"073456789"));
        // Made up; the digit of control by the published weights.
        assert!(kr_rrn(b"9001011234568") && !kr_rrn(b"9001011234567") && !kr_rrn(b"9013011234568"));
        assert!(kr_rrn(b"2103153123456"), "born after October 2020");
        assert!(pl_account(b"61109010140000071219812874"), "IBAN registry, Poland");
    }
}
