//! What the person does: the learned head and the listed phrases joined, and what follows from it.

use super::cues::Said;
use crate::analysis::{Act, Disposition, Emotion, Intent, Sentiment, SentimentLabel, State};

/// Probability of positive sentiment from which praise is taken at its word: the head for irony is
/// weak, and a wrong flag turns a happy customer into a complaint.
pub(super) const SINCERE: f64 = 0.6;

fn bit(act: Act) -> u32 {
    1 << act as u32
}

/// Acts of a text: those the head finds, with question and thanks corrected by the phrases that
/// ask, thank, or call either off. `ironic` praise is blame. A statement is what does nothing else.
pub(super) fn join(learned: u32, said: Said, ironic: bool) -> Vec<Act> {
    let mut acts = learned;
    for (act, found) in [(Act::Question, said.question), (Act::Thanks, said.thanks)] {
        match found {
            Some(true) => acts |= bit(act),
            Some(false) => acts &= !bit(act),
            None => {}
        }
    }
    if ironic && acts & bit(Act::Praise) != 0 {
        acts = acts & !bit(Act::Praise) | bit(Act::Complaint);
    }
    acts &= !bit(Act::Statement);
    if acts & !bit(Act::Greeting) == 0 {
        // A greeting alone is only that; anything else without an act tells something.
        let greeting_alone = acts != 0 && learned & bit(Act::Statement) == 0;
        if !greeting_alone {
            acts |= bit(Act::Statement);
        }
    }
    Act::ALL.into_iter().filter(|act| acts & bit(*act) != 0).collect()
}

/// Something good and something bad are said: both acts hold, or the head for it says so.
pub(super) fn mixed(acts: &[Act], learned: bool) -> bool {
    learned || (acts.contains(&Act::Praise) && acts.contains(&Act::Complaint))
}

/// Reasons one can act on for one person; the others are opinions, or none.
fn is_actionable(intent: Intent) -> bool {
    !matches!(intent, Intent::Feedback | Intent::None)
}

/// The handling a text calls for; docs/design/labelling.md holds the table. Reads nothing that
/// tone moves.
pub(super) fn disposition(meaningful: bool, mass: bool, acts: &[Act], intent: Intent) -> Disposition {
    let has = |act: Act| acts.contains(&act);
    if !meaningful || mass {
        Disposition::Ignore
    } else if has(Act::Question) || has(Act::Request) || (has(Act::Complaint) && is_actionable(intent)) {
        Disposition::Respond
    } else if has(Act::Suggestion) || has(Act::Complaint) {
        Disposition::FixInAggregate
    } else if has(Act::Praise) {
        Disposition::Amplify
    } else if has(Act::Thanks) {
        Disposition::Close
    } else {
        Disposition::Engage
    }
}

/// Words of parting, lower case. Written for this project in the ten languages.
#[rustfmt::skip] // a language to a line
const GOODBYES: &[&str] = &[
    "bye", "goodbye", "good bye", "bye bye", "see you", "see ya", "take care", "good night", "have a nice day", "have a good day",
    "안녕히 계세요", "안녕히 가세요", "들어가세요", "다음에 봐요", "또 봐요", "수고하세요", "좋은 하루 보내세요", "바이바이",
    "さようなら", "さよなら", "バイバイ", "またね", "ではまた", "それではまた", "失礼します", "失礼いたします", "おやすみなさい",
    "do widzenia", "do zobaczenia", "na razie", "pa pa", "papa", "dobranoc", "miłego dnia", "żegnam", "do usłyszenia",
    "tschüss", "tschüs", "tschau", "auf wiedersehen", "auf wiederhören", "bis bald", "bis dann", "schönen tag noch", "schönes wochenende", "gute nacht", "ade",
    "au revoir", "à bientôt", "a bientot", "à plus", "bonne journée", "bonne soirée", "bonne nuit", "adieu", "salut et à bientôt",
    "adiós", "adios", "hasta luego", "hasta pronto", "hasta la próxima", "nos vemos", "chao", "chau", "buenas noches y hasta mañana", "que tengan buen día",
    "arrivederci", "arrivederla", "a presto", "addio", "buona giornata", "buonanotte", "ci sentiamo", "alla prossima",
    "tchau", "até logo", "até mais", "até breve", "até já", "adeus", "bom dia e até mais", "boa noite e até amanhã", "um abraço",
    "tot ziens", "doei", "doeg", "dag hoor", "tot snel", "tot later", "fijne dag", "prettige dag", "welterusten",
];

/// True when a text that only greets takes its leave.
pub(super) fn says_goodbye(text: &str) -> bool {
    let text = text.to_lowercase();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || crate::text::is_unspaced(c));
    GOODBYES.iter().any(|word| {
        text.match_indices(word)
            .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + word.len()..].chars().next()))
    })
}

/// The states of the customer: happy (positive, or joy, gratitude, admiration, relief), problem
/// (complains), ambivalent (mixed), disappointed, anxious (worry).
pub(super) fn states(sentiment: &Sentiment, acts: &[Act], emotions: impl Fn(Emotion) -> bool) -> Vec<State> {
    let glad = [Emotion::Joy, Emotion::Gratitude, Emotion::Admiration, Emotion::Relief].into_iter().any(&emotions);
    let holds = |state: State| match state {
        State::Happy => {
            sentiment.label == SentimentLabel::Positive || (glad && sentiment.label != SentimentLabel::Negative)
        }
        State::Problem => acts.contains(&Act::Complaint),
        State::Ambivalent => sentiment.mixed,
        State::Disappointed => emotions(Emotion::Disappointment),
        State::Anxious => emotions(Emotion::Worry),
    };
    State::ALL.into_iter().filter(|state| holds(*state)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING_SAID: Said = Said { question: None, thanks: None };

    #[test]
    fn phrases_add_and_call_off() {
        let asks = Said { question: Some(true), thanks: None };
        assert_eq!(join(bit(Act::Complaint), asks, false), [Act::Question, Act::Complaint]);
        let thanks_for_nothing = Said { question: None, thanks: Some(false) };
        assert_eq!(join(bit(Act::Thanks) | bit(Act::Complaint), thanks_for_nothing, false), [Act::Complaint]);
    }

    #[test]
    fn irony_turns_praise_to_blame() {
        assert_eq!(join(bit(Act::Praise), NOTHING_SAID, true), [Act::Complaint]);
    }

    #[test]
    fn a_statement_is_what_does_nothing_else() {
        assert_eq!(join(0, NOTHING_SAID, false), [Act::Statement]);
        assert_eq!(join(bit(Act::Statement) | bit(Act::Praise), NOTHING_SAID, false), [Act::Praise]);
        assert_eq!(join(bit(Act::Greeting), NOTHING_SAID, false), [Act::Greeting]);
    }

    #[test]
    fn every_disposition_is_reached() {
        let of = |acts: &[Act], intent| disposition(true, false, acts, intent);
        assert_eq!(of(&[Act::Question], Intent::None), Disposition::Respond);
        assert_eq!(of(&[Act::Complaint], Intent::Billing), Disposition::Respond);
        assert_eq!(of(&[Act::Complaint], Intent::Feedback), Disposition::FixInAggregate);
        assert_eq!(of(&[Act::Praise], Intent::Feedback), Disposition::Amplify);
        assert_eq!(of(&[Act::Thanks], Intent::None), Disposition::Close);
        assert_eq!(of(&[Act::Statement], Intent::None), Disposition::Engage);
        assert_eq!(disposition(false, false, &[], Intent::None), Disposition::Ignore);
        assert_eq!(disposition(true, true, &[Act::Question], Intent::None), Disposition::Ignore);
    }
}
