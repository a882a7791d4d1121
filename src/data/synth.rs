//! Signs drawn for this project, seen as a camera might see them: endless labelled images from a seed.
//!
//! Image `i` of a split is a pure function of (seed, split, i) and of the drawings in `data/signs`: the same on every
//! machine and device. All arithmetic is IEEE 754 addition, multiplication, division and square root, or `libm`.
//!
//! The chain: background → sign under a perspective view → occlusion → light and shadow → blur → low resolution → noise →
//! 8 bits per channel. How far each goes is a matter of [`Conditions`].

use std::io::Cursor;
use std::ops::Range;

use sign_kernels::drawing::{self, Between, Edge, Light, Print};

use super::batch::Sample;
use super::split::Split;
use super::{PIXELS, SIDE, classes};
use crate::rng::Rng;

/// Side of one drawing in the atlas, in pixels.
pub const TILE: usize = 64;

/// Drawings beside one another in the atlas.
pub const ATLAS_COLUMNS: usize = 8;

/// The drawings of `data/signs`, 64 × 64 each, eight in a row. `tests/signs.rs` makes it and checks that it is fresh.
const ATLAS: &[u8] = include_bytes!("../../data/atlas.png");

/// How hard a day the camera has.
#[derive(Clone, Debug, PartialEq)]
pub struct Conditions {
    /// Colours of what is behind the sign.
    palette: [[f32; 3]; 5],
    /// Whether there are edges and twigs behind it.
    clutter: bool,
    /// How often the sign stands dark before the sky.
    backlit: f32,
    /// Exposure, as powers of two.
    exposure: (f32, f32),
    /// Exposure of signs against the light, where it is the sky that decides.
    against_light: (f32, f32),
    /// Exponent of the tone curve.
    gamma: (f32, f32),
    /// How bright glare becomes.
    glare: f32,
    /// How often the sign is far away, and how many pixels it has then: at least, and by how many it may have more.
    far: (f32, usize, usize),
    /// How often a sign that is far away has coloured fringes.
    fringes: f32,
    /// How often there is noise, and its largest standard deviation.
    noise: (f32, f32),
}

impl Conditions {
    /// What a person would call a good picture, or a fair one: signs to begin with.
    pub const FAIR: Self = Self {
        palette: [[0.62, 0.72, 0.85], [0.25, 0.36, 0.2], [0.5, 0.47, 0.43], [0.85, 0.86, 0.88], [0.16, 0.17, 0.18]],
        clutter: false,
        backlit: 0.0,
        exposure: (-1.7, 0.4),
        against_light: (-1.7, 0.4),
        gamma: (0.75, 1.3),
        glare: 1.0,
        far: (0.3, 18, 13),
        fringes: 0.0,
        noise: (0.5, 0.045),
    };

    /// All that the benchmark's cameras saw: signs against the sky, bleached out, in the dusk and far away. Brightness and
    /// contrast were compared with photos of its training split.
    pub const HARSH: Self = Self {
        palette: [[0.62, 0.72, 0.85], [0.25, 0.36, 0.2], [0.5, 0.47, 0.43], [0.95, 0.96, 0.98], [0.08, 0.09, 0.1]],
        clutter: true,
        backlit: 0.3,
        exposure: (-2.8, 1.4),
        against_light: (-0.5, 1.4),
        gamma: (0.65, 1.5),
        glare: 1.4,
        far: (0.4, 13, 17),
        fringes: 0.5,
        noise: (0.4, 0.035),
    };
}

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

    /// Images `range` of a split, in fair conditions.
    pub fn batch(&self, seed: u32, split: Split, range: Range<u64>) -> Vec<Sample> {
        range.map(|index| self.sample(&Conditions::FAIR, seed, split, index)).collect()
    }

    /// Image `index` of a split.
    pub fn sample(&self, conditions: &Conditions, seed: u32, split: Split, index: u64) -> Sample {
        let mut rng = Rng::stream(u64::from(seed) << 2 | split as u64, index);
        let label = match split {
            Split::Train => rng.below(classes::COUNT),
            Split::Validation | Split::Subject | Split::Test => (index % classes::COUNT as u64) as usize,
        };
        Sample { pixels: self.photograph(label, conditions, &mut rng), label }
    }

    /// A picture of `class` for the page: number `seed` of that class.
    pub fn subject(&self, class: usize, seed: u32) -> Sample {
        self.sample(&Conditions::FAIR, seed, Split::Subject, class as u64)
    }

    /// One picture.
    fn photograph(&self, class: usize, conditions: &Conditions, rng: &mut Rng) -> Vec<f32> {
        let mut image = background(conditions, rng);
        let backlit = at_times(conditions.backlit, rng);
        let shade = if backlit { libm::exp2f(rng.uniform(-3.0, -0.8)) } else { 1.0 };
        if backlit {
            let glow = libm::exp2f(rng.uniform(0.0, 1.6));
            image.0.iter_mut().flatten().for_each(|value| *value *= glow);
        }
        self.paint_sign(class, &mut image, shade, rng);
        if rng.chance(0.1) {
            occlude(&mut image, rng);
        }
        light(&mut image, conditions, backlit, rng);
        blur(&mut image, rng);
        let (far, fewest, more) = conditions.far;
        if rng.chance(far) {
            let side = fewest + rng.below(more);
            lower_resolution(&mut image, side, conditions.fringes, rng);
        }
        finish(&image, conditions.noise, rng)
    }

    fn paint_sign(&self, class: usize, image: &mut Canvas, shade: f32, rng: &mut Rng) {
        let View { h: view } = View::random(rng);
        let tile = &self.tiles[class * TILE * TILE..(class + 1) * TILE * TILE];
        // Paint fades, and printed white is not the white of the sensor.
        let fade = rng.uniform(0.0, 0.25);
        let ink = rng.uniform(0.0, 0.12);
        drawing::paint(tile, Print { view, fade, ink, shade }, SIDE, &mut image.0);
    }
}

/// A coin that falls that way with this probability; where it never does, none is thrown.
fn at_times(probability: f32, rng: &mut Rng) -> bool {
    probability > 0.0 && rng.chance(probability)
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
}

/// Something blurred behind the sign: sky, leaves, a wall.
fn background(conditions: &Conditions, rng: &mut Rng) -> Canvas {
    const CELLS: usize = 5;
    let palette = &conditions.palette;
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
    let places: [Between; SIDE] = std::array::from_fn(|i| {
        let at = i as f32 * step;
        (at as usize, at - at as usize as f32)
    });
    let mut image = Canvas(vec![[0.0; 3]; SIDE * SIDE]);
    drawing::enlarge(&grid, CELLS, &places, &mut image.0);
    if conditions.clutter {
        clutter(&mut image, palette, rng);
    }
    image
}

/// Edges of a house, the horizon, another sign; twigs and leaves.
fn clutter(image: &mut Canvas, palette: &[[f32; 3]], rng: &mut Rng) {
    for _ in 0..rng.below(3) {
        let (sin, cos) = libm::sincosf(rng.uniform(0.0, std::f32::consts::TAU));
        let offset = rng.uniform(-4.0, 16.0);
        let colour = palette[rng.below(palette.len())];
        let strength = rng.uniform(0.3, 1.0);
        drawing::cover(Edge { facing: [sin, cos], offset, colour, strength }, SIDE, &mut image.0);
    }
    if rng.chance(0.25) {
        let mut grain = vec![0.0; SIDE * SIDE];
        let strength = rng.uniform(0.05, 0.3);
        rng.fill_grain(&mut grain, strength);
        for (pixel, grain) in image.0.iter_mut().zip(&grain) {
            pixel.iter_mut().for_each(|value| *value = (*value + grain).max(0.0));
        }
    }
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
fn light(image: &mut Canvas, conditions: &Conditions, backlit: bool, rng: &mut Rng) {
    // GTSRB has many dark pictures: exposure is uniform in its logarithm.
    let (darkest, brightest) = if backlit { conditions.against_light } else { conditions.exposure };
    let exposure = libm::exp2f(rng.uniform(darkest, brightest));
    let cast = [0, 1, 2].map(|_| exposure * rng.uniform(0.88, 1.12));
    let haze = if rng.chance(0.3) { rng.uniform(0.0, 0.3) } else { 0.0 };
    let gamma = rng.uniform(conditions.gamma.0, conditions.gamma.1);
    let (slope_x, slope_y) = (rng.uniform(-0.012, 0.012), rng.uniform(-0.012, 0.012));
    let shadow = rng.chance(0.25).then(|| {
        let (sin, cos) = libm::sincosf(rng.uniform(0.0, std::f32::consts::TAU));
        [sin, cos, rng.uniform(-10.0, 10.0), rng.uniform(0.35, 0.8), rng.uniform(0.3, 1.5)]
    });
    let haze = [haze, haze * exposure.min(conditions.glare) * 0.8];
    let light = Light { curve: tones(gamma), cast, haze, slope: [slope_x, slope_y], shadow };
    drawing::lit(&light, SIDE, &mut image.0);
}

/// v^γ on [0, 1] as a table: three thousand powers a picture would take half of its time.
fn tones(gamma: f32) -> Vec<f32> {
    const STEPS: usize = 128;
    (0..STEPS + 2).map(|i| libm::powf((i as f32 / STEPS as f32).min(1.0), gamma)).collect()
}

/// Out of focus, or moved while the shutter was open.
fn blur(image: &mut Canvas, rng: &mut Rng) {
    let passes = [0, 0, 1, 1, 2][rng.below(5)];
    let both = !rng.chance(0.25);
    let horizontal = rng.chance(0.5);
    for _ in 0..passes {
        if both || horizontal {
            drawing::smooth(&mut image.0, SIDE, false);
        }
        if both || !horizontal {
            drawing::smooth(&mut image.0, SIDE, true);
        }
    }
}

/// A sign far away has few pixels: down to n × n by area and up again by bilinear interpolation.
fn lower_resolution(image: &mut Canvas, n: usize, fringes: f32, rng: &mut Rng) {
    let mut small = drawing::reduce(&image.0, SIDE, n);
    // A sensor sees one colour in each pixel and guesses the others.
    if at_times(fringes, rng) {
        let strength = rng.uniform(0.0, 0.12);
        let mut grain = vec![0.0; 3 * n * n];
        rng.fill_grain(&mut grain, strength);
        for (pixel, grain) in small.iter_mut().zip(grain.chunks_exact(3)) {
            (0..3).for_each(|c| pixel[c] += grain[c] * (0.1 + pixel[c]));
        }
    }
    let ratio = SIDE as f32 / n as f32;
    let places: [Between; SIDE] = std::array::from_fn(|i| {
        let at = ((i as f32 + 0.5) / ratio - 0.5).clamp(0.0, (n - 1) as f32);
        let low = (at as usize).min(n - 2);
        (low, at - low as f32)
    });
    drawing::enlarge(&small, n, &places, &mut image.0);
}

/// Sensor noise and 8 bits per channel; planar.
fn finish(image: &Canvas, (often, most): (f32, f32), rng: &mut Rng) -> Vec<f32> {
    let sigma = if rng.chance(often) { rng.uniform(0.0, most) } else { 0.0 };
    let noise = (sigma > 0.0).then(|| {
        let mut noise = vec![0.0; PIXELS];
        rng.fill_grain(&mut noise, sigma);
        noise
    });
    drawing::developed(&image.0, noise.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Brightness of each picture, and its contrast.
    fn light_of(conditions: &Conditions) -> (Vec<f32>, Vec<f32>) {
        let synth = Synth::new();
        let one = |i| {
            let pixels = synth.sample(conditions, 1, Split::Train, i).pixels;
            let mean = pixels.iter().sum::<f32>() / PIXELS as f32;
            let variance = pixels.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / PIXELS as f32;
            (mean, variance.sqrt())
        };
        (0..430).map(one).unzip()
    }

    fn quantile(mut values: Vec<f32>, part: f32) -> f32 {
        values.sort_by(f32::total_cmp);
        values[(part * (values.len() - 1) as f32) as usize]
    }

    #[test]
    fn harsh_light_is_darker_brighter_and_of_more_contrast() {
        let (fair, harsh) = (light_of(&Conditions::FAIR), light_of(&Conditions::HARSH));
        assert!(quantile(harsh.0.clone(), 0.1) < quantile(fair.0.clone(), 0.1));
        assert!(quantile(harsh.0, 0.9) > quantile(fair.0, 0.9));
        assert!(quantile(harsh.1, 0.9) > 1.2 * quantile(fair.1, 0.9));
    }
}
