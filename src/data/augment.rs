//! Small changes that leave a sign what it is: a network that has seen them does better on signs it has not seen.

use super::{PIXELS, SIDE};
use crate::rng::Rng;

/// The image (3×32×32 in \[0, 1\]) turned by up to 10°, scaled by up to 12 %, moved by up to 2.5 pixels and seen in another
/// light. Bilinear; beyond the edge the edge goes on.
pub fn augment(pixels: &[f32], rng: &mut Rng) -> Vec<f32> {
    let (sin, cos) = libm::sincosf(rng.uniform(-0.175, 0.175));
    let (wide, high) = (rng.uniform(0.88, 1.12), rng.uniform(0.88, 1.12));
    let (right, down) = (rng.uniform(-2.5, 2.5), rng.uniform(-2.5, 2.5));
    let (gain, offset) = (libm::exp2f(rng.uniform(-0.7, 0.7)), rng.uniform(-0.06, 0.06));

    let half = (SIDE - 1) as f32 / 2.0;
    let last = (SIDE - 1) as f32;
    let plane = SIDE * SIDE;
    let mut out = vec![0.0; PIXELS];
    for i in 0..plane {
        let (x, y) = ((i % SIDE) as f32 - half - right, (i / SIDE) as f32 - half - down);
        let from_x = ((cos * x + sin * y) * wide + half).clamp(0.0, last);
        let from_y = ((cos * y - sin * x) * high + half).clamp(0.0, last);
        let (left, top) = ((from_x as usize).min(SIDE - 2), (from_y as usize).min(SIDE - 2));
        let (fx, fy) = (from_x - left as f32, from_y - top as f32);
        for channel in 0..3 {
            let at = channel * plane + top * SIDE + left;
            let upper = pixels[at] * (1.0 - fx) + pixels[at + 1] * fx;
            let lower = pixels[at + SIDE] * (1.0 - fx) + pixels[at + SIDE + 1] * fx;
            let value = upper * (1.0 - fy) + lower * fy;
            out[channel * plane + i] = (value * gain + offset).clamp(0.0, 1.0);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_an_image_of_the_same_thing_and_never_the_same_image() {
        let white_above: Vec<f32> = (0..PIXELS).map(|i| f32::from(u8::from(i / SIDE % SIDE < SIDE / 2))).collect();
        let mut rng = Rng::new(3);
        let first = augment(&white_above, &mut rng);
        assert_ne!(first, augment(&white_above, &mut rng));
        for _ in 0..50 {
            let image = augment(&white_above, &mut rng);
            assert!(image.iter().all(|value| (0.0..=1.0).contains(value)));
            // Light above, dark below, wherever it was turned and moved to.
            let mean = |rows: std::ops::Range<usize>| image[rows.start * SIDE..rows.end * SIDE].iter().sum::<f32>();
            assert!(mean(0..8) > 3.0 * mean(24..32), "{} {}", mean(0..8), mean(24..32));
        }
    }
}
