//! Files of weights as NumPy, PyTorch and JAX write them, in the layout of docs/weights.md and without metadata: the engine reads them and
//! answers as that page says, worked out here by plain loops.
#![cfg(not(target_family = "wasm"))]

use std::collections::BTreeMap;

use fool_the_sign::data::batch;
use fool_the_sign::device;
use fool_the_sign::model::{Classifier, weights};
use fool_the_sign::rng::Rng;
use pollster::block_on;
use safetensors::tensor::{Dtype, TensorView, serialize};

/// Values with their shape, rows first, as NumPy has them.
#[derive(Clone)]
struct Array {
    shape: Vec<usize>,
    values: Vec<f32>,
}

type Weights = BTreeMap<&'static str, Array>;

const CLASSES: usize = 5;

/// Weights of a network's layers, small and random.
fn random(layers: &[(&'static str, &'static str, &[usize])], rng: &mut Rng) -> Weights {
    let mut one = |shape: &[usize]| {
        let n: usize = shape.iter().product();
        let size = 1.0 / (n as f32 / shape[0] as f32).sqrt();
        Array { shape: shape.to_vec(), values: (0..n).map(|_| (rng.unit() * 2.0 - 1.0) * size).collect() }
    };
    layers.iter().flat_map(|(weight, bias, shape)| [(*weight, one(shape)), (*bias, one(&shape[..1]))]).collect()
}

/// As `save_file` writes them.
fn saved(weights: &Weights) -> Vec<u8> {
    let bytes: Vec<(&str, Vec<usize>, Vec<u8>)> = weights
        .iter()
        .map(|(name, array)| (*name, array.shape.clone(), array.values.iter().flat_map(|v| v.to_le_bytes()).collect()))
        .collect();
    let views = bytes
        .iter()
        .map(|(name, shape, bytes)| (*name, TensorView::new(Dtype::F32, shape.clone(), bytes).expect("a good shape")));
    serialize(views, None).expect("good names")
}

/// Cross-correlation, as everybody calls convolution, of one image: [out, in, height, width].
fn conv(x: &Array, weight: &Array, bias: &Array, padding: usize) -> Array {
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[0]);
    let [out, _, rows, columns] = weight.shape[..] else { panic!("four sides") };
    let (h, w) = (height + 2 * padding + 1 - rows, width + 2 * padding + 1 - columns);
    let mut values = Vec::with_capacity(out * h * w);
    for o in 0..out {
        for y in 0..h {
            for z in 0..w {
                let mut sum = bias.values[o];
                for c in 0..channels {
                    for r in 0..rows {
                        for s in 0..columns {
                            let (a, b) = ((y + r).wrapping_sub(padding), (z + s).wrapping_sub(padding));
                            if a < height && b < width {
                                let own = ((o * channels + c) * rows + r) * columns + s;
                                sum += weight.values[own] * x.values[(c * height + a) * width + b];
                            }
                        }
                    }
                }
                values.push(sum);
            }
        }
    }
    Array { shape: vec![out, h, w], values }
}

/// y = W·x + b.
fn dense(x: &[f32], weight: &Array, bias: &Array) -> Vec<f32> {
    let row = |o: usize| &weight.values[o * x.len()..(o + 1) * x.len()];
    (0..bias.values.len()).map(|o| bias.values[o] + row(o).iter().zip(x).map(|(w, v)| w * v).sum::<f32>()).collect()
}

/// 2×2, by the mean or by the largest.
fn pool(x: &Array, of: fn([f32; 4]) -> f32) -> Array {
    let [channels, height, width] = x.shape[..] else { panic!("three sides") };
    let at = |c: usize, y: usize, z: usize| x.values[(c * height + y) * width + z];
    let mut values = vec![];
    for c in 0..channels {
        for y in 0..height / 2 {
            for z in 0..width / 2 {
                values.push(of([(0, 0), (0, 1), (1, 0), (1, 1)].map(|(a, b)| at(c, 2 * y + a, 2 * z + b))));
            }
        }
    }
    Array { shape: vec![channels, height / 2, width / 2], values }
}

fn map(mut x: Array, of: fn(f32) -> f32) -> Array {
    x.values.iter_mut().for_each(|value| *value = of(*value));
    x
}

fn relu(value: f32) -> f32 {
    value.max(0.0)
}

fn mean(values: [f32; 4]) -> f32 {
    values.iter().sum::<f32>() / 4.0
}

fn largest(values: [f32; 4]) -> f32 {
    values.into_iter().fold(f32::MIN, f32::max)
}

fn lenet(w: &Weights, x: Array) -> Vec<f32> {
    let x = pool(&map(conv(&x, &w["conv1.weight"], &w["conv1.bias"], 0), f32::tanh), mean);
    let x = pool(&map(conv(&x, &w["conv2.weight"], &w["conv2.bias"], 0), f32::tanh), mean);
    let x = map(conv(&x, &w["conv3.weight"], &w["conv3.bias"], 0), f32::tanh);
    let x: Vec<f32> = dense(&x.values, &w["dense1.weight"], &w["dense1.bias"]).into_iter().map(f32::tanh).collect();
    dense(&x, &w["dense2.weight"], &w["dense2.bias"])
}

fn convnet(w: &Weights, x: Array) -> Vec<f32> {
    let x = pool(&map(conv(&x, &w["conv1.weight"], &w["conv1.bias"], 1), relu), largest);
    let x = pool(&map(conv(&x, &w["conv2.weight"], &w["conv2.bias"], 1), relu), largest);
    let x: Vec<f32> = dense(&x.values, &w["dense1.weight"], &w["dense1.bias"]).into_iter().map(relu).collect();
    dense(&x, &w["dense2.weight"], &w["dense2.bias"])
}

fn signnet(w: &Weights, mut x: Array) -> Vec<f32> {
    let n = x.values.len() as f32;
    let mean = x.values.iter().sum::<f32>() / n;
    x.values.iter_mut().for_each(|value| *value -= mean);
    let deviation = (x.values.iter().map(|value| value * value).sum::<f32>() / n + 1e-6).sqrt() + 0.05;
    x.values.iter_mut().for_each(|value| *value /= deviation);
    let x = pool(&map(conv(&x, &w["conv1.weight"], &w["conv1.bias"], 2), relu), largest);
    let x = pool(&map(conv(&x, &w["conv2.weight"], &w["conv2.bias"], 1), relu), largest);
    let fine = pool(&map(conv(&x, &w["conv3.weight"], &w["conv3.bias"], 1), relu), largest);
    let x = [pool(&x, largest).values, fine.values].concat();
    let x: Vec<f32> = dense(&x, &w["dense1.weight"], &w["dense1.bias"]).into_iter().map(relu).collect();
    dense(&x, &w["dense2.weight"], &w["dense2.bias"])
}

#[test]
fn files_of_other_programs_answer_as_documented() {
    const C1: (&str, &str) = ("conv1.weight", "conv1.bias");
    const C2: (&str, &str) = ("conv2.weight", "conv2.bias");
    const C3: (&str, &str) = ("conv3.weight", "conv3.bias");
    const D1: (&str, &str) = ("dense1.weight", "dense1.bias");
    const D2: (&str, &str) = ("dense2.weight", "dense2.bias");
    type Layers<'a> = Vec<((&'static str, &'static str), &'a [usize])>;
    type Forward = fn(&Weights, Array) -> Vec<f32>;
    let networks: [(&str, Layers, Forward); 3] = [
        (
            "lenet",
            vec![
                (C1, &[6, 3, 5, 5]),
                (C2, &[16, 6, 5, 5]),
                (C3, &[120, 16, 5, 5]),
                (D1, &[84, 120]),
                (D2, &[CLASSES, 84]),
            ],
            lenet,
        ),
        (
            "convnet",
            vec![(C1, &[16, 3, 3, 3]), (C2, &[32, 16, 3, 3]), (D1, &[64, 2048]), (D2, &[CLASSES, 64])],
            convnet,
        ),
        (
            "signnet",
            vec![
                (C1, &[32, 3, 5, 5]),
                (C2, &[64, 32, 3, 3]),
                (C3, &[128, 64, 3, 3]),
                (D1, &[256, 3072]),
                (D2, &[CLASSES, 256]),
            ],
            signnet,
        ),
    ];
    let documented = std::fs::read_to_string("docs/weights.md").expect("the documentation").to_lowercase();
    let mut rng = Rng::new(7);
    for (name, layers, forward) in networks {
        assert!(
            documented.contains(&format!("def {name}("))
                || documented.contains(&format!("class {name}("))
                || documented.contains(&format!("{name} in pytorch")),
            "{name} is not written down"
        );
        let layers: Vec<_> = layers.into_iter().map(|((weight, bias), shape)| (weight, bias, shape)).collect();
        let weights = random(&layers, &mut rng);
        let (architecture, network) = weights::read(&saved(&weights), None, &device::cpu()).expect(name);
        assert_eq!(architecture.name(), name);
        let image: Vec<f32> = (0..3 * 32 * 32).map(|_| rng.unit()).collect();
        let by_hand = forward(&weights, Array { shape: vec![3, 32, 32], values: image.clone() });
        let logits = network.logits(batch::from_pixels(image, &device::cpu()));
        let found: Vec<f32> = block_on(device::read(logits)).expect("logits");
        assert_eq!(found.len(), by_hand.len());
        let off = found.iter().zip(&by_hand).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off < 1e-4, "{name}: {found:?} {by_hand:?}");
        // And back: what is written is what was read.
        let written = block_on(weights::write(&architecture, &network)).expect("finite weights");
        let file = safetensors::SafeTensors::deserialize(&written).expect("our own file");
        for (name, array) in &weights {
            let tensor = file.tensor(name).expect(name);
            assert_eq!(tensor.shape(), array.shape, "{name}");
            assert!(
                tensor.data().chunks(4).zip(&array.values).all(|(bytes, value)| bytes == value.to_le_bytes()),
                "{name}"
            );
        }
    }
}
