//! Amplification: a matter is passed on more than before, and news takes it up.

use serde::{Deserialize, Serialize};

use std::collections::BTreeSet;

use super::emerging::log_odds;
use crate::message::Channel;
use crate::order::Sorted;
use crate::score::{Figure, share};

/// Fewest posts in the window.
const LEAST: usize = 10;

/// A post about the matter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SpreadPost {
    /// The same id again is the same post.
    pub id: String,
    pub at_ms: i64,
    pub channel: Channel,
    /// Passes on what somebody else wrote.
    pub repost: bool,
}

/// A matter that spreads.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    /// Share of reposts in percent in the window and before, with Wilson interval and n.
    pub now: Figure,
    pub before: Figure,
    /// z of the log-odds ratio between the two.
    pub z: f64,
    /// First post in news, where it fell into the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_news: Option<String>,
}

/// Whether the posts of the last `window_ms` up to `now_ms` are passed on more than those before: z of 3 or more, ten
/// posts or more. `O(n log n)`.
pub fn spread(posts: &[SpreadPost], window_ms: i64, now_ms: i64) -> Option<Spread> {
    let from = now_ms.saturating_sub(window_ms);
    let mut list: Vec<&SpreadPost> = posts.iter().filter(|one| one.at_ms <= now_ms).collect();
    list.order_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    let mut seen = BTreeSet::new();
    list.retain(|one| one.id.is_empty() || seen.insert(one.id.as_str()));
    let (now, before): (Vec<&SpreadPost>, Vec<&SpreadPost>) = list.iter().partition(|one| one.at_ms > from);
    let reposts = |list: &[&SpreadPost]| list.iter().filter(|one| one.repost).count() as u64;
    let (hits, others) = (reposts(&now), reposts(&before));
    let (_, z) = log_odds(hits as f64, now.len() as f64, others as f64, before.len() as f64, 0.5, 1.0);
    if now.len() < LEAST || z < 3.0 {
        return None;
    }
    let method = "% of posts that are reposts; Wilson score interval (Wilson 1927)";
    let news = list.iter().find(|one| one.channel == Channel::News).filter(|one| one.at_ms > from);
    Some(Spread {
        now: share("repost_share", method, hits, now.len() as u64),
        before: share("repost_share", method, others, before.len() as u64),
        z,
        first_news: news.map(|one| one.id.clone()),
    })
}
