//! Products of matrices.

use pulp::{Simd, WithSimd};

use crate::tile::{Tiled, accumulate, accumulate_one, cover, vectorised};

/// A left-hand matrix, N×K: its values and how far apart two rows and two columns of it are.
type Left<'a> = (&'a [f32], [usize; 2]);

struct Product<'a> {
    left: Left<'a>,
    right: &'a [f32],
    bias: Option<&'a [f32]>,
    rows: usize,
    width: usize,
    soff: &'a [u32],
    moff: &'a [u32],
    out: &'a mut [f32],
}

impl Tiled for Product<'_> {
    #[inline(always)]
    fn tile<S: Simd, const P: usize, const V: usize>(&mut self, simd: S, row: usize, lane: usize) {
        let width = V * S::F32_LANES;
        for p in 0..P {
            let sums = &mut self.out[(row + p) * self.width + lane..][..width];
            match self.bias {
                Some(bias) => sums.copy_from_slice(&bias[lane..][..width]),
                None => sums.fill(0.0),
            }
        }
        let at: [usize; P] = std::array::from_fn(|p| (row + p) * self.left.1[0]);
        let sums = (&mut self.out[row * self.width + lane..], self.width);
        accumulate::<S, P, V>(simd, sums, (self.left.0, at, self.soff), (self.right, lane, self.moff));
    }

    #[inline(always)]
    fn single(&mut self, row: usize, lane: usize) {
        let sum = &mut self.out[row * self.width + lane];
        *sum = self.bias.map_or(0.0, |bias| bias[lane]);
        accumulate_one(sum, (&self.left.0[row * self.left.1[0]..], self.soff), (&self.right[lane..], self.moff));
    }
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let (rows, lanes) = (self.rows, self.width);
        cover(simd, &mut self, rows, lanes);
    }
}

/// out = left · right + bias. `left` is N×K with a distance between two rows and one between two columns, `right` K×M, `bias` M,
/// `out` N×M.
pub fn product(
    left: (&[f32], [usize; 2]),
    right: &[f32],
    bias: Option<&[f32]>,
    [n, k, m]: [usize; 3],
    out: &mut [f32],
) {
    let soff: Vec<u32> = (0..k).map(|k| (k * left.1[1]) as u32).collect();
    let moff: Vec<u32> = (0..k).map(|k| (k * m) as u32).collect();
    assert!(out.len() == n * m && right.len() == k * m);
    vectorised(Product { left, right, bias, rows: n, width: m, soff: &soff, moff: &moff, out });
}

/// The transpose of an N×M matrix.
pub fn transposed(matrix: &[f32], [n, m]: [usize; 2]) -> Vec<f32> {
    let mut out = vec![0.0; n * m];
    // In squares that fit the first cache: a plain loop would miss it at every step.
    for rows in (0..n).step_by(16) {
        for columns in (0..m).step_by(16) {
            for row in rows..n.min(rows + 16) {
                for column in columns..m.min(columns + 16) {
                    out[column * n + row] = matrix[row * m + column];
                }
            }
        }
    }
    out
}

/// Sum of each column of an N×M matrix.
pub fn column_sums(matrix: &[f32], m: usize, out: &mut [f32]) {
    out.fill(0.0);
    for row in matrix.chunks_exact(m) {
        out.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
}
