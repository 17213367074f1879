//! Who is who: records joined into people by exact keys, with the reason of every join.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};

/// Longest key value, in bytes.
pub const MAX_KEY_BYTES: usize = 512;
/// Most records a refused key lists.
const MAX_LISTED: usize = 10;

/// What a key is, the most trusted first: joins are made in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// The caller's own key of the customer.
    Customer,
    Email,
    Phone,
    /// Account name, with its platform.
    Handle,
}

/// A key of a person. Give keyed pseudonyms of normal forms ([`normal_key`]): values are only compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityKey {
    pub kind: KeyKind,
    pub value: String,
}

/// Something that carries keys: a message, a row of a customer table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityRecord {
    /// The same id again adds its keys to the record.
    pub id: String,
    pub keys: Vec<IdentityKey>,
}

/// What may not join, and the way back from a wrong join.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StitchOptions {
    /// Keys that never join: a shared call-centre number, a family mailbox.
    pub deny: Vec<IdentityKey>,
    /// Keys of single records that are not used.
    pub detach: Vec<DetachedKey>,
    /// Most records of one person. Default 10,000.
    pub most_records: usize,
}

impl Default for StitchOptions {
    fn default() -> Self {
        StitchOptions { deny: Vec::new(), detach: Vec::new(), most_records: 10_000 }
    }
}

/// The key of a record that is not used for joining.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetachedKey {
    pub record: String,
    pub kind: KeyKind,
}

/// Two records joined: they carry the same key of this kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdentityLink {
    pub kind: KeyKind,
    pub records: [String; 2],
}

/// One person: the records joined, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdentityPerson {
    /// The first of its record ids.
    pub id: String,
    /// Sorted.
    pub records: Vec<String>,
    /// One less than records: each join and its key.
    pub links: Vec<IdentityLink>,
}

/// Why a shared key did not join its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotJoined {
    /// On the deny list.
    Denied,
    /// The records belong to different keys of the caller.
    CustomersDiffer,
    /// The person would have too many records.
    TooLarge,
}

/// A key that several records share and that joined none of them: a suggestion for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnusedKey {
    pub kind: KeyKind,
    pub because: NotJoined,
    /// How many records share it.
    pub count: usize,
    /// The first ten of them.
    pub records: Vec<String>,
}

/// The people found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identities {
    /// By id.
    pub people: Vec<IdentityPerson>,
    pub unused: Vec<UnusedKey>,
}

/// The normal form of a key, to be made before it is keyed: e-mail in lower case, phone as E.164, handle in lower
/// case without `@`. `None` for what cannot be one: a phone number without its country, a mail without `@`.
pub fn normal_key(kind: KeyKind, value: &str) -> Option<String> {
    let value = value.trim();
    let normal = match kind {
        KeyKind::Customer => value.to_owned(),
        KeyKind::Handle => value.trim_start_matches('@').to_lowercase(),
        KeyKind::Email => {
            let (name, host) = value.split_once('@')?;
            if name.is_empty() || host.is_empty() || host.contains('@') {
                return None;
            }
            value.to_lowercase()
        }
        KeyKind::Phone => {
            let international = value.strip_prefix('+').or_else(|| value.strip_prefix("00"))?;
            let digits: String = international.chars().filter(char::is_ascii_digit).collect();
            let only = international.chars().all(|c| c.is_ascii_digit() || " -./()".contains(c));
            if !only || !(8..=15).contains(&digits.len()) {
                return None;
            }
            format!("+{digits}")
        }
    };
    (!normal.is_empty()).then_some(normal)
}

/// Joins records that share an exact key, by union-find. The order of the records changes nothing. Leaving an entry
/// out of `deny` or `detach` takes the split back; adding one takes the join back. `O(keys log keys)`.
///
/// A key joins all of its records or none: none when it is denied, when the records already belong to different
/// customer keys, or when the person would grow too large. Empty values are not used.
///
/// # Errors
/// [`Error::Field`] naming `keys.value` longer than [`MAX_KEY_BYTES`], with the position of the record.
pub fn stitch(records: &[IdentityRecord], options: &StitchOptions) -> Result<Identities> {
    let mut numbers: BTreeMap<&str, usize> = records.iter().map(|record| (record.id.as_str(), 0)).collect();
    numbers.values_mut().enumerate().for_each(|(at, number)| *number = at);
    let ids: Vec<&str> = numbers.keys().copied().collect();
    let detached: BTreeSet<(&str, KeyKind)> =
        options.detach.iter().map(|one| (one.record.as_str(), one.kind)).collect();
    let mut groups: BTreeMap<&IdentityKey, BTreeSet<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        for key in record.keys.iter().filter(|key| !key.value.is_empty()) {
            if key.value.len() > MAX_KEY_BYTES {
                let what = format!("must be at most {MAX_KEY_BYTES} bytes");
                return Err(Error::Field { field: format!("records[{at}].keys.value"), what });
            }
            if !detached.contains(&(record.id.as_str(), key.kind)) {
                groups.entry(key).or_default().extend(numbers.get(record.id.as_str()));
            }
        }
    }
    let denied: BTreeSet<&IdentityKey> = options.deny.iter().collect();
    let mut union = Union::new(ids.len());
    let mut customers: Vec<Option<&str>> = vec![None; ids.len()];
    let mut links: Vec<(usize, IdentityLink)> = Vec::new();
    let mut unused = Vec::new();
    for (key, members) in groups {
        let roots: BTreeSet<usize> = members.iter().map(|member| union.root(*member)).collect();
        let owners: BTreeSet<&str> = roots.iter().filter_map(|root| customers[*root]).collect();
        let size: usize = roots.iter().map(|root| union.size[*root]).sum();
        let refused = if denied.contains(key) {
            Some(NotJoined::Denied)
        } else if key.kind != KeyKind::Customer && owners.len() > 1 {
            Some(NotJoined::CustomersDiffer)
        } else if size > options.most_records {
            Some(NotJoined::TooLarge)
        } else {
            None
        };
        if let Some(because) = refused {
            if members.len() > 1 {
                let first = members.iter().take(MAX_LISTED).map(|member| ids[*member].to_owned()).collect();
                unused.push(UnusedKey { kind: key.kind, because, count: members.len(), records: first });
            }
            continue;
        }
        let owner = owners.first().copied().or((key.kind == KeyKind::Customer).then_some(key.value.as_str()));
        let mut members = members.into_iter();
        let Some(first) = members.next() else { continue };
        for other in members {
            if union.join(first, other) {
                let records = [ids[first], ids[other]].map(str::to_owned);
                links.push((first, IdentityLink { kind: key.kind, records }));
            }
        }
        let root = union.root(first);
        customers[root] = owner;
    }
    let mut people: BTreeMap<usize, IdentityPerson> = BTreeMap::new();
    let mut first_of = vec![usize::MAX; ids.len()];
    for (at, id) in ids.iter().enumerate() {
        let root = union.root(at);
        let first = first_of[root].min(at);
        first_of[root] = first;
        let new = || IdentityPerson { id: (*id).to_owned(), records: Vec::new(), links: Vec::new() };
        people.entry(first).or_insert_with(new).records.push((*id).to_owned());
    }
    for (at, link) in links {
        if let Some(person) = people.get_mut(&first_of[union.root(at)]) {
            person.links.push(link);
        }
    }
    Ok(Identities { people: people.into_values().collect(), unused })
}

/// Sets of numbers that can be joined. The root of a set is any one of its members.
struct Union {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Union {
    fn new(count: usize) -> Union {
        Union { parent: (0..count).collect(), size: vec![1; count] }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// False when both are in one set already.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return false;
        }
        let (small, large) = if self.size[one] < self.size[other] { (one, other) } else { (other, one) };
        self.parent[small] = large;
        self.size[large] += self.size[small];
        true
    }
}

/// Attributes of a person as another system keeps them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeRow {
    /// Id of the record that belongs to the row.
    pub record: String,
    pub attributes: Map<String, Value>,
}

/// A person with the attributes of all of its records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    pub person: String,
    /// What no row tells is absent, never empty.
    pub attributes: Map<String, Value>,
    /// Names of attributes that rows tell differently; the value of the first record by id stands.
    pub conflicts: Vec<String>,
}

/// Joins attributes to people, one profile a person, in the order of `identities`. Null and empty text count as not
/// told. `O((people + rows) log rows)`.
pub fn profiles(identities: &Identities, rows: &[AttributeRow]) -> Vec<Profile> {
    let mut by_record: BTreeMap<&str, Vec<&Map<String, Value>>> = BTreeMap::new();
    for row in rows {
        by_record.entry(&row.record).or_default().push(&row.attributes);
    }
    let profile = |person: &IdentityPerson| {
        let mut attributes = Map::new();
        let mut conflicts = BTreeSet::new();
        let told = person.records.iter().filter_map(|record| by_record.get(record.as_str())).flatten();
        for (name, value) in told.flat_map(|row| row.iter()).filter(|(_, value)| !value.is_null() && *value != "") {
            match attributes.get(name) {
                Some(known) if known != value => _ = conflicts.insert(name.clone()),
                Some(_) => {}
                None => _ = attributes.insert(name.clone(), value.clone()),
            }
        }
        Profile { person: person.id.clone(), attributes, conflicts: conflicts.into_iter().collect() }
    };
    identities.people.iter().map(profile).collect()
}
