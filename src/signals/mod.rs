//! What a text asks for, what it cost the customer, how pressing it is, whether the customer goes or recommends,
//! which brands and links it names, where in the journey it stands.
//!
//! It is told by listed phrases in ten languages (`rules/`), found by one scan of the [`crate::lexicon`]; what they
//! mean together is told by a file per signal, and a learned head says what they miss. Capitals, exclamation
//! marks and swearing change nothing: the text is read in lower case and without its swearing.
//! docs/design/signals.md explains the method and its limits.

mod brands;
mod churn;
mod disguise;
mod duration;
mod effort;
mod expectations;
mod interest;
mod journey;
mod links;
mod listed;
mod recommends;
mod rules;
#[cfg(test)]
mod tests;
mod urgency;
mod wishes;

pub use brands::Brands;
pub use journey::media_type;

use crate::analysis::{EffortLevel, Intent, Language, MediaType, SentimentLabel, Sign, Signals, UrgencyLevel};
use crate::lexicon::Reading;
use crate::span::Span;
use crate::text::particles::{THING, particles};
use crate::text::{is_alphabetic, is_hangul, is_unspaced};
use rules::{Group, Hit, rules_for};

/// Most places given for one signal.
const MOST_SPANS: usize = 8;

/// What the other analysers found, where signals need it.
pub(crate) struct Known<'k> {
    pub language: &'k Language,
    pub sentiment: SentimentLabel,
    pub intent: Intent,
    /// Something is asked for, or wrong.
    pub wants: bool,
    /// Something is praised, or somebody thanked.
    pub praises: bool,
    /// Something is suggested or asked for.
    pub suggests: bool,
    /// The learned head says that the text promotes.
    pub promotion: bool,
    /// What the learned head sees, whatever the words: one bit a [`Sign`].
    pub signs: u32,
    /// A learned head sees somebody come to harm.
    pub danger: bool,
    /// The text is long enough for that head.
    pub tells: bool,
    pub brands: &'k Brands,
}

impl Known<'_> {
    /// What the learned head sees in a text that is long enough for it.
    fn sees(&self, sign: Sign) -> bool {
        self.tells && self.signs >> sign as usize & 1 == 1
    }

    /// The effort that the learned head sees, the highest first. Who is pleased was put to none, who blames found it hard.
    fn effort(&self) -> Option<EffortLevel> {
        use SentimentLabel::{Negative, Positive};
        let levels = [
            (Sign::Hard, EffortLevel::High, Positive),
            (Sign::Some, EffortLevel::Some, Positive),
            (Sign::Easy, EffortLevel::Easy, Negative),
        ];
        let holds = |(sign, level, never)| (self.sees(sign) && self.sentiment != never).then_some(level);
        levels.into_iter().find_map(holds)
    }

    /// The urgency that the learned head sees; who is pleased does not press.
    fn urgency(&self) -> UrgencyLevel {
        let presses = |sign| self.sees(sign) && self.sentiment != SentimentLabel::Positive;
        match () {
            () if presses(Sign::Critical) => UrgencyLevel::Critical,
            () if presses(Sign::Urgent) => UrgencyLevel::High,
            () if self.sees(Sign::Low) => UrgencyLevel::Low,
            () => UrgencyLevel::Normal,
        }
    }
}

/// Letters a text needs for the learned head to speak; a Hangul, Han or kana letter counts twice.
const TELLING: usize = 20;

/// True for a text of [`TELLING`] letters.
pub(crate) fn is_telling(text: &str) -> bool {
    let worth = text.chars().filter(|c| is_alphabetic(*c)).map(|c| 1 + usize::from(c.len_utf8() == 3));
    worth.take(TELLING).sum::<usize>() >= TELLING
}

/// The signals of a text, which stands in `reading`; spans are bytes of it. `O(bytes)`.
pub(crate) fn read(text: &str, reading: &Reading, known: &Known) -> Signals {
    let hits = rules_for(known.language, text).find(reading);
    let view = View { text, reading, hits: &hits };
    let brands = brands::find(&view, known.brands);
    let (effort, time_lost) = effort::find(&view, known.effort());
    let eased = effort.as_ref().is_some_and(|effort| effort.level == EffortLevel::Easy);
    let wants = known.wants && !eased;
    let pleased = known.sentiment == SentimentLabel::Positive && known.praises && !known.wants;
    let churn = churn::find(&view, &brands, known.sees(Sign::Churn));
    // The stage needs words that tell it.
    let goes = churn.present && !churn.spans.is_empty();
    let (journey_stage, other_stages) = journey::find(&view, known, goes);
    Signals {
        wishes: wishes::find(&view, known.suggests, known.sees(Sign::Wish)),
        recommends: recommends::find(&view),
        purchase_interest: interest::find(&view, known),
        expectations: expectations::find(&view, known.sentiment),
        effort,
        time_lost,
        urgency: urgency::find(&view, pleased, wants, known.urgency(), known.danger && !pleased),
        churn,
        links: links::find(&view, known),
        brands,
        journey_stage,
        other_stages,
        media_type: view.of(Group::Adverts).next().map(|_| MediaType::Paid),
    }
}

/// A text with the places where phrases stand.
struct View<'v> {
    text: &'v str,
    reading: &'v Reading,
    /// By place.
    hits: &'v [Hit],
}

impl View<'_> {
    /// The hits of a group, negated ones too.
    fn of(&self, group: Group) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(move |hit| hit.group == group)
    }

    /// The hits of a group that no negation reaches.
    fn affirmed(&self, group: Group) -> impl Iterator<Item = &Hit> {
        self.of(group).filter(|hit| !hit.negated)
    }

    /// The sentence with that number, in bytes.
    fn sentence(&self, number: u32) -> Span {
        self.reading.sentences().get(number as usize).copied().unwrap_or(Span::new(0, self.text.len()))
    }

    /// Number of the sentence in which the byte `at` stands.
    fn sentence_at(&self, at: usize) -> u32 {
        self.reading.sentences().partition_point(|sentence| sentence.end <= at) as u32
    }

    /// The clause with that number, in bytes.
    fn clause(&self, number: u32) -> Span {
        self.reading.clauses().get(number as usize).map_or(Span::new(0, self.text.len()), |clause| clause.span)
    }

    /// The text of a span.
    fn slice(&self, span: Span) -> &str {
        span.slice(self.text).unwrap_or("")
    }

    /// True for a piece of Korean or Japanese.
    fn is_joined(&self, span: Span) -> bool {
        self.slice(span).chars().next().is_some_and(|c| is_hangul(c) || is_unspaced(c))
    }

    /// True when the sentence asks.
    fn asks(&self, sentence: u32) -> bool {
        self.slice(self.sentence(sentence)).trim_end().ends_with(['?', '？'])
    }
}

impl View<'_> {
    /// The span without a Korean particle at its end.
    fn bare(&self, mut span: Span) -> Span {
        let rest = self.slice(span);
        if let Some((particle, ..)) = particles(THING).find(|own| rest.ends_with(own.0) && rest.chars().count() > 2) {
            span.end -= particle.len();
            span.end -= self.slice(span).len() - self.slice(span).trim_end().len();
        }
        span
    }
}

/// The first places, by place, without those inside others.
fn places(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        if kept.last().is_none_or(|last| span.end > last.end) {
            kept.push(span);
        }
        if kept.len() > MOST_SPANS {
            break;
        }
    }
    kept.truncate(MOST_SPANS);
    kept
}
