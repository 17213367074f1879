//! Frames that give irony and announcements away: how a sentence is built, more than its words.
//! Written for this project in the ten languages.

use crate::text::{in_word, is_alphanumeric};

/// Praise that opens a complaint.
#[rustfmt::skip] // a language to a line
const OPENERS: &[&str] = &[
    "great", "oh great", "wonderful", "oh wonderful", "fantastic", "brilliant", "perfect", "lovely", "oh joy", "how nice", "well done", "good job", "bravo", "excellent", "amazing", "nice",
    "대단하네요", "대단하다", "잘한다", "참 잘했네요", "훌륭하네", "좋네", "최고네",
    "さすが", "すごいね", "素晴らしい", "素晴らしいですね", "最高だね", "はいはい",
    "super", "świetnie", "no świetnie", "no super", "pięknie", "brawo", "cudownie", "rewelacja",
    "toll", "na toll", "klasse", "na klasse", "na super", "prima", "na prima", "wunderbar", "großartig", "herzlichen glückwunsch", "glückwunsch",
    "génial", "super", "parfait", "formidable", "bravo", "magnifique", "ah bravo",
    "genial", "qué bien", "fantástico", "estupendo", "maravilloso", "perfecto", "enhorabuena",
    "fantastico", "perfetto", "ottimo", "complimenti", "che bello", "meraviglioso", "bravi",
    "ótimo", "que ótimo", "maravilha", "que maravilha", "parabéns", "que bom", "fantástico", "perfeito",
    "geweldig", "lekker dan", "fijn", "top", "mooi is dat", "mooi dan", "heerlijk", "prachtig", "gefeliciteerd",
];

/// Once more, in the rest of the sentence.
#[rustfmt::skip]
const AGAIN: &[&str] = &[
    "another", "again", "as always", "as usual", "yet another", "once more",
    "또", "역시나", "여전히",
    "また", "やっぱり", "今日も",
    "znowu", "znów", "kolejna", "kolejny", "kolejne", "jak zawsze", "jak zwykle",
    "wieder", "schon wieder", "mal wieder", "wie immer", "noch ein", "noch eine",
    "encore", "comme toujours", "comme d'habitude", "une fois de plus",
    "otra vez", "otro", "otra", "como siempre", "de nuevo",
    "di nuovo", "ancora", "un altro", "un'altra", "come sempre", "come al solito",
    "de novo", "outra vez", "mais uma", "mais um", "como sempre", "pra variar",
    "weer", "alweer", "zoals altijd", "zoals gewoonlijk", "nog een",
];

/// How announcements are put.
#[rustfmt::skip]
pub(super) const ANNOUNCED: &[&str] = &[
    "opens monday", "opens tuesday", "opens wednesday", "opens thursday", "opens friday", "opens saturday", "opens sunday", "opens on ", "opens this ", "opens next ", "opening on ", "opening this ", "now open", "grand opening", "happy to announce", "pleased to announce", "excited to announce", "proud to announce", "we are launching", "now available", "sale starts", "starts tomorrow", "for immediate release",
    "오픈합니다", "오픈했습니다", "개최합니다", "시작됩니다", "시작합니다", "출시합니다", "출시했습니다", "많은 관심 부탁", "안내드립니다",
    "開催いたします", "開催します", "オープンいたします", "オープンします", "発売いたします", "発売開始", "お知らせいたします",
    "otwieramy", "zapraszamy wszystkich", "zapraszamy na", "startuje wyprzedaż", "z radością informujemy", "już w sprzedaży",
    "wir eröffnen", "eröffnet am", "eröffnet nächste", "jetzt geöffnet", "wir freuen uns, ihnen mitzuteilen", "ab sofort erhältlich", "neueröffnung",
    "ouvre ses portes", "nous ouvrons", "nous avons le plaisir", "sont heureux d'annoncer", "en vente dès",
    "abrimos nuestra", "abre sus puertas", "inauguramos", "nos complace anunciar", "ya a la venta", "ya disponible",
    "inauguriamo", "apre i battenti", "siamo lieti di annunciare", "vi aspettiamo", "in vendita da",
    "temos o prazer", "abre as portas", "inauguração", "já à venda", "venha conhecer",
    "opent zijn deuren", "opent haar deuren", "we openen", "wij openen", "met trots kondigen", "vanaf nu verkrijgbaar",
];

fn edged(text: &str, at: usize, len: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(in_word);
    !letter(text[..at].chars().next_back()) && !letter(text[at + len..].chars().next())
}

/// True for praise alone, then a mark, then something once more: "great, another outage". `lower` is
/// in lower case.
pub(super) fn ironic(lower: &str) -> bool {
    let trimmed = lower.trim_start_matches(|c: char| !is_alphanumeric(c));
    let Some(end) = trimmed.find([',', '.', '!', '…', '、', '。', '-', '–', ':']) else { return false };
    let (opener, rest) = trimmed.split_at(end);
    let sentence = rest.trim_start_matches(|c: char| !is_alphanumeric(c));
    let sentence = sentence.split(['.', '!', '?', '。']).next().unwrap_or("");
    OPENERS.contains(&opener.trim())
        && AGAIN.iter().any(|word| sentence.match_indices(word).any(|(at, _)| edged(sentence, at, word.len())))
}

#[cfg(test)]
mod tests {
    use super::super::cues::cues;
    use super::*;
    use crate::text::Reading;

    #[test]
    fn praise_before_once_more_is_irony() {
        for text in [
            "great, another outage",
            "na toll, schon wieder eine störung.",
            "super, znowu awaria",
            "génial, encore en panne",
        ] {
            assert!(ironic(text), "{text}");
        }
        for text in ["great service", "another great meal, thanks", "super, danke", "perfect, thank you"] {
            assert!(!ironic(text), "{text}");
        }
    }

    #[test]
    fn announcements_are_for_everyone() {
        let announces = |text| cues().find(&Reading::new(text)).announced;
        assert!(announces("new store opens friday"));
        assert!(announces("本日より全店でセールを開催いたします。"));
        for text in ["why is your store shut?", "when do you open on friday", "the app opens slowly"] {
            assert!(!announces(text), "{text}");
        }
    }
}
