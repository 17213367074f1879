//! Where people write: platforms, their class, who reads along, how long a text may be, how soon an answer is expected.
//!
//! The table is data (`channels.txt`). A name or host that is not in it is `other`, private: what is not known to be
//! public is never answered as if it were.

use serde::Serialize;

use crate::message::Channel;

const TABLE: &str = include_str!("channels.txt");
/// Hosts longer than any that exist are not looked up, in bytes.
const MAX_URL_BYTES: usize = 2_048;

/// One platform, or a kind of channel that has no name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Platform {
    /// `other` where nothing is known.
    pub slug: &'static str,
    pub class: Channel,
    pub public: bool,
    /// Somebody waits at the other end.
    pub synchronous: bool,
    /// Longest reply, in characters, as commonly known in 2025; `None` where none is known or there is none to reckon with.
    pub max_characters: Option<u32>,
    pub reply: ReplyExpectation,
}

/// Within how many minutes people expect a first reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReplyExpectation {
    pub minutes: u32,
    /// Who says so; `choice` where no published figure was found.
    pub source: &'static str,
}

/// Expected first reply by class. Zendesk publishes three steps for e-mail, social and chat (good, better, best); Arise
/// asked 1,500 consumers in the USA in 2017. Where neither says anything one day is a choice.
pub fn reply_expectation(class: Channel) -> ReplyExpectation {
    let (minutes, source) = match class {
        Channel::Chat => (1, "zendesk: first reply time, live chat, good"),
        Channel::Call => (2, "arise: hold times, most hold under 2 minutes"),
        Channel::Social | Channel::AdComment => {
            (60, "zendesk: first reply time, social, best; arise 2017: half expect 1 hour")
        }
        Channel::Messaging => (60, "choice: as social"),
        Channel::Email => (240, "zendesk: first reply time, e-mail, better"),
        Channel::WebForm => (240, "choice: as e-mail"),
        _ => (1_440, "choice: one day"),
    };
    ReplyExpectation { minutes, source }
}

/// All platforms, in the order of the table.
pub fn platforms() -> impl Iterator<Item = Platform> {
    rows().map(|row| read(&row))
}

/// The platform with this slug, or by a class slug (`chat`, `forum`, `review` ...) what is usual there, or with the host
/// `<slug>.com` (`twitter` is `x`); `other` for the rest. Case does not matter. `O(table)`.
pub fn platform(slug: &str) -> Platform {
    let slug = slug.get(..slug.len().min(64)).unwrap_or_default().to_ascii_lowercase();
    match rows().find(|row| row.first() == Some(&slug.as_str())) {
        Some(row) => read(&row),
        None => match Channel::from_slug(&slug) {
            Some(class) => usual(class),
            None => platform_of_url(&format!("{slug}.com")),
        },
    }
}

/// The platform of a URL or bare host, by the longest listed host it ends in: `m.facebook.com` is `facebook`,
/// `facebook.com.example.org` is `other`. `O(table + URL)`.
pub fn platform_of_url(url: &str) -> Platform {
    let host = host(url);
    let mut best: Option<(usize, Vec<&'static str>)> = None;
    for row in rows() {
        for listed in row.iter().skip(5) {
            let ends = host.strip_suffix(listed).is_some_and(|before| before.is_empty() || before.ends_with('.'));
            if ends && best.as_ref().is_none_or(|(len, _)| listed.len() > *len) {
                best = Some((listed.len(), row.clone()));
            }
        }
    }
    best.map_or_else(|| usual(Channel::Other), |(_, row)| read(&row))
}

/// Lower-case host of a URL without user, port and final dot; empty where there is none.
fn host(url: &str) -> String {
    if url.len() > MAX_URL_BYTES {
        return String::new();
    }
    let rest = url.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// What holds for a class, where the platform is not known.
fn usual(class: Channel) -> Platform {
    Platform {
        slug: class.slug(),
        class,
        public: crate::triage::is_public(class),
        synchronous: matches!(class, Channel::Chat | Channel::Call),
        max_characters: None,
        reply: reply_expectation(class),
    }
}

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').collect())
}

fn read(row: &[&'static str]) -> Platform {
    let at = |at: usize| row.get(at).copied().unwrap_or_default();
    let class = Channel::from_slug(at(1)).unwrap_or_default();
    Platform {
        slug: at(0),
        class,
        public: at(2) == "public",
        synchronous: at(3) == "sync",
        max_characters: at(4).parse().ok(),
        reply: reply_expectation(class),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_of_the_table_is_whole_and_no_name_stands_twice() {
        let (mut slugs, mut hosts) = (BTreeSet::new(), BTreeSet::new());
        for row in rows() {
            assert!(row.len() >= 5, "{row:?}");
            assert!(slugs.insert(row[0]), "{row:?}");
            assert_ne!(Channel::from_slug(row[1]).unwrap(), Channel::Other, "{row:?}");
            assert!(["public", "private"].contains(&row[2]), "{row:?}");
            assert!(["sync", "async"].contains(&row[3]), "{row:?}");
            assert!(row[4] == "-" || row[4].parse::<u32>().unwrap() > 0, "{row:?}");
            for host in &row[5..] {
                assert!(hosts.insert(*host), "{row:?}");
                assert_eq!(super::host(host), *host);
                assert!(platform_of_url(host).slug == row[0], "{host}");
            }
        }
    }

    #[test]
    fn a_platform_is_as_public_as_its_class() {
        for platform in platforms() {
            assert_eq!(platform.public, crate::triage::is_public(platform.class), "{}", platform.slug);
        }
    }
}
