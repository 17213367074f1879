//! What a pause covers.

use serde::Serialize;

use crate::error::Result;
use crate::read::{Fields, MAX_LIST, label};

/// What goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboundKind {
    Post,
    Advert,
    /// A mailing, push message or campaign to many.
    Campaign,
    Survey,
    /// An answer to one person.
    Reply,
}

impl OutboundKind {
    pub const ALL: [OutboundKind; 5] =
        [OutboundKind::Post, OutboundKind::Advert, OutboundKind::Campaign, OutboundKind::Survey, OutboundKind::Reply];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            OutboundKind::Post => "post",
            OutboundKind::Advert => "advert",
            OutboundKind::Campaign => "campaign",
            OutboundKind::Survey => "survey",
            OutboundKind::Reply => "reply",
        }
    }
}

/// What a pause covers: each list that is not empty must hold the item's value. Without lists it covers everything but
/// replies, which are paused only where `kinds` names them: who asks for help in a crisis is still answered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PauseScope {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<OutboundKind>,
    /// Channels by slug or platforms, as the caller names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub brands: Vec<String>,
    /// Countries, regions or languages, as the caller names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub markets: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub campaigns: Vec<String>,
}

/// Something that is to go out, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbound {
    pub id: String,
    pub kind: OutboundKind,
    /// Channel slug and platform: a scope that names one of them covers it.
    pub channels: Vec<String>,
    pub brand: Option<String>,
    pub market: Option<String>,
    pub campaign: Option<String>,
    /// When it is to go out; absent is at once.
    pub publish_ms: Option<i64>,
}

impl PauseScope {
    pub(super) fn read(mut input: Fields) -> Result<PauseScope> {
        let names = input.list("kinds", MAX_LIST)?;
        let kind =
            |name: &serde_json::Value| OutboundKind::ALL.into_iter().find(|kind| Some(kind.slug()) == name.as_str());
        let kinds: Option<Vec<OutboundKind>> = names.iter().map(kind).collect();
        let must = "must be a list of post, advert, campaign, survey, reply";
        let scope = PauseScope {
            kinds: kinds.ok_or_else(|| input.refuse("kinds", must))?,
            channels: input.keys("channels")?,
            brands: input.keys("brands")?,
            markets: input.keys("markets")?,
            campaigns: input.keys("campaigns")?,
        };
        input.finish("kinds, channels, brands, markets, campaigns")?;
        Ok(scope)
    }

    /// Whether an item falls under it. What an item does not say counts as covered: who does not know the brand of an
    /// item may not publish it while that brand is paused.
    pub fn covers(&self, item: &Outbound) -> bool {
        let kind =
            if self.kinds.is_empty() { item.kind != OutboundKind::Reply } else { self.kinds.contains(&item.kind) };
        let one = |list: &[String], value: &Option<String>| {
            list.is_empty() || value.as_ref().is_none_or(|value| list.contains(value))
        };
        let channels = self.channels.is_empty()
            || item.channels.is_empty()
            || item.channels.iter().any(|channel| self.channels.contains(channel));
        kind && channels
            && one(&self.brands, &item.brand)
            && one(&self.markets, &item.market)
            && one(&self.campaigns, &item.campaign)
    }

    /// Whether everything the other covers falls under this one.
    pub(super) fn holds(&self, other: &PauseScope) -> bool {
        let usual = [OutboundKind::Post, OutboundKind::Advert, OutboundKind::Campaign, OutboundKind::Survey];
        let kinds = |scope: &PauseScope| if scope.kinds.is_empty() { usual.to_vec() } else { scope.kinds.clone() };
        let own = kinds(self);
        let list = |own: &[String], other: &[String]| {
            own.is_empty() || (!other.is_empty() && other.iter().all(|one| own.contains(one)))
        };
        kinds(other).iter().all(|kind| own.contains(kind))
            && list(&self.channels, &other.channels)
            && list(&self.brands, &other.brands)
            && list(&self.markets, &other.markets)
            && list(&self.campaigns, &other.campaigns)
    }
}

impl Outbound {
    pub(super) fn read(mut input: Fields) -> Result<Outbound> {
        let item = Outbound {
            id: input.need_key("id")?,
            kind: label(&mut input, "kind", &OutboundKind::ALL, OutboundKind::slug)?.unwrap_or(OutboundKind::Post),
            channels: [input.key("channel")?, input.key("source")?].into_iter().flatten().collect(),
            brand: input.key("brand")?,
            market: input.key("market")?,
            campaign: input.key("campaign")?,
            publish_ms: input.time("publishAt")?,
        };
        input.finish("id, kind, channel, source, brand, market, campaign, publishAt")?;
        Ok(item)
    }
}
