//! Products of matrices.

use pulp::{Simd, WithSimd};

use crate::tile::{Tiled, accumulate, blocks, cover, vectorised};

/// Rows of the right-hand matrix that are done at a time: with a tile's width they fit the first cache.
const DEEP: usize = 256;

/// With fewer rows on the left than this, the right-hand matrix is read where it lies.
const FEW: usize = 8;

/// A matrix: its values, and how far apart two of its rows and two of its columns are.
pub type Matrix<'a> = (&'a [f32], [usize; 2]);

/// out = left · right + bias: `left` is N×K, `right` K×M, `bias` M, `out` N×M.
#[inline(never)]
pub fn product(left: Matrix, right: Matrix, bias: Option<&[f32]>, size: [usize; 3], out: &mut [f32]) {
    assert!(out.len() == size[0] * size[2] && bias.is_none_or(|bias| bias.len() == size[2]));
    if let [n, _, m] = size
        && n < FEW
        && right.1[0] == 1
        && left.1[1] == 1
    {
        for (row, out) in out.chunks_exact_mut(m).enumerate() {
            dots(&left.0[row * left.1[0]..][..size[1]], right, bias, out);
        }
        return;
    }
    vectorised(Product { left, right, bias, size, out });
}

/// One row on the left, and columns on the right that lie side by side: to turn them round for the registers would take longer. The order of
/// each sum is that of [`Product`].
#[inline(never)]
fn dots(left: &[f32], (right, [_, along]): Matrix, bias: Option<&[f32]>, out: &mut [f32]) {
    const AT_ONCE: usize = 8;
    for (block, out) in out.chunks_mut(AT_ONCE).enumerate() {
        let first = block * AT_ONCE;
        let mut sums: [f32; AT_ONCE] =
            std::array::from_fn(|i| bias.and_then(|bias| bias.get(first + i)).copied().unwrap_or_default());
        // Beyond the last column the last one again.
        let columns: [&[f32]; AT_ONCE] =
            std::array::from_fn(|i| &right[(first + i.min(out.len() - 1)) * along..][..left.len()]);
        for (k, value) in left.iter().enumerate() {
            (0..AT_ONCE).for_each(|i| sums[i] += value * columns[i][k]);
        }
        out.copy_from_slice(&sums[..out.len()]);
    }
}

struct Product<'a> {
    left: Matrix<'a>,
    right: Matrix<'a>,
    bias: Option<&'a [f32]>,
    size: [usize; 3],
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let [n, k, m] = self.size;
        if m == 0 {
            return;
        }
        let pitch = m.next_multiple_of(S::F32_LANES);
        let mut sums = vec![0.0; n * pitch];
        if let Some(bias) = self.bias {
            sums.chunks_exact_mut(pitch).for_each(|row| row[..m].copy_from_slice(bias));
        }
        let soff: Vec<u32> = (0..k).map(|k| (k * self.left.1[1]) as u32).collect();
        let mut packed = vec![0.0; DEEP.min(k) * pitch];
        for first in (0..k).step_by(DEEP) {
            let deep = DEEP.min(k - first);
            for (lane, width) in blocks(m, S::F32_LANES) {
                let (right, [down, along]) = self.right;
                // For a few rows it is not worth a copy.
                let (block, step) = if n < FEW && along == 1 && lane + width <= m {
                    (&right[first * down + lane..], down)
                } else {
                    let block = &mut packed[lane * deep..][..width * deep];
                    pack(self.right, [first, lane], width.min(m - lane), block, width);
                    (&*block, width)
                };
                let soff = &soff[first..first + deep];
                let job = &mut Block { left: self.left, soff, block, step, sums: &mut sums[lane..], pitch };
                cover(simd, job, n, width);
            }
        }
        for (out, sums) in self.out.chunks_exact_mut(m).zip(sums.chunks_exact(pitch)) {
            out.copy_from_slice(&sums[..m]);
        }
    }
}

/// Copies some columns of a matrix, `lanes` from `lane` on, row by row from `first` on, `width` apart.
#[inline(always)]
fn pack((values, [down, along]): Matrix, [first, lane]: [usize; 2], lanes: usize, block: &mut [f32], width: usize) {
    for (row, block) in block.chunks_exact_mut(width).enumerate() {
        let from = (first + row) * down + lane * along;
        match along {
            1 => block[..lanes].copy_from_slice(&values[from..][..lanes]),
            _ => block[..lanes].iter_mut().enumerate().for_each(|(at, value)| *value = values[from + at * along]),
        }
    }
}

/// Tiles of rows × the columns of one block.
struct Block<'a> {
    left: Matrix<'a>,
    soff: &'a [u32],
    block: &'a [f32],
    step: usize,
    sums: &'a mut [f32],
    pitch: usize,
}

impl Tiled for Block<'_> {
    #[inline(always)]
    fn tile<S: Simd, const P: usize, const V: usize>(&mut self, simd: S, row: usize, lane: usize) {
        let at: [usize; P] = std::array::from_fn(|p| (row + p) * self.left.1[0]);
        let sums = (&mut self.sums[row * self.pitch..], self.pitch);
        accumulate::<S, P, V>(simd, sums, (self.left.0, at, self.soff), (&self.block[lane..], self.step));
    }
}

/// Sum of each column of a matrix of M columns.
#[inline(never)]
pub fn column_sums(matrix: &[f32], m: usize, out: &mut [f32]) {
    out.fill(0.0);
    for row in matrix.chunks_exact(m) {
        out.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
}
