//! Compiles phrases and rules into a lexicon.

use std::collections::HashMap;

use super::error::{LexiconError, What};
use super::filed::Filed;
use super::hash::key_of;
use super::phrase::{Kind, Link, Part, canonical, is_short, parse, without_accents};
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
#[derive(Debug, Clone, Copy)]
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

/// Collects phrases and rules. Equal phrases share a number.
#[derive(Debug, Default)]
pub struct Builder {
    arena: String,
    atoms: Vec<Atom>,
    atom_of: HashMap<(Kind, String), u32>,
    places: Vec<Place>,
    phrases: Vec<Phrase>,
    phrase_of: HashMap<(u16, String), u32>,
    languages: Vec<String>,
    rules: Vec<CompiledRule>,
}

impl Builder {
    /// An empty one.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Adds a phrase of a language and gives its number. Numbers count from 0; a phrase that is
    /// there already has the number it had. A single Latin word of three letters or fewer only
    /// matches texts of its language, everything else matches all.
    ///
    /// # Errors
    /// [`What`] when the phrase holds no word, is too long, or is one too many.
    pub fn phrase(&mut self, language: &str, phrase: &str) -> Result<u32, What> {
        let parts = parse(phrase)?;
        let bound = if is_short(&parts) { self.bound_to(language) } else { 0 };
        self.add(parts, bound)
    }

    /// As [`Builder::phrase`], for a phrase that only matches texts of its language.
    ///
    /// # Errors
    /// As [`Builder::phrase`].
    pub fn phrase_only_in(&mut self, language: &str, phrase: &str) -> Result<u32, What> {
        let parts = parse(phrase)?;
        let bound = self.bound_to(language);
        self.add(parts, bound)
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

    /// The phrase with this number as it is compared: lower case, normal form.
    pub fn written(&self, phrase: u32) -> Option<String> {
        let phrase = self.phrases.get(phrase as usize)?;
        let places = &self.places[phrase.first as usize..phrase.first as usize + phrase.len as usize];
        let part = |place: &Place| {
            let atom = self.atoms[place.atom as usize];
            let text = self.arena[atom.text.0 as usize..atom.text.1 as usize].to_string();
            Part { text, kind: atom.kind, link: place.link }
        };
        Some(canonical(&places.iter().map(part).collect::<Vec<_>>()))
    }

    fn bound_to(&mut self, language: &str) -> u16 {
        let known = self.languages.iter().position(|other| other == language);
        let at = known.unwrap_or_else(|| {
            self.languages.push(language.to_string());
            self.languages.len() - 1
        });
        (at + 1).min(usize::from(u16::MAX)) as u16
    }

    fn add(&mut self, parts: Vec<Part>, bound: u16) -> Result<u32, What> {
        let written = (bound, canonical(&parts));
        if let Some(number) = self.phrase_of.get(&written) {
            return Ok(*number);
        }
        if self.phrases.len() >= MAX_PHRASES {
            return Err(What::TooManyPhrases);
        }
        let first = self.places.len() as u32;
        for part in parts {
            let atom = self.atom(part.kind, part.text);
            self.places.push(Place { atom, link: part.link });
        }
        let number = self.phrases.len() as u32;
        self.phrases.push(Phrase { first, len: (self.places.len() as u32 - first) as u8, bound });
        self.phrase_of.insert(written, number);
        Ok(number)
    }

    fn atom(&mut self, kind: Kind, text: String) -> u32 {
        let next = self.atoms.len() as u32;
        let arena = &mut self.arena;
        let atoms = &mut self.atoms;
        *self.atom_of.entry((kind, text)).or_insert_with_key(|(kind, text)| {
            let mut keep = |text: &str| {
                let from = arena.len() as u32;
                arena.push_str(text);
                (from, arena.len() as u32)
            };
            let range = keep(text);
            let plain = without_accents(text).map_or(range, |plain| keep(&plain));
            atoms.push(Atom { text: range, plain, kind: *kind });
            next
        })
    }

    /// Compiles what was collected. `O(n log n)` in the bytes of all phrases.
    pub fn build(self) -> Lexicon {
        let Builder { arena, atoms, places, phrases, languages, rules, .. } = self;
        // A phrase is looked for by the word that stands in the fewest others.
        let mut shared = vec![0u32; atoms.len()];
        for place in &places {
            shared[place.atom as usize] += 1;
        }
        let mut uses: Vec<(u32, u32, u8)> = Vec::with_capacity(phrases.len());
        for (number, phrase) in phrases.iter().enumerate() {
            let own = &places[phrase.first as usize..phrase.first as usize + phrase.len as usize];
            let length = |place: &Place| {
                let (from, to) = atoms[place.atom as usize].text;
                to - from
            };
            let rank = |place: &Place| (shared[place.atom as usize], std::cmp::Reverse(length(place)));
            let anchor = (0..own.len()).min_by_key(|at| rank(&own[*at])).unwrap_or(0);
            if let Some(place) = own.get(anchor) {
                uses.push((place.atom, number as u32, anchor as u8));
            }
        }
        uses.sort_unstable();
        let mut begins = vec![0u32; atoms.len() + 1];
        for (atom, ..) in &uses {
            begins[*atom as usize + 1] += 1;
        }
        for i in 1..begins.len() {
            begins[i] += begins[i - 1];
        }
        let is_anchor = |atom: usize| begins[atom] < begins[atom + 1];

        let text = |range: (u32, u32)| &arena[range.0 as usize..range.1 as usize];
        let (mut words, mut ends, mut parts, mut gates, mut slips) = (vec![], vec![], vec![], vec![], vec![]);
        let mut longest_part = 0;
        for (number, atom) in atoms.iter().enumerate() {
            // Whole words are filed even where nothing is looked for by them: a listed word is no slip.
            let anchor = is_anchor(number);
            if !anchor && atom.kind != Kind::Whole {
                continue;
            }
            let number = number as u32;
            for range in [atom.text, atom.plain] {
                let text = text(range);
                match atom.kind {
                    Kind::Whole | Kind::Stem => words.push((key_of(text.chars()), number)),
                    Kind::End => ends.push((key_of(text.chars().rev()), number)),
                    Kind::Part | Kind::Run => {
                        longest_part = longest_part.max(text.chars().count());
                        parts.push((key_of(text.chars()), number));
                        gates.push((key_of(text.chars().take(GATE)), 0));
                    }
                }
            }
            if anchor && atom.kind == Kind::Whole && text(atom.text).chars().all(is_latin) {
                slips.push(number);
            }
        }
        let has_parts = atoms.iter().any(|atom| atom.kind == Kind::Part);
        let slips = Slips::new(slips.into_iter().map(|number| (text(atoms[number as usize].text), number)));
        let rules = Rules::new(rules, phrases.len());
        Lexicon {
            words: Filed::new(words),
            ends: Filed::new(ends),
            parts: Filed::new(parts),
            gates: Filed::new(gates),
            longest_part,
            has_parts,
            slips,
            begins,
            uses: uses.into_iter().map(|(_, phrase, at)| (phrase, at)).collect(),
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

/// Compiled phrases and rules; see [`Lexicon::scan`].
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) arena: String,
    pub(super) atoms: Vec<Atom>,
    pub(super) places: Vec<Place>,
    pub(super) phrases: Vec<Phrase>,
    pub(super) languages: Vec<String>,
    /// Whole words and stems by their key.
    pub(super) words: Filed,
    /// Ends by the key of their letters from the last to the first.
    pub(super) ends: Filed,
    /// Parts of words and of runs by their key.
    pub(super) parts: Filed,
    /// The first characters of those.
    pub(super) gates: Filed,
    pub(super) longest_part: usize,
    /// Parts of words of scripts with spaces are listed.
    pub(super) has_parts: bool,
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

    pub(super) fn atom_text(&self, range: (u32, u32)) -> &str {
        self.arena.get(range.0 as usize..range.1 as usize).unwrap_or("")
    }
}
