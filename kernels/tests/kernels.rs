//! The kernels against plain loops.

use sign_kernels::{Conv, Pool, best_pair, product};

/// Numbers in −1..1 that look random, the same every time.
fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// (place in, place of the weight, place out) of every product of a convolution.
fn taps(conv: &Conv, mut see: impl FnMut(usize, usize, usize)) {
    let [height, width] = conv.out();
    for image in 0..conv.images {
        for to in 0..conv.to {
            for row in 0..height {
                for column in 0..width {
                    for from in 0..conv.from {
                        for ky in 0..conv.kernel[0] {
                            for kx in 0..conv.kernel[1] {
                                let y = (row * conv.stride + ky).wrapping_sub(conv.padding);
                                let x = (column * conv.stride + kx).wrapping_sub(conv.padding);
                                if y < conv.side[0] && x < conv.side[1] {
                                    see(
                                        ((image * conv.from + from) * conv.side[0] + y) * conv.side[1] + x,
                                        ((to * conv.from + from) * conv.kernel[0] + ky) * conv.kernel[1] + kx,
                                        ((image * conv.to + to) * height + row) * width + column,
                                    );
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn close(got: &[f32], expected: &[f64], what: &str) {
    assert_eq!(got.len(), expected.len(), "{what}");
    let scale = expected.iter().fold(1.0f64, |most, value| most.max(value.abs()));
    for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((f64::from(*got) - expected).abs() <= 2e-6 * scale, "{what}: {got} for {expected} at {at}");
    }
}

fn table() -> Vec<Conv> {
    let conv = |from, to, side, kernel, stride, padding| Conv {
        images: 3,
        from,
        to,
        side: [side, side],
        kernel: [kernel, kernel],
        stride,
        padding,
    };
    vec![
        // LeNet, signnet, convnet, the purifier of width 8, and some that nobody has.
        conv(3, 6, 32, 5, 1, 0),
        conv(6, 16, 14, 5, 1, 0),
        conv(16, 120, 5, 5, 1, 0),
        conv(3, 32, 32, 5, 1, 2),
        conv(32, 64, 16, 3, 1, 1),
        conv(16, 128, 8, 3, 1, 1),
        conv(3, 16, 32, 3, 1, 1),
        conv(3, 8, 32, 3, 2, 1),
        conv(8, 16, 16, 3, 2, 1),
        conv(32, 64, 4, 3, 2, 1),
        conv(64, 32, 2, 3, 1, 1),
        conv(16, 3, 32, 3, 1, 1),
        conv(1, 1, 1, 1, 1, 0),
        conv(2, 1, 3, 3, 1, 1),
        conv(1, 5, 7, 3, 2, 0),
        conv(5, 2, 6, 4, 3, 2),
        conv(3, 7, 9, 1, 2, 0),
        conv(4, 9, 8, 2, 2, 1),
        Conv { images: 2, from: 3, to: 10, side: [6, 11], kernel: [3, 5], stride: 1, padding: 1 },
        Conv { images: 2, from: 9, to: 3, side: [11, 6], kernel: [5, 3], stride: 2, padding: 2 },
    ]
}

#[test]
fn convolutions_are_those_of_plain_loops() {
    for conv in table() {
        let x = numbers(conv.in_len(), 1);
        let weight = numbers(conv.weights(), 2);
        let bias = numbers(conv.to, 3);
        let gradient = numbers(conv.out_len(), 4);
        let plane = conv.out_len() / conv.images / conv.to;

        let mut expected: Vec<f64> = (0..conv.out_len()).map(|at| f64::from(bias[at / plane % conv.to])).collect();
        let mut by_input = vec![0.0; conv.in_len()];
        let mut by_weight = vec![0.0; conv.weights()];
        taps(&conv, |from, at, to| {
            expected[to] += f64::from(x[from]) * f64::from(weight[at]);
            by_input[from] += f64::from(gradient[to]) * f64::from(weight[at]);
            by_weight[at] += f64::from(gradient[to]) * f64::from(x[from]);
        });
        let mut by_bias = vec![0.0; conv.to];
        gradient.iter().enumerate().for_each(|(at, value)| by_bias[at / plane % conv.to] += f64::from(*value));

        let mut out = vec![0.0; conv.out_len()];
        conv.forward(&x, &weight, Some(&bias), &mut out);
        close(&out, &expected, &format!("{conv:?} forward"));
        let mut out = vec![0.0; conv.in_len()];
        conv.input_gradient(&weight, &gradient, &mut out);
        close(&out, &by_input, &format!("{conv:?} by input"));
        let mut out = vec![0.0; conv.weights()];
        conv.weight_gradient(&x, &gradient, &mut out);
        close(&out, &by_weight, &format!("{conv:?} by weight"));
        let mut out = vec![0.0; conv.to];
        conv.bias_gradient(&gradient, &mut out);
        close(&out, &by_bias, &format!("{conv:?} by bias"));
    }
}

#[test]
fn an_image_does_not_know_who_else_is_in_its_batch() {
    for conv in table() {
        let one = Conv { images: 1, ..conv };
        let (x, weight, bias) = (numbers(conv.in_len(), 1), numbers(conv.weights(), 2), numbers(conv.to, 3));
        let gradient = numbers(conv.out_len(), 4);
        let mut out = vec![0.0; conv.out_len()];
        conv.forward(&x, &weight, Some(&bias), &mut out);
        let mut by_input = vec![0.0; conv.in_len()];
        conv.input_gradient(&weight, &gradient, &mut by_input);
        for image in 0..conv.images {
            let mut alone = vec![0.0; one.out_len()];
            one.forward(&x[image * one.in_len()..][..one.in_len()], &weight, Some(&bias), &mut alone);
            assert_eq!(alone, out[image * one.out_len()..][..one.out_len()], "{conv:?}");
            let mut alone = vec![0.0; one.in_len()];
            one.input_gradient(&weight, &gradient[image * one.out_len()..][..one.out_len()], &mut alone);
            assert_eq!(alone, by_input[image * one.in_len()..][..one.in_len()], "{conv:?}");
        }
    }
}

#[test]
fn products_are_those_of_plain_loops() {
    for [n, k, m] in [[1, 1, 1], [3, 2, 3], [5, 120, 84], [7, 84, 43], [64, 30, 17], [2, 700, 21], [9, 5, 2]] {
        let (left, right, bias) = (numbers(n * k, 1), numbers(k * m, 2), numbers(m, 3));
        let mut expected: Vec<f64> = (0..n * m).map(|at| f64::from(bias[at % m])).collect();
        for (at, sum) in expected.iter_mut().enumerate() {
            *sum += (0..k).map(|k_| f64::from(left[at / m * k + k_]) * f64::from(right[k_ * m + at % m])).sum::<f64>();
        }
        let mut out = vec![0.0; n * m];
        sign_kernels::product((&left, [k, 1]), (&right, [m, 1]), Some(&bias), [n, k, m], &mut out);
        close(&out, &expected, "product");
        // Both turned round.
        let turned = |matrix: &[f32], rows: usize, columns: usize| -> Vec<f32> {
            (0..rows * columns).map(|at| matrix[at % rows * columns + at / rows]).collect()
        };
        let (down, across) = (turned(&left, n, k), turned(&right, k, m));
        let mut again = vec![0.0; n * m];
        sign_kernels::product((&down, [1, n]), (&across, [1, k]), Some(&bias), [n, k, m], &mut again);
        assert_eq!(out, again);
        let mut alone = vec![0.0; m];
        let last = (&left[k * (n - 1)..], [k, 1]);
        sign_kernels::product(last, (&right, [m, 1]), Some(&bias), [1, k, m], &mut alone);
        assert_eq!(alone, out[m * (n - 1)..]);
        let mut sums = vec![0.0; k];
        sign_kernels::column_sums(&left, k, &mut sums);
        let expected: Vec<f64> = (0..k).map(|at| (0..n).map(|row| f64::from(left[row * k + at])).sum()).collect();
        close(&sums, &expected, "sums of columns");
    }
}

#[test]
fn pools_are_those_of_plain_loops() {
    for [height, width] in [[2, 2], [28, 28], [10, 10], [32, 32], [5, 7], [1, 3], [3, 8]] {
        let pool = Pool { planes: 5, height, width };
        // Some values come twice in a square.
        let x: Vec<f32> = numbers(pool.in_len(), 1).iter().map(|value| (value * 3.0).round()).collect();
        let gradient = numbers(pool.out_len(), 2);
        let [rows, columns] = pool.out();
        let (mut mean, mut most) = (vec![], vec![]);
        let (mut by_mean, mut by_most) = (vec![0.0; pool.in_len()], vec![0.0; pool.in_len()]);
        for (at, &gradient) in gradient.iter().enumerate() {
            let (plane, row, column) = (at / (rows * columns), at / columns % rows, at % columns);
            let place = (plane * height + 2 * row) * width + 2 * column;
            let places = [place, place + 1, place + width, place + width + 1];
            mean.push(places.iter().map(|place| f64::from(x[*place])).sum::<f64>() / 4.0);
            let first = places.into_iter().fold(place, |best, place| if x[place] > x[best] { place } else { best });
            most.push(x[first]);
            by_most[first] = gradient;
            places.iter().for_each(|place| by_mean[*place] = gradient / 4.0);
        }
        let mut out = vec![0.0; pool.out_len()];
        sign_kernels::average_pool(pool, &x, &mut out);
        close(&out, &mean, "mean");
        sign_kernels::max_pool(pool, &x, &mut out);
        assert_eq!(out, most);
        let mut out = vec![0.0; pool.in_len()];
        sign_kernels::average_pool_gradient(pool, &gradient, &mut out);
        assert_eq!(out, by_mean);
        let mut out = vec![0.0; pool.in_len()];
        sign_kernels::max_pool_gradient(pool, &x, &gradient, &mut out);
        assert_eq!(out, by_most);
    }
    let mut out = [0.0];
    sign_kernels::max_pool(Pool { planes: 1, height: 2, width: 2 }, &[1.0, f32::NAN, 2.0, 3.0], &mut out);
    assert!(out[0].is_nan());
}

#[test]
fn tanh_is_within_two_and_a_half_units_in_the_last_place() {
    // Every 101st float.
    let x: Vec<f32> = (0..f32::INFINITY.to_bits()).step_by(101).map(f32::from_bits).collect();
    let mut out = x.clone();
    sign_kernels::tanh(&mut out);
    let mut worst = (0.0, 0.0);
    for (x, got) in x.iter().zip(&out) {
        let expected = f64::from(*x).tanh();
        let unit = f64::from(f32::from_bits((expected as f32).to_bits() + 1)) - f64::from(expected as f32);
        let error = (f64::from(*got) - expected).abs() / unit;
        worst = if error > worst.1 { (*x, error) } else { worst };
        assert!(got.abs() <= 1.0);
    }
    println!("worst: {worst:?}");
    assert!(worst.1 <= 2.5, "{worst:?}");
    let mut out = [-0.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, -1.0, 1.0];
    sign_kernels::tanh(&mut out);
    assert!(out[0] == 0.0 && out[0].is_sign_negative());
    assert!(out[1] == 1.0 && out[2] == -1.0 && out[3].is_nan() && out[4] == -out[5]);
    let mut gradient = [2.0, 3.0];
    sign_kernels::tanh_gradient(&[0.5, -1.0], &mut gradient);
    assert_eq!(gradient, [1.5, 0.0]);
}

#[test]
fn relu_keeps_what_is_more_than_nothing_and_what_is_no_number() {
    let mut values = [-1.0, 0.0, 2.0, f32::NAN, f32::NEG_INFINITY];
    sign_kernels::relu(&mut values);
    assert!(values[..3] == [0.0, 0.0, 2.0] && values[3].is_nan() && values[4] == 0.0);
    let mut gradient = [5.0, 6.0, 7.0];
    sign_kernels::relu_gradient(&values[..3], &mut gradient);
    assert_eq!(gradient, [0.0, 0.0, 7.0]);
}

/// A product of few rows is that of many, to the bit, however the matrix on the right lies.
#[test]
fn a_row_does_not_depend_on_how_many_there_are() {
    for (k, m) in [(1, 1), (400, 120), (84, 43), (7, 9), (300, 8)] {
        let (left, right, bias) = (numbers(16 * k, 1), numbers(k * m, 2), numbers(m, 3));
        for (right, bias) in
            [((&right[..], [m, 1]), None), ((&right[..], [1, k]), None), ((&right[..], [1, k]), Some(&bias[..]))]
        {
            let mut all = vec![0.0; 16 * m];
            product((&left, [k, 1]), right, bias, [16, k, m], &mut all);
            for n in [1, 2, 7] {
                let mut few = vec![0.0; n * m];
                product((&left, [k, 1]), right, bias, [n, k, m], &mut few);
                assert!(few == all[..n * m], "{k}, {m}, {n}");
            }
        }
    }
}

#[test]
fn the_best_pair_is_that_of_a_plain_search() {
    let plain = |alpha: &[f32], beta: &[f32]| {
        let mut best = (0.0, None);
        for i in 0..alpha.len() {
            for j in i + 1..alpha.len() {
                let (a, b) = (alpha[i] + alpha[j], beta[i] + beta[j]);
                if a > 0.0 && b < 0.0 && -a * b > best.0 {
                    best = (-a * b, Some([i, j]));
                }
            }
        }
        best.1
    };
    for (n, seed) in (0..40).chain([97, 200]).zip(1..) {
        let (alpha, beta) = (numbers(n, seed), numbers(n, seed + 100));
        // As they are; all against it, but for a few; many alike.
        let few = |values: &[f32], away: f32| values.iter().map(|value| value + away).collect::<Vec<f32>>();
        let alike = |values: &[f32]| values.iter().map(|value| (value * 2.0).round()).collect::<Vec<f32>>();
        for (alpha, beta) in [
            (alpha.clone(), beta.clone()),
            (few(&alpha, -0.9), few(&beta, 0.9)),
            (few(&alpha, -2.0), beta.clone()),
            (alike(&alpha), alike(&beta)),
        ] {
            assert_eq!(best_pair(&alpha, &beta), plain(&alpha, &beta), "{n}");
        }
    }
}
