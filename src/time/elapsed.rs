//! How long an answer and a settlement took, in all time and in business hours.

use super::Calendar;
use crate::message::Role;

/// Times from the customer's first words of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Elapsed {
    /// To the first reply by a person; bots do not count.
    pub first_response_ms: Option<i64>,
    /// To the moment when it was settled.
    pub resolution_ms: Option<i64>,
    /// The same in business hours; absent without a calendar, or where it does not count so far.
    pub first_response_business_ms: Option<i64>,
    pub resolution_business_ms: Option<i64>,
}

impl Elapsed {
    /// Times of an exchange whose turns stand in order of time; nothing where no customer speaks. `O(turns)`, and
    /// [`Calendar::between`] where there is a calendar.
    pub fn of(
        turns: impl Iterator<Item = (Role, i64)>,
        settled_ms: Option<i64>,
        calendar: Option<&Calendar>,
    ) -> Elapsed {
        let mut turns = turns.skip_while(|(role, _)| *role != Role::Customer);
        let Some((_, begin)) = turns.next() else { return Elapsed::default() };
        let replied_ms = turns.find(|(role, _)| *role == Role::Agent).map(|(_, at_ms)| at_ms);
        let all = |to: Option<i64>| Some(to?.saturating_sub(begin));
        let open = |to: Option<i64>| calendar?.between(begin, to?);
        Elapsed {
            first_response_ms: all(replied_ms),
            resolution_ms: all(settled_ms),
            first_response_business_ms: open(replied_ms),
            resolution_business_ms: open(settled_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_person_answers_and_bots_do_not() {
        let of = |turns: &[(Role, i64)], settled| Elapsed::of(turns.iter().copied(), settled, None);
        let turns = [(Role::Agent, 1), (Role::Customer, 10), (Role::Bot, 11), (Role::Agent, 70), (Role::Agent, 90)];
        let found = of(&turns, Some(95));
        assert_eq!((found.first_response_ms, found.resolution_ms), (Some(60), Some(85)));
        assert_eq!((found.first_response_business_ms, found.resolution_business_ms), (None, None));
        assert_eq!(of(&turns[..3], None), Elapsed::default());
        assert_eq!(of(&[(Role::Agent, 1)], Some(9)), Elapsed::default());
    }
}
