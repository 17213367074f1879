//! Clauses that call a problem off: "no problems with delivery" is no complaint.

use std::sync::OnceLock;

use crate::lexicon::{Builder, Found, Lexicon, Reading};

/// Phrases that say there was no problem, written for this project.
#[rustfmt::skip] // a language to a line
const CALLED_OFF: &[(&str, &[&str])] = &[
    ("en", &["no problem*", "no issue*", "no complaint*", "no trouble", "no delay*", "no hassle", "no fuss", "no worries", "no fault*", "no damage*", "no error*", "without problem*", "without a problem", "without any problem*", "without issue*", "without any issue*", "without delay*", "without a hitch", "without any trouble", "zero problem*", "zero issues", "never had a problem", "never had any problem*", "never had an issue", "never had any issue*", "nothing to complain", "can't complain", "cannot complain", "can't fault", "cannot fault", "couldn't fault", "hassle free", "trouble free", "not a problem", "not too expensive", "not expensive", "not bad"]),
    ("de", &["kein problem", "keine probleme", "keinerlei probleme", "keine beschwerde*", "keine beanstandung*", "keine mängel", "keine verzögerung*", "ohne problem*", "ohne verzögerung*", "ohne beanstandung*", "problemlos*", "reibungslos*", "nichts zu meckern", "nichts zu beanstanden", "nichts auszusetzen", "nicht schlecht", "nicht teuer"]),
    ("nl", &["geen probleem", "geen problemen", "geen klacht*", "geen vertraging*", "zonder problemen", "zonder probleem", "probleemloos", "niets te klagen", "niks te klagen", "niets op aan te merken", "vlekkeloos*", "niet slecht", "niet duur"]),
    ("fr", &["aucun problème", "aucun souci", "pas de problème*", "pas de souci*", "sans problème*", "sans souci*", "sans encombre", "sans accroc", "rien à redire", "rien à reprocher", "aucun retard", "aucun défaut", "jamais eu de problème*", "pas mal", "pas cher", "pas chère"]),
    ("es", &["ningún problema", "ningun problema", "sin problema*", "sin ningún problema", "sin ningun problema", "sin queja*", "ninguna queja", "sin retraso*", "sin demora*", "no hubo problema*", "no hubo ningún problema", "no tuve problema*", "no tuve ningún problema", "sin inconveniente*", "nada que objetar", "no está mal", "nada caro"]),
    ("it", &["nessun problema", "senza problem*", "nessun intoppo", "senza intopp*", "nessun ritardo", "senza ritard*", "nessuna lamentela", "niente da ridire", "nulla da ridire", "niente male", "nessun difetto"]),
    ("pt", &["nenhum problema", "sem problema*", "sem nenhum problema", "sem qualquer problema", "sem atraso*", "sem reclamaç*", "nenhuma reclamação", "nada a reclamar", "nada a apontar", "sem stress", "sem complicaç*", "não é caro", "nada mau", "nada mal"]),
    ("pl", &["bez problem*", "żadnych problemów", "zero problemów", "bez zarzut*", "bez zastrzeżeń", "nie mam zastrzeżeń", "żadnych zastrzeżeń", "bez opóźnie*", "nie było problem*", "nie ma problemu", "nie mogę narzekać", "nie narzekam", "bez uwag", "bezproblemow*", "nie jest zły", "nie jest źle", "niedrogo"]),
    ("ko", &["문제 없*", "문제없*", "문제가 없*", "문제는 없*", "문제도 없*", "아무 문제 없*", "불만 없*", "불만은 없*", "불만이 없*", "하자 없*", "이상 없*", "지연 없*", "무리 없*", "흠잡을 데 없*", "나쁘지 않*", "비싸지 않*"]),
    ("ja", &["問題な", "問題はな", "問題もな", "問題あり ません", "問題なし", "不満はな", "不満な", "不満もな", "トラブルな", "トラブルもな", "文句な", "申し分な", "申し分あり ません", "不備な", "不備もな", "遅れる ことなく", "支障な", "悪くな", "高くな"]),
];

/// What calls a problem off in a text.
pub(super) fn called_off(reading: &Reading) -> Found {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    let lexicon = LEXICON.get_or_init(|| {
        let mut builder = Builder::new();
        for (language, phrases) in CALLED_OFF {
            for phrase in *phrases {
                // The list is this file's own: a test holds that none is refused.
                let _ = builder.phrase(language, phrase);
            }
        }
        builder.build()
    });
    lexicon.scan(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_can_be_filed_and_is_found() {
        let mut builder = Builder::new();
        for (language, phrases) in CALLED_OFF {
            for phrase in *phrases {
                assert!(builder.phrase(language, phrase).is_ok(), "{phrase}");
            }
        }
        for (language, text) in [
            ("en", "No problems with the delivery"),
            ("de", "Kein Problem mit der Lieferung"),
            ("ko", "배송 문제 없었어요"),
            ("ja", "問題なく届きました"),
            ("pl", "bez problemów z dostawą"),
        ] {
            assert_eq!(called_off(&Reading::new(text, language)).matches.len(), 1, "{text}");
        }
        assert!(called_off(&Reading::new("nobody fixed my problem", "en")).matches.is_empty());
    }
}
