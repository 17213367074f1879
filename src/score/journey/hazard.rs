//! Curves of who stays after how many bad experiences, quoted or estimated from outcomes.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::score::{Figure, Z_95, share};

/// Most bad experiences a curve tells apart.
pub const MAX_BAD: usize = 64;
/// Fewer customers at risk than this, and a step of an estimated curve says `tooFew`.
const LEAST_AT_RISK: u64 = 20;

/// Share of customers who stay after 0, 1, 2 ... bad experiences in a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    pub name: String,
    /// `survival[k]`, 0..=1, begins with 1 and never rises. After more bad experiences than listed the last one stands.
    pub survival: Vec<f64>,
    pub source: String,
    /// What the curve is not.
    #[serde(default)]
    pub warning: String,
}

const STATED: &str =
    "stated intent of survey participants, not observed churn; replace it by a curve estimated from your own outcomes";

impl Curve {
    /// Figures of the report itself: 32 % would leave a brand they love after one bad experience, 48 % after several,
    /// over 12 countries. "Several" is read as two or more.
    pub fn pwc_2018() -> Curve {
        let source = "PwC, Experience is everything (2018), about 15,000 people in 12 countries: 32 % after one bad \
            experience, 48 % after several";
        Curve {
            name: "pwc-2018".into(),
            survival: vec![1.0, 0.68, 0.52],
            source: source.into(),
            warning: STATED.into(),
        }
    }

    /// As often quoted: one in three leaves after one bad experience, 92 % after two or three. The report does not hold
    /// the second figure; it is placed at three, with equal hazards on the way.
    pub fn as_quoted() -> Curve {
        let source = "quoted in talks and articles as PwC 2018: 1 in 3 (32 %) after one, 92 % after two or three; the \
            report itself says 48 % after several";
        Curve {
            name: "as-quoted".into(),
            survival: vec![1.0, 0.68, (0.68f64 * 0.08).sqrt(), 0.08],
            source: source.into(),
            warning: STATED.into(),
        }
    }

    /// The built-in curve of this name.
    pub fn named(name: &str) -> Option<Curve> {
        [Curve::pwc_2018(), Curve::as_quoted()].into_iter().find(|curve| curve.name == name)
    }

    /// Checks a curve given from outside.
    ///
    /// # Errors
    /// [`Error::Option`] naming `curve.survival` when it is empty, has more than [`MAX_BAD`] + 1 values, does not
    /// begin with 1, rises, or leaves 0..=1.
    pub fn check(&self) -> Result<()> {
        let falls = self.survival.windows(2).all(|pair| pair[1] <= pair[0] && pair[1] >= 0.0);
        if self.survival.first() == Some(&1.0) && self.survival.len() <= MAX_BAD + 1 && falls {
            return Ok(());
        }
        let what = format!("must begin with 1, never rise, stay in 0..=1, and have at most {} values", MAX_BAD + 1);
        Err(Error::Option { name: "curve.survival".into(), what })
    }

    /// Share that stays after `bad` bad experiences in a row.
    pub fn stays(&self, bad: u64) -> f64 {
        let at = usize::try_from(bad).unwrap_or(usize::MAX).min(self.survival.len().saturating_sub(1));
        self.survival.get(at).copied().unwrap_or(1.0)
    }

    /// Share of those still there who leave at the `bad`-th bad experience: 1 - S(k) / S(k - 1).
    pub fn hazard(&self, bad: u64) -> f64 {
        let before = self.stays(bad.saturating_sub(1));
        if bad == 0 || before <= 0.0 { 0.0 } else { 1.0 - self.stays(bad) / before }
    }
}

/// What became of one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Bad experiences in a row, up to leaving or to the end of observation.
    pub bad: u64,
    /// False: still a customer when last seen.
    pub left: bool,
}

/// One step of an estimated curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CurveStep {
    pub bad: u64,
    /// Customers who had at least so many bad experiences.
    pub at_risk: u64,
    /// Of these, who left after exactly so many.
    pub left: u64,
    /// `left` of `at_risk`, in percent, with Wilson interval.
    pub hazard: Figure,
    /// Share who stay, 0..=1: product of 1 - hazard (Kaplan and Meier 1958).
    pub survival: f64,
    /// 95 % interval of `survival`: Greenwood's variance on the log-log scale; absent at 0 and 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
    /// Fewer than 20 at risk.
    pub too_few: bool,
}

/// A curve from the caller's own outcomes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EstimatedCurve {
    pub curve: Curve,
    pub n: u64,
    /// From one bad experience on.
    pub steps: Vec<CurveStep>,
    /// Customers who left without a bad experience: the curve does not explain them.
    #[serde(rename = "leftWithoutBad")]
    pub left_without_bad: u64,
}

/// Estimates who stays after how many bad experiences, in discrete time with customers still there as censored. Those
/// who left without a bad experience count in none of the steps. More than [`MAX_BAD`] bad experiences count as so
/// many. `O(outcomes)`.
pub fn estimate_curve(outcomes: &[Outcome]) -> EstimatedCurve {
    let mut ended = [[0u64; 2]; MAX_BAD + 1];
    for outcome in outcomes {
        let bad = usize::try_from(outcome.bad).unwrap_or(MAX_BAD).min(MAX_BAD);
        ended[bad][usize::from(outcome.left)] += 1;
    }
    let last = ended.iter().rposition(|[stay, left]| stay + left > 0).unwrap_or(0);
    let mut at_risk: u64 = ended.iter().skip(1).flatten().sum();
    let (mut survival, mut variance) = (1.0, 0.0);
    let mut steps = Vec::new();
    for (bad, [stay, left]) in ended.into_iter().enumerate().take(last + 1).skip(1) {
        let (risk, gone) = (at_risk as f64, left as f64);
        survival *= (risk - gone) / risk;
        variance += gone / (risk * (risk - gone));
        let interval = (survival > 0.0 && survival < 1.0).then(|| {
            let log = libm::log(survival);
            let half = Z_95 * variance.sqrt() / log;
            [libm::pow(survival, libm::exp(-half)), libm::pow(survival, libm::exp(half))]
        });
        let method = "left of those at risk, in percent; Wilson score interval (Wilson 1927)";
        steps.push(CurveStep {
            bad: bad as u64,
            at_risk,
            left,
            hazard: share("churn_hazard", method, left, at_risk),
            survival,
            interval,
            too_few: at_risk < LEAST_AT_RISK,
        });
        at_risk -= stay + left;
    }
    let curve = Curve {
        name: "estimated".into(),
        survival: std::iter::once(1.0).chain(steps.iter().map(|step| step.survival)).collect(),
        source: "estimated from the outcomes given; Kaplan and Meier 1958".into(),
        warning: "an association: those with more bad experiences may differ in other ways".into(),
    };
    EstimatedCurve { curve, n: outcomes.len() as u64, steps, left_without_bad: ended[0][1] }
}
