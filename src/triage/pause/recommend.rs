//! Which pauses an alert calls for. A recommendation only: a person presses the button.

use serde::Serialize;
use serde_json::Value;

use super::{MAX_PAUSES, OutboundKind, Pause, PauseScope, PauseState, read_pauses};
use crate::error::Result;
use crate::read::{Fields, label};
use crate::time::HOUR_MS;

/// How grave an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertLevel {
    Watch,
    Warning,
    Critical,
}

impl AlertLevel {
    pub const ALL: [AlertLevel; 3] = [AlertLevel::Watch, AlertLevel::Warning, AlertLevel::Critical];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            AlertLevel::Watch => "watch",
            AlertLevel::Warning => "warning",
            AlertLevel::Critical => "critical",
        }
    }
}

/// Something that happened: of the engine's trends, or told by the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub id: String,
    /// One of the kinds of the table; any other kind calls for a pause when it is critical.
    pub kind: String,
    pub level: AlertLevel,
    pub at_ms: i64,
    pub channels: Vec<String>,
    pub brands: Vec<String>,
    pub markets: Vec<String>,
}

/// A proposed pause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recommendation {
    pub pause: Pause,
    /// The alert it is for.
    pub alert: String,
    pub level: AlertLevel,
}

/// What a kind of alert calls for.
struct Rule {
    kind: &'static str,
    /// From this level on.
    from: AlertLevel,
    hours: i64,
    /// Only adverts and campaigns, or everything but replies.
    adverts: bool,
    /// Everywhere in the market and brand, not only in the channels of the alert.
    all_channels: bool,
}

/// Own choices. A sensitive event is a death, disaster or the like, told by the team.
const RULES: [Rule; 7] = [
    Rule { kind: "sensitive_event", from: AlertLevel::Watch, hours: 24, adverts: false, all_channels: true },
    Rule { kind: "safety", from: AlertLevel::Warning, hours: 48, adverts: false, all_channels: true },
    Rule { kind: "burst", from: AlertLevel::Critical, hours: 12, adverts: false, all_channels: true },
    Rule { kind: "outage", from: AlertLevel::Warning, hours: 6, adverts: true, all_channels: true },
    Rule { kind: "takeover", from: AlertLevel::Critical, hours: 12, adverts: false, all_channels: false },
    Rule { kind: "link", from: AlertLevel::Warning, hours: 6, adverts: true, all_channels: false },
    Rule { kind: "", from: AlertLevel::Critical, hours: 6, adverts: false, all_channels: false },
];

impl Alert {
    fn read(mut input: Fields) -> Result<Alert> {
        let level = label(&mut input, "level", &AlertLevel::ALL, AlertLevel::slug)?;
        let alert = Alert {
            id: input.need_key("id")?,
            kind: input.need_key("kind")?,
            level: level.ok_or_else(|| input.refuse("level", "is required: watch, warning or critical"))?,
            at_ms: input.need_time("at")?,
            channels: input.keys("channels")?,
            brands: input.keys("brands")?,
            markets: input.keys("markets")?,
        };
        input.finish("id, kind, level, at, channels, brands, markets")?;
        Ok(alert)
    }
}

/// Pauses the alerts call for, in the order of the alerts: none for alerts below the level of their kind, none whose
/// time would be over, none where a pause that holds now covers the same or more, for as long.
pub fn recommend(alerts: &[Alert], pauses: &[Pause], now_ms: i64) -> Vec<Recommendation> {
    let mut proposed: Vec<Recommendation> = Vec::new();
    for alert in alerts {
        let rule = RULES.iter().find(|rule| rule.kind == alert.kind || rule.kind.is_empty());
        let Some(rule) = rule.filter(|rule| alert.level >= rule.from) else { continue };
        let until = alert.at_ms.saturating_add(rule.hours * HOUR_MS);
        let adverts = vec![OutboundKind::Advert, OutboundKind::Campaign];
        let scope = PauseScope {
            kinds: if rule.adverts { adverts } else { Vec::new() },
            channels: if rule.all_channels { Vec::new() } else { alert.channels.clone() },
            brands: alert.brands.clone(),
            markets: alert.markets.clone(),
            campaigns: Vec::new(),
        };
        let covers = |pause: &Pause| pause.scope.holds(&scope) && pause.end().is_none_or(|end| end >= until);
        let active = pauses.iter().any(|pause| pause.state(now_ms) == PauseState::Active && covers(pause));
        if until <= now_ms || active || proposed.iter().any(|one| covers(&one.pause)) {
            continue;
        }
        let pause = Pause {
            id: format!("pause-{}", alert.id),
            scope,
            reason: alert.kind.clone(),
            from_ms: now_ms,
            until_ms: Some(until),
            resumed_ms: None,
        };
        proposed.push(Recommendation { pause, alert: alert.id.clone(), level: alert.level });
    }
    proposed
}

/// Reads `{alerts, pauses?, now}` and gives the pauses to propose.
///
/// # Errors
/// [`crate::Error::Field`] naming the field.
pub fn recommend_of_value(value: Value) -> Result<Vec<Recommendation>> {
    let mut input = Fields::at(value, "")?;
    let alerts = input.objects("alerts", MAX_PAUSES)?.into_iter().map(Alert::read).collect::<Result<Vec<_>>>()?;
    let pauses = read_pauses(&mut input)?;
    let now_ms = input.need_time("now")?;
    input.finish("alerts, pauses, now")?;
    Ok(recommend(&alerts, &pauses, now_ms))
}
