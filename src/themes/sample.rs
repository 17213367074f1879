//! A small sample of the distinct texts that hold a phrase.

/// Most texts of one sample.
pub(super) const SAMPLE: usize = 8;

/// The texts with the smallest hashes, each with the smallest row number it was given with (bottom-k
/// sketch: Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007). Joining samples is
/// exact: the same in any order. Equal texts count once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sample {
    /// Hash of the text and row number, by rising hash.
    texts: Vec<(u64, u64)>,
}

impl Sample {
    /// Takes a text in, if its hash is among the smallest.
    pub fn offer(&mut self, hash: u64, id: u64) {
        match self.texts.binary_search_by_key(&hash, |(own, _)| *own) {
            Ok(at) => {
                if let Some((_, own)) = self.texts.get_mut(at) {
                    *own = id.min(*own);
                }
            }
            Err(at) if at < SAMPLE => {
                self.texts.insert(at, (hash, id));
                self.texts.truncate(SAMPLE);
            }
            Err(_) => {}
        }
    }

    pub fn merge(&mut self, other: &Sample) {
        other.texts.iter().for_each(|(hash, id)| self.offer(*hash, *id));
    }

    /// How many distinct texts there are; [`SAMPLE`] stands for that many or more.
    pub fn distinct(&self) -> usize {
        self.texts.len()
    }

    pub fn texts(&self) -> &[(u64, u64)] {
        &self.texts
    }

    /// A sample from texts that came from outside; `None` unless they are by rising hash and few.
    pub fn from_texts(texts: Vec<(u64, u64)>) -> Option<Sample> {
        let rising = texts.windows(2).all(|pair| matches!(pair, [one, next] if one.0 < next.0));
        (texts.len() <= SAMPLE && rising).then_some(Sample { texts })
    }
}
