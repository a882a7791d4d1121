//! The one inner loop: a tile of sums kept in registers.

use pulp::{Simd, WithSimd};

/// Most registers side by side in a tile.
pub(crate) const ACROSS: usize = 4;

/// Most floats of a tile, with registers of 512 bits.
pub(crate) const TILE: usize = 16 * ACROSS * 3;

/// Runs `work` with the widest registers that the processor has.
#[inline(always)]
pub(crate) fn vectorised<W: WithSimd>(work: W) -> W::Output {
    #[cfg(target_family = "wasm")]
    return Simd::vectorize(pulp::wasm::Simd128::try_new().expect("a build for browsers has 128-bit SIMD"), work);
    #[cfg(not(target_family = "wasm"))]
    pulp::Arch::new().dispatch(work)
}

/// What can be done tile by tile.
pub(crate) trait Tiled {
    /// Does the tile of rows `row..row + P` and lanes `lane..lane + V` registers.
    fn tile<S: Simd, const P: usize, const V: usize>(&mut self, simd: S, row: usize, lane: usize);
}

/// Adds Σₖ s\[at\[p\] + soff\[k\]\] · m\[k · step ..\] to each row p of a tile of P rows and V registers, whose rows lie in `sums`,
/// `pitch` apart.
///
/// A lane is one result, never a part of a sum: the order of each sum is that of `k`, whatever the width of the registers and whoever
/// else is in the tile. So a result is the same to the bit on every processor, in every batch. Multiplied and added in two steps,
/// because not every processor has both in one.
///
/// Natively it has to be inlined, to be compiled for the processor's registers. In a browser it is a function of its own: the browser's
/// compiler gives a loop within a large function half the speed.
#[cfg_attr(target_family = "wasm", inline(never))]
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn accumulate<S: Simd, const P: usize, const V: usize>(
    simd: S,
    (sums, pitch): (&mut [f32], usize),
    (s, at, soff): (&[f32], [usize; P], &[u32]),
    (m, step): (&[f32], usize),
) {
    let width = V * S::F32_LANES;
    let mut tile = loaded::<S, P, V>(simd, sums, pitch);
    // All of one length, so that one look at it does for all.
    let last = at.iter().fold(0, |last, at| last.max(*at));
    let s: [&[f32]; P] = at.map(|at| &s[at..][..s.len() - last]);
    for (&soff, row) in soff.iter().zip(m.chunks(step)) {
        add::<S, P, V>(simd, &mut tile, s.map(|s| s[soff as usize]), &row[..width]);
    }
    stored::<S, P, V>(&tile, sums, pitch);
}

/// Adds Σₖ s\[at\[p\] + k\] · m\[moff\[k\] ..\]: [`accumulate`] where it is the other factor that lies in order.
#[cfg_attr(target_family = "wasm", inline(never))]
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn gather<S: Simd, const P: usize, const V: usize>(
    simd: S,
    (sums, pitch): (&mut [f32], usize),
    (s, at): (&[f32], [usize; P]),
    (m, moff): (&[f32], &[u32]),
) {
    let width = V * S::F32_LANES;
    let mut tile = loaded::<S, P, V>(simd, sums, pitch);
    let s: [&[f32]; P] = at.map(|at| &s[at..][..moff.len()]);
    for (k, &moff) in moff.iter().enumerate() {
        add::<S, P, V>(simd, &mut tile, s.map(|s| s[k]), &m[moff as usize..][..width]);
    }
    stored::<S, P, V>(&tile, sums, pitch);
}

/// A tile of sums.
type Tile<S, const P: usize, const V: usize> = [[<S as Simd>::f32s; V]; P];

#[inline(always)]
fn loaded<S: Simd, const P: usize, const V: usize>(simd: S, sums: &[f32], pitch: usize) -> Tile<S, P, V> {
    let mut tile = [[simd.splat_f32s(0.0); V]; P];
    for (p, tile) in tile.iter_mut().enumerate() {
        tile.copy_from_slice(&S::as_simd_f32s(&sums[p * pitch..][..V * S::F32_LANES]).0[..V]);
    }
    tile
}

#[inline(always)]
fn add<S: Simd, const P: usize, const V: usize>(simd: S, tile: &mut Tile<S, P, V>, factors: [f32; P], row: &[f32]) {
    let row = S::as_simd_f32s(row).0;
    for (tile, factor) in tile.iter_mut().zip(factors) {
        let factor = simd.splat_f32s(factor);
        for v in 0..V {
            tile[v] = simd.add_f32s(tile[v], simd.mul_f32s(factor, row[v]));
        }
    }
}

#[inline(always)]
fn stored<S: Simd, const P: usize, const V: usize>(tile: &Tile<S, P, V>, sums: &mut [f32], pitch: usize) {
    for (p, tile) in tile.iter().enumerate() {
        S::as_mut_simd_f32s(&mut sums[p * pitch..][..V * S::F32_LANES]).0[..V].copy_from_slice(tile);
    }
}

/// Covers `rows`×`lanes` with tiles; `lanes` is a number of whole registers.
///
/// A tile is as large as 16 registers hold, with what is multiplied. In a browser these are 15, and the compiler keeps what was loaded: with
/// three rows of four it would have to put some away in every round, and was a fifth slower.
#[inline(always)]
pub(crate) fn cover<S: Simd>(simd: S, job: &mut impl Tiled, rows: usize, lanes: usize) {
    across(simd, job, rows, blocks(lanes, S::F32_LANES));
}

/// The same with blocks of any width, where nothing has been laid out for those of [`blocks`]: for three rows no wider than three.
#[inline(always)]
pub(crate) fn cover_any<S: Simd>(simd: S, job: &mut impl Tiled, rows: usize, lanes: usize) {
    match rows {
        3 => across(simd, job, rows, blocks_of([3, 3, 2, 1], lanes, S::F32_LANES)),
        _ => cover(simd, job, rows, lanes),
    }
}

#[inline(always)]
fn across<S: Simd>(simd: S, job: &mut impl Tiled, rows: usize, blocks: impl Iterator<Item = (usize, usize)>) {
    for (lane, width) in blocks {
        match width / S::F32_LANES {
            ACROSS if cfg!(target_family = "wasm") => down::<S, 2, ACROSS>(simd, job, rows, lane),
            ACROSS => down::<S, 3, ACROSS>(simd, job, rows, lane),
            3 => down::<S, 3, 3>(simd, job, rows, lane),
            2 if cfg!(target_family = "wasm") => down::<S, 4, 2>(simd, job, rows, lane),
            2 => down::<S, 6, 2>(simd, job, rows, lane),
            _ => down::<S, 6, 1>(simd, job, rows, lane),
        }
    }
}

#[inline(always)]
fn down<S: Simd, const P: usize, const V: usize>(simd: S, job: &mut impl Tiled, rows: usize, lane: usize) {
    let mut row = 0;
    // Two and two rather than three and one, and three rather than two and one.
    while rows - row >= P && !matches!((P, rows - row), (2, 3) | (3, 4)) {
        job.tile::<S, P, V>(simd, row, lane);
        row += P;
    }
    if rows - row == 3 {
        job.tile::<S, 3, V>(simd, row, lane);
        return;
    }
    while rows - row >= 2 {
        job.tile::<S, 2, V>(simd, row, lane);
        row += 2;
    }
    if row < rows {
        job.tile::<S, 1, V>(simd, row, lane);
    }
}

/// The blocks of `lanes`, one after the other: where each begins and how wide it is, whole registers; the last may go beyond.
#[inline(always)]
pub(crate) fn blocks(lanes: usize, register: usize) -> impl Iterator<Item = (usize, usize)> {
    blocks_of([ACROSS, 3, 2, 1], lanes, register)
}

#[inline(always)]
fn blocks_of(widths: [usize; 4], lanes: usize, register: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut lane = 0;
    std::iter::from_fn(move || {
        let registers = lanes.saturating_sub(lane).div_ceil(register);
        let width = widths.into_iter().find(|across| registers >= *across)? * register;
        lane += width;
        Some((lane - width, width))
    })
}
