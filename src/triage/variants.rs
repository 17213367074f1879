//! Which replies work: outcomes by template, each share with its interval, and "not known" while there are few.

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::order::Sorted;
use crate::read::Fields;
use crate::score::share;

/// Fewest replies of a template before anything is said about it, where the caller gives none. With fewer, the Wilson
/// interval of a share of one half is wider than 34 points.
pub const MIN_SENT: u64 = 30;
/// Most templates compared in one call.
pub const MAX_TEMPLATES: usize = 1_000;

const METHOD: &str = "% of replies sent with the outcome; Wilson score interval (Wilson 1927)";

/// How often a template was sent, and how often what was wished for followed (solved, thanked, stayed).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcomes {
    pub template: String,
    pub sent: u64,
    pub good: u64,
}

impl Outcomes {
    /// Reads a list of `{template, sent, good}`.
    ///
    /// # Errors
    /// [`Error::Field`] naming the place, as in `outcomes[3].good`: not an object, an unknown field, a template that is
    /// missing, counts that are no whole numbers or `good` above `sent`; [`Error::BatchTooLarge`] over [`MAX_TEMPLATES`].
    pub fn list_from_value(value: Value) -> Result<Vec<Outcomes>> {
        let Value::Array(list) = value else {
            return Err(Error::Field { field: "outcomes".into(), what: "must be a list of outcomes".into() });
        };
        if list.len() > MAX_TEMPLATES {
            return Err(Error::BatchTooLarge { unit: "templates", limit: MAX_TEMPLATES, actual: list.len() });
        }
        let one = |(at, value): (usize, Value)| {
            let mut fields = Fields::at(value, &["outcomes[", &at.to_string(), "]"].concat())?;
            let template = fields.text("template")?.filter(|template| !template.is_empty());
            let template = template.ok_or_else(|| fields.refuse("template", "is required"))?;
            let sent = fields.take("sent", "a whole number")?.unwrap_or(0);
            let good = fields.take("good", "a whole number")?.unwrap_or(0);
            if good > sent {
                return Err(fields.refuse("good", "must not be above sent"));
            }
            fields.finish("template, sent, good")?;
            Ok(Outcomes { template, sent, good })
        };
        list.into_iter().enumerate().map(one).collect()
    }
}

/// What is known of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Sent too rarely to say anything.
    NotKnown,
    /// No other is surely better, and it is surely better than one other at least.
    Best,
    /// Another is surely better.
    Worse,
    /// Neither: the difference may be chance.
    NoDifference,
}

/// The effect of one template.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    pub template: String,
    pub n: u64,
    /// Percent with the good outcome, 0..=100; `None` while not known.
    pub share: Option<f64>,
    /// 95 % Wilson interval of it, shown however few there are; `None` without any.
    pub interval: Option<[f64; 2]>,
    pub verdict: Verdict,
    pub method: &'static str,
}

/// The effect of each template, by its name; counts of one template given twice are added. Two differ when their
/// intervals do not meet, which is stricter than a test at 5 %. Templates sent fewer than `min_sent` times take no part
/// in comparisons. `O(n^2)` in templates.
///
/// # Errors
/// [`Error::Option`] naming `minSent` when it is 0.
pub fn effects(outcomes: &[Outcomes], min_sent: u64) -> Result<Vec<Effect>> {
    if min_sent == 0 {
        return Err(Error::Option { name: "minSent".into(), what: "must be a whole number from 1".into() });
    }
    let mut all: Vec<Outcomes> = Vec::new();
    for one in outcomes {
        match all.iter_mut().find(|known| known.template == one.template) {
            Some(known) => {
                known.sent = known.sent.saturating_add(one.sent);
                known.good = known.good.saturating_add(one.good);
            }
            None => all.push(one.clone()),
        }
    }
    all.order_by(|a, b| a.template.cmp(&b.template));
    let figures: Vec<_> = all.iter().map(|one| share("effect", METHOD, one.good, one.sent)).collect();
    let surely = |better: usize, than: usize| match (figures.get(better), figures.get(than)) {
        (Some(a), Some(b)) if a.n >= min_sent && b.n >= min_sent => {
            a.interval.zip(b.interval).is_some_and(|(a, b)| a[0] > b[1])
        }
        _ => false,
    };
    let effect = |(at, one): (usize, &Outcomes)| {
        let figure = &figures[at];
        let known = figure.n >= min_sent;
        let verdict = if !known {
            Verdict::NotKnown
        } else if (0..all.len()).any(|other| surely(other, at)) {
            Verdict::Worse
        } else if (0..all.len()).any(|other| surely(at, other)) {
            Verdict::Best
        } else {
            Verdict::NoDifference
        };
        Effect {
            template: one.template.clone(),
            n: figure.n,
            share: figure.value.filter(|_| known),
            interval: figure.interval,
            verdict,
            method: METHOD,
        }
    };
    Ok(all.iter().enumerate().map(effect).collect())
}
