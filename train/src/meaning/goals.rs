//! What the heads should say of one text: known yes, known no, or nothing known.

use hearken::analysis::{Act, Emotion, Flag, Intent, Safety, Sign};
use hearken::model::{HeadKind, sigmoid};

/// A head and its columns among those of the block.
pub struct HeadColumns {
    pub name: &'static str,
    pub kind: HeadKind,
    pub from: usize,
    pub to: usize,
}

const ACTS: usize = Emotion::ALL.len();
const SAFETY: usize = ACTS + Act::ALL.len();
const FLAGS: usize = SAFETY + Safety::ALL.len();
const SIGNS: usize = FLAGS + Flag::ALL.len();
/// Columns of all heads.
pub const COLUMNS: usize = SIGNS + Sign::ALL.len();

/// The heads of the block, in the order of their columns.
pub const HEADS: [HeadColumns; 5] = [
    HeadColumns { name: "emotions", kind: HeadKind::AnyOf, from: 0, to: ACTS },
    HeadColumns { name: "acts", kind: HeadKind::AnyOf, from: ACTS, to: SAFETY },
    HeadColumns { name: "safety", kind: HeadKind::AnyOf, from: SAFETY, to: FLAGS },
    HeadColumns { name: "flags", kind: HeadKind::AnyOf, from: FLAGS, to: SIGNS },
    HeadColumns { name: "signs", kind: HeadKind::AnyOf, from: SIGNS, to: COLUMNS },
];

/// A yes-or-no column.
pub trait Column: Copy {
    fn column(self) -> usize;
}

impl Column for Emotion {
    fn column(self) -> usize {
        self as usize
    }
}

impl Column for Act {
    fn column(self) -> usize {
        ACTS + self as usize
    }
}

impl Column for Safety {
    fn column(self) -> usize {
        SAFETY + self as usize
    }
}

impl Column for Flag {
    fn column(self) -> usize {
        FLAGS + self as usize
    }
}

impl Column for Sign {
    fn column(self) -> usize {
        SIGNS + self as usize
    }
}

/// What is known of one text. Bits are columns.
#[derive(Clone, Copy, Default)]
pub struct Goal {
    pub known: u64,
    pub yes: u64,
    /// The contact reason; taught apart (`intent.rs`).
    pub intent: Option<Intent>,
    pub weight: f32,
    /// Factor on the columns that are yes: evens out rare labels inside a set.
    pub lift: f32,
}

impl Goal {
    pub fn new() -> Goal {
        Goal { weight: 1.0, lift: 1.0, ..Goal::default() }
    }

    pub fn set(&mut self, column: impl Column, yes: bool) -> &mut Goal {
        let bit = 1 << column.column();
        self.known |= bit;
        self.yes = if yes { self.yes | bit } else { self.yes & !bit };
        self
    }

    /// Every column of the list is known: yes when `yes` says so.
    pub fn all<C: Column>(&mut self, columns: &[C], yes: impl Fn(C) -> bool) -> &mut Goal {
        columns.iter().for_each(|column| {
            self.set(*column, yes(*column));
        });
        self
    }

    pub fn intent(&mut self, intent: Intent) -> &mut Goal {
        self.intent = Some(intent);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.known == 0 && self.intent.is_none()
    }

    /// Turns logits into the gradient of the loss: logistic where a column is known, nothing elsewhere.
    pub fn gradient(&self, z: &mut [f32]) {
        for (column, z) in z.iter_mut().enumerate() {
            let bit = 1u64 << column;
            if self.known & bit == 0 {
                *z = 0.0;
            } else if self.yes & bit != 0 {
                *z = (sigmoid(*z) - 1.0) * self.weight * self.lift;
            } else {
                *z = sigmoid(*z) * self.weight;
            }
        }
    }
}

/// Scales the weights to a mean of 1 over the texts that know a column.
pub fn level(goals: &mut [Goal]) {
    let known = goals.iter().filter(|goal| goal.known != 0);
    let mean = known.clone().map(|goal| goal.weight).sum::<f32>() / known.count().max(1) as f32;
    goals.iter_mut().for_each(|goal| goal.weight /= mean);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_columns_have_a_gradient() {
        let mut goal = Goal::new();
        goal.set(Act::Question, true).set(Emotion::Joy, false);
        let mut z = vec![0.0; COLUMNS];
        goal.gradient(&mut z);
        let moved: Vec<usize> = (0..COLUMNS).filter(|i| z[*i] != 0.0).collect();
        assert_eq!(moved, [Emotion::Joy.column(), Act::Question.column()]);
        assert!(z[Act::Question.column()] < 0.0);
    }
}
