//! One picture of a drawn sign, as a camera might take it: first everything that chance decides, then the picture of any drawing under
//! just that chance. So the same view can be taken of a sign with and without a sticker, and what a sticker changes in it be followed
//! back to the drawing.
//!
//! The chain: background → sign under a perspective view → occlusion → light and shadow → blur → low resolution → noise →
//! 8 bits per channel. How far each goes is a matter of [`Conditions`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sign_kernels::backward;
use sign_kernels::drawing::{self, Between, Branch, Colour, Edge, Light, Print};

use super::{PIXELS, SIDE};
use crate::rng::Rng;

/// Side of a drawing, in pixels.
pub const TILE: usize = 64;

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

/// What somebody who stands beside the camera sees of a [`Shot`]: enough to draw the sign sharp and large, as it hangs there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scene {
    /// From places of the picture, [`SIDE`] × [`SIDE`], to places of the drawing, [`TILE`] × [`TILE`]: a homography, row by row.
    pub view: [f32; 9],
    /// By how much the light makes red, green and blue brighter.
    pub light: [f32; 3],
    /// What part of the light falls on the sign: less than 1 where it hangs before the bright sky.
    pub shade: f32,
}

/// All that chance decides of one picture.
#[derive(Clone, Debug)]
pub struct Shot {
    background: Vec<Colour>,
    print: Print,
    branch: Option<Branch>,
    light: Light,
    /// Passes of the blur; whether each goes down.
    blur: Vec<bool>,
    far: Option<Far>,
    noise: Option<Vec<f32>>,
}

/// A sign far away has few pixels.
#[derive(Clone, Debug)]
struct Far {
    /// How many a side.
    n: usize,
    /// A sensor sees one colour in each pixel and guesses the others: what it errs by, n×n×3.
    fringes: Option<Vec<f32>>,
}

impl Shot {
    /// Another one.
    pub fn random(conditions: &Conditions, rng: &mut Rng) -> Self {
        let mut background = background(conditions, rng);
        let backlit = at_times(conditions.backlit, rng);
        let shade = if backlit { libm::exp2f(rng.uniform(-3.0, -0.8)) } else { 1.0 };
        if backlit {
            let glow = libm::exp2f(rng.uniform(0.0, 1.6));
            background.iter_mut().flatten().for_each(|value| *value *= glow);
        }
        let view = view(rng);
        // Paint fades, and printed white is not the white of the sensor.
        let (fade, ink) = (rng.uniform(0.0, 0.25), rng.uniform(0.0, 0.12));
        let print = Print { view, fade, ink, shade };
        let branch = rng.chance(0.1).then(|| branch(rng));
        let light = light(conditions, backlit, rng);
        let blur = blur(rng);
        let (far, fewest, more) = conditions.far;
        let far = rng.chance(far).then(|| {
            let n = fewest + rng.below(more);
            let fringes = at_times(conditions.fringes, rng).then(|| {
                let strength = rng.uniform(0.0, 0.12);
                grain(3 * n * n, strength, rng)
            });
            Far { n, fringes }
        });
        let (often, most) = conditions.noise;
        let sigma = if rng.chance(often) { rng.uniform(0.0, most) } else { 0.0 };
        let noise = (sigma > 0.0).then(|| grain(PIXELS, sigma, rng));
        Self { background, print, branch, light, blur, far, noise }
    }

    /// How the sign hangs there, and in what light.
    pub fn scene(&self) -> Scene {
        let Print { view, shade, .. } = self.print;
        Scene { view, light: self.light.cast, shade }
    }

    /// [`PIXELS`] values in [0, 1], channel by channel, of a drawing: premultiplied RGBA, as wide as high.
    pub fn picture(&self, tile: &[[f32; 4]]) -> Vec<f32> {
        let mut image = self.unlit(tile);
        self.expose(&mut image);
        drawing::developed(&image, self.noise.as_deref())
    }

    /// How a function of the picture changes with the colours of the drawing: from its derivative by the picture, [`PIXELS`] values, to
    /// that by the drawing, one colour a place. What is rounded to 8 bits is taken as if it were not, and what is beyond them as 0.
    pub fn back(&self, tile: &[[f32; 4]], by_picture: &[f32]) -> Vec<Colour> {
        let unlit = self.unlit(tile);
        let mut image = unlit.clone();
        self.expose(&mut image);
        let plane = SIDE * SIDE;
        let noise = |at: usize| self.noise.as_ref().map_or(0.0, |noise| noise[at]);
        let mut by: Vec<Colour> = (0..plane)
            .map(|i| {
                std::array::from_fn(|c| {
                    let at = c * plane + i;
                    if (0.0..=1.0).contains(&(image[i][c] + noise(at))) { by_picture[at] } else { 0.0 }
                })
            })
            .collect();
        if let Some(Far { n, fringes }) = &self.far {
            let mut small = backward::enlarge(&by, *n, &places(*n));
            if let Some(fringes) = fringes {
                small.as_flattened_mut().iter_mut().zip(fringes).for_each(|(by, error)| *by *= 1.0 + error);
            }
            by = backward::reduce(&small, SIDE, *n);
        }
        // Each pass is its own transpose.
        self.blur.iter().rev().for_each(|down| drawing::smooth(&mut by, SIDE, *down));
        backward::lit(&self.light, SIDE, &unlit, &mut by);
        if let Some(branch) = &self.branch {
            backward::hide(branch, SIDE, &mut by);
        }
        backward::paint(tile.len(), self.print, SIDE, &by)
    }

    /// Before light falls on it.
    fn unlit(&self, tile: &[[f32; 4]]) -> Vec<Colour> {
        let mut image = self.background.clone();
        drawing::paint(tile, self.print, SIDE, &mut image);
        if let Some(branch) = &self.branch {
            drawing::hide(branch, SIDE, &mut image);
        }
        image
    }

    /// Light, blur and low resolution.
    fn expose(&self, image: &mut [Colour]) {
        drawing::lit(&self.light, SIDE, image);
        self.blur.iter().for_each(|down| drawing::smooth(image, SIDE, *down));
        let Some(Far { n, fringes }) = &self.far else { return };
        let mut small = drawing::reduce(image, SIDE, *n);
        if let Some(fringes) = fringes {
            small
                .as_flattened_mut()
                .iter_mut()
                .zip(fringes)
                .for_each(|(value, error)| *value += error * (0.1 + *value));
        }
        drawing::enlarge(&small, *n, &places(*n), image);
    }
}

/// Where each row, and each column, of the picture lies among n.
fn places(n: usize) -> [Between; SIDE] {
    let ratio = SIDE as f32 / n as f32;
    std::array::from_fn(|i| {
        let at = ((i as f32 + 0.5) / ratio - 0.5).clamp(0.0, (n - 1) as f32);
        let low = (at as usize).min(n - 2);
        (low, at - low as f32)
    })
}

/// A coin that falls that way with this probability; where it never does, none is thrown.
fn at_times(probability: f32, rng: &mut Rng) -> bool {
    probability > 0.0 && rng.chance(probability)
}

fn grain(n: usize, sigma: f32, rng: &mut Rng) -> Vec<f32> {
    let mut grain = vec![0.0; n];
    rng.fill_grain(&mut grain, sigma);
    grain
}

/// Where the camera stands: image coordinates to tile coordinates, a row-major 3×3 homography.
fn view(rng: &mut Rng) -> [f32; 9] {
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
    [first[0], first[1], first[2], second[0], second[1], second[2], tilt_x, tilt_y, w0]
}

/// Something blurred behind the sign: sky, leaves, a wall.
fn background(conditions: &Conditions, rng: &mut Rng) -> Vec<Colour> {
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
    let mut image = vec![[0.0; 3]; SIDE * SIDE];
    drawing::enlarge(&grid, CELLS, &places, &mut image);
    if conditions.clutter {
        clutter(&mut image, palette, rng);
    }
    image
}

/// Edges of a house, the horizon, another sign; twigs and leaves.
fn clutter(image: &mut [Colour], palette: &[[f32; 3]], rng: &mut Rng) {
    for _ in 0..rng.below(3) {
        let (sin, cos) = libm::sincosf(rng.uniform(0.0, std::f32::consts::TAU));
        let offset = rng.uniform(-4.0, 16.0);
        let colour = palette[rng.below(palette.len())];
        let strength = rng.uniform(0.3, 1.0);
        drawing::cover(Edge { facing: [sin, cos], offset, colour, strength }, SIDE, image);
    }
    if rng.chance(0.25) {
        let mut grain = vec![0.0; SIDE * SIDE];
        let strength = rng.uniform(0.05, 0.3);
        rng.fill_grain(&mut grain, strength);
        for (pixel, grain) in image.iter_mut().zip(&grain) {
            pixel.iter_mut().for_each(|value| *value = (*value + grain).max(0.0));
        }
    }
}

/// A branch, a pole or somebody's sticker over a part of the sign.
fn branch(rng: &mut Rng) -> Branch {
    let (sin, cos) = libm::sincosf(rng.uniform(0.0, std::f32::consts::TAU));
    let side = SIDE as f32;
    let centre = [side * rng.unit(), side * rng.unit()];
    let half = [rng.uniform(0.8, 2.5), rng.uniform(3.0, 14.0)];
    let colour = [rng.unit() * 0.6, rng.unit() * 0.6, rng.unit() * 0.5];
    Branch { facing: [sin, cos], centre, half, colour }
}

/// Exposure, contrast, colour of the light, a gradient and the edge of a shadow.
fn light(conditions: &Conditions, backlit: bool, rng: &mut Rng) -> Light {
    // GTSRB has many dark pictures: exposure is uniform in its logarithm.
    let (darkest, brightest) = if backlit { conditions.against_light } else { conditions.exposure };
    let exposure = libm::exp2f(rng.uniform(darkest, brightest));
    let cast = [0, 1, 2].map(|_| exposure * rng.uniform(0.88, 1.12));
    let haze = if rng.chance(0.3) { rng.uniform(0.0, 0.3) } else { 0.0 };
    let gamma = rng.uniform(conditions.gamma.0, conditions.gamma.1);
    let slope = [rng.uniform(-0.012, 0.012), rng.uniform(-0.012, 0.012)];
    let shadow = rng.chance(0.25).then(|| {
        let (sin, cos) = libm::sincosf(rng.uniform(0.0, std::f32::consts::TAU));
        [sin, cos, rng.uniform(-10.0, 10.0), rng.uniform(0.35, 0.8), rng.uniform(0.3, 1.5)]
    });
    let haze = [haze, haze * exposure.min(conditions.glare) * 0.8];
    Light { curve: tones(gamma), cast, haze, slope, shadow }
}

/// v^γ on [0, 1] as a table: three thousand powers a picture would take half of its time.
fn tones(gamma: f32) -> Vec<f32> {
    const STEPS: usize = 128;
    (0..STEPS + 2).map(|i| libm::powf((i as f32 / STEPS as f32).min(1.0), gamma)).collect()
}

/// Out of focus, or moved while the shutter was open: passes, and whether each goes down.
fn blur(rng: &mut Rng) -> Vec<bool> {
    let passes = [0, 0, 1, 1, 2][rng.below(5)];
    let both = !rng.chance(0.25);
    let horizontal = rng.chance(0.5);
    let pass = [(both || horizontal).then_some(false), (both || !horizontal).then_some(true)];
    std::iter::repeat_n(pass, passes).flatten().flatten().collect()
}
