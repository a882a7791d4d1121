//! What is done to every pixel of a drawn sign. One function a step: a browser's compiler gives a loop within a large function half the
//! speed.
//!
//! An image is RGB, row by row, as wide as high. No sum is taken in another order than it is written, so a picture is the same to the bit
//! on every machine.

/// A colour: red, green, blue; it may leave [0, 1] until the picture is finished.
pub type Colour = [f32; 3];

/// A place between two neighbours: the first of them, and how far it is towards the second.
pub type Between = (usize, f32);

/// Fills a `side`×`side` image from a coarse grid, `columns` wide, by bilinear interpolation; `places` says for every row, and every
/// column, where it lies in the grid.
#[inline(never)]
pub fn enlarge(grid: &[Colour], columns: usize, places: &[Between], image: &mut [Colour]) {
    assert!(image.len() == places.len() * places.len());
    for (row, &(top, down)) in image.chunks_exact_mut(places.len()).zip(places) {
        let upper = &grid[top * columns..][..columns];
        let lower = &grid[(top + 1) * columns..][..columns];
        for (pixel, &(left, along)) in row.iter_mut().zip(places) {
            let (a, b, c, d) = (upper[left], upper[left + 1], lower[left], lower[left + 1]);
            *pixel = std::array::from_fn(|i| {
                let above = a[i] * (1.0 - along) + b[i] * along;
                let below = c[i] * (1.0 - along) + d[i] * along;
                above * (1.0 - down) + below * down
            });
        }
    }
}

/// Of every row or column of n that comes out of `side`: the first that goes into it, and how much of each does; never more than three or so.
pub(crate) fn parts(side: usize, n: usize) -> Vec<(usize, Vec<f32>)> {
    let ratio = side as f32 / n as f32;
    (0..n)
        .map(|at| {
            let (from, to) = (at as f32 * ratio, (at + 1) as f32 * ratio);
            let places = from as usize..side.min(to as usize + 1);
            (places.start, places.map(|s| to.min((s + 1) as f32) - from.max(s as f32)).collect())
        })
        .collect()
}

/// `side`×`side` pixels to n×n, by area.
#[inline(never)]
pub fn reduce(image: &[Colour], side: usize, n: usize) -> Vec<Colour> {
    assert!(image.len() == side * side && n <= side);
    let parts = parts(side, n);
    let mut small = Vec::with_capacity(n * n);
    for (top, heights) in &parts {
        for (left, widths) in &parts {
            let (mut total, mut sum) = (0.0, [0.0f32; 3]);
            for (row, height) in heights.iter().enumerate() {
                let pixels = &image[(top + row) * side + left..][..widths.len()];
                for (pixel, width) in pixels.iter().zip(widths) {
                    let area = height * width;
                    total += area;
                    (0..3).for_each(|i| sum[i] += area * pixel[i]);
                }
            }
            small.push(sum.map(|value| value / total));
        }
    }
    small
}

/// How a sign is printed, and seen.
#[derive(Clone, Copy, Debug)]
pub struct Print {
    /// From the image to the drawing: a row-major 3×3 homography.
    pub view: [f32; 9],
    /// How far colours have gone to grey.
    pub fade: f32,
    /// How far white has.
    pub ink: f32,
    /// What its light is multiplied by.
    pub shade: f32,
}

/// Samples a pixel and row of samples: the drawing has about twice the resolution of the image, so that four are neighbours in it.
pub(crate) const SAMPLES: usize = 2;

/// Paints a drawing over an image of `side` pixels: `tile` is premultiplied RGBA, as wide as high; outside it is transparent.
#[inline(never)]
pub fn paint(tile: &[[f32; 4]], print: Print, side: usize, image: &mut [Colour]) {
    let width = tile.len().isqrt();
    assert!(tile.len() == width * width && image.len() == side * side);
    let mut places = vec![OUTSIDE; SAMPLES * SAMPLES * side];
    for (y, row) in image.chunks_exact_mut(side).enumerate() {
        for (sample, places) in places.chunks_exact_mut(SAMPLES * side).enumerate() {
            seen(&print.view, y as f32 + 0.25 + 0.5 * sample as f32, width, places);
        }
        let (upper, lower) = places.split_at(SAMPLES * side);
        printed(tile, print, upper, lower, row);
    }
}

/// No place in a drawing.
pub(crate) const OUTSIDE: u32 = u32::MAX;

/// Where in a drawing of `width`² values the samples of one row lie.
#[inline(never)]
pub(crate) fn seen(h: &[f32; 9], y: f32, width: usize, places: &mut [u32]) {
    let (end, pitch) = (width as f32, width as u32);
    for (i, place) in places.iter_mut().enumerate() {
        let x = i as u32 as f32 * 0.5 + 0.25;
        let w = 1.0 / (h[6] * x + h[7] * y + h[8]);
        let (across, down) = ((h[0] * x + h[1] * y + h[2]) * w, (h[3] * x + h[4] * y + h[5]) * w);
        // No number is not within either.
        let within = (across >= 0.0) & (down >= 0.0) & (across < end) & (down < end);
        let at = (down as u32).wrapping_mul(pitch).wrapping_add(across as u32);
        *place = if within { at } else { OUTSIDE };
    }
}

/// One row of the image from two rows of samples.
#[inline(never)]
fn printed(tile: &[[f32; 4]], print: Print, upper: &[u32], lower: &[u32], row: &mut [Colour]) {
    let Print { fade, ink, shade, .. } = print;
    let samples = upper.as_chunks::<SAMPLES>().0.iter().zip(lower.as_chunks::<SAMPLES>().0);
    for (pixel, (&[a, b], &[c, d])) in row.iter_mut().zip(samples) {
        let mut sum = [0.0f32; 4];
        for place in [a, b, c, d] {
            let colour = tile.get(place as usize).copied().unwrap_or([0.0; 4]);
            (0..4).for_each(|i| sum[i] += 0.25 * colour[i]);
        }
        let alpha = sum[3];
        let grey = (sum[0] + sum[1] + sum[2]) / 3.0;
        *pixel = std::array::from_fn(|i| {
            let faded = sum[i] + fade * (grey - sum[i]);
            let printed = ink * alpha + (1.0 - ink) * faded;
            pixel[i] * (1.0 - alpha) + shade * printed
        });
    }
}

/// A straight edge over an image.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Sine and cosine of the direction that it faces.
    pub facing: [f32; 2],
    /// How far from the middle of the image.
    pub offset: f32,
    /// Of what is behind it.
    pub colour: Colour,
    /// How much of that is seen.
    pub strength: f32,
}

/// Covers what is behind an edge.
#[inline(never)]
pub fn cover(edge: Edge, side: usize, image: &mut [Colour]) {
    let half = (side - 1) as f32 / 2.0;
    let Edge { facing: [sin, cos], offset, colour, strength } = edge;
    for (y, row) in image.chunks_exact_mut(side).enumerate() {
        let y = y as f32 - half;
        for (x, pixel) in row.iter_mut().enumerate() {
            let x = x as f32 - half;
            let inside = (x * cos + y * sin - offset + 0.5).clamp(0.0, 1.0) * strength;
            (0..3).for_each(|i| pixel[i] += inside * (colour[i] - pixel[i]));
        }
    }
}

/// Something long and thin before an image.
#[derive(Clone, Copy, Debug)]
pub struct Branch {
    /// Sine and cosine of the direction that it goes.
    pub facing: [f32; 2],
    /// Its middle.
    pub centre: [f32; 2],
    /// Half of its width and of its length.
    pub half: [f32; 2],
    /// Its colour.
    pub colour: Colour,
}

impl Branch {
    /// How much of the pixel at x, y is behind it.
    #[inline(always)]
    pub(crate) fn covers(&self, x: f32, y: f32) -> f32 {
        let Self { facing: [sin, cos], centre: [cx, cy], half: [width, length], .. } = *self;
        let (x, y) = (x + 0.5 - cx, y + 0.5 - cy);
        let (along, across) = (x * cos + y * sin, y * cos - x * sin);
        (width - across.abs() + 0.5).clamp(0.0, 1.0) * (length - along.abs() + 0.5).clamp(0.0, 1.0)
    }
}

/// Hides what is behind a branch.
#[inline(never)]
pub fn hide(branch: &Branch, side: usize, image: &mut [Colour]) {
    for (y, row) in image.chunks_exact_mut(side).enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            let cover = branch.covers(x as f32, y as f32);
            (0..3).for_each(|c| pixel[c] += cover * (branch.colour[c] - pixel[c]));
        }
    }
}

/// What falls on an image.
#[derive(Clone, Debug)]
pub struct Light {
    /// The tone curve at 0, 1/n … 1, and once more at its end.
    pub curve: Vec<f32>,
    /// Its colour and strength.
    pub cast: Colour,
    /// Share of the haze, and how bright it is.
    pub haze: [f32; 2],
    /// By how much it grows a pixel, to the right and down.
    pub slope: [f32; 2],
    /// The edge of a shadow: sine and cosine, offset, depth, sharpness.
    pub shadow: Option<[f32; 5]>,
}

/// Lets light fall on an image.
#[inline(never)]
pub fn lit(light: &Light, side: usize, image: &mut [Colour]) {
    let half = side as f32 / 2.0;
    let mut strengths = vec![0.0; side];
    for (y, row) in image.chunks_exact_mut(side).enumerate() {
        strength(light, y as f32 + 0.5 - half, half, &mut strengths);
        toned(light, &strengths, row);
    }
}

/// How strong the light is along one row.
#[inline(never)]
pub(crate) fn strength(light: &Light, y: f32, half: f32, strengths: &mut [f32]) {
    let [across, down] = light.slope;
    for (x, strength) in strengths.iter_mut().enumerate() {
        *strength = 1.0 + across * (x as u32 as f32 + 0.5 - half) + down * y;
    }
    let Some([sin, cos, offset, depth, sharpness]) = light.shadow else { return };
    for (x, strength) in strengths.iter_mut().enumerate() {
        let x = x as u32 as f32 + 0.5 - half;
        let inside = ((x * cos + y * sin - offset) * sharpness + 0.5).clamp(0.0, 1.0);
        *strength *= 1.0 - inside * (1.0 - depth);
    }
}

/// One row in its light.
#[inline(never)]
fn toned(light: &Light, strengths: &[f32], row: &mut [Colour]) {
    let [haze, bright] = light.haze;
    let curve = light.curve.as_slice();
    let steps = (curve.len() - 2) as f32;
    for (pixel, strength) in row.iter_mut().zip(strengths) {
        *pixel = std::array::from_fn(|i| {
            let place = pixel[i].clamp(0.0, 1.0) * steps;
            let step = place as usize;
            let value = curve[step] + (place - step as f32) * (curve[step + 1] - curve[step]);
            let lit = value * light.cast[i] * strength;
            lit * (1.0 - haze) + bright
        });
    }
}

/// (1 2 1)/4 from a pixel to the next, along a row or, if `down`, along a column; the edge is its own neighbour.
#[inline(never)]
pub fn smooth(image: &mut [Colour], side: usize, down: bool) {
    let source = image.to_vec();
    let row = |y: usize| source[y * side..][..side].as_flattened();
    for (y, out) in image.chunks_exact_mut(side).enumerate() {
        let here = row(y);
        let out = out.as_flattened_mut();
        if down {
            mixed(row(y.saturating_sub(1)), row((y + 1).min(side - 1)), here, out);
            continue;
        }
        let (inner, end) = (3 * (side - 2), 3 * (side - 1));
        mixed(&here[..3], &here[3..6], &here[..3], &mut out[..3]);
        mixed(&here[..inner], &here[6..], &here[3..end], &mut out[3..end]);
        mixed(&here[end - 3..end], &here[end..], &here[end..], &mut out[end..]);
    }
}

#[inline(always)]
fn mixed(before: &[f32], after: &[f32], here: &[f32], out: &mut [f32]) {
    for (((out, before), after), here) in out.iter_mut().zip(before).zip(after).zip(here) {
        *out = 0.25 * (before + after) + 0.5 * here;
    }
}

/// Channel by channel, with noise where there is some, and 8 bits a value.
#[inline(never)]
pub fn developed(image: &[Colour], noise: Option<&[f32]>) -> Vec<f32> {
    let mut out = vec![0.0; 3 * image.len()];
    for (channel, out) in out.chunks_exact_mut(image.len()).enumerate() {
        out.iter_mut().zip(image).for_each(|(out, pixel)| *out = pixel[channel]);
    }
    if let Some(noise) = noise {
        out.iter_mut().zip(noise).for_each(|(out, noise)| *out += noise);
    }
    round(&mut out);
    out
}

/// To the values that 8 bits can hold.
#[inline(never)]
pub fn round(values: &mut [f32]) {
    for value in values {
        // To the nearest byte and, as `as` has it, within 0 and 255, a NaN to 0.
        let whole = (*value * 255.0 + 0.5) as i32;
        *value = whole.clamp(0, 255) as f32 / 255.0;
    }
}

/// Of every 64 random bits the sum of four numbers of 16 bits, less its mean, times `scale`.
#[inline(never)]
pub fn grain(bits: &[u8], scale: f32, out: &mut [f32]) {
    for (out, bits) in out.iter_mut().zip(bits.as_chunks::<8>().0) {
        let sum: u32 = bits.as_chunks::<2>().0.iter().map(|half| u32::from(u16::from_le_bytes(*half))).sum();
        *out = (sum as i32 as f32 - 131_070.0) * scale;
    }
}
