//! Words of languages that put spaces between them.

use super::lists::{Lang, Listed};
use super::units::{Class, MAX_LINKS, Reader};
use crate::span::Span;
use crate::text::{WordKind, Words};

/// Reads one word in lower case.
pub(super) fn word(reader: &mut Reader, folded: &str, span: Span, nouns_are_capital: bool) {
    let lang = match reader.lang {
        // Latin words in Korean and Japanese text are names, or English.
        Lang::Ko | Lang::Ja => Lang::En,
        lang => lang,
    };
    let listed = |section| lang.lists(folded, section);
    let after_link = reader.last().is_some_and(|unit| unit.class == Class::Link);
    if listed(Listed::Link) && !after_link {
        return reader.link(folded, span);
    }
    if after_link && (listed(Listed::Article) || listed(Listed::Link)) && reader.links() < MAX_LINKS {
        return reader.push(Class::Link, folded.to_owned(), span);
    }
    // "company's policy"
    let possessive = lang == Lang::En
        && folded == "s"
        && reader.text.get(..span.start).is_some_and(|before| before.ends_with(['\'', '’']));
    if possessive && reader.last().is_some() {
        return reader.link(folded, span);
    }
    let weak = listed(Listed::Weak);
    if !weak && (listed(Listed::Stop) || listed(Listed::Article) || is_short(folded) || is_verb(lang, folded)) {
        return reader.cut();
    }
    let capital = reader.text.get(span.start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
    if nouns_are_capital && !capital && !weak {
        // German: what is written small is no noun, but an inflected adjective may stand before one.
        if ["e", "en", "er", "es", "em"].iter().any(|ending| folded.ends_with(ending)) {
            return reader.push(Class::Weak, stem(lang, folded), span);
        }
        return reader.cut();
    }
    if lang == Lang::En && is_past(folded) {
        // "delayed flight", but no "flight delayed": a verb ends the run before it.
        if reader.last().is_some_and(|unit| unit.class != Class::Weak) {
            reader.cut();
        }
        return reader.push(Class::Weak, stem(lang, folded), span);
    }
    let class = if weak || is_adjective(lang, folded) {
        Class::Weak
    } else if listed(Listed::Light) {
        Class::Light
    } else {
        Class::Content
    };
    reader.push(class, stem(lang, folded), span);
}

/// True when a text writes nouns with capitals, as German does when typed with care: a capital
/// stands where no sentence begins.
pub(super) fn has_capital_nouns(words: &Words, text: &str) -> bool {
    words.list.iter().filter(|word| word.kind == WordKind::Spaced).any(|word| {
        let before = text.get(..word.span.start).unwrap_or_default().trim_end_matches(' ');
        let inside = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        let capital = text.get(word.span.start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
        let pronoun = ["Sie", "Ihr", "Ihre", "Ihren", "Ihnen", "Ihrem", "Ihrer"];
        inside && capital && word.width > 0 && !pronoun.contains(&word.span.slice(text).unwrap_or_default())
    })
}

/// Polish endings that only adjectives have.
const ADJECTIVES: [&str; 15] = [
    "czny", "czna", "czne", "cznej", "owy", "owe", "owych", "ski", "skie", "alny", "alna", "alne", "iwy", "iwa", "iwe",
];

fn is_adjective(lang: Lang, word: &str) -> bool {
    lang == Lang::Pl && word.len() > 6 && ADJECTIVES.iter().any(|ending| word.ends_with(ending))
}

fn is_short(word: &str) -> bool {
    word.chars().count() < 2
}

/// English words in -ed that are no past form.
const NO_PAST: [&str; 10] = ["speed", "need", "feed", "seed", "breed", "shed", "indeed", "greed", "embed", "bed"];

fn is_past(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !NO_PAST.contains(&word)
}

/// Endings that mark verbs (and adverbs) and hardly anything else, from the shortest word they are
/// believed in, in characters; and words that have them and are nouns or adjectives all the same.
/// From the conjugation tables of each language; written for this project.
const VERBS: [(Lang, usize, &[&str], &[&str]); 8] = [
    (
        Lang::En,
        5,
        &["ly"],
        &[
            "family",
            "supply",
            "reply",
            "assembly",
            "anomaly",
            "monopoly",
            "butterfly",
            "weekly",
            "monthly",
            "daily",
            "yearly",
        ],
    ),
    (
        Lang::Es,
        5,
        &[
            "aron", "ieron", "aba", "aban", "aste", "iste", "ando", "iendo", "aré", "eré", "iré", "arán", "aría",
            "erían", "arían", "mente", "ar", "er", "ir", "arme", "arlo", "erme", "irme", "arse", "aran", "ieran",
        ],
        &[
            "lugar",
            "hogar",
            "mujer",
            "alquiler",
            "celular",
            "familiar",
            "regular",
            "popular",
            "particular",
            "taller",
            "placer",
            "militar",
            "hangar",
            "cuando",
        ],
    ),
    (
        Lang::Pt,
        5,
        &[
            "aram", "eram", "iram", "ando", "endo", "indo", "ava", "avam", "ou", "iu", "mente", "ar", "er", "ir",
            "aria", "eria", "asse",
        ],
        &[
            "lugar",
            "celular",
            "mulher",
            "colher",
            "açúcar",
            "andar",
            "jantar",
            "familiar",
            "regular",
            "particular",
            "padaria",
            "livraria",
            "cozinhar",
            "bateria",
            "loteria",
        ],
    ),
    (
        Lang::It,
        6,
        &[
            "are", "ere", "ire", "ando", "endo", "avano", "arono", "irono", "evano", "mente", "arsi", "arlo", "armi",
            "erebbe",
        ],
        &[
            "camere",
            "lettere",
            "cameriere",
            "corriere",
            "quartiere",
            "potere",
            "genere",
            "carriere",
            "cellulare",
            "particolare",
            "popolare",
            "regolare",
            "bicchiere",
        ],
    ),
    (
        Lang::Fr,
        5,
        &[
            "aient", "ait", "emment", "amment", "ez", "eraient", "erait", "iser", "oyer", "ter", "rer", "der", "cer",
            "ger", "ler", "ner", "ser", "ver",
        ],
        &[
            "déjeuner",
            "dîner",
            "danger",
            "étranger",
            "manager",
            "portrait",
            "retrait",
            "souhait",
            "extrait",
            "forfait",
            "parfait",
            "hiver",
            "concert",
            "charter",
            "poster",
            "leader",
            "trailer",
            "master",
        ],
    ),
    (
        Lang::Pl,
        5,
        &[
            "łem", "łam", "łeś", "łaś", "liśmy", "łyśmy", "ował", "owała", "owali", "owało", "owano", "ać", "eć", "ić",
            "yć", "ąć", "uje", "ują", "ujemy", "ujecie", "ała", "ało", "ali", "iła", "iło", "ili", "yła", "yło", "nął",
            "nęła", "nęło",
        ],
        &[
            "skala", "skali", "sali", "kanali", "sieć", "chwała", "skała", "zapały", "cała", "mała", "biała", "stała",
            "chwili",
        ],
    ),
    (Lang::Nl, 6, &["eert", "stte", "elde", "elden", "erde", "erden"], &["waarde", "aarde", "middelde"]),
    (Lang::De, 6, &["ierte", "ierten", "ierst"], &["garantierte"]),
];

fn is_verb(lang: Lang, word: &str) -> bool {
    if matches!(lang, Lang::Nl | Lang::De) && word.starts_with("ge") && word.ends_with('t') && word.chars().count() > 6
    {
        return !["gerecht", "gewicht", "gezicht", "geschäft", "gerücht", "gehalt"].contains(&word);
    }
    let Some((_, least, endings, nouns)) = VERBS.iter().find(|(of, ..)| *of == lang) else { return false };
    word.chars().count() >= *least && endings.iter().any(|ending| word.ends_with(ending)) && !nouns.contains(&word)
}

/// Endings of nouns and adjectives, longest first, that are taken off so that the forms of a word
/// have one key; at least four characters stay, three in English.
const ENDINGS: [(Lang, &[&str]); 8] = [
    (Lang::En, &["sses:ss", "shes:sh", "ches:ch", "xes:x", "ies:y", "ed", "'s", "s"]),
    (Lang::De, &["ern", "en", "er", "es", "em", "e", "n", "s"]),
    (Lang::Nl, &["en", "e", "s"]),
    (Lang::Fr, &["aux:al", "elles:el", "es", "s", "x", "e"]),
    (Lang::Es, &["iones:ión", "es", "os", "as", "s", "o", "a", "e"]),
    (Lang::Pt, &["ões:ão", "ão:ão", "ais:al", "es", "os", "as", "s", "o", "a", "e"]),
    (Lang::It, &["i", "e", "o", "a"]),
    (
        Lang::Pl,
        &[
            "iami", "ami", "iach", "ach", "iego", "ego", "iemu", "emu", "ymi", "imi", "iom", "iem", "owi", "ych",
            "ich", "om", "em", "ów", "ej", "ym", "im", "ie", "ią", "ię", "ia", "iu", "ą", "ę", "a", "y", "i", "e", "u",
            "o",
        ],
    ),
];

/// The key of a word: the word without an ending of its language.
pub(crate) fn stem(lang: Lang, word: &str) -> String {
    let endings = ENDINGS.iter().find(|(of, _)| *of == lang).map_or(&[][..], |(_, endings)| endings);
    let least = if lang == Lang::En { 3 } else { 4 };
    for ending in endings {
        let (ending, instead) = ending.split_once(':').unwrap_or((ending, ""));
        if let Some(base) = word.strip_suffix(ending)
            && base.chars().count() + instead.chars().count() >= least
            && !(lang == Lang::En && ending == "s" && base.ends_with(['s', 'u', 'i']))
        {
            return format!("{base}{instead}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_key() {
        for (lang, forms) in [
            (Lang::En, &["delivery", "deliveries"][..]),
            (Lang::En, &["box", "boxes"]),
            (Lang::En, &["parcel", "parcels"]),
            (Lang::Pl, &["dostawa", "dostawy", "dostawę", "dostawie", "dostaw"]),
            (Lang::Pl, &["paczka", "paczki", "paczkę", "paczkami"]),
            (Lang::Es, &["devolución", "devoluciones"]),
            (Lang::Pt, &["avaliação", "avaliações"]),
            (Lang::De, &["Lieferung", "Lieferungen"]),
            (Lang::Fr, &["colis", "coli"]),
            (Lang::It, &["spedizione", "spedizioni"]),
            (Lang::Nl, &["levering", "leveringen"]),
        ] {
            let keys: Vec<String> = forms.iter().map(|form| stem(lang, form)).collect();
            if lang != Lang::Fr {
                assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{keys:?}");
            }
        }
        assert_eq!(stem(Lang::En, "bus"), "bus");
        assert_eq!(stem(Lang::En, "status"), "status");
    }

    #[test]
    fn verbs_are_known_by_their_endings() {
        assert!(is_verb(Lang::Pl, "zamawiałem") && !is_verb(Lang::Pl, "jakość"));
        assert!(is_verb(Lang::Es, "cancelaron") && !is_verb(Lang::Es, "lugar"));
        assert!(is_verb(Lang::De, "geliefert") && !is_verb(Lang::De, "gewicht"));
        assert!(is_past("damaged") && !is_past("speed"));
    }
}
