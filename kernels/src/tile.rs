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

/// Adds Σₖ s\[at\[p\] + soff\[k\]\] · m\[mat + moff\[k\] ..\] to each row p of a tile of P rows and V registers, whose rows lie in `sums`,
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
    (m, mat, moff): (&[f32], usize, &[u32]),
) {
    let width = V * S::F32_LANES;
    let mut tile = [[simd.splat_f32s(0.0); V]; P];
    for p in 0..P {
        let row = S::as_simd_f32s(&sums[p * pitch..][..width]).0;
        tile[p][..V].copy_from_slice(&row[..V]);
    }
    let m = &m[mat..];
    // All of one length, so that one look at it does for all.
    let last = at.iter().fold(0, |last, at| last.max(*at));
    let s: [&[f32]; P] = at.map(|at| &s[at..][..s.len() - last]);
    for (&soff, &moff) in soff.iter().zip(moff) {
        let row = S::as_simd_f32s(&m[moff as usize..][..width]).0;
        for p in 0..P {
            let factor = simd.splat_f32s(s[p][soff as usize]);
            for v in 0..V {
                tile[p][v] = simd.add_f32s(tile[p][v], simd.mul_f32s(factor, row[v]));
            }
        }
    }
    for p in 0..P {
        let row = S::as_mut_simd_f32s(&mut sums[p * pitch..][..width]).0;
        row[..V].copy_from_slice(&tile[p][..V]);
    }
}

/// Covers `rows`×`lanes` with tiles; `lanes` is a number of whole registers.
#[inline(always)]
pub(crate) fn cover<S: Simd>(simd: S, job: &mut impl Tiled, rows: usize, lanes: usize) {
    for (lane, width) in blocks(lanes, S::F32_LANES) {
        // As many rows as 16 registers hold, with what is multiplied.
        match width / S::F32_LANES {
            ACROSS => down::<S, 3, ACROSS>(simd, job, rows, lane),
            2 => down::<S, 6, 2>(simd, job, rows, lane),
            _ => down::<S, 6, 1>(simd, job, rows, lane),
        }
    }
}

#[inline(always)]
fn down<S: Simd, const P: usize, const V: usize>(simd: S, job: &mut impl Tiled, rows: usize, lane: usize) {
    let mut row = 0;
    // Two and two rather than three and one.
    while rows - row >= P && (P != 3 || rows - row != 4) {
        job.tile::<S, P, V>(simd, row, lane);
        row += P;
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
    let mut lane = 0;
    std::iter::from_fn(move || {
        let registers = lanes.saturating_sub(lane).div_ceil(register);
        let width = [ACROSS, 2, 1].into_iter().find(|across| registers >= *across)? * register;
        lane += width;
        Some((lane - width, width))
    })
}
