//! Reads the rule files and finds their phrases in a text.
//!
//! A file holds groups; a group holds phrases of the ten languages, a line to a language, parted by
//! ` | `. `a .. b` is `a` and then `b` near by in the same sentence. A group whose name begins with
//! `-` calls off what it overlaps in the group of that name. Phrases of `name:1` and `name:2` tell the
//! group `name` where they stand near each other in a sentence, in any order. Only the languages a text may be in
//! are compiled, each once, when the first such text comes.

use crate::order::Sorted;
use std::sync::OnceLock;

use crate::analysis::Language;
use crate::lexicon::{Builder, Lexicon, Match, Reading};
use crate::span::Span;

/// The languages that have rules, in the order of the engine.
pub(super) const LANGUAGES: [&str; 10] = ["en", "ko", "ja", "pl", "de", "fr", "es", "it", "pt", "nl"];

macro_rules! groups {
    ($($(#[$doc:meta])* $group:ident = $file:literal $name:literal,)*) => {
        /// What a phrase tells: a group of a rule file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Group { $($(#[$doc])* $group,)* }

        impl Group {
            /// Every group with its file and its name there.
            pub(in crate::signals) const ALL: &'static [(Group, &'static str, &'static str)] = &[$((Group::$group, $file, $name),)*];
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
    Piracy = "links" "piracy",
    Promotion = "links" "promotion",
    Suspicious = "links" "suspicious",
}

/// The rule files by name.
pub(super) const FILES: [(&str, &str); 10] = [
    ("effort", include_str!("rules/effort.txt")),
    ("time", include_str!("rules/time.txt")),
    ("urgency", include_str!("rules/urgency.txt")),
    ("churn", include_str!("rules/churn.txt")),
    ("wishes", include_str!("rules/wishes.txt")),
    ("expectations", include_str!("rules/expectations.txt")),
    ("interest", include_str!("rules/interest.txt")),
    ("journey", include_str!("rules/journey.txt")),
    ("brands", include_str!("rules/brands.txt")),
    ("links", include_str!("rules/links.txt")),
];

/// One line of a rule file: group, language, phrases.
pub(super) struct Line {
    pub group: &'static str,
    pub language: &'static str,
    pub phrases: &'static str,
}

/// The lines of a file.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = Line> {
    let mut group = "";
    text.lines().filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[') {
            group = name.trim_end_matches(']');
            return None;
        }
        let (language, phrases) = line.split_once(' ')?;
        (!line.starts_with('#')).then_some(Line { group, language, phrases })
    })
}

/// The lines of the file of that name.
pub(super) fn file(name: &str) -> impl Iterator<Item = Line> {
    lines(FILES.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text))
}

/// The phrases of a line.
pub(super) fn phrases(line: &Line) -> impl Iterator<Item = &'static str> + use<> {
    line.phrases.split('|').map(str::trim).filter(|phrase| !phrase.is_empty())
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
/// Most bytes between the two sides of a group.
const SIDES: usize = 48;
/// Most bytes between a hedge and what it hedges.
const HEDGE: usize = 14;
/// Most bytes where only a comma may stand.
const COMMA: usize = 2;
/// Longest place of a hit, for looking back.
const LONGEST: usize = 320;
/// Words before which Polish and German write a comma.
const BEHIND_COMMA: [&str; 9] =
    [" że ", " żeby ", " żebyście ", " aby ", " wenn ", " dass ", " ob ", " als ", " gdyby "];

/// Letters from which on a language is told from its sisters.
const TELLING: usize = 32;

/// The rules for texts of a language: its own where the language is sure, else those of its sisters,
/// else those of its script. `letters` is how many the text has.
pub(super) fn rules_for(language: &Language, letters: usize) -> &'static Rules {
    const LATIN: [&str; 8] = ["en", "pl", "de", "fr", "es", "it", "pt", "nl"];
    const ROMANCE: [&str; 4] = ["fr", "es", "it", "pt"];
    const GERMANIC: [&str; 3] = ["en", "de", "nl"];
    static OWN: [OnceLock<Rules>; 10] = [const { OnceLock::new() }; 10];
    static SISTERS: [OnceLock<Rules>; 2] = [const { OnceLock::new() }; 2];
    static UNSURE: OnceLock<Rules> = OnceLock::new();
    static OTHER: OnceLock<Rules> = OnceLock::new();
    let own = |code: &str| LANGUAGES.iter().position(|known| *known == code);
    let code = language.code.as_str();
    let at = match (own(code), language.script) {
        (_, "Hang") => own("ko"),
        (_, "Jpan") => own("ja"),
        (Some(at), "Latn") if language.reliable && (letters >= TELLING || matches!(code, "en" | "pl")) => Some(at),
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
        let mut builder = Builder::new();
        let mut found: Vec<(u32, Meaning)> = Vec::new();
        let mut pairs: Vec<Pair> = Vec::new();
        for (name, _) in FILES {
            for line in file(name) {
                let void = line.group.starts_with('-');
                let (group, side) = name_and_side(line.group);
                let Some((group, ..)) = Group::ALL.iter().find(|(_, file, own)| *file == name && *own == group) else {
                    continue;
                };
                let shared = name == "links" && line.language == "en";
                if !shared && !languages.contains(&line.language) {
                    continue;
                }
                for phrase in phrases(&line) {
                    let whole = match side {
                        Some(first) => Meaning::Side(*group, first),
                        None => Meaning::Whole(*group, void),
                    };
                    match phrase.split_once(" .. ") {
                        Some(parts) => pair(&mut builder, &mut found, &mut pairs, &line, parts, (*group, void, GAP)),
                        None => add(&mut builder, &mut found, &line, phrase, whole),
                    }
                    for word in BEHIND_COMMA {
                        if let Some(at) = phrase.find(word).filter(|_| matches!(line.language, "pl" | "de")) {
                            let parts = (&phrase[..at], phrase[at..].trim_start());
                            pair(&mut builder, &mut found, &mut pairs, &line, parts, (*group, void, COMMA));
                        }
                    }
                    if line.language == "en" && phrase.contains("n't") {
                        let bare: &str = &phrase.replace("n't", "nt");
                        add(&mut builder, &mut found, &line, bare, whole);
                    }
                }
            }
        }
        let lexicon = builder.build();
        found.order();
        found.dedup();
        let count = found.last().map_or(0, |(phrase, _)| *phrase as usize + 1);
        let offset = |phrase| found.partition_point(|(own, _)| (*own as usize) < phrase) as u32;
        Rules {
            lexicon,
            offsets: (0..=count).map(offset).collect(),
            meanings: found.iter().map(|(_, meaning)| *meaning).collect(),
            pairs,
        }
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
                if group == Group::Wait && hit.slip {
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

/// Name of a group without its marks, and which side it is of a group told by two: `true` is the first.
pub(super) fn name_and_side(name: &str) -> (&str, Option<bool>) {
    let name = name.trim_start_matches('-');
    match name.split_once(':') {
        Some((name, side)) => (name, Some(side == "1")),
        None => (name, None),
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

fn add(builder: &mut Builder, found: &mut Vec<(u32, Meaning)>, line: &Line, phrase: &str, meaning: Meaning) {
    // A phrase the matcher refuses tells nothing; a test holds that it refuses none.
    if let Ok(number) = builder.phrase(line.language, phrase) {
        found.push((number, meaning));
    }
}

fn pair(
    builder: &mut Builder,
    found: &mut Vec<(u32, Meaning)>,
    pairs: &mut Vec<Pair>,
    line: &Line,
    (first, second): (&str, &str),
    (group, void, gap): (Group, bool, usize),
) {
    let number = pairs.len() as u32;
    pairs.push(Pair { group, void, gap });
    add(builder, found, line, first, Meaning::First(number));
    add(builder, found, line, second, Meaning::Second(number));
}
