//! The exponential of many numbers at once, with the bits of [`libm::expf`].
//!
//! The same steps and constants (FreeBSD `e_expf.c`, by Ian Lance Taylor after Sun Microsystems), but
//! with choices in place of branches, so that the compiler handles several numbers together.

const LN2_HI: f32 = f32::from_bits(0x3F31_7200);
const LN2_LO: f32 = f32::from_bits(0x35BF_BE8E);
const INV_LN2: f32 = f32::from_bits(0x3FB8_AA3B);
const P1: f32 = 1.666_662_5e-1;
const P2: f32 = -2.766_733_3e-3;
/// Where the power of two to take out becomes -1, and where it is reckoned.
const HALF_LN2: f32 = f32::from_bits(0x3EB1_7218);
const THREE_HALVES_LN2: f32 = f32::from_bits(0x3F85_1592);
/// Up to here the exponential is 1 + x.
const TINY: f32 = f32::from_bits(0x3900_0000);
/// From here on results are not normal numbers.
const LOWEST: f32 = -87.0;
/// Numbers handled together.
const LANES: usize = 8;

/// Turns numbers of at most 0 into their exponentials.
pub(super) fn exp_all(values: &mut [f32]) {
    let (lines, rest) = values.as_chunks_mut::<LANES>();
    for line in lines {
        let exps = line.map(exp);
        if line.iter().fold(true, |all, x| all & (LOWEST..=0.0).contains(x)) {
            *line = exps;
        } else {
            *line = line.map(libm::expf);
        }
    }
    rest.iter_mut().for_each(|x| *x = libm::expf(*x));
}

#[inline(always)]
fn exp(x: f32) -> f32 {
    let reckoned = (INV_LN2 * x - 0.5) as i32;
    let k = if -x > HALF_LN2 { -1 } else { 0 };
    let k = if -x > THREE_HALVES_LN2 { reckoned } else { k };
    let hi = x - k as f32 * LN2_HI;
    let lo = k as f32 * LN2_LO;
    let r = hi - lo;
    let rr = r * r;
    let c = r - rr * (P1 + rr * P2);
    let y = 1.0 + (r * c / (2.0 - c) - lo + hi);
    let exp = y * f32::from_bits(((k + 127) as u32) << 23);
    if -x > TINY { exp } else { 1.0 + x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_those_of_libm() {
        let same = |values: &[f32]| {
            let mut exps = values.to_vec();
            exp_all(&mut exps);
            for (x, exp) in values.iter().zip(&exps) {
                assert_eq!(exp.to_bits(), libm::expf(*x).to_bits(), "{x:?}");
            }
        };
        // Every 499th number from 0 down to -110, and those about the places where the steps differ.
        let last = 110f32.to_bits();
        let values: Vec<f32> = (0..last).step_by(499).map(|bits| -f32::from_bits(bits)).collect();
        same(&values);
        for place in [HALF_LN2, THREE_HALVES_LN2, TINY, -LOWEST] {
            let near: Vec<f32> =
                (place.to_bits() - 4096..place.to_bits() + 4096).map(|bits| -f32::from_bits(bits)).collect();
            same(&near);
        }
        same(&[0.0, -0.0, -1.0, 1.0, f32::NEG_INFINITY, -3.0, -90.0, -104.0, -5.0, -0.5]);
    }
}
