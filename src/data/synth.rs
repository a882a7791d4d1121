//! Signs drawn for this project, seen as a camera might see them: endless labelled images from a seed.
//!
//! Image `i` of a split is a pure function of (seed, split, i) and of the drawings in `data/signs`: the same on every
//! machine and device. All arithmetic is IEEE 754 addition, multiplication, division and square root, or `libm`.
//!
//! The chain: background → sign under a perspective view → occlusion → light and shadow → blur → low resolution → noise →
//! 8 bits per channel.

use std::io::Cursor;
use std::ops::Range;

use super::batch::Sample;
use super::source::Split;
use super::{PIXELS, SIDE, classes};
use crate::rng::Rng;

/// Side of one drawing in the atlas, in pixels.
pub const TILE: usize = 64;

/// Drawings beside one another in the atlas.
pub const ATLAS_COLUMNS: usize = 8;

/// The drawings of `data/signs`, 64 × 64 each, eight in a row. `tests/signs.rs` makes it and checks that it is fresh.
const ATLAS: &[u8] = include_bytes!("../../data/atlas.png");

/// The generator.
#[derive(Clone, Debug)]
pub struct Synth {
    /// Premultiplied RGBA in [0, 1], tile by tile, row by row.
    tiles: Vec<[f32; 4]>,
}

impl Default for Synth {
    fn default() -> Self {
        Self::new()
    }
}

impl Synth {
    /// Unpacks the drawings.
    pub fn new() -> Self {
        let mut decoder = image::ImageReader::new(Cursor::new(ATLAS));
        decoder.set_format(image::ImageFormat::Png);
        let atlas = decoder.decode().expect("the atlas is part of the program").into_rgba8();
        let mut tiles = Vec::with_capacity(classes::COUNT * TILE * TILE);
        for class in 0..classes::COUNT {
            let (left, top) = (class % ATLAS_COLUMNS * TILE, class / ATLAS_COLUMNS * TILE);
            for y in top..top + TILE {
                for x in left..left + TILE {
                    let [r, g, b, a] = atlas.get_pixel(x as u32, y as u32).0.map(|v| f32::from(v) / 255.0);
                    tiles.push([r * a, g * a, b * a, a]);
                }
            }
        }
        Self { tiles }
    }

    /// Images `range` of a split.
    pub fn batch(&self, seed: u32, split: Split, range: Range<u64>) -> Vec<Sample> {
        range.map(|index| self.sample(seed, split, index)).collect()
    }

    /// Image `index` of a split.
    pub fn sample(&self, seed: u32, split: Split, index: u64) -> Sample {
        let mut rng = Rng::stream(u64::from(seed) << 2 | split as u64, index);
        let label = match split {
            Split::Train => rng.below(classes::COUNT),
            Split::Validation | Split::Subject | Split::Test => (index % classes::COUNT as u64) as usize,
        };
        Sample { pixels: self.photograph(label, &mut rng), label }
    }

    /// A picture of `class` for the page: number `seed` of that class.
    pub fn subject(&self, class: usize, seed: u32) -> Sample {
        self.sample(seed, Split::Subject, class as u64)
    }

    /// One picture.
    fn photograph(&self, class: usize, rng: &mut Rng) -> Vec<f32> {
        let mut image = background(rng);
        self.paint_sign(class, &mut image, rng);
        if rng.chance(0.1) {
            occlude(&mut image, rng);
        }
        light(&mut image, rng);
        blur(&mut image, rng);
        if rng.chance(0.3) {
            lower_resolution(&mut image, rng);
        }
        finish(&image, rng)
    }

    fn paint_sign(&self, class: usize, image: &mut Canvas, rng: &mut Rng) {
        let view = View::random(rng);
        let tile = &self.tiles[class * TILE * TILE..(class + 1) * TILE * TILE];
        // Paint fades, and printed white is not the white of the sensor.
        let fade = rng.uniform(0.0, 0.25);
        let ink = rng.uniform(0.0, 0.12);
        // Four samples a pixel: the drawing has about twice the resolution of the image, so that they are neighbours in it.
        const OFFSETS: [(f32, f32); 4] = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];
        for y in 0..SIDE {
            for x in 0..SIDE {
                let mut sum = [0.0f32; 4];
                for (dx, dy) in OFFSETS {
                    let colour = look_up(tile, view.to_tile(x as f32 + dx, y as f32 + dy));
                    (0..4).for_each(|i| sum[i] += 0.25 * colour[i]);
                }
                let alpha = sum[3];
                let grey = (sum[0] + sum[1] + sum[2]) / 3.0;
                let pixel = &mut image.0[y * SIDE + x];
                for channel in 0..3 {
                    let faded = sum[channel] + fade * (grey - sum[channel]);
                    let printed = ink * alpha + (1.0 - ink) * faded;
                    pixel[channel] = pixel[channel] * (1.0 - alpha) + printed;
                }
            }
        }
    }
}

/// RGB in linear order, row by row; values may leave [0, 1] until the picture is finished.
struct Canvas(Vec<[f32; 3]>);

/// Where the camera stands: image coordinates to tile coordinates.
struct View {
    /// Row-major 3×3 homography.
    h: [f32; 9],
}

impl View {
    fn random(rng: &mut Rng) -> Self {
        // Diameter of the sign as a part of the frame: GTSRB leaves about 10 % on each side, cropped or not.
        let diameter = SIDE as f32 * rng.uniform(0.76, 1.0);
        let aspect = rng.uniform(0.92, 1.08);
        let (sin, cos) = libm::sincosf(rng.uniform(-0.17, 0.17));
        let (centre_x, centre_y) =
            (SIDE as f32 * (0.5 + rng.uniform(-0.05, 0.05)), SIDE as f32 * (0.5 + rng.uniform(-0.05, 0.05)));
        let (tilt_x, tilt_y) = (rng.uniform(-0.004, 0.004), rng.uniform(-0.004, 0.004));
        let shear = rng.uniform(-0.07, 0.07);
        let scale = TILE as f32 / diameter;
        let half = TILE as f32 / 2.0;
        // Tile = half + scale · rotation · shear · (image − centre), divided by 1 + tilt · (image − centre).
        let a = [scale * aspect * cos, scale * (shear * cos - sin)];
        let b = [scale * aspect * sin, scale * (shear * sin + cos)];
        let (cx, cy) = (centre_x, centre_y);
        let w0 = 1.0 - tilt_x * cx - tilt_y * cy;
        let row = |m: [f32; 2]| [m[0] + half * tilt_x, m[1] + half * tilt_y, half * w0 - m[0] * cx - m[1] * cy];
        let (first, second) = (row(a), row(b));
        Self { h: [first[0], first[1], first[2], second[0], second[1], second[2], tilt_x, tilt_y, w0] }
    }

    fn to_tile(&self, x: f32, y: f32) -> (f32, f32) {
        let h = &self.h;
        let w = 1.0 / (h[6] * x + h[7] * y + h[8]);
        ((h[0] * x + h[1] * y + h[2]) * w, (h[3] * x + h[4] * y + h[5]) * w)
    }
}

/// The nearest point of the drawing; transparent outside.
fn look_up(tile: &[[f32; 4]], (x, y): (f32, f32)) -> [f32; 4] {
    const END: f32 = TILE as f32;
    // Also refuses NaN.
    if !(x >= 0.0 && y >= 0.0 && x < END && y < END) {
        return [0.0; 4];
    }
    tile[y as usize * TILE + x as usize]
}

/// Something blurred behind the sign: sky, leaves, a wall.
fn background(rng: &mut Rng) -> Canvas {
    const CELLS: usize = 5;
    let palette = [[0.62, 0.72, 0.85], [0.25, 0.36, 0.2], [0.5, 0.47, 0.43], [0.85, 0.86, 0.88], [0.16, 0.17, 0.18]];
    let (first, second) = (palette[rng.below(palette.len())], palette[rng.below(palette.len())]);
    let contrast = rng.uniform(0.0, 0.3);
    // A coarse grid of colours, interpolated.
    let grid: Vec<[f32; 3]> = (0..CELLS * CELLS)
        .map(|_| {
            let part = rng.unit();
            let offset = rng.uniform(-contrast, contrast);
            [0, 1, 2].map(|i| first[i] * part + second[i] * (1.0 - part) + offset + rng.uniform(-0.05, 0.05))
        })
        .collect();
    let step = (CELLS - 1) as f32 / SIDE as f32;
    let mut image = Vec::with_capacity(SIDE * SIDE);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (gx, gy) = (x as f32 * step, y as f32 * step);
            let (left, top) = (gx as usize, gy as usize);
            let (fx, fy) = (gx - left as f32, gy - top as f32);
            let at = top * CELLS + left;
            image.push([0, 1, 2].map(|i| {
                let upper = grid[at][i] * (1.0 - fx) + grid[at + 1][i] * fx;
                let lower = grid[at + CELLS][i] * (1.0 - fx) + grid[at + CELLS + 1][i] * fx;
                upper * (1.0 - fy) + lower * fy
            }));
        }
    }
    Canvas(image)
}

/// A branch, a pole or a sticker over a part of the sign.
fn occlude(image: &mut Canvas, rng: &mut Rng) {
    let angle = rng.uniform(0.0, std::f32::consts::TAU);
    let (sin, cos) = libm::sincosf(angle);
    let side = SIDE as f32;
    let (cx, cy) = (side * rng.unit(), side * rng.unit());
    let (half_width, half_length) = (rng.uniform(0.8, 2.5), rng.uniform(3.0, 14.0));
    let colour = [rng.unit() * 0.6, rng.unit() * 0.6, rng.unit() * 0.5];
    for (i, pixel) in image.0.iter_mut().enumerate() {
        let (x, y) = ((i % SIDE) as f32 + 0.5 - cx, (i / SIDE) as f32 + 0.5 - cy);
        let (along, across) = (x * cos + y * sin, y * cos - x * sin);
        let cover =
            (half_width - across.abs() + 0.5).clamp(0.0, 1.0) * (half_length - along.abs() + 0.5).clamp(0.0, 1.0);
        (0..3).for_each(|c| pixel[c] += cover * (colour[c] - pixel[c]));
    }
}

/// Exposure, contrast, colour of the light, a gradient and the edge of a shadow.
fn light(image: &mut Canvas, rng: &mut Rng) {
    // GTSRB has many dark pictures: exposure is uniform in its logarithm.
    let exposure = libm::exp2f(rng.uniform(-1.7, 0.4));
    let cast = [0, 1, 2].map(|_| exposure * rng.uniform(0.88, 1.12));
    let haze = if rng.chance(0.3) { rng.uniform(0.0, 0.3) } else { 0.0 };
    let gamma = rng.uniform(0.75, 1.3);
    let (slope_x, slope_y) = (rng.uniform(-0.012, 0.012), rng.uniform(-0.012, 0.012));
    let shadow = rng.chance(0.25).then(|| {
        let (sin, cos) = libm::sincosf(rng.uniform(0.0, std::f32::consts::TAU));
        (cos, sin, rng.uniform(-10.0, 10.0), rng.uniform(0.35, 0.8), rng.uniform(0.3, 1.5))
    });
    let half = SIDE as f32 / 2.0;
    let curve = Gamma::new(gamma);
    for (i, pixel) in image.0.iter_mut().enumerate() {
        let (x, y) = ((i % SIDE) as f32 + 0.5 - half, (i / SIDE) as f32 + 0.5 - half);
        let mut strength = 1.0 + slope_x * x + slope_y * y;
        if let Some((cos, sin, offset, depth, sharpness)) = shadow {
            let inside = ((x * cos + y * sin - offset) * sharpness + 0.5).clamp(0.0, 1.0);
            strength *= 1.0 - inside * (1.0 - depth);
        }
        for channel in 0..3 {
            let lit = curve.at(pixel[channel]) * cast[channel] * strength;
            pixel[channel] = lit * (1.0 - haze) + haze * exposure.min(1.0) * 0.8;
        }
    }
}

/// v^γ on [0, 1] from a table: three thousand powers a picture would take half of its time.
struct Gamma([f32; Self::STEPS + 2]);

impl Gamma {
    const STEPS: usize = 128;

    fn new(gamma: f32) -> Self {
        Self(std::array::from_fn(|i| libm::powf((i as f32 / Self::STEPS as f32).min(1.0), gamma)))
    }

    fn at(&self, value: f32) -> f32 {
        let place = value.clamp(0.0, 1.0) * Self::STEPS as f32;
        let step = place as usize;
        self.0[step] + (place - step as f32) * (self.0[step + 1] - self.0[step])
    }
}

/// Out of focus, or moved while the shutter was open.
fn blur(image: &mut Canvas, rng: &mut Rng) {
    let passes = [0, 0, 1, 1, 2][rng.below(5)];
    let both = !rng.chance(0.25);
    let horizontal = rng.chance(0.5);
    for _ in 0..passes {
        if both || horizontal {
            smooth(image, 1);
        }
        if both || !horizontal {
            smooth(image, SIDE);
        }
    }
}

/// One pass of (1 2 1)/4 along x (`stride` 1) or y (`stride` 32).
fn smooth(image: &mut Canvas, stride: usize) {
    let source = image.0.clone();
    let last = SIDE - 1;
    for (i, pixel) in image.0.iter_mut().enumerate() {
        let position = i / stride % SIDE;
        let before = source[if position == 0 { i } else { i - stride }];
        let after = source[if position == last { i } else { i + stride }];
        (0..3).for_each(|c| pixel[c] = 0.25 * (before[c] + after[c]) + 0.5 * source[i][c]);
    }
}

/// A sign far away has few pixels: down to n × n by area and up again by bilinear interpolation.
fn lower_resolution(image: &mut Canvas, rng: &mut Rng) {
    let n = 18 + rng.below(13);
    let ratio = SIDE as f32 / n as f32;
    let mut small = vec![[0.0f32; 3]; n * n];
    for y in 0..n {
        for x in 0..n {
            let mut total = 0.0;
            let mut sum = [0.0f32; 3];
            let (x0, x1) = (x as f32 * ratio, (x + 1) as f32 * ratio);
            let (y0, y1) = (y as f32 * ratio, (y + 1) as f32 * ratio);
            for sy in y0 as usize..SIDE.min(y1 as usize + 1) {
                let height = y1.min((sy + 1) as f32) - y0.max(sy as f32);
                for sx in x0 as usize..SIDE.min(x1 as usize + 1) {
                    let area = height * (x1.min((sx + 1) as f32) - x0.max(sx as f32));
                    total += area;
                    (0..3).for_each(|c| sum[c] += area * image.0[sy * SIDE + sx][c]);
                }
            }
            small[y * n + x] = sum.map(|value| value / total);
        }
    }
    let edge = |i: usize| {
        let at = ((i as f32 + 0.5) / ratio - 0.5).clamp(0.0, (n - 1) as f32);
        let low = (at as usize).min(n - 2);
        (low, at - low as f32)
    };
    for y in 0..SIDE {
        let (top, fy) = edge(y);
        for x in 0..SIDE {
            let (left, fx) = edge(x);
            let at = top * n + left;
            image.0[y * SIDE + x] = [0, 1, 2].map(|c| {
                let upper = small[at][c] * (1.0 - fx) + small[at + 1][c] * fx;
                let lower = small[at + n][c] * (1.0 - fx) + small[at + n + 1][c] * fx;
                upper * (1.0 - fy) + lower * fy
            });
        }
    }
}

/// Sensor noise and 8 bits per channel; planar.
fn finish(image: &Canvas, rng: &mut Rng) -> Vec<f32> {
    let sigma = if rng.chance(0.5) { rng.uniform(0.0, 0.045) } else { 0.0 };
    let mut noise = vec![0.0; PIXELS];
    if sigma > 0.0 {
        rng.fill_grain(&mut noise, sigma);
    }
    let plane = SIDE * SIDE;
    let noisy: Vec<f32> = (0..PIXELS).map(|i| image.0[i % plane][i / plane] + noise[i]).collect();
    super::batch::round_to_8bit(&noisy)
}
