//! Finds the phrases of the rules in a text.
//!
//! The rule files are joined in one list before they are shipped (`listed.rs` has their format). Only the languages a text may
//! be in are compiled, each once, when the first such text comes.

use crate::order::Sorted;
use std::sync::OnceLock;

use super::listed::{COMMA, FIRST, NEAR, OWN, SHARED, section};
use crate::analysis::Language;
use crate::lexicon::{Builder, Lexicon, Match, Reading, by_number};
use crate::span::Span;
use crate::text::is_alphabetic;

/// The languages that have rules, in the order of the engine.
pub(super) const LANGUAGES: [&str; 10] = ["en", "ko", "ja", "pl", "de", "fr", "es", "it", "pt", "nl"];

macro_rules! groups {
    ($($(#[$doc:meta])* $group:ident = $file:literal $name:literal,)*) => {
        /// What a phrase tells: a group of a rule file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Group { $($(#[$doc])* $group,)* }

        impl Group {
            /// Every group, by its number.
            const ALL: &'static [Group] = &[$(Group::$group,)*];
            /// The file of each group and its name there.
            #[cfg(test)]
            pub(super) const NAMES: &'static [(&'static str, &'static str)] = &[$(($file, $name),)*];
        }
    };
}

groups! {
    High = "effort" "high",
    Some = "effort" "some",
    Easy = "effort" "easy",
    Repeated = "effort" "repeated",
    Transfer = "effort" "transfer",
    NotEasy = "effort" "noteasy",
    NotHard = "effort" "nothard",
    Wait = "time" "wait",
    Plan = "time" "plan",
    Only = "time" "only",
    SafetyRisk = "urgency" "safety_risk",
    MoneyLost = "urgency" "money_lost",
    Deadline = "urgency" "deadline",
    Outage = "urgency" "outage",
    Vulnerable = "urgency" "vulnerable",
    Lack = "urgency" "lack",
    Said = "urgency" "said",
    Soon = "urgency" "soon",
    Low = "urgency" "low",
    Leaving = "churn" "leaving",
    Switching = "churn" "switching",
    Cancelling = "churn" "cancelling",
    NeverAgain = "churn" "never_again",
    LastChance = "churn" "last_chance",
    Hypothetical = "churn" "hypothetical",
    /// Asks how to cancel, or what it costs.
    HowTo = "churn" "howto",
    Competitor = "churn" "competitor",
    WishBefore = "wishes" "before",
    WishAfter = "wishes" "after",
    /// Asks for something, in front of an [`Group::Offer`].
    Modal = "wishes" "modal",
    /// What a company does to offer something.
    Offer = "wishes" "offer",
    /// Wishes where the learned head sees a suggestion or request.
    Imperative = "wishes" "imperative",
    Service = "wishes" "service",
    WishEnd = "wishes" "end",
    Time = "wishes" "time",
    Place = "wishes" "place",
    /// What stands behind it was expected.
    ExpectedBehind = "expectations" "expected>",
    /// What stands before it was expected.
    ExpectedBefore = "expectations" "expected<",
    GotBehind = "expectations" "got>",
    GotBefore = "expectations" "got<",
    Contrast = "expectations" "contrast",
    AsExpected = "expectations" "as_expected",
    Awareness = "journey" "awareness",
    Consideration = "journey" "consideration",
    Purchase = "journey" "purchase",
    Delivery = "journey" "delivery",
    Use = "journey" "use",
    Support = "journey" "support",
    Renewal = "journey" "renewal",
    Adverts = "journey" "adverts",
    Praise = "brands" "praise",
    /// What stands behind it would be bought.
    InterestBefore = "interest" "before",
    InterestAfter = "interest" "after",
    Recommends = "recommends" "yes",
    RecommendsNot = "recommends" "no",
    /// Tells where nothing else stands in its clause.
    RecommendsAlone = "recommends" "alone yes",
    RecommendsNotAlone = "recommends" "alone no",
    Piracy = "links" "piracy",
    Promotion = "links" "promotion",
    Suspicious = "links" "suspicious",
}

impl Group {
    /// Words one letter apart mean other things: "recomiendo" and "recomienda".
    fn is_exact(self) -> bool {
        use Group::{Recommends, RecommendsAlone, RecommendsNot, RecommendsNotAlone, Wait};
        matches!(self, Wait | Recommends | RecommendsNot | RecommendsAlone | RecommendsNotAlone)
    }
}

/// What a found phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    /// The whole of a rule.
    Whole(Group, bool),
    /// The first part of the pair with this number.
    First(u32),
    /// The second part.
    Second(u32),
    /// One side of a group that is told by two: `true` for the first.
    Side(Group, bool),
}

/// Two phrases that tell together.
struct Pair {
    group: Group,
    void: bool,
    /// Bytes that may stand between them.
    gap: usize,
}

/// A place where a group speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub group: Group,
    /// Bytes of the text read.
    pub span: Span,
    pub clause: u32,
    pub sentence: u32,
    /// A negation reaches it.
    pub negated: bool,
}

/// The phrases of some languages, compiled.
pub(super) struct Rules {
    lexicon: Lexicon,
    /// Meanings by number of the phrase: those of `i` are the places `offsets[i]..offsets[i + 1]`.
    offsets: Vec<u32>,
    meanings: Vec<Meaning>,
    pairs: Vec<Pair>,
}

/// Most bytes between the parts of `a .. b`.
const GAP: usize = 36;
/// Most bytes where only a comma may stand.
const COMMA_GAP: usize = 2;
/// Most bytes between the two sides of a group.
const SIDES: usize = 48;
/// Most bytes between a hedge and what it hedges.
const HEDGE: usize = 14;
/// Longest place of a hit, for looking back.
const LONGEST: usize = 320;
/// Letters from which on a language is told from its sisters.
const TELLING: usize = 32;

/// The rules for texts of a language: its own where the language is sure, else those of its sisters,
/// else those of its script.
pub(super) fn rules_for(language: &Language, text: &str) -> &'static Rules {
    const LATIN: [&str; 8] = ["en", "pl", "de", "fr", "es", "it", "pt", "nl"];
    const ROMANCE: [&str; 4] = ["fr", "es", "it", "pt"];
    const GERMANIC: [&str; 3] = ["en", "de", "nl"];
    static OWN: [OnceLock<Rules>; 10] = [const { OnceLock::new() }; 10];
    static SISTERS: [OnceLock<Rules>; 2] = [const { OnceLock::new() }; 2];
    static UNSURE: OnceLock<Rules> = OnceLock::new();
    static OTHER: OnceLock<Rules> = OnceLock::new();
    let own = |code: &str| LANGUAGES.iter().position(|known| *known == code);
    let code = language.code.as_str();
    let long = || text.chars().filter(|c| is_alphabetic(*c)).take(TELLING).count() == TELLING;
    let at = match (own(code), language.script) {
        (_, "Hang") => own("ko"),
        (_, "Jpan") => own("ja"),
        (Some(at), "Latn") if language.reliable && (matches!(code, "en" | "pl") || long()) => Some(at),
        (Some(_), "Latn") if language.reliable && ROMANCE.contains(&code) => {
            return SISTERS[0].get_or_init(|| Rules::new(&ROMANCE));
        }
        (Some(_), "Latn") if language.reliable => return SISTERS[1].get_or_init(|| Rules::new(&GERMANIC)),
        (_, "Latn") => return UNSURE.get_or_init(|| Rules::new(&LATIN)),
        (at, _) => at,
    };
    match at {
        Some(at) => OWN[at].get_or_init(|| Rules::new(&LANGUAGES[at..at + 1])),
        None => OTHER.get_or_init(|| Rules::new(&[])),
    }
}

impl Rules {
    /// Compiles the phrases of these languages; English words of promotion always belong to them.
    fn new(languages: &[&str]) -> Rules {
        let mut making = Making::default();
        making.read(section(SHARED), "en");
        for (at, language) in LANGUAGES.iter().enumerate().filter(|(_, language)| languages.contains(language)) {
            making.read(section(OWN + at), language);
        }
        let Making { builder, found, pairs } = making;
        let lexicon = builder.build();
        let (begins, found) = by_number(lexicon.phrases(), &found, |found| found.0);
        let mut offsets = vec![0];
        let mut meanings: Vec<Meaning> = Vec::with_capacity(found.len());
        for own in begins.windows(2) {
            let from = meanings.len();
            for (_, meaning) in &found[own[0] as usize..own[1] as usize] {
                // A phrase may be listed twice.
                if !meanings[from..].contains(meaning) {
                    meanings.push(*meaning);
                }
            }
            offsets.push(meanings.len() as u32);
        }
        Rules { lexicon, offsets, meanings, pairs }
    }

    fn meanings(&self, phrase: u32) -> &[Meaning] {
        let at = |i: usize| self.offsets.get(i).map(|at| *at as usize);
        match (at(phrase as usize), at(phrase as usize + 1)) {
            (Some(from), Some(to)) => &self.meanings[from..to],
            _ => &[],
        }
    }

    /// What the groups say in a text, by place. Linear: each place is compared with near ones only.
    pub(super) fn find(&self, reading: &Reading) -> Vec<Hit> {
        let found = self.lexicon.scan(reading);
        let mut hits: Vec<Hit> = Vec::new();
        let mut voids: Vec<Hit> = Vec::new();
        let mut begun: Vec<(u32, Match)> = Vec::new();
        let mut sides: Vec<(Group, bool, Match)> = Vec::new();
        for hit in &found.matches {
            for meaning in self.meanings(hit.phrase) {
                let (group, void, span, clause) = match meaning {
                    Meaning::Whole(group, void) => (*group, *void, hit.span, hit.clause),
                    Meaning::First(pair) => {
                        begun.push((*pair, *hit));
                        continue;
                    }
                    Meaning::Side(group, first) => {
                        sides.push((*group, *first, *hit));
                        continue;
                    }
                    Meaning::Second(pair) => {
                        let rule = &self.pairs[*pair as usize];
                        let near = |first: &Match| {
                            first.sentence == hit.sentence
                                && first.span.end <= hit.span.start
                                && first.span.end + rule.gap >= hit.span.start
                        };
                        let first = begun.iter().rev().take(LOOK_BACK).find(|(own, first)| own == pair && near(first));
                        let Some((_, first)) = first else { continue };
                        (rule.group, rule.void, Span::new(first.span.start, hit.span.end), first.clause)
                    }
                };
                if group.is_exact() && hit.slip {
                    continue;
                }
                let one = Hit { group, span, clause, sentence: hit.sentence, negated: hit.negated };
                if void { voids.push(one) } else { hits.push(one) }
            }
        }
        hits.extend(meetings(&sides));
        voids.order_by_key(|hit| hit.span.start);
        hits.retain(|hit| {
            let from = voids.partition_point(|void| void.span.start + LONGEST < hit.span.start);
            let near = voids[from..].iter().take_while(|void| void.span.start < hit.span.end).take(LOOK_BACK);
            !near.into_iter().any(|void| void.group == hit.group && void.span.overlaps(&hit.span))
        });
        hits.order_by_key(|hit| (hit.span.start, hit.span.end, hit.group));
        hits
    }
}

/// Where both sides of a group stand near each other. `sides` by place.
fn meetings(sides: &[(Group, bool, Match)]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (i, (group, first, hit)) in sides.iter().enumerate() {
        let reach = hit.span.end + if *group == Group::Some { HEDGE } else { SIDES };
        let near = sides[i + 1..].iter().take(LOOK_BACK).take_while(|(.., other)| other.span.start <= reach);
        let other = near.into_iter().find(|(own, side, other)| {
            own == group && side != first && other.sentence == hit.sentence && other.span.start >= hit.span.end
        });
        if let Some((.., other)) = other {
            hits.push(Hit {
                group: *group,
                span: Span::new(hit.span.start, other.span.end),
                clause: hit.clause,
                sentence: hit.sentence,
                negated: hit.negated || other.negated,
            });
        }
    }
    hits
}

/// How many neighbours a place is compared with at most.
const LOOK_BACK: usize = 64;

/// Rules in the making.
#[derive(Default)]
struct Making {
    builder: Builder,
    found: Vec<(u32, Meaning)>,
    pairs: Vec<Pair>,
}

impl Making {
    /// Adds the lines of a section.
    fn read(&mut self, lines: &str, language: &str) {
        for line in lines.lines() {
            let [group, marks, ..] = line.as_bytes() else { continue };
            let Some(group) = Group::ALL.get(usize::from(group - FIRST)).copied() else { continue };
            let (side, void) = ((marks - b'0') / 2, marks % 2 == 1);
            for entry in line[2..].split('|') {
                if let Some(at) = entry.find([NEAR, COMMA]) {
                    let number = self.pairs.len() as u32;
                    let gap = if entry[at..].starts_with(NEAR) { GAP } else { COMMA_GAP };
                    self.pairs.push(Pair { group, void, gap });
                    self.add(language, &entry[..at], Meaning::First(number));
                    self.add(language, &entry[at + 1..], Meaning::Second(number));
                } else if side > 0 {
                    self.add(language, entry, Meaning::Side(group, side == 1));
                } else {
                    self.add(language, entry, Meaning::Whole(group, void));
                }
            }
        }
    }

    fn add(&mut self, language: &str, phrase: &str, meaning: Meaning) {
        // No list is as long as the matcher's limit.
        if let Ok(number) = self.builder.listed(language, phrase) {
            self.found.push((number, meaning));
        }
    }
}
