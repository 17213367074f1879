//! Compiles phrases and rules into a lexicon.

use super::error::{LexiconError, What};
use super::filed::{Filed, by_number};
use super::hash::{SEED, key, key_of, step, whole};
use super::phrase::{KINDS, Kind, Link, Parsed, without_accents};
use super::rules::{CompiledRule, Rule, Rules};
use super::slips::Slips;
use super::{MAX_PHRASES, MAX_RULES};

/// A listed word, shared by the phrases that hold it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    /// Bytes of the arena.
    pub text: (u32, u32),
    /// The same without accents, where that differs.
    pub plain: (u32, u32),
    pub kind: Kind,
}

/// A word in its phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub atom: u32,
    pub link: Link,
}

/// A phrase: its places, and the language it is bound to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub first: u32,
    pub len: u8,
    /// 0 for every language, else one more than the number of the language.
    pub bound: u16,
}

impl Phrase {
    /// Where its words stand among the places.
    pub fn places(&self) -> std::ops::Range<usize> {
        let first = self.first as usize;
        first..first + self.len as usize
    }
}

/// Numbers of things seen before, found by their hash. The caller holds and compares the things.
#[derive(Debug, Default)]
struct Seen {
    /// Hash and one more than the number; 0 is free.
    slots: Vec<(u32, u32)>,
    len: usize,
}

impl Seen {
    /// The number of the thing, or a new one: then `next` becomes its number.
    fn number(&mut self, hash: u64, next: u32, same: impl Fn(u32) -> bool) -> u32 {
        if self.slots.len() < (self.len + 1) * 2 {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, 0); (old.len() * 2).max(64)];
            for (key, number) in old.into_iter().filter(|slot| slot.1 != 0) {
                let free = self.probe(key, |_| false);
                self.slots[free] = (key, number);
            }
        }
        let key = key(hash);
        let at = self.probe(key, |number| same(number - 1));
        match self.slots[at] {
            (_, 0) => {
                self.slots[at] = (key, next + 1);
                self.len += 1;
                next
            }
            (_, number) => number - 1,
        }
    }

    /// The slot of a thing with this key that is the same, or the free slot for it.
    fn probe(&self, key: u32, same: impl Fn(u32) -> bool) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            let (other, number) = self.slots[at];
            if number == 0 || (other == key && same(number)) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }
}

/// Collects phrases and rules. Equal phrases share a number.
#[derive(Debug, Default)]
pub struct Builder {
    pub(super) arena: String,
    pub(super) atoms: Vec<Atom>,
    seen_atoms: Seen,
    pub(super) places: Vec<Place>,
    pub(super) phrases: Vec<Phrase>,
    seen_phrases: Seen,
    pub(super) languages: Vec<String>,
    pub(super) rules: Vec<CompiledRule>,
    parsed: Parsed,
}

impl Builder {
    /// An empty one.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Adds a phrase of a language and gives its number. Numbers count from 0; a phrase that is
    /// there already has the number it had. A single Latin word of three letters or fewer, and an
    /// end or part of a word of four or fewer, only match texts of their language, all else every text.
    ///
    /// # Errors
    /// [`What`] when the phrase holds no word, is too long, or is one too many.
    pub fn phrase(&mut self, language: &str, phrase: &str) -> Result<u32, What> {
        self.parsed.read(phrase)?;
        self.add_parsed(language)
    }

    /// As [`Builder::phrase`], for a phrase in the form that [`super::phrase::listed`] gives.
    pub(crate) fn listed(&mut self, language: &str, phrase: &str) -> Result<u32, What> {
        self.parsed.read_listed(phrase);
        self.add_parsed(language)
    }

    /// Adds the phrase that was parsed last.
    fn add_parsed(&mut self, language: &str) -> Result<u32, What> {
        let bound = if self.parsed.is_short() { self.bound_to(language) } else { 0 };
        self.add(bound)
    }

    /// As [`Builder::phrase`], for a phrase that only matches texts of its language.
    ///
    /// # Errors
    /// As [`Builder::phrase`].
    pub fn phrase_only_in(&mut self, language: &str, phrase: &str) -> Result<u32, What> {
        self.parsed.read(phrase)?;
        let bound = self.bound_to(language);
        self.add(bound)
    }

    /// Adds a rule and gives its number, from 0.
    ///
    /// # Errors
    /// [`LexiconError`] with the place inside the rule.
    pub fn rule(&mut self, rule: &Rule) -> Result<u32, LexiconError> {
        if self.rules.len() >= MAX_RULES {
            return Err(What::TooManyRules.into());
        }
        let compiled = rule.compile(self)?;
        self.rules.push(compiled);
        Ok(self.rules.len() as u32 - 1)
    }

    fn bound_to(&mut self, language: &str) -> u16 {
        let known = self.languages.iter().position(|other| other == language);
        let at = known.unwrap_or_else(|| {
            self.languages.push(language.to_string());
            self.languages.len() - 1
        });
        (at + 1).min(usize::from(u16::MAX)) as u16
    }

    fn add(&mut self, bound: u16) -> Result<u32, What> {
        let parsed = std::mem::take(&mut self.parsed);
        let first = self.places.len();
        let mut hash = step(SEED, char::from_u32(u32::from(bound)).unwrap_or(' '));
        for (word, kind, link) in parsed.words() {
            let atom = self.atom(kind, word);
            hash = (hash ^ u64::from(atom)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) ^ link as u64;
            self.places.push(Place { atom, link });
        }
        self.parsed = parsed;
        let next = self.phrases.len() as u32;
        let Builder { places, phrases, seen_phrases, .. } = self;
        let number = seen_phrases.number(hash, next, |number| {
            let other = phrases.get(number as usize);
            other.is_some_and(|other| other.bound == bound && places[other.places()] == places[first..])
        });
        if number != next {
            self.places.truncate(first);
            return Ok(number);
        }
        if self.phrases.len() >= MAX_PHRASES {
            return Err(What::TooManyPhrases);
        }
        let len = (self.places.len() - first) as u8;
        self.phrases.push(Phrase { first: first as u32, len, bound });
        Ok(number)
    }

    fn atom(&mut self, kind: Kind, text: &str) -> u32 {
        let next = self.atoms.len() as u32;
        let Builder { arena, atoms, seen_atoms, .. } = self;
        let hash = text.chars().fold(step(SEED, char::from(kind as u8)), step);
        let number = seen_atoms.number(hash, next, |number| {
            atoms.get(number as usize).is_some_and(|other| {
                other.kind == kind && arena.get(other.text.0 as usize..other.text.1 as usize) == Some(text)
            })
        });
        if number == next {
            let mut keep = |text: &str| {
                let from = arena.len() as u32;
                arena.push_str(text);
                (from, arena.len() as u32)
            };
            let range = keep(text);
            let plain = without_accents(text).map_or(range, |plain| keep(&plain));
            atoms.push(Atom { text: range, plain, kind });
        }
        number
    }

    /// Compiles what was collected. Linear in the bytes of all phrases, but for words that share a hash.
    pub fn build(self) -> Lexicon {
        let Builder { arena, atoms, places, phrases, languages, rules, .. } = self;
        // A phrase is looked for by the word that stands in the fewest others.
        let mut shared = vec![0u32; atoms.len()];
        for place in &places {
            shared[place.atom as usize] += 1;
        }
        let mut anchors: Vec<(u32, (u32, u8))> = Vec::with_capacity(phrases.len());
        for (number, phrase) in phrases.iter().enumerate() {
            let own = &places[phrase.places()];
            let length = |place: &Place| {
                let (from, to) = atoms[place.atom as usize].text;
                to - from
            };
            let rank = |place: &Place| (shared[place.atom as usize], std::cmp::Reverse(length(place)));
            let at = (0..own.len()).min_by_key(|at| rank(&own[*at])).unwrap_or(0);
            // A phrase has at least one word.
            let atom = own.get(at).map_or(0, |place| place.atom);
            anchors.push((atom, (number as u32, at as u8)));
        }
        let (begins, uses) = by_number(atoms.len(), &anchors, |anchor| anchor.0);
        let uses = uses.into_iter().map(|(_, place)| place).collect();
        let is_anchor = |atom: usize| begins[atom] < begins[atom + 1];

        let text = |range: (u32, u32)| &arena[range.0 as usize..range.1 as usize];
        let (mut words, mut ends, mut parts, mut gates, mut slips) = (vec![], vec![], vec![], vec![], vec![]);
        let mut lengths = Lengths::default();
        for (number, atom) in atoms.iter().enumerate() {
            // Whole words are filed even where nothing is looked for by them: a listed word is no slip.
            let anchor = is_anchor(number);
            if !anchor && atom.kind != Kind::Whole {
                continue;
            }
            let number = number as u32;
            for range in [Some(atom.text), Some(atom.plain).filter(|plain| *plain != atom.text)].into_iter().flatten() {
                let text = text(range);
                lengths.add(atom.kind, text);
                match atom.kind {
                    Kind::Whole => words.push((whole(key_of(text.chars())), number)),
                    Kind::Stem => words.push((key_of(text.chars()), number)),
                    Kind::End => ends.push((key_of(text.chars().rev()), number)),
                    Kind::Part | Kind::Run => {
                        parts.push((key_of(text.chars()), number));
                        gates.push((key_of(text.chars().take(GATE)), 0));
                    }
                }
            }
            if anchor && atom.kind == Kind::Whole && text(atom.text).chars().all(is_latin) {
                slips.push(number);
            }
        }
        let slips = Slips::new(slips.into_iter().map(|number| (text(atoms[number as usize].text), number)));
        let rules = Rules::new(rules, phrases.len());
        Lexicon {
            words: Filed::new(words),
            ends: Filed::new(ends),
            parts: Filed::new(parts),
            gates: Filed::new(gates),
            lengths,
            slips,
            begins,
            uses,
            arena,
            atoms,
            places,
            phrases,
            languages,
            rules,
        }
    }
}

/// Characters of a part of a word that are looked at before the rest.
pub(super) const GATE: usize = 2;

/// True for letters of the Latin script.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_lowercase() || crate::text::script_of(c) == crate::text::Script::Latn
}

/// Letters of the shortest and the longest listed word of each kind; none is listed where the longest has 0.
#[derive(Debug, Default)]
pub(super) struct Lengths([(usize, usize); KINDS.len()]);

impl Lengths {
    fn add(&mut self, kind: Kind, text: &str) {
        let (own, count) = (&mut self.0[kind as usize], text.chars().count());
        *own = (if own.1 == 0 { count } else { own.0.min(count) }, own.1.max(count));
    }

    /// Of the keys of a word, one a number of letters, those under which a listed word of the kind may be filed, and
    /// how many stand before them.
    #[inline(always)]
    pub fn within<'k>(&self, kind: Kind, keys: &'k [u32]) -> (usize, &'k [u32]) {
        let (least, most) = self.0[kind as usize];
        let first = least.saturating_sub(1);
        (first, keys.get(first..most.min(keys.len())).unwrap_or(&[]))
    }

    /// The shortest and the longest of a kind.
    pub fn range(&self, kind: Kind) -> (usize, usize) {
        self.0[kind as usize]
    }
}

/// Compiled phrases and rules; see [`Lexicon::scan`].
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) arena: String,
    pub(super) atoms: Vec<Atom>,
    pub(super) places: Vec<Place>,
    pub(super) phrases: Vec<Phrase>,
    pub(super) languages: Vec<String>,
    /// Stems by their key, whole words by what [`whole`] makes of it.
    pub(super) words: Filed,
    /// Ends by the key of their letters from the last to the first.
    pub(super) ends: Filed,
    /// Parts of words and of runs by their key.
    pub(super) parts: Filed,
    /// The first characters of those.
    pub(super) gates: Filed,
    pub(super) lengths: Lengths,
    pub(super) slips: Slips,
    /// Where the uses of each atom begin.
    pub(super) begins: Vec<u32>,
    /// Phrases looked for by an atom, and its place in them.
    pub(super) uses: Vec<(u32, u8)>,
    pub(super) rules: Rules,
}

impl Lexicon {
    /// Number of different phrases, terms of rules included.
    pub fn phrases(&self) -> usize {
        self.phrases.len()
    }

    /// Number of rules.
    pub fn rules(&self) -> usize {
        self.rules.len()
    }

    /// Memory taken, in bytes, about.
    pub fn memory_bytes(&self) -> usize {
        let filed = [&self.words, &self.ends, &self.parts, &self.gates].map(Filed::memory_bytes);
        self.arena.len()
            + self.atoms.len() * size_of::<Atom>()
            + self.places.len() * size_of::<Place>()
            + self.phrases.len() * size_of::<Phrase>()
            + self.begins.len() * size_of::<u32>()
            + self.uses.len() * size_of::<(u32, u8)>()
            + filed.into_iter().sum::<usize>()
            + self.slips.memory_bytes()
    }

    pub(super) fn atom_text(&self, range: (u32, u32)) -> &str {
        self.arena.get(range.0 as usize..range.1 as usize).unwrap_or("")
    }
}
