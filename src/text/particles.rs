//! Korean particles and what else hangs on to a noun: one list, and who leaves or takes off which of it.
//!
//! Written for this project from the usual school grammar: marks of case and topic, what may follow them, and bound
//! nouns such as 님.

/// Leaves a listed word the word it is.
pub(crate) const WORD: u8 = 1;
/// Is taken off a word of a key phrase.
pub(crate) const PHRASE: u8 = 2;
/// The same, for syllables that end more nouns than phrases.
pub(crate) const RARE: u8 = 4;
/// May stand behind a name.
pub(crate) const NAME: u8 = 8;
/// Is taken off a thing that is named.
pub(crate) const THING: u8 = 16;

/// A particle; what stands before it: a syllable with a final consonant (`c`), without one (`v`) or either (`-`); and
/// who knows it.
pub(crate) type Particle = (&'static str, char, u8);

/// The particles of one use, the longest first.
pub(crate) fn particles(of: u8) -> impl Iterator<Item = &'static Particle> {
    PARTICLES.iter().filter(move |(_, _, uses)| uses & of != 0)
}

#[rustfmt::skip]
const PARTICLES: [Particle; 70] = [
    ("에서부터", '-', PHRASE),
    ("으로부터", '-', PHRASE),
    ("까지도", '-', PHRASE),
    ("에게서", '-', PHRASE),
    ("에서는", '-', PHRASE | NAME),
    ("에서도", '-', PHRASE),
    ("으로는", 'c', PHRASE),
    ("으로도", 'c', PHRASE | NAME),
    ("이라는", 'c', PHRASE),
    ("이라도", 'c', WORD | PHRASE),
    ("한테서", '-', PHRASE),
    ("같은", '-', WORD),
    ("같이", '-', WORD),
    ("과는", 'c', PHRASE),
    ("까지", '-', WORD | PHRASE | NAME),
    ("께서", '-', WORD | PHRASE),
    ("대로", '-', WORD),
    ("라는", 'v', PHRASE | NAME),
    ("라도", 'v', WORD | PHRASE),
    ("로는", '-', WORD | PHRASE | NAME),
    ("마다", '-', WORD | PHRASE),
    ("마저", '-', WORD | PHRASE),
    ("만은", '-', PHRASE),
    ("만큼", '-', WORD),
    ("밖에", '-', WORD | PHRASE),
    ("보다", '-', WORD | PHRASE | NAME),
    ("보단", '-', NAME),
    ("부터", '-', WORD | PHRASE | NAME),
    ("에게", '-', WORD | PHRASE | NAME),
    ("에는", '-', WORD | PHRASE | NAME),
    ("에도", '-', PHRASE),
    ("에서", '-', WORD | PHRASE | NAME),
    ("에선", '-', WORD),
    ("와는", 'v', PHRASE),
    ("으로", 'c', WORD | PHRASE | NAME),
    ("이나", 'c', WORD | PHRASE | NAME),
    ("이랑", 'c', WORD | PHRASE | NAME),
    ("이요", '-', WORD),
    ("조차", '-', WORD | PHRASE),
    ("처럼", '-', WORD | PHRASE | NAME),
    ("하고", '-', WORD),
    ("한테", '-', WORD | PHRASE | NAME),
    ("가", 'v', WORD | PHRASE | NAME | THING),
    ("과", 'c', WORD | RARE | NAME),
    ("께", '-', WORD),
    ("나", '-', WORD | NAME),
    ("네", '-', NAME),
    ("는", 'v', WORD | PHRASE | NAME | THING),
    ("님", '-', WORD),
    ("도", '-', WORD | PHRASE | NAME | THING),
    ("들", '-', WORD),
    ("랑", 'v', WORD | PHRASE | NAME),
    ("로", 'v', WORD | RARE | NAME),
    ("론", '-', WORD),
    ("를", 'v', WORD | PHRASE | NAME | THING),
    ("만", '-', WORD | PHRASE | NAME | THING),
    ("분", '-', WORD),
    ("뿐", '-', WORD),
    ("씨", '-', WORD),
    ("에", '-', WORD | PHRASE | NAME),
    ("엔", '-', WORD),
    ("와", 'v', WORD | RARE | NAME),
    ("요", '-', WORD),
    ("은", 'c', WORD | PHRASE | NAME | THING),
    ("을", 'c', WORD | PHRASE | NAME | THING),
    ("의", '-', WORD | NAME),
    ("이", 'c', WORD | PHRASE | NAME | THING),
    ("좀", '-', THING),
    ("쪽", '-', WORD | NAME),
    ("측", '-', WORD | NAME),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_come_first_and_none_twice() {
        let lengths: Vec<usize> = PARTICLES.iter().map(|(text, ..)| text.len()).collect();
        assert!(lengths.is_sorted_by(|a, b| a >= b));
        let texts: std::collections::BTreeSet<&str> = PARTICLES.iter().map(|(text, ..)| *text).collect();
        assert_eq!(texts.len(), PARTICLES.len());
        let counts = [WORD, PHRASE, RARE, NAME, THING].map(|of| particles(of).count());
        assert_eq!(counts, [52, 44, 3, 34, 9]);
        assert!(PARTICLES.iter().all(|(text, before, uses)| "cv-".contains(*before) && *uses > 0 && !text.is_empty()));
    }
}
