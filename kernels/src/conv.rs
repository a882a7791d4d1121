//! Two-dimensional convolutions without the matrix of patches: taps are read where they lie in a copy of the image with a border.

use pulp::{Simd, WithSimd};

use crate::product::{column_sums, product};
use crate::tile::{self, ACROSS, TILE, Tiled, accumulate, blocks, cover, cover_any, vectorised};

/// One convolution of a batch: what goes in, and the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv {
    /// Images in the batch, N.
    pub images: usize,
    /// Channels in, C.
    pub from: usize,
    /// Channels out, K.
    pub to: usize,
    /// Rows and columns in.
    pub side: [usize; 2],
    /// Rows and columns of the kernel.
    pub kernel: [usize; 2],
    /// Step of the kernel, down and to the right.
    pub stride: usize,
    /// Zeros around the image.
    pub padding: usize,
}

/// With fewer channels than this, a tile's lanes are neighbouring columns, else channels.
const NARROW: usize = 8;

impl Conv {
    /// Rows and columns that come out.
    pub fn out(&self) -> [usize; 2] {
        let out = |side: usize, kernel: usize| (side + 2 * self.padding - kernel) / self.stride + 1;
        [out(self.side[0], self.kernel[0]), out(self.side[1], self.kernel[1])]
    }

    /// Number of values that go in.
    pub fn in_len(&self) -> usize {
        self.images * self.from * self.side[0] * self.side[1]
    }

    /// Number of values that come out.
    pub fn out_len(&self) -> usize {
        let [height, width] = self.out();
        self.images * self.to * height * width
    }

    /// Number of weights.
    pub fn weights(&self) -> usize {
        self.to * self.window()
    }

    /// Number of values that one result is made from.
    fn window(&self) -> usize {
        self.from * self.kernel[0] * self.kernel[1]
    }

    /// Whether the kernel covers the image once: then it is a product of matrices.
    fn covers(&self) -> bool {
        self.padding == 0 && self.kernel == self.side
    }

    /// `x` N×C×H×W, `weight` K×C×k×k, `bias` K; `out` N×K×H'×W' comes filled with zeros.
    #[inline(never)]
    pub fn forward(&self, x: &[f32], weight: &[f32], bias: Option<&[f32]>, out: &mut [f32]) {
        assert!(x.len() == self.in_len() && weight.len() == self.weights() && out.len() == self.out_len());
        if self.covers() {
            let (size, left) = ([self.images, self.window(), self.to], (x, [self.window(), 1]));
            return product(left, (weight, [1, self.window()]), bias, size, out);
        }
        let ([height, width], padding) = (self.out(), self.padding);
        let borders = [padding; 4];
        let window = self.kernel[0] * self.kernel[1];
        let weight = |channel: usize, out: usize, [row, column]: [usize; 2]| {
            weight[(out * self.from + channel) * window + row * self.kernel[1] + column]
        };
        let rows = (0..self.kernel[0]).map(|row| (row, row)).collect();
        let columns = (0..self.kernel[1]).map(|column| (column, column)).collect();
        let source = Source { channels: self.from, side: self.side, borders };
        let grid = Grid {
            side: [height, width],
            step: self.stride,
            to: self.to,
            plane: [height, width],
            place: [0, 0],
            apart: 1,
        };
        let taps = vec![Taps { grid, rows, columns }];
        vectorised(Gathered { source, taps, weight, bias, x, out });
    }

    /// Gradient by what went in: `weight` K×C×k×k, `gradient` N×K×H'×W'; `out` N×C×H×W comes filled with zeros.
    #[inline(never)]
    pub fn input_gradient(&self, weight: &[f32], gradient: &[f32], out: &mut [f32]) {
        assert!(gradient.len() == self.out_len() && weight.len() == self.weights() && out.len() == self.in_len());
        if self.covers() {
            let (size, left) = ([self.images, self.to, self.window()], (gradient, [self.to, 1]));
            return product(left, (weight, [self.window(), 1]), None, size, out);
        }
        let (stride, [height, width]) = (self.stride, self.out());
        // Each row of the input modulo the stride has taps of its own: (row of the kernel, row of the gradient less that of the grid).
        let taps = |place: usize, kernel: usize| -> Vec<(usize, isize)> {
            let there = (0..kernel).rev().map(|tap| (tap, (place + self.padding) as isize - tap as isize));
            there
                .filter(|(_, q)| q.rem_euclid(stride as isize) == 0)
                .map(|(tap, q)| (tap, q / stride as isize))
                .collect()
        };
        let both = |axis: usize| (0..stride).flat_map(move |place| taps(place, self.kernel[axis]));
        let grid = |side: usize, place: usize| (side - place.min(side)).div_ceil(stride);
        let border = |axis: usize, out: usize| {
            let before = both(axis).map(|(_, q)| -q).max().unwrap_or(0).max(0);
            let after = both(axis)
                .map(|(_, q)| grid(self.side[axis], 0) as isize - 1 + q - (out as isize - 1))
                .max()
                .unwrap_or(0);
            [before as usize, after.max(0) as usize]
        };
        let ([top, bottom], [left, right]) = (border(0, height), border(1, width));
        let source = Source { channels: self.to, side: [height, width], borders: [top, bottom, left, right] };
        let window = self.kernel[0] * self.kernel[1];
        let mut all = Vec::new();
        for down in 0..stride {
            for along in 0..stride {
                let side = [grid(self.side[0], down), grid(self.side[1], along)];
                let shifted = |taps: Vec<(usize, isize)>, border: usize| -> Vec<(usize, usize)> {
                    taps.into_iter().map(|(tap, q)| (tap, (q + border as isize) as usize)).collect()
                };
                let rows = shifted(taps(down, self.kernel[0]), top);
                let columns = shifted(taps(along, self.kernel[1]), left);
                if side.contains(&0) || rows.is_empty() || columns.is_empty() {
                    // Nothing that comes out was made from these.
                    continue;
                }
                let grid = Grid { side, step: 1, to: self.from, plane: self.side, place: [down, along], apart: stride };
                all.push(Taps { grid, rows, columns });
            }
        }
        let weight = |channel: usize, out: usize, [row, column]: [usize; 2]| {
            weight[(channel * self.from + out) * window + row * self.kernel[1] + column]
        };
        vectorised(Gathered { source, taps: all, weight, bias: None, x: gradient, out });
    }

    /// Gradient by the weights, K×C×k×k, summed over the batch: `x` N×C×H×W, `gradient` N×K×H'×W'.
    #[inline(never)]
    pub fn weight_gradient(&self, x: &[f32], gradient: &[f32], out: &mut [f32]) {
        assert!(x.len() == self.in_len() && gradient.len() == self.out_len() && out.len() == self.weights());
        if self.covers() {
            let (size, left) = ([self.to, self.images, self.window()], (gradient, [1, self.to]));
            return product(left, (x, [self.window(), 1]), None, size, out);
        }
        vectorised(WeightGradient { conv: self, x, gradient, out });
    }

    /// Gradient by the bias, K, summed over the batch: `gradient` N×K×H'×W'.
    #[inline(never)]
    pub fn bias_gradient(&self, gradient: &[f32], out: &mut [f32]) {
        let [height, width] = self.out();
        let plane = height * width;
        assert!(gradient.len() == self.out_len() && out.len() == self.to);
        if plane == 1 {
            return column_sums(gradient, self.to, out);
        }
        out.fill(0.0);
        vectorised(
            #[inline(always)]
            || {
                for image in gradient.chunks_exact(self.to * plane) {
                    for (out, plane) in out.iter_mut().zip(image.chunks_exact(plane)) {
                        *out += sum(plane);
                    }
                }
            },
        );
    }
}

/// Sum of a slice, always in the same order: eight sums side by side.
#[inline(always)]
fn sum(values: &[f32]) -> f32 {
    let (eights, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        sums.iter_mut().zip(eight).for_each(|(sum, value)| *sum += value);
    }
    let [a, b, c, d, e, f, g, h] = sums;
    rest.iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |sum, value| sum + value)
}

/// What is gathered from: the planes of an image, and how many zeros go above, below, to the left and to the right of each.
#[derive(Clone, Copy)]
struct Source {
    channels: usize,
    side: [usize; 2],
    borders: [usize; 4],
}

impl Source {
    fn padded(&self) -> [usize; 2] {
        let ([height, width], [top, bottom, left, right]) = (self.side, self.borders);
        [height + top + bottom, width + left + right]
    }

    fn len(&self) -> usize {
        self.channels * self.side[0] * self.side[1]
    }

    /// Copies an image between its borders.
    #[inline(always)]
    fn copy(&self, image: &[f32], room: &mut [f32]) {
        let ([height, width], [top, _, left, _]) = (self.side, self.borders);
        let [tall, wide] = self.padded();
        for (plane, room) in image.chunks_exact(height * width).zip(room.chunks_exact_mut(tall * wide)) {
            for (row, room) in plane.chunks_exact(width).zip(room[top * wide..].chunks_exact_mut(wide)) {
                room[left..][..width].copy_from_slice(row);
            }
        }
    }
}

/// Where results are: a grid with one result a position and channel, within planes of which it may be every second row and column.
#[derive(Clone, Copy)]
struct Grid {
    side: [usize; 2],
    /// How far apart in the source two positions read.
    step: usize,
    to: usize,
    plane: [usize; 2],
    place: [usize; 2],
    apart: usize,
}

impl Grid {
    fn narrow(&self) -> bool {
        self.to < NARROW && self.step == 1 && self.side[1] >= 4
    }

    fn place(&self, row: usize, column: usize) -> usize {
        (self.place[0] + row * self.apart) * self.plane[1] + self.place[1] + column * self.apart
    }
}

/// A grid and what each position of it reads.
struct Taps {
    grid: Grid,
    /// Row of the kernel, and of the padded source from that where a position reads; sorted by the latter.
    rows: Vec<(usize, usize)>,
    /// The same for columns.
    columns: Vec<(usize, usize)>,
}

/// A convolution, made of one grid or several.
struct Gathered<'a, W> {
    source: Source,
    taps: Vec<Taps>,
    /// By channel in, channel out, row and column of the kernel.
    weight: W,
    bias: Option<&'a [f32]>,
    x: &'a [f32],
    out: &'a mut [f32],
}

impl<W: Fn(usize, usize, [usize; 2]) -> f32> WithSimd for Gathered<'_, W> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Some(grid) = self.taps.first().map(|taps| taps.grid) else { return };
        let gathers: Vec<Gather> = self
            .taps
            .iter()
            .map(|taps| Gather::new(self.source, taps, S::F32_LANES, &self.weight, self.bias))
            .collect();
        let [tall, wide] = self.source.padded();
        let mut room = vec![0.0; self.source.channels * tall * wide + ACROSS * S::F32_LANES];
        let mut sums = vec![0.0; TILE];
        let plane = grid.plane[0] * grid.plane[1];
        for (image, out) in self.x.chunks_exact(self.source.len()).zip(self.out.chunks_exact_mut(grid.to * plane)) {
            self.source.copy(image, &mut room);
            // Not in a closure: that would be compiled for every processor, not for this one.
            for gather in &gathers {
                gather.image(simd, &room, &mut sums, out);
            }
        }
    }
}

/// A grid made ready for any number of images: weights in the order in which they are read.
struct Gather {
    source: Source,
    grid: Grid,
    /// Where each tap reads, from where its position does.
    taps: Vec<u32>,
    /// For each row of the taps: how far below the position's it is, and its first tap.
    rows: Vec<(usize, usize)>,
    /// Narrow: channels out × taps. Else blocks of channels as wide as a tile, each taps × channels of the block.
    weights: Vec<f32>,
    /// The bias; if not narrow, with zeros for as many channels as the blocks have.
    start: Vec<f32>,
    /// Not narrow: where each position reads and is written.
    positions: Vec<[u32; 2]>,
}

impl Gather {
    fn new(
        source: Source,
        taps: &Taps,
        register: usize,
        weight: impl Fn(usize, usize, [usize; 2]) -> f32,
        bias: Option<&[f32]>,
    ) -> Self {
        let grid = taps.grid;
        let [tall, wide] = source.padded();
        let (mut reads, mut from, mut rows) = (vec![], vec![], vec![]);
        for &(row, below) in &taps.rows {
            rows.push((below, reads.len()));
            for channel in 0..source.channels {
                for &(column, along) in &taps.columns {
                    reads.push(((channel * tall + below) * wide + along) as u32);
                    from.push((channel, [row, column]));
                }
            }
        }
        let mut start: Vec<f32> = bias.map_or_else(|| vec![0.0; grid.to], <[f32]>::to_vec);
        let mut positions = vec![];
        let mut weights = Vec::with_capacity(reads.len() * grid.to.next_multiple_of(register));
        if grid.narrow() {
            for out in 0..grid.to {
                weights.extend(from.iter().map(|&(channel, at)| weight(channel, out, at)));
            }
        } else {
            for (lane, width) in blocks(grid.to, register) {
                let lanes = lane..(lane + width).min(grid.to);
                for &(channel, at) in &from {
                    weights.extend(lanes.clone().map(|out| weight(channel, out, at)));
                    weights.resize(weights.len() + width - lanes.len(), 0.0);
                }
            }
            start.resize(grid.to.next_multiple_of(register), 0.0);
            for row in 0..grid.side[0] {
                positions.extend(
                    (0..grid.side[1])
                        .map(|column| [((row * wide + column) * grid.step) as u32, grid.place(row, column) as u32]),
                );
            }
        }
        Self { source, grid, taps: reads, rows, weights, start, positions }
    }

    /// The taps that read within the source, for the positions of one row; the others would add zeros.
    fn within(&self, row: usize) -> std::ops::Range<usize> {
        let above = |&(below, _): &(usize, usize)| row * self.grid.step + below;
        let (top, end) = (self.source.borders[0], self.source.borders[0] + self.source.side[0]);
        let first =
            |edge: usize| self.rows.iter().find(|row| above(row) >= edge).map_or(self.taps.len(), |(_, first)| *first);
        first(top)..first(end)
    }

    /// One image that lies in `room` between its borders.
    #[inline(always)]
    fn image<S: Simd>(&self, simd: S, room: &[f32], sums: &mut [f32], out: &mut [f32]) {
        let [height, width] = self.grid.side;
        let wide = self.source.padded()[1];
        if self.grid.narrow() {
            for row in 0..height {
                let (taps, read) = (self.within(row), row * wide);
                // Up to whole registers: what is beyond the row is read from the next, and not written.
                let lanes = width.next_multiple_of(S::F32_LANES);
                cover_any(simd, &mut Columns { gather: self, taps, room, read, row, out, sums }, self.grid.to, lanes);
            }
            return;
        }
        let mut row = 0;
        while row < height {
            let taps = self.within(row);
            let next = (row + 1..height).find(|row| self.within(*row) != taps).unwrap_or(height);
            let positions = &self.positions[row * width..next * width];
            cover(
                simd,
                &mut Channels { gather: self, taps, room, positions, out, sums },
                positions.len(),
                self.start.len(),
            );
            row = next;
        }
    }
}

/// Tiles of channels × columns.
struct Columns<'a> {
    gather: &'a Gather,
    taps: std::ops::Range<usize>,
    room: &'a [f32],
    read: usize,
    row: usize,
    out: &'a mut [f32],
    sums: &'a mut [f32],
}

impl Tiled for Columns<'_> {
    #[inline(always)]
    fn tile<S: Simd, const P: usize, const V: usize>(&mut self, simd: S, row: usize, lane: usize) {
        let (gather, grid, width) = (self.gather, &self.gather.grid, V * S::F32_LANES);
        let at: [usize; P] = std::array::from_fn(|p| (row + p) * gather.taps.len());
        let taps = self.taps.clone();
        for p in 0..P {
            self.sums[p * width..][..width].fill(gather.start[row + p]);
        }
        tile::gather::<S, P, V>(
            simd,
            (self.sums, width),
            (&gather.weights, at.map(|at| at + taps.start)),
            (&self.room[self.read + lane..], &gather.taps[taps]),
        );
        let within = width.min(grid.side[1] - lane);
        for (p, sums) in self.sums.chunks_exact(width).take(P).enumerate() {
            let place = (row + p) * grid.plane[0] * grid.plane[1] + grid.place(self.row, lane);
            let sums = &sums[..within];
            match grid.apart {
                1 => self.out[place..][..within].copy_from_slice(sums),
                apart => self.out[place..].iter_mut().step_by(apart).zip(sums).for_each(|(out, sum)| *out = *sum),
            }
        }
    }
}

/// Tiles of positions × channels.
struct Channels<'a> {
    gather: &'a Gather,
    taps: std::ops::Range<usize>,
    room: &'a [f32],
    positions: &'a [[u32; 2]],
    out: &'a mut [f32],
    sums: &'a mut [f32],
}

impl Tiled for Channels<'_> {
    #[inline(always)]
    fn tile<S: Simd, const P: usize, const V: usize>(&mut self, simd: S, row: usize, lane: usize) {
        let (gather, grid, width) = (self.gather, &self.gather.grid, V * S::F32_LANES);
        for p in 0..P {
            self.sums[p * width..][..width].copy_from_slice(&gather.start[lane..][..width]);
        }
        let positions: &[[u32; 2]; P] = self.positions[row..][..P].as_array().expect("P of them");
        let at = positions.map(|[read, _]| read as usize);
        accumulate::<S, P, V>(
            simd,
            (self.sums, width),
            (self.room, at, &gather.taps[self.taps.clone()]),
            (&gather.weights[lane * gather.taps.len() + self.taps.start * width..], width),
        );
        let plane = grid.plane[0] * grid.plane[1];
        for (channel, out) in self.out.chunks_exact_mut(plane).skip(lane).take(width).enumerate() {
            for p in 0..P {
                out[positions[p][1] as usize] = self.sums[p * width + channel];
            }
        }
    }
}

/// The gradient by the weights: for each row of the kernel, a tile's lanes are its columns and channels, side by side in a copy of the
/// image with channels last.
struct WeightGradient<'a> {
    conv: &'a Conv,
    x: &'a [f32],
    gradient: &'a [f32],
    out: &'a mut [f32],
}

impl WithSimd for WeightGradient<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let conv = self.conv;
        let ([height, width], [tall, wide], channels) = (conv.out(), conv.side, conv.from);
        let (padding, pitch) = (conv.padding, (wide + 2 * conv.padding) * channels);
        let [rows, columns] = conv.kernel;
        let lanes = (columns * channels).next_multiple_of(S::F32_LANES);
        let mut room = vec![0.0; (tall + 2 * padding) * pitch + ACROSS * S::F32_LANES];
        let mut sums = vec![0.0; conv.to * rows * lanes];
        let moff: Vec<u32> = (0..height * width)
            .map(|at| (at / width * conv.stride * pitch + at % width * conv.stride * channels) as u32)
            .collect();
        let images =
            self.x.chunks_exact(channels * tall * wide).zip(self.gradient.chunks_exact(conv.to * height * width));
        for (image, gradient) in images {
            for (channel, plane) in image.chunks_exact(tall * wide).enumerate() {
                for (row, values) in plane.chunks_exact(wide).enumerate() {
                    let room = &mut room[(row + padding) * pitch + padding * channels..];
                    for (pixel, value) in room.chunks_exact_mut(channels).zip(values) {
                        pixel[channel] = *value;
                    }
                }
            }
            for row in 0..rows {
                let moff = &moff;
                let mut job = Weights { gradient, room: &room[row * pitch..], moff, row, rows, lanes, sums: &mut sums };
                cover(simd, &mut job, conv.to, lanes);
            }
        }
        for (out, sums) in self.out.chunks_exact_mut(channels * rows * columns).zip(sums.chunks_exact(rows * lanes)) {
            for (channel, out) in out.chunks_exact_mut(rows * columns).enumerate() {
                for (at, out) in out.iter_mut().enumerate() {
                    *out = sums[at / columns * lanes + at % columns * channels + channel];
                }
            }
        }
    }
}

/// Tiles of channels out × columns and channels in.
struct Weights<'a> {
    gradient: &'a [f32],
    room: &'a [f32],
    moff: &'a [u32],
    row: usize,
    rows: usize,
    lanes: usize,
    sums: &'a mut [f32],
}

impl Tiled for Weights<'_> {
    #[inline(always)]
    fn tile<S: Simd, const P: usize, const V: usize>(&mut self, simd: S, row: usize, lane: usize) {
        let place = (row * self.rows + self.row) * self.lanes + lane;
        let at: [usize; P] = std::array::from_fn(|p| (row + p) * self.moff.len());
        let sums = (&mut self.sums[place..], self.rows * self.lanes);
        tile::gather::<S, P, V>(simd, sums, (self.gradient, at), (&self.room[lane..], self.moff));
    }
}
