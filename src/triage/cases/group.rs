//! Which messages belong together. A function of the set of messages alone: their order does not matter.

use serde::Serialize;
use std::collections::BTreeMap;

use super::message::{CaseMessage, CaseRole};
use crate::triage::is_public;

/// Why a message stands where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseReason {
    /// The first that something must be done about.
    New,
    /// It replies to a message of the case, or is replied to.
    Reply,
    Thread,
    /// The same customer wrote for the same reason within the window.
    SameIntent,
    /// Nothing is to be done about it, and it belongs to no case.
    Nothing,
}

/// Sets of messages joined by links, with the strongest link of each message.
pub(super) struct Groups {
    parents: Vec<usize>,
    pub links: Vec<Option<CaseReason>>,
}

impl Groups {
    /// Number of the set a message is in. Near `O(1)`.
    pub fn root(&mut self, mut at: usize) -> usize {
        while let Some(&up) = self.parents.get(at).filter(|up| **up != at) {
            let above = self.parents.get(up).copied().unwrap_or(up);
            if let Some(parent) = self.parents.get_mut(at) {
                *parent = above;
            }
            at = above;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize, why: CaseReason) {
        if a == b {
            return;
        }
        for at in [a, b] {
            if let Some(link) = self.links.get_mut(at) {
                *link = Some(link.map_or(why, |known| known.min(why)));
            }
        }
        let (a, b) = (self.root(a), self.root(b));
        // The earliest message of a set is its root, whatever came first.
        if let Some(parent) = self.parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }
}

/// Joins messages, which are sorted by time and have each id once. `O(n log n)`.
pub(super) fn group(messages: &[&CaseMessage], window_ms: i64) -> Groups {
    let mut groups = Groups { parents: (0..messages.len()).collect(), links: vec![None; messages.len()] };
    let places: BTreeMap<&str, usize> = messages.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
    let target = |at: usize| places.get(messages.get(at)?.in_reply_to.as_deref()?).copied().filter(|to| *to != at);
    let mut owners: Vec<Option<&str>> = (0..messages.len()).map(|at| owner(messages, at, &target)).collect();
    settle_threads(messages, &mut owners);
    let owner_of = |at: usize| owners.get(at).copied().flatten();

    let mut threads: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    let mut reasons: BTreeMap<(&str, &str), (usize, i64)> = BTreeMap::new();
    for (at, message) in messages.iter().enumerate() {
        let public = is_public(message.channel);
        if let Some(to) = target(at) {
            let apart = public && matches!((owner_of(at), owner_of(to)), (Some(a), Some(b)) if a != b);
            if !apart {
                groups.join(at, to, CaseReason::Reply);
            }
        }
        // Under one public post many people write; each has a case of their own.
        if let Some(thread) = message.thread.as_deref().filter(|_| !public || owner_of(at).is_some()) {
            let first = *threads.entry((thread, owner_of(at).filter(|_| public))).or_insert(at);
            groups.join(first, at, CaseReason::Thread);
        }
        let (Some(customer), Some(intent)) = (message.customer.as_deref(), message.intent.as_deref()) else { continue };
        if message.opens() {
            let before = reasons.insert((customer, intent), (at, message.sent_ms));
            if let Some((before, _)) = before.filter(|(_, ms)| message.sent_ms.saturating_sub(*ms) <= window_ms) {
                groups.join(before, at, CaseReason::SameIntent);
            }
        }
    }
    groups
}

/// Whose matter a message is: its customer, or the customer of what it replies to. At most 64 replies are followed.
fn owner<'m>(messages: &[&'m CaseMessage], at: usize, target: &dyn Fn(usize) -> Option<usize>) -> Option<&'m str> {
    let mut now = at;
    for _ in 0..64 {
        if let Some(customer) = messages.get(now)?.customer.as_deref() {
            return Some(customer);
        }
        now = target(now)?;
    }
    None
}

/// A reply of a team under a public post that says to nobody in particular belongs to the only customer there, if
/// there is one.
fn settle_threads<'m>(messages: &[&'m CaseMessage], owners: &mut [Option<&'m str>]) {
    let mut only: BTreeMap<&str, Option<&'m str>> = BTreeMap::new();
    for (message, owner) in messages.iter().zip(&*owners) {
        if let (Some(thread), Some(owner)) = (message.thread.as_deref(), *owner) {
            only.entry(thread).and_modify(|one| *one = one.filter(|one| *one == owner)).or_insert(Some(owner));
        }
    }
    for (message, owner) in messages.iter().zip(owners) {
        if owner.is_none() && message.role != CaseRole::Customer {
            *owner = message.thread.as_deref().and_then(|thread| only.get(thread).copied().flatten());
        }
    }
}
