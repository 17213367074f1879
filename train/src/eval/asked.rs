//! The targets of the models, beside what is measured.

use crate::meaning::figures::Figure;

/// What a figure must reach.
#[derive(Clone, Copy)]
pub enum Bound {
    AtLeast(f64),
    AtMost(f64),
    Above(f64),
}

/// One thing asked. `figure` is how the name of the measured figure begins.
pub struct Asked {
    pub what: &'static str,
    pub figure: &'static str,
    pub bound: Bound,
}

impl Asked {
    /// The bound in words.
    pub fn bound(&self) -> String {
        match self.bound {
            Bound::AtLeast(value) => format!("at least {value:.2}"),
            Bound::AtMost(value) => format!("at most {value:.2}"),
            Bound::Above(value) => format!("above {value:.2}"),
        }
    }

    /// True when the value is within the bound.
    pub fn holds(&self, value: f64) -> bool {
        match self.bound {
            Bound::AtLeast(least) => value >= least,
            Bound::AtMost(most) => value <= most,
            Bound::Above(low) => value > low,
        }
    }

    /// The measured value, when the figure exists.
    pub fn measured(&self, figures: &[Figure]) -> Option<f64> {
        figures.iter().find(|(name, _)| name.starts_with(self.figure)).map(|(_, value)| *value)
    }
}

const fn least(what: &'static str, figure: &'static str, value: f64) -> Asked {
    Asked { what, figure, bound: Bound::AtLeast(value) }
}

const fn most(what: &'static str, figure: &'static str, value: f64) -> Asked {
    Asked { what, figure, bound: Bound::AtMost(value) }
}

const fn lead(what: &'static str, figure: &'static str) -> Asked {
    Asked { what, figure, bound: Bound::Above(0.0) }
}

/// Everything asked, in the order of the table.
#[rustfmt::skip]
pub const ASKED: &[Asked] = &[
    least("sentiment, semeval2017 en, macro recall", "semeval2017 en", 0.64),
    least("sentiment, umsab de en es fr it pt, mean macro recall", "umsab de en es fr it pt", 0.60),
    least("sentiment, umsab ar, macro recall", "umsab ar", 0.52),
    least("sentiment, polemo2 sentence pl, macro recall", "polemo2_sentence pl", 0.71),
    least("sentiment, nsmc ko, clear rows, balanced accuracy", "nsmc ko, clear rows", 0.84),
    least("sentiment, nhs_fft_v6 en with its question, macro recall", "nhs_fft_v6 en with its question", 0.68),
    least("sentiment, airline en, never trained on, macro recall", "airline en", 0.69),
    least("sentiment, amazon ja, never trained on, macro recall", "amazon ja", 0.55),
    least("sentiment, jrte ja, never trained on, macro recall", "jrte ja", 0.60),
    least("emotions, goemotions en, 11 emotions, macro F1", "goemotions en, 11 emotions", 0.45),
    least("emotions, goemotions en, lowest precision of a reported emotion", "goemotions en, lowest precision", 0.60),
    lead("emotions, kote ko, present or absent, macro F1, lead over always and never", "emotions, kote ko: present or absent, lead"),
    lead("emotions, kote ko, present alone, F1, lead over always and never", "emotions, kote ko: lead"),
    lead("emotions, brighter de, present or absent, macro F1, lead over always and never", "emotions, brighter de: present or absent, lead"),
    lead("emotions, brighter de, present alone, F1, lead over always and never", "emotions, brighter de: lead"),
    lead("emotions, brighter es, present or absent, macro F1, lead over always and never", "emotions, brighter es: present or absent, lead"),
    lead("emotions, brighter es, present alone, F1, lead over always and never", "emotions, brighter es: lead"),
    lead("emotions, brighter pt, present or absent, macro F1, lead over always and never", "emotions, brighter pt: present or absent, lead"),
    lead("emotions, brighter pt, present alone, F1, lead over always and never", "emotions, brighter pt: lead"),
    lead("emotions, xed pl, present or absent, macro F1, lead over always and never", "emotions, xed pl: present or absent, lead"),
    lead("emotions, xed pl, present alone, F1, lead over always and never", "emotions, xed pl: lead"),
    lead("emotions, xed fr, present or absent, macro F1, lead over always and never", "emotions, xed fr: present or absent, lead"),
    lead("emotions, xed fr, present alone, F1, lead over always and never", "emotions, xed fr: lead"),
    lead("emotions, xed it, present or absent, macro F1, lead over always and never", "emotions, xed it: present or absent, lead"),
    lead("emotions, xed it, present alone, F1, lead over always and never", "emotions, xed it: lead"),
    lead("emotions, xed nl, present or absent, macro F1, lead over always and never", "emotions, xed nl: present or absent, lead"),
    lead("emotions, xed nl, present alone, F1, lead over always and never", "emotions, xed nl: lead"),
    least("complaint or not, complaints_twitter en, macro F1", "complaints_twitter en", 0.80),
    least("acts, 3i4k ko, accuracy", "3i4k ko", 0.85),
    least("questions without their mark, question or not, 9 languages, mean macro F1", "questions without their mark, question or not", 0.75),
    least("questions without their mark, question alone, 9 languages, mean F1", "questions without their mark, 9 languages", 0.75),
    least("suggestion, semeval2019_t9a en, never trained on, F1", "suggestion, semeval2019_t9a en", 0.60),
    least("intent, source classes kept out of training, macro F1", "intent, source classes never trained on", 0.65),
    least("intent, all mapped dev rows, those classes among them, macro F1", "intent, all mapped dev rows", 0.65),
    least("none on clinc150 out-of-scope rows, recall", "none on clinc150", 0.80),
    least("offensive or not, olid en, macro F1", "offensive or not, olid en", 0.71),
    least("offensive or not, germeval2018 de, macro F1", "offensive or not, germeval2018 de", 0.66),
    least("offensive or not, poleval2019 pl, macro F1", "offensive or not, poleval2019 pl", 0.60),
    least("offensive or not, told_br pt, macro F1", "offensive or not, told_br pt", 0.71),
    least("offensive or not, kocohub ko, macro F1", "offensive or not, kocohub ko", 0.62),
    most("false alarms of toxic on airline tweets", "false alarms of toxic on airline", 0.02),
    most("false alarms of threat on airline tweets", "false alarms of threat on airline", 0.02),
    most("false alarms of hate on airline tweets", "false alarms of hate on airline", 0.02),
    most("false alarms of toxic on nhs negatives", "false alarms of toxic on nhs", 0.02),
    most("false alarms of threat on nhs negatives", "false alarms of threat on nhs", 0.02),
    most("false alarms of hate on nhs negatives", "false alarms of hate on nhs", 0.02),
    least("spam, sms en, F1", "spam, sms en", 0.93),
    most("calibration error, sentiment", "sentiment confidence, calibration error", 0.05),
    most("calibration error, language", "language confidence, calibration error", 0.05),
    most("calibration error, intent", "intent confidence, calibration error", 0.05),
    least("language, 5-19 characters, 20 commonest languages, accuracy", "language id, 5-19", 0.82),
    least("language, 20-60 characters, 20 commonest languages, accuracy", "language id, 20-60", 0.95),
    least("language, 61+ characters, 20 commonest languages, accuracy", "language id, 61+", 0.99),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::figures::{Limits, figures};

    /// The figures of the boards are named in another file; a name that changes there shows here.
    #[test]
    fn everything_asked_of_the_boards_has_a_figure() {
        let measured = figures(Limits::Answers, &[]);
        let own = [
            "semeval2017",
            "umsab",
            "polemo2",
            "nsmc",
            "nhs_fft",
            "airline",
            "amazon",
            "jrte",
            "emotions, ",
            "sentiment confidence",
            "language ",
        ];
        for asked in ASKED.iter().filter(|asked| !own.iter().any(|name| asked.figure.starts_with(name))) {
            assert!(asked.measured(&measured).is_some(), "{}", asked.figure);
        }
    }

    #[test]
    fn bounds_hold_on_their_own_side() {
        assert!(least("", "", 0.5).holds(0.5) && !least("", "", 0.5).holds(0.49));
        assert!(most("", "", 0.5).holds(0.5) && !most("", "", 0.5).holds(0.51));
        assert!(lead("", "").holds(0.01) && !lead("", "").holds(0.0));
    }
}
