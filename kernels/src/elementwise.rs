//! tanh and ReLU.

use crate::tile::vectorised;

/// tanh, to within 2.5 units in the last place: (e²ˣ − 1) / (e²ˣ + 1), without a branch and without cancellation near 0.
#[inline(always)]
fn one(x: f32) -> f32 {
    let size = x.abs();
    // From here on the result is 1. A NaN stays.
    let size = if size > 9.5 { 9.5 } else { size };
    // e^(2·size) = 2ⁿ · e^rest: n by adding and taking away a number that leaves no room for a fraction.
    const NO_FRACTION: f32 = 12_582_912.0;
    let twice = size + size;
    let shifted = twice * std::f32::consts::LOG2_E + NO_FRACTION;
    let n = shifted - NO_FRACTION;
    let rest = (twice - n * 0.693_359_4) + n * 2.121_944_4e-4;
    // e^rest − 1, with the coefficients of Cephes (Moshier 1992).
    let mut less = 1.987_569_1e-4 * rest + 1.398_199_9e-3;
    less = less * rest + 8.333_452e-3;
    less = less * rest + 4.166_579_6e-2;
    less = less * rest + 1.666_666_5e-1;
    less = less * rest + 5e-1;
    less = less * (rest * rest) + rest;
    let scale = f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0f32.to_bits()));
    let less = less * scale + (scale - 1.0);
    (less / (less + 2.0)).copysign(x)
}

/// tanh of each, in place.
#[inline(never)]
pub fn tanh(values: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || values.iter_mut().for_each(|value| *value = one(*value)),
    );
}

/// gradient · (1 − y²), in place, where y is what [`tanh`] gave.
#[inline(never)]
pub fn tanh_gradient(y: &[f32], gradient: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || gradient.iter_mut().zip(y).for_each(|(gradient, y)| *gradient *= 1.0 - y * y),
    );
}

/// The larger of each and 0, in place; a NaN stays one.
#[inline(never)]
pub fn relu(values: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || values.iter_mut().for_each(|value| *value = if *value < 0.0 { 0.0 } else { *value }),
    );
}

/// The gradient where y is more than 0, else 0, in place, where y is what [`relu`] gave.
#[inline(never)]
pub fn relu_gradient(y: &[f32], gradient: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || gradient.iter_mut().zip(y).for_each(|(gradient, y)| *gradient = if *y > 0.0 { *gradient } else { 0.0 }),
    );
}
