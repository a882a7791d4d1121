//! Files of weights and images from anywhere: what is not exactly right is refused in a sentence, and nothing panics
//! (promises H2, H3).
#![cfg(not(target_family = "wasm"))]

use burn::module::Module;
use fool_the_sign::data::classes::Classes;
use fool_the_sign::data::tensors::{LabelledImages, Tensors};
use fool_the_sign::device;
use fool_the_sign::error::{Error, ErrorKind};
use fool_the_sign::model::autoencoder::{AutoencoderConfig, Skips, Stage};
use fool_the_sign::model::combined::CombinedConfig;
use fool_the_sign::model::convnet::ConvNetConfig;
use fool_the_sign::model::weights;
use fool_the_sign::model::zoo::Architecture;
use fool_the_sign::rng::Rng;
use pollster::block_on;
use safetensors::tensor::{Dtype, TensorView, serialize};

fn lenet() -> Vec<u8> {
    let architecture = Architecture::default().with_classes(5.into());
    let network = architecture.seeded(&mut Rng::new(1), &device::cpu());
    block_on(weights::write(&architecture, &network)).expect("finite weights")
}

fn read(bytes: &[u8], name: Option<&str>) -> Result<Architecture, Error> {
    weights::read(bytes, name, &device::cpu()).map(|(architecture, _)| architecture)
}

fn refused(bytes: &[u8], name: Option<&str>) -> String {
    let error = read(bytes, name).expect_err("not these weights");
    assert!(matches!(error.kind(), ErrorKind::Weights | ErrorKind::Parameter), "{error}");
    let text = error.to_string();
    assert!(text.ends_with('.'), "{text}");
    text
}

/// Name, shape, bytes.
type Entry = (String, Vec<usize>, Vec<u8>);

/// The tensors of a file, to be tampered with.
fn tensors(bytes: &[u8]) -> Vec<Entry> {
    let file = safetensors::SafeTensors::deserialize(bytes).expect("our own file");
    let mut all: Vec<_> =
        file.tensors().into_iter().map(|(name, view)| (name, view.shape().to_vec(), view.data().to_vec())).collect();
    all.sort();
    all
}

fn file(tensors: &[Entry]) -> Vec<u8> {
    let views = tensors
        .iter()
        .map(|(name, shape, bytes)| (name, TensorView::new(Dtype::F32, shape.clone(), bytes).expect("a good shape")));
    serialize(views, None).expect("good names")
}

/// A shape as docs/weights.md writes it, with what its letters stand for: factors of sides by ×, and within one · and /.
fn sizes(text: &str, stand: &[(&str, usize)]) -> Vec<usize> {
    let number = |text: &str| {
        let known = stand.iter().find(|(letter, _)| *letter == text).map(|(_, size)| *size);
        known.or_else(|| text.parse().ok()).unwrap_or_else(|| panic!("{text} is no size"))
    };
    let factor = |text: &str| {
        let mut parts = text.split('/');
        let first = number(parts.next().unwrap_or_default());
        parts.fold(first, |size, by| size / number(by))
    };
    text.split('×').map(|size| size.trim_matches(['(', ')']).split('·').map(factor).product()).collect()
}

/// The tensors that a row of docs/weights.md names, with their shapes as they are written.
fn documented(network: &str) -> Vec<(String, String)> {
    let document = std::fs::read_to_string("docs/weights.md").expect("the documentation");
    let row = document.lines().find(|line| line.starts_with(&format!("| `{network}` |")));
    let cell =
        row.unwrap_or_else(|| panic!("{network} is in no row")).split('|').nth(2).expect("its tensors").to_owned();
    let part = |part: &str| {
        let (name, rest) = part.trim().strip_prefix('`')?.split_once('`')?;
        Some((name.to_owned(), rest.split_whitespace().next().unwrap_or_default().to_owned()))
    };
    cell.split(", ").filter_map(part).collect()
}

/// Weight and bias of a layer.
fn layer(name: &str, shape: Vec<usize>) -> [(String, Vec<usize>); 2] {
    [(format!("{name}.bias"), vec![shape[0]]), (format!("{name}.weight"), shape)]
}

/// What docs/weights.md says of a purifier with this configuration.
fn of_purifier(config: &AutoencoderConfig) -> Vec<(String, Vec<usize>)> {
    let rows = documented("purifier");
    let shape = |name: &str| &rows.iter().find(|(row, _)| row == name).unwrap_or_else(|| panic!("no {name}")).1;
    assert_eq!(rows.len(), 3, "{rows:?}");
    let (mut found, mut before, last) = (vec![], 3, config.stages.len() - 1);
    for (i, stage) in config.stages.iter().enumerate() {
        let appended = config.skips == Skips::Concatenate && i < last;
        let own = stage.channels;
        let stand = [("B", before), ("C", own), ("D", if appended { 2 * own } else { own })];
        found.extend(layer(&format!("encoder.{i}"), sizes(shape("encoder.i"), &stand)));
        if config.twice {
            found.extend(layer(&format!("seconds.{i}"), sizes(shape("seconds.i"), &stand)));
        }
        found.extend(layer(&format!("decoder.{}", last - i), sizes(shape("decoder.d"), &stand)));
        before = own;
    }
    found
}

/// Names and layouts of every network are those of docs/weights.md, whose table is read here.
#[test]
fn names_and_layouts_are_as_documented() {
    let shapes = |bytes: &[u8]| -> Vec<(String, Vec<usize>)> {
        tensors(bytes).into_iter().map(|(name, shape, _)| (name, shape)).collect()
    };
    let classes = 5;
    let of_classifier = |network: &str, side: usize| -> Vec<(String, Vec<usize>)> {
        let stand = [("K", classes), ("H", side), ("W", side)];
        documented(network).iter().flat_map(|(name, shape)| layer(name, sizes(shape, &stand))).collect()
    };
    for name in Architecture::NAMES {
        let architecture = Architecture::named(name, classes).expect("there is one");
        let network = architecture.seeded(&mut Rng::new(1), &device::cpu());
        let file = block_on(weights::write(&architecture, &network)).expect("finite weights");
        let mut expected = match &architecture {
            Architecture::Combined(CombinedConfig { autoencoder, .. }) => {
                assert_eq!(
                    documented(name).iter().map(|(name, _)| &**name).collect::<Vec<_>>(),
                    ["purifier.…", "classifier.…"]
                );
                let within = |part: &'static str| move |(name, shape)| (format!("{part}.{name}"), shape);
                let purifier = of_purifier(autoencoder).into_iter().map(within("purifier"));
                purifier.chain(of_classifier("lenet", 32).into_iter().map(within("classifier"))).collect()
            }
            other => of_classifier(name, other.side()),
        };
        expected.sort();
        assert_eq!(shapes(&file), expected, "{name}");
    }
    let narrow = AutoencoderConfig {
        stages: AutoencoderConfig::notebook()
            .stages
            .iter()
            .map(|stage| Stage { channels: stage.channels / 32, ..*stage })
            .collect(),
        ..AutoencoderConfig::notebook()
    };
    for config in [AutoencoderConfig::browser(4), narrow] {
        let autoencoder = config.seeded(&mut Rng::new(1), &device::cpu());
        let file = block_on(weights::write_autoencoder(&config, &autoencoder)).expect("finite weights");
        let mut expected = of_purifier(&config);
        expected.sort();
        assert_eq!(shapes(&file), expected, "{config:?}");
    }
}

#[test]
fn files_of_other_programs_need_no_metadata() {
    let plain = file(&tensors(&lenet()));
    assert_eq!(read(&plain, Some("lenet")).expect("a LeNet"), Architecture::default().with_classes(5.into()));
    assert!(refused(&plain, Some("convnet")).contains("conv1.weight"));
    refused(&plain, Some("combined"));
    refused(&plain, Some("vgg"));
}

/// What the command line and the page do with a file that somebody else's program has written.
#[test]
fn a_network_is_known_by_the_names_and_shapes_of_its_tensors() {
    let classes = |count: usize| Classes::Count(count);
    let small = ConvNetConfig { side: 12, ..ConvNetConfig::default() };
    let all = Architecture::all().into_iter().chain([Architecture::Convnet(small)]);
    for architecture in all.map(|architecture| architecture.with_classes(classes(5))) {
        let network = architecture.seeded(&mut Rng::new(1), &device::cpu());
        let written = block_on(weights::write(&architecture, &network)).expect("finite weights");
        let plain = file(&tensors(&written));
        for otherwise in [None, Some(architecture.name())] {
            assert_eq!(read(&plain, otherwise).expect("it fits"), architecture, "{otherwise:?}");
        }
    }
    let nobodys: Vec<_> =
        tensors(&lenet()).into_iter().map(|(name, shape, bytes)| (format!("net.{name}"), shape, bytes)).collect();
    assert!(refused(&file(&nobodys), None).contains("names and shapes"));
}

#[test]
fn half_of_the_size_is_the_same_network_rounded() {
    let whole = lenet();
    let half = weights::halved(&whole).expect("finite weights");
    assert!(half.len() < whole.len() / 2 + 2000);
    assert_eq!(read(&half, None).expect("it says what it is"), read(&whole, None).expect("so does the other"));
    let values = |bytes: &[u8]| {
        let (architecture, network) = weights::read(bytes, None, &device::cpu()).expect("weights");
        let bytes = block_on(weights::write(&architecture, &network)).expect("finite weights");
        let all = tensors(&bytes).into_iter().flat_map(|(_, _, bytes)| bytes);
        all.collect::<Vec<u8>>().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect::<Vec<f32>>()
    };
    // 11 bits of a number are left.
    for (before, after) in values(&whole).iter().zip(values(&half)) {
        assert!((before - after).abs() <= before.abs() / 2048.0 + 1e-7, "{before} {after}");
    }
    assert_eq!(weights::halved(&half).expect("halved already"), half);
    let mut large = tensors(&whole);
    large[0].2[..4].copy_from_slice(&1e6f32.to_le_bytes());
    assert!(weights::halved(&file(&large)).expect_err("too large").to_string().contains("conv1.bias"));
}

#[test]
fn tampered_weights_are_refused() {
    let good = tensors(&lenet());
    let with = |change: &dyn Fn(&mut Vec<Entry>)| {
        let mut changed = good.clone();
        change(&mut changed);
        refused(&file(&changed), Some("lenet"))
    };
    let message = with(&|all| all[0].2[..4].copy_from_slice(&f32::NAN.to_le_bytes()));
    assert!(message.contains("conv1.bias") && message.contains("NaN"), "{message}");
    let message = with(&|all| all[1].2[..4].copy_from_slice(&f32::INFINITY.to_le_bytes()));
    assert!(message.contains("conv1.weight"), "{message}");
    let message = with(&|all| all[1].1 = vec![3, 6, 5, 5]);
    assert!(message.contains("[6, 3, 5, 5]"), "it says what was expected: {message}");
    with(&|all| drop(all.remove(3)));
    with(&|all| all.push(("more".into(), vec![1], vec![0; 4])));
    with(&|all| all[9].1 = vec![84, 5]);
    with(&|all| all.extend((0..300).map(|i| (format!("t{i}"), vec![1], vec![0; 4]))));
    with(&|all| {
        all[8] = ("dense2.bias".into(), vec![500], vec![0; 2000]);
        all[9] = ("dense2.weight".into(), vec![500, 84], vec![0; 500 * 84 * 4]);
    });
}

#[test]
fn truncated_and_mutated_files_never_panic() {
    let good = lenet();
    for length in (0..good.len()).step_by(good.len() / 97).chain(0..900) {
        refused(&good[..length], Some("lenet"));
    }
    let mut rng = Rng::new(3);
    for _ in 0..400 {
        let mut bad = good.clone();
        for _ in 0..1 + rng.below(4) {
            // The header is where a mutation hurts.
            let at = rng.below(1200);
            bad[at] = rng.below(256) as u8;
        }
        let _ = read(&bad, Some("lenet"));
    }
    let mut huge = good.clone();
    huge[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    refused(&huge, Some("lenet"));
}

#[test]
fn a_purifier_is_not_a_classifier() {
    let config = AutoencoderConfig::browser(4);
    let autoencoder = config.seeded(&mut Rng::new(1), &device::cpu());
    let bytes = block_on(weights::write_autoencoder(&config, &autoencoder)).expect("finite weights");
    assert!(weights::is_autoencoder(&bytes) && !weights::is_autoencoder(&lenet()));
    refused(&bytes, Some("lenet"));
    let (again, _) = weights::read_autoencoder(&bytes, &device::cpu()).expect("just written");
    assert_eq!(again, config);
    assert!(weights::read_autoencoder(&lenet(), &device::cpu()).is_err());
}

/// The notebook's autoencoder is the same code.
#[test]
fn the_notebooks_autoencoder_has_its_27_4_million_parameters() {
    let autoencoder = AutoencoderConfig::notebook().init(&device::cpu());
    assert_eq!(autoencoder.num_params(), 27_400_643);
    let images = burn::tensor::Tensor::zeros([1, 3, 32, 32], &device::cpu());
    assert_eq!(autoencoder.forward(images).dims(), [1, 3, 32, 32]);
}

#[test]
fn images_have_to_be_images() {
    let images = |shape: &[usize], values: &[f32]| Tensors::default().floats("images", shape, values);
    let refused = |bytes: &[u8]| {
        let error = LabelledImages::read(bytes, Some(43)).expect_err("not these images");
        assert!(error.kind() == ErrorKind::Weights && error.to_string().ends_with('.'), "{error}");
        error.to_string()
    };
    let pixels = vec![0.5; 2 * 3 * 4 * 4];
    let good = images(&[2, 3, 4, 4], &pixels).integers("labels", &[0, 42]).write();
    let read = LabelledImages::read(&good, Some(43)).expect("good images");
    assert_eq!((read.shape, read.labels), ([2, 3, 4, 4], vec![0, 42]));

    assert!(refused(&images(&[2, 3, 4, 4], &pixels).integers("labels", &[0, 43]).write()).contains("43"));
    assert!(refused(&images(&[2, 3, 4, 4], &pixels).integers("labels", &[0]).write()).contains("[2]"));
    assert!(refused(&images(&[2, 3, 4, 4], &pixels).write()).contains("labels"));
    assert!(refused(&images(&[2, 48], &pixels).integers("labels", &[0, 0]).write()).contains("N×3×H×W"));
    assert!(refused(&Tensors::default().integers("images", &[1]).write()).contains("F32"));
    for bad in [f32::NAN, -0.1, 1.1, f32::INFINITY] {
        let mut pixels = pixels.clone();
        pixels[7] = bad;
        assert!(refused(&images(&[2, 3, 4, 4], &pixels).integers("labels", &[0, 0]).write()).contains("from 0 to 1"));
    }
    for length in 0..good.len() {
        refused(&good[..length]);
    }
}
