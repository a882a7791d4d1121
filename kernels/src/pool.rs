//! Pools of 2×2 with stride 2. A row or column left over does not count.

use crate::tile::vectorised;

/// Shape of what goes in: images × channels, rows, columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Images times channels.
    pub planes: usize,
    /// Rows of a plane.
    pub height: usize,
    /// Columns of a plane.
    pub width: usize,
}

impl Pool {
    /// Rows and columns of what comes out.
    pub fn out(&self) -> [usize; 2] {
        [self.height / 2, self.width / 2]
    }

    /// Number of values that come out.
    pub fn out_len(&self) -> usize {
        self.planes * (self.height / 2) * (self.width / 2)
    }

    /// Number of values that go in.
    pub fn in_len(&self) -> usize {
        self.planes * self.height * self.width
    }
}

/// For every row that comes out: the two that go in, and it.
#[inline(always)]
fn down(pool: Pool, x: &[f32], out: &mut [f32], value: impl Fn([f32; 4]) -> f32) {
    let [height, width] = pool.out();
    assert!(x.len() == pool.in_len() && out.len() == pool.out_len());
    if height * width == 0 {
        return;
    }
    for (plane, out) in x.chunks_exact(pool.height * pool.width).zip(out.chunks_exact_mut(height * width)) {
        for (rows, out) in plane.chunks_exact(2 * pool.width).zip(out.chunks_exact_mut(width)) {
            let (above, below) = rows.split_at(pool.width);
            let (above, below) = (above.as_chunks::<2>().0, below.as_chunks::<2>().0);
            for ((out, a), b) in out.iter_mut().zip(above).zip(below) {
                *out = value([a[0], a[1], b[0], b[1]]);
            }
        }
    }
}

/// For every row that comes out: its gradient to the two that go in. `x` is what went in.
#[inline(always)]
fn up(pool: Pool, x: &[f32], gradient: &[f32], out: &mut [f32], value: impl Fn([f32; 4], f32) -> [f32; 4]) {
    let [height, width] = pool.out();
    assert!(x.len() == pool.in_len() && out.len() == pool.in_len() && gradient.len() == pool.out_len());
    if height * width == 0 {
        return;
    }
    let planes = out.chunks_exact_mut(pool.height * pool.width).zip(x.chunks_exact(pool.height * pool.width));
    for ((out, x), gradient) in planes.zip(gradient.chunks_exact(height * width)) {
        let rows = out.chunks_exact_mut(2 * pool.width).zip(x.chunks_exact(2 * pool.width));
        for ((out, x), gradient) in rows.zip(gradient.chunks_exact(width)) {
            let (above, below) = x.split_at(pool.width);
            let x = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
            let (above, below) = out.split_at_mut(pool.width);
            let out = above.as_chunks_mut::<2>().0.iter_mut().zip(below.as_chunks_mut::<2>().0);
            for (((above, below), (a, b)), gradient) in out.zip(x).zip(gradient) {
                let [p, q, r, s] = value([a[0], a[1], b[0], b[1]], *gradient);
                (*above, *below) = ([p, q], [r, s]);
            }
        }
    }
}

/// Mean of each square.
#[inline(never)]
pub fn average_pool(pool: Pool, x: &[f32], out: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || down(pool, x, out, |[a, b, c, d]| ((a + b) + (c + d)) * 0.25),
    );
}

/// Gradient of [`average_pool`] by what went in; `out` comes filled with zeros.
#[inline(never)]
pub fn average_pool_gradient(pool: Pool, gradient: &[f32], out: &mut [f32]) {
    let [height, width] = pool.out();
    assert!(out.len() == pool.in_len() && gradient.len() == pool.out_len());
    if height * width == 0 {
        return;
    }
    vectorised(
        #[inline(always)]
        || {
            for (out, gradient) in
                out.chunks_exact_mut(pool.height * pool.width).zip(gradient.chunks_exact(height * width))
            {
                for (out, gradient) in out.chunks_exact_mut(2 * pool.width).zip(gradient.chunks_exact(width)) {
                    let (above, below) = out.split_at_mut(pool.width);
                    let out = above.as_chunks_mut::<2>().0.iter_mut().zip(below.as_chunks_mut::<2>().0);
                    for ((above, below), gradient) in out.zip(gradient) {
                        (*above, *below) = ([0.25 * gradient; 2], [0.25 * gradient; 2]);
                    }
                }
            }
        },
    );
}

/// The larger; a NaN stays one.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if b > a || b.is_nan() { b } else { a }
}

/// The gradient at the first of the largest of a square, above left, above right, below left, below right. By masks: where a gradient
/// goes is a toss-up, and a processor that guesses would guess wrong half the time.
#[inline(always)]
fn at_largest([a, b, c, d]: [f32; 4], gradient: f32) -> [f32; 4] {
    let mask = |yes: bool| u32::from(yes).wrapping_neg();
    let (above, below) = (if b > a { b } else { a }, if d > c { d } else { c });
    let (right, right_below, lower) = (mask(b > a), mask(d > c), mask(below > above));
    let (upper, lower) = (gradient.to_bits() & !lower, gradient.to_bits() & lower);
    [upper & !right, upper & right, lower & !right_below, lower & right_below].map(f32::from_bits)
}

/// Largest of each square.
#[inline(never)]
pub fn max_pool(pool: Pool, x: &[f32], out: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || down(pool, x, out, |[a, b, c, d]| larger(larger(a, b), larger(c, d))),
    );
}

/// Gradient of [`max_pool`] by what went in: to the first of the largest. `x` is what went in; `out` comes filled with zeros.
#[inline(never)]
pub fn max_pool_gradient(pool: Pool, x: &[f32], gradient: &[f32], out: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || up(pool, x, gradient, out, at_largest),
    );
}
