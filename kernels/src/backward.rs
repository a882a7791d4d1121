//! The derivatives of what [`crate::drawing`] does: from the pixels of a picture back to the drawing. Each function takes that of some
//! number by what the step of the same name has made, and gives that by what it was made from.

use crate::drawing::{Between, Branch, Colour, Light, OUTSIDE, Print, SAMPLES, parts, seen, strength};

/// Of [`crate::drawing::enlarge`], by the grid of n×n that was enlarged.
pub fn enlarge(by: &[Colour], n: usize, places: &[Between]) -> Vec<Colour> {
    let mut grid = vec![[0.0; 3]; n * n];
    for (row, &(top, down)) in by.chunks_exact(places.len()).zip(places) {
        for (by, &(left, along)) in row.iter().zip(places) {
            for (place, part) in [
                (top * n + left, (1.0 - along) * (1.0 - down)),
                (top * n + left + 1, along * (1.0 - down)),
                ((top + 1) * n + left, (1.0 - along) * down),
                ((top + 1) * n + left + 1, along * down),
            ] {
                (0..3).for_each(|c| grid[place][c] += part * by[c]);
            }
        }
    }
    grid
}

/// Of [`crate::drawing::reduce`] to n×n, by the `side`×`side` pixels.
pub fn reduce(by: &[Colour], side: usize, n: usize) -> Vec<Colour> {
    let parts = parts(side, n);
    let mut image = vec![[0.0; 3]; side * side];
    for (by, (top, heights)) in by.chunks_exact(n).zip(&parts) {
        for (by, (left, widths)) in by.iter().zip(&parts) {
            let total = heights.iter().sum::<f32>() * widths.iter().sum::<f32>();
            for (row, height) in heights.iter().enumerate() {
                let pixels = &mut image[(top + row) * side + left..][..widths.len()];
                for (pixel, width) in pixels.iter_mut().zip(widths) {
                    (0..3).for_each(|c| pixel[c] += height * width / total * by[c]);
                }
            }
        }
    }
    image
}

/// Of [`crate::drawing::lit`]; `image` is what the light fell on.
pub fn lit(light: &Light, side: usize, image: &[Colour], by: &mut [Colour]) {
    let half = side as f32 / 2.0;
    let steps = (light.curve.len() - 2) as f32;
    let mut strengths = vec![0.0; side];
    for (y, (row, by)) in image.chunks_exact(side).zip(by.chunks_exact_mut(side)).enumerate() {
        strength(light, y as f32 + 0.5 - half, half, &mut strengths);
        for ((pixel, by), strength) in row.iter().zip(by).zip(&strengths) {
            for c in 0..3 {
                let slope = if (0.0..=1.0).contains(&pixel[c]) {
                    let step = (pixel[c] * steps) as usize;
                    (light.curve[step + 1] - light.curve[step]) * steps
                } else {
                    0.0
                };
                by[c] *= slope * light.cast[c] * strength * (1.0 - light.haze[0]);
            }
        }
    }
}

/// Of [`crate::drawing::hide`].
pub fn hide(branch: &Branch, side: usize, by: &mut [Colour]) {
    for (y, row) in by.chunks_exact_mut(side).enumerate() {
        for (x, by) in row.iter_mut().enumerate() {
            let cover = branch.covers(x as f32, y as f32);
            by.iter_mut().for_each(|by| *by *= 1.0 - cover);
        }
    }
}

/// Of [`crate::drawing::paint`], by the colours of the drawing of so many places; its alpha is given.
pub fn paint(places: usize, print: Print, side: usize, by: &[Colour]) -> Vec<Colour> {
    let Print { view, fade, ink, shade } = print;
    let mut tile = vec![[0.0; 3]; places];
    let width = places.isqrt();
    let mut row = vec![OUTSIDE; SAMPLES * side];
    for (y, by) in by.chunks_exact(side).enumerate() {
        for sample in 0..SAMPLES {
            seen(&view, y as f32 + 0.25 + 0.5 * sample as f32, width, &mut row);
            for (places, by) in row.chunks_exact(SAMPLES).zip(by) {
                // The drawing's own colour, and its part in the grey that paint fades to.
                let grey = fade * (by[0] + by[1] + by[2]) / 3.0;
                for place in places {
                    let Some(colour) = tile.get_mut(*place as usize) else { continue };
                    (0..3).for_each(|c| colour[c] += 0.25 * shade * (1.0 - ink) * ((1.0 - fade) * by[c] + grey));
                }
            }
        }
    }
    tile
}
