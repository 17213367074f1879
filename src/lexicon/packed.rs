//! What a builder collected in few bytes, for phrases that are compiled before they are shipped.

use super::MAX_PHRASE_WORDS;
use super::build::{Atom, Builder, Phrase, Place};
use super::phrase::{KINDS, LINKS, without_accents};
use super::rules::CompiledRule;

/// Bytes in the making.
#[derive(Debug, Default)]
pub(crate) struct Out {
    pub bytes: Vec<u8>,
}

impl Out {
    /// Seven bits a byte, the low ones first; the high bit says that more follow.
    pub fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Rising numbers by their distances.
    pub fn rising(&mut self, numbers: impl ExactSizeIterator<Item = u32>) {
        self.number(numbers.len());
        let mut last = 0;
        for number in numbers {
            self.number((number - last) as usize);
            last = number;
        }
    }
}

/// Bytes read from the front.
#[derive(Debug)]
pub(crate) struct In<'b> {
    pub bytes: &'b [u8],
}

impl<'b> In<'b> {
    pub fn number(&mut self) -> Option<usize> {
        let mut number = 0usize;
        for shift in (0..32).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= (*byte as usize & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub fn text(&mut self) -> Option<&'b str> {
        let len = self.number()?;
        let (text, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    pub fn rising(&mut self) -> Option<Vec<u32>> {
        let mut numbers = Vec::new();
        let mut last = 0u32;
        for _ in 0..self.number()? {
            last = last.checked_add(self.number()? as u32)?;
            numbers.push(last);
        }
        Some(numbers)
    }
}

impl Builder {
    /// What was collected, in few bytes; [`Builder::unpack`] reads it again.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let mut out = Out::default();
        out.number(self.languages.len());
        self.languages.iter().for_each(|language| out.text(language));
        out.number(self.atoms.len());
        for atom in &self.atoms {
            out.number((atom.text.1 - atom.text.0) as usize * KINDS.len() + atom.kind as usize);
        }
        let text = |atom: &Atom| &self.arena[atom.text.0 as usize..atom.text.1 as usize];
        out.text(&self.atoms.iter().map(text).collect::<String>());
        out.number(self.phrases.len());
        let mut fresh = 0;
        for phrase in &self.phrases {
            out.number(phrase.len as usize + usize::from(phrase.bound) * (MAX_PHRASE_WORDS + 1));
            for place in &self.places[phrase.places()] {
                // 0 stands for the first atom not named yet.
                let atom = if place.atom == fresh { 0 } else { place.atom as usize + 1 };
                fresh = fresh.max(place.atom + 1);
                out.number(atom * LINKS.len() + place.link as usize);
            }
        }
        out.number(self.rules.len());
        self.rules.iter().for_each(|rule| rule.pack(&mut out));
        out.bytes
    }

    /// What [`Builder::pack`] wrote. Phrases can be compiled, not added to: equal ones are not known.
    pub(crate) fn unpack(bytes: &mut In) -> Option<Builder> {
        let mut builder = Builder::new();
        for _ in 0..bytes.number()? {
            builder.languages.push(bytes.text()?.to_string());
        }
        let count = bytes.number()?;
        let mut at = 0u32;
        for _ in 0..count {
            let coded = bytes.number()?;
            let range = (at, at.checked_add((coded / KINDS.len()) as u32)?);
            at = range.1;
            builder.atoms.push(Atom { text: range, plain: range, kind: KINDS[coded % KINDS.len()] });
        }
        builder.arena = bytes.text()?.to_string();
        for atom in &mut builder.atoms {
            let text = builder.arena.get(atom.text.0 as usize..atom.text.1 as usize)?;
            if let Some(plain) = without_accents(text) {
                let from = builder.arena.len() as u32;
                builder.arena.push_str(&plain);
                atom.plain = (from, builder.arena.len() as u32);
            }
        }
        let mut fresh = 0;
        for _ in 0..bytes.number()? {
            let coded = bytes.number()?;
            let (len, bound) = (coded % (MAX_PHRASE_WORDS + 1), coded / (MAX_PHRASE_WORDS + 1));
            let first = builder.places.len() as u32;
            for _ in 0..len {
                let coded = bytes.number()?;
                let atom = (coded / LINKS.len()).checked_sub(1).map_or(fresh, |atom| atom as u32);
                fresh = fresh.max(atom + 1);
                builder.atoms.get(atom as usize)?;
                builder.places.push(Place { atom, link: LINKS[coded % LINKS.len()] });
            }
            builder.phrases.push(Phrase { first, len: len as u8, bound: bound as u16 });
        }
        for _ in 0..bytes.number()? {
            builder.rules.push(CompiledRule::unpack(bytes)?);
        }
        Some(builder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut out = Out::default();
        out.number(300);
        out.text("배송");
        out.rising([3u32, 3, 700].into_iter());
        let mut read = In { bytes: &out.bytes };
        assert_eq!(read.number(), Some(300));
        assert_eq!(read.text(), Some("배송"));
        assert_eq!(read.rising(), Some(vec![3, 3, 700]));
        assert_eq!(read.number(), None);
    }
}
