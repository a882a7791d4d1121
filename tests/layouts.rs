//! Files of weights as NumPy, PyTorch and JAX write them, in the layout of docs/weights.md and without metadata: the engine reads them and
//! answers as that page says, worked out here by plain loops.
#![cfg(not(target_family = "wasm"))]

use std::collections::{BTreeMap, HashMap};

use burn::tensor::Tensor;
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

/// As `save_file` writes them, with what they are where that has to be said.
fn saved(weights: &Weights, config: Option<&str>) -> Vec<u8> {
    let bytes: Vec<(&str, Vec<usize>, Vec<u8>)> = weights
        .iter()
        .map(|(name, array)| (*name, array.shape.clone(), array.values.iter().flat_map(|v| v.to_le_bytes()).collect()))
        .collect();
    let views = bytes
        .iter()
        .map(|(name, shape, bytes)| (*name, TensorView::new(Dtype::F32, shape.clone(), bytes).expect("a good shape")));
    let metadata = config.map(|config| HashMap::from([("config".to_owned(), config.to_owned())]));
    serialize(views, metadata).expect("good names")
}

/// What is written holds the values of `weights`, to the bit.
fn holds(written: &[u8], weights: &Weights) {
    let file = safetensors::SafeTensors::deserialize(written).expect("our own file");
    for (name, array) in weights {
        let tensor = file.tensor(name).expect(name);
        assert_eq!(tensor.shape(), array.shape, "{name}");
        let same = tensor.data().chunks(4).zip(&array.values).all(|(bytes, value)| bytes == value.to_le_bytes());
        assert!(same, "{name}");
    }
}

/// The largest difference of what a device found and what was worked out here.
fn off(found: Tensor<2>, by_hand: &[f32]) -> f32 {
    let found: Vec<f32> = block_on(device::read(found)).expect("the CPU answers");
    assert_eq!(found.len(), by_hand.len());
    found.iter().zip(by_hand).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
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
        let (architecture, network) = weights::read(&saved(&weights, None), None, &device::cpu()).expect(name);
        assert_eq!(architecture.name(), name);
        let image: Vec<f32> = (0..3 * 32 * 32).map(|_| rng.unit()).collect();
        let by_hand = forward(&weights, Array { shape: vec![3, 32, 32], values: image.clone() });
        let logits = network.logits(batch::from_pixels(image, &device::cpu()));
        let off = off(logits, &by_hand);
        assert!(off < 1e-4, "{name}: off by {off}");
        // And back: what is written is what was read.
        let written = block_on(weights::write(&architecture, &network)).expect("finite weights");
        holds(&written, &weights);
    }
}

/// A purifier's settings, as docs/weights.md has them.
struct Shape {
    /// Channels of each stage, and whether it halves.
    stages: Vec<(usize, bool)>,
    twice: bool,
    concatenate: bool,
    full_skip: bool,
}

impl Shape {
    fn config(&self) -> String {
        let stages =
            self.stages.iter().map(|(channels, halve)| format!(r#"{{"channels":{channels},"halve":{halve}}}"#));
        let stages = stages.collect::<Vec<_>>().join(",");
        let skips = if self.concatenate { "concatenate" } else { "add_inner" };
        let Self { twice, full_skip, .. } = self;
        format!(r#"{{"stages":[{stages}],"twice":{twice},"skips":"{skips}","full_skip":{full_skip}}}"#)
    }

    fn weights(&self, rng: &mut Rng) -> Weights {
        let last = self.stages.len() - 1;
        let mut shapes: Vec<(String, [usize; 4])> = vec![];
        for (i, (channels, _)) in self.stages.iter().enumerate() {
            let before = i.checked_sub(1).map_or(3, |before| self.stages[before].0);
            shapes.push((format!("encoder.{i}"), [*channels, before, 3, 3]));
            if self.twice {
                shapes.push((format!("seconds.{i}"), [*channels, *channels, 3, 3]));
            }
            let wide = if self.concatenate && i < last { 2 * channels } else { *channels };
            shapes.push((format!("decoder.{}", last - i), [before, wide, 3, 3]));
        }
        let name = |layer: &str, part: &str| -> &'static str { format!("{layer}.{part}").leak() };
        let layers: Vec<_> =
            shapes.iter().map(|(layer, shape)| (name(layer, "weight"), name(layer, "bias"), &shape[..])).collect();
        random(&layers, rng)
    }

    fn forward(&self, w: &Weights, image: Array) -> Array {
        let layer = |x: &Array, name: String| {
            conv(x, &w[format!("{name}.weight").as_str()], &w[format!("{name}.bias").as_str()], 1)
        };
        let (mut x, mut seen) = (image.clone(), vec![]);
        for (i, (_, halve)) in self.stages.iter().enumerate() {
            seen.push(x.clone());
            x = map(layer(&x, format!("encoder.{i}")), relu);
            if *halve {
                // A stride of 2 is every second place.
                x = pool(&x, |[first, ..]| first);
            }
            if self.twice {
                x = map(layer(&x, format!("seconds.{i}")), relu);
            }
        }
        for (d, (_, halve)) in self.stages.iter().rev().enumerate() {
            if *halve {
                x = doubled(&x);
            }
            x = layer(&x, format!("decoder.{d}"));
            let (left, skip) = (self.stages.len() - d - 1, seen.pop().expect("one for each"));
            if left >= 1 {
                x = map(x, relu);
            }
            if self.concatenate && left >= 1 {
                x.shape[0] += skip.shape[0];
                x.values.extend(skip.values);
            } else if !self.concatenate && left >= 2 {
                x.values.iter_mut().zip(&skip.values).for_each(|(value, skip)| *value += skip);
            }
        }
        match self.full_skip {
            true => x.values.iter_mut().zip(&image.values).for_each(|(x, image)| *x = (*x + image).clamp(0.0, 1.0)),
            false => x = map(x, |value| 1.0 / (1.0 + (-value).exp())),
        }
        x
    }
}

/// Each place four times.
fn doubled(x: &Array) -> Array {
    let [channels, height, width] = x.shape[..] else { panic!("three sides") };
    let place = |i: usize| {
        (i / (4 * height * width) * height + i / (2 * width) % (2 * height) / 2) * width + i % (2 * width) / 2
    };
    let values = (0..channels * 4 * height * width).map(|i| x.values[place(i)]).collect();
    Array { shape: vec![channels, 2 * height, 2 * width], values }
}

#[test]
fn so_do_purifiers_and_the_network_that_has_one_inside() {
    let mut rng = Rng::new(8);
    let image: Vec<f32> = (0..3 * 32 * 32).map(|_| rng.unit()).collect();
    let array = Array { shape: vec![3, 32, 32], values: image.clone() };
    let images = batch::from_pixels(image, &device::cpu());
    for shape in [
        Shape { stages: vec![(4, true), (6, true), (8, false)], twice: false, concatenate: false, full_skip: false },
        Shape { stages: vec![(4, false), (6, true)], twice: true, concatenate: true, full_skip: true },
    ] {
        let (config, own) = (shape.config(), shape.weights(&mut rng));
        let by_hand = shape.forward(&own, array.clone());
        let file = saved(&own, Some(&config));
        let (read, purifier) = weights::read_autoencoder(&file, &device::cpu()).expect("a purifier");
        let off_by = off(purifier.forward(images.clone()).reshape([1, 3 * 32 * 32]), &by_hand.values);
        assert!(off_by < 1e-4, "{config}: off by {off_by}");
        holds(&block_on(weights::write_autoencoder(&read, &purifier)).expect("finite weights"), &own);

        // The same before a LeNet, as one network.
        let classifier = random(
            &[
                ("conv1.weight", "conv1.bias", &[6, 3, 5, 5]),
                ("conv2.weight", "conv2.bias", &[16, 6, 5, 5]),
                ("conv3.weight", "conv3.bias", &[120, 16, 5, 5]),
                ("dense1.weight", "dense1.bias", &[84, 120]),
                ("dense2.weight", "dense2.bias", &[CLASSES, 84]),
            ],
            &mut rng,
        );
        let by_hand = lenet(&classifier, by_hand);
        let inside = |part: &str, weights: &Weights| -> Weights {
            weights.iter().map(|(name, array)| (&*format!("{part}.{name}").leak(), array.clone())).collect()
        };
        let mut all = inside("purifier", &own);
        all.extend(inside("classifier", &classifier));
        let config = format!(r#"{{"name":"combined","classes":{CLASSES},"autoencoder":{config}}}"#);
        let (architecture, network) =
            weights::read(&saved(&all, Some(&config)), None, &device::cpu()).expect("the combined network");
        let off_by = off(network.logits(images.clone()), &by_hand);
        assert!(off_by < 1e-4, "{config}: off by {off_by}");
        holds(&block_on(weights::write(&architecture, &network)).expect("finite weights"), &all);
    }
}
