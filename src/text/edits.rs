//! The map between a text and a rewritten form of it.

use crate::span::Span;

/// One place where both texts differ; between two edits they are the same, byte for byte.
#[derive(Debug, Clone, Copy)]
struct Edit {
    new: (u32, u32),
    old: (u32, u32),
}

/// Edits in rising order. Empty when nothing changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edits(Vec<Edit>);

impl Edits {
    /// True when nothing changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The places in the new text, and those in the old one, rising.
    pub fn changed(&self) -> impl Iterator<Item = Span> {
        self.0.iter().map(|edit| Span::new(edit.new.0 as usize, edit.new.1 as usize))
    }

    pub fn replaced(&self) -> impl Iterator<Item = Span> {
        self.0.iter().map(|edit| Span::new(edit.old.0 as usize, edit.old.1 as usize))
    }

    /// Records that `old` (start, end) of the old text became `new` of the new one.
    /// Calls must come in rising order.
    pub fn push(&mut self, new: (usize, usize), old: (usize, usize)) {
        let edit = Edit { new: (new.0 as u32, new.1 as u32), old: (old.0 as u32, old.1 as u32) };
        if let Some(last) = self.0.last_mut() {
            let touching = last.new.1 == edit.new.0 && last.old.1 == edit.old.0;
            // Neighbouring removals are one removal: keeps the list short for hostile texts.
            if touching && last.new.0 == last.new.1 && edit.new.0 == edit.new.1 {
                last.old.1 = edit.old.1;
                return;
            }
        }
        self.0.push(edit);
    }

    /// The place in the old text that `span` of the new one came from. A start behind removed
    /// characters stays behind them, an end before removed characters stays before them.
    pub fn to_old(&self, span: Span) -> Span {
        if self.0.is_empty() {
            return span;
        }
        let (start, end) = (span.start as u32, span.end as u32);
        let begun = self.0.partition_point(|edit| edit.new.0 <= start);
        let old_start = match begun.checked_sub(1).map(|i| self.0[i]) {
            None => start,
            Some(edit) if start < edit.new.1 => edit.old.0,
            Some(edit) => edit.old.1 + (start - edit.new.1),
        };
        let passed = self.0.partition_point(|edit| edit.new.0 < end);
        let old_end = match passed.checked_sub(1).map(|i| self.0[i]) {
            None => end,
            Some(edit) if end <= edit.new.1 => edit.old.1,
            Some(edit) => edit.old.1 + (end - edit.new.1),
        };
        Span::new(old_start as usize, old_end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removed_characters_stay_outside_a_span_that_begins_or_ends_at_them() {
        // old "a__b", new "ab"
        let mut edits = Edits::default();
        edits.push((1, 1), (1, 2));
        edits.push((1, 1), (2, 3));
        assert_eq!(edits.to_old(Span::new(0, 1)), Span::new(0, 1));
        assert_eq!(edits.to_old(Span::new(1, 2)), Span::new(3, 4));
        assert_eq!(edits.to_old(Span::new(0, 2)), Span::new(0, 4));
    }

    #[test]
    fn a_span_inside_a_replacement_covers_all_it_came_from() {
        // old "x&amp;y", new "x&y"; and old "™", new "TM"
        let mut edits = Edits::default();
        edits.push((1, 2), (1, 6));
        assert_eq!(edits.to_old(Span::new(1, 2)), Span::new(1, 6));
        assert_eq!(edits.to_old(Span::new(2, 3)), Span::new(6, 7));
        let mut edits = Edits::default();
        edits.push((0, 2), (0, 3));
        assert_eq!(edits.to_old(Span::new(1, 2)), Span::new(0, 3));
    }
}
