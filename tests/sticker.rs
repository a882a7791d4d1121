//! Stickers: the derivative of a view, where they are, and what they do.
#![cfg(not(target_family = "wasm"))]

use fool_the_sign::attack::Goal;
use fool_the_sign::attack::plate::{Layer, Mask, Shape};
use fool_the_sign::attack::sticker::{Colours, Sticker, StickerRun, random_colours};
use fool_the_sign::data::SIDE;
use fool_the_sign::data::shot::{Conditions, Shot, TILE};
use fool_the_sign::data::synth::Synth;
use fool_the_sign::device;
use fool_the_sign::device::Compute;
use fool_the_sign::eval::sticker::{Judging, SCHEMA, StickerConfig, StickerFigures, StickerRecord, judge};
use fool_the_sign::metrics::Proportion;
use fool_the_sign::model::weights;
use fool_the_sign::model::zoo::Network;
use fool_the_sign::rng::Rng;
use pollster::block_on;

const STOP: usize = 14;
const SHAPES: [Shape; 4] = [Shape::Bars, Shape::Rim, Shape::Square, Shape::Pieces];

fn shipped(name: &str) -> Network {
    let file = std::fs::read(format!("data/weights/{name}.safetensors")).expect("shipped weights");
    weights::read(&file, None, &device::cpu()).expect("shipped weights").1
}

/// A number that a picture has: each value, weighted by chance, within what 8 bits can hold.
fn weighted(picture: &[f32], weights: &[f32]) -> f64 {
    picture.iter().zip(weights).map(|(value, weight)| f64::from(value * weight)).sum()
}

/// The derivative of the whole chain, over many places at once: one colour of a wide patch moves, and a mean over so many pixels changes
/// by far more than rounding to 8 bits hides.
#[test]
fn the_derivative_of_a_view_is_that_of_central_differences() {
    let synth = Synth::new();
    let tile = synth.tile(STOP);
    let plane = SIDE * SIDE;
    for conditions in [Conditions::FAIR, Conditions::HARSH] {
        let mut compared = 0;
        for index in 0..40 {
            let shot = Shot::random(&conditions, &mut Rng::stream(3, index));
            for channel in 0..3 {
                let grey = |value: f32| {
                    let mut tile = tile.to_vec();
                    tile.iter_mut().filter(|place| place[3] > 0.999).for_each(|place| {
                        *place = [0.45, 0.5, 0.55, 1.0];
                        place[channel] = value;
                    });
                    tile
                };
                let weights: Vec<f32> = (0..3 * plane).map(|i| if i % 7 < 4 { 1.0 } else { 0.25 }).collect();
                let (step, here) = (0.04, 0.5);
                let at = |value: f32| weighted(&shot.picture(&grey(value)), &weights);
                let slope = |low: f32, high: f32| (at(high) - at(low)) / f64::from(high - low);
                let numeric = slope(here - step, here + step);
                let [below, above] = [slope(here - step, here), slope(here, here + step)];
                let by_tile = shot.back(&grey(here), &weights);
                let analytic: f64 = by_tile
                    .iter()
                    .zip(tile)
                    .filter(|(_, place)| place[3] > 0.999)
                    .map(|(by, _)| f64::from(by[channel]))
                    .sum();
                // Where much of the picture goes beyond white just here there is no slope to compare.
                if numeric.abs() < 20.0 || (below - above).abs() > 0.1 * numeric.abs() {
                    continue;
                }
                compared += 1;
                let apart = (analytic - numeric).abs();
                assert!(apart < 0.06 * numeric.abs(), "view {index}, {channel}: {analytic}, {numeric}");
            }
        }
        assert!(compared > 80, "{compared}");
    }
}

/// One place alone: what it does to the picture is where it is seen, and nowhere else.
#[test]
fn a_place_that_is_not_seen_has_no_slope() {
    let synth = Synth::new();
    let shot = Shot::random(&Conditions::FAIR, &mut Rng::stream(3, 1));
    let by = shot.back(synth.tile(STOP), &vec![1.0; 3 * SIDE * SIDE]);
    let seen = by.iter().filter(|by| by.iter().any(|value| *value > 0.0)).count();
    assert!(by.iter().flatten().all(|value| *value >= 0.0), "more light on the sign is more light in the picture");
    assert!((500..TILE * TILE).contains(&seen), "{seen}");
}

#[test]
fn a_mask_is_on_the_plate_and_no_larger_than_asked_for() {
    let synth = Synth::new();
    for class in [14, 13, 25, 1, 12] {
        let tile = synth.tile(class);
        for shape in SHAPES {
            for share in [0.02, 0.125, 0.25, 0.5] {
                let mask = Mask::shape(shape, share, tile).expect("places enough");
                let there = mask.share(tile);
                assert!(
                    there <= f64::from(share) + 1e-9 && there > 0.9 * f64::from(share) - 0.01 || share > 0.25,
                    "{class} {shape:?} {share}: {there}"
                );
                let off = mask.places().iter().zip(tile).filter(|(there, place)| **there && place[3] < 0.999).count();
                assert_eq!(off, 0, "{class} {shape:?}");
            }
        }
    }
    let tile = synth.tile(STOP);
    assert!(Mask::shape(Shape::Square, 1e-6, tile).is_err(), "nothing fits");
    assert!(Mask::painted(vec![false; TILE * TILE], tile).is_err());
    assert!(Mask::painted(vec![true; 7], tile).is_err(), "of another size");
    let all = Mask::painted(vec![true; TILE * TILE], tile).expect("all of it");
    assert!((all.share(tile) - 1.0).abs() < 1e-9, "what is off the plate does not hold");
}

/// Nothing but the mask changes, and the colours are those that there are.
#[test]
fn colours_are_of_their_kind_and_in_their_place() {
    let (synth, device) = (Synth::new(), device::cpu());
    let (tile, network) = (synth.tile(STOP), shipped("lenet"));
    for (colours, allowed) in [
        (Colours::Free, (|value: f32| (0.0..=1.0).contains(&value)) as fn(f32) -> bool),
        (Colours::Printed, |value| (0.1..=0.9).contains(&value)),
        (Colours::Tape, |value| value == 0.05 || value == 0.95),
    ] {
        let mask = Mask::shape(Shape::Pieces, 0.1, tile).expect("places");
        let config = Sticker { steps: 3, views: 4, colours, smoothness: 0.1, ..Sticker::default() };
        let mut run =
            StickerRun::start(config, tile, mask.clone(), STOP, Goal::Untargeted, &device).expect("good settings");
        let before = run.layer();
        while !run.finished() {
            block_on(run.step(&network, None)).expect("the CPU answers");
        }
        assert!(run.layer().colours().iter().flatten().all(|value| allowed(*value)), "{colours:?}");
        assert!(colours == Colours::Tape || run.layer() != before, "{colours:?} moves");
        assert!(
            random_colours(&before, colours, 1).colours().iter().flatten().all(|value| allowed(*value)),
            "{colours:?}"
        );
        for ((there, was), is) in mask.places().iter().zip(tile).zip(run.tile()) {
            assert!(*there || *was == is, "off the mask nothing changes");
        }
    }
    for bad in [Sticker { views: 0, ..Sticker::default() }, Sticker { kappa: f32::NAN, ..Sticker::default() }] {
        let mask = Mask::shape(Shape::Bars, 0.1, tile).expect("places");
        assert!(StickerRun::start(bad, tile, mask, STOP, Goal::Untargeted, &device).is_err(), "{bad:?}");
    }
    let mask = Mask::shape(Shape::Bars, 0.1, tile).expect("places");
    let itself = Goal::Targeted { class: STOP };
    assert!(StickerRun::start(Sticker::default(), tile, mask, STOP, itself, &device).is_err());
}

fn figures(network: &Network, config: Sticker, goal: Goal) -> StickerFigures {
    let (synth, device) = (Synth::new(), device::cpu());
    let tile = synth.tile(STOP);
    let mask = Mask::shape(config.shape, config.share, tile).expect("places");
    let mut run = StickerRun::start(config, tile, mask, STOP, goal, &device).expect("good settings");
    while !run.finished() {
        block_on(run.step(network, None)).expect("the CPU answers");
    }
    let judging = Judging::new(tile, &run.layer(), config.colours, (STOP, goal), (config.seed, 200));
    block_on(judge(judging, network, &device)).expect("the CPU answers")
}

/// Two bars on an eighth of the plate make `lenet` misread nearly every view, and on a quarter the stop sign is speed limit 80, as in the
/// paper; random colours on the same places do little.
#[test]
fn a_sticker_fools_from_every_side_and_random_colours_do_not() {
    let network = shipped("lenet");
    for (share, goal, least) in [(0.125, Goal::Untargeted, 0.9), (0.25, Goal::Targeted { class: 5 }, 0.85)] {
        let found = figures(&network, Sticker { share, ..Sticker::default() }, goal);
        assert!(found.clean.value > 0.95 && found.clean.n == 200, "{found:?}");
        assert!(found.reached.value >= least, "{found:?}");
        assert!(found.control.value < 0.2, "{found:?}");
        assert!(found.reached.n == found.clean.correct && found.of_all.n == 200);
    }
}

/// The same seed, the same sticker, to the bit.
#[test]
fn a_sticker_is_made_again() {
    let network = shipped("lenet");
    let short = Sticker { steps: 5, views: 8, ..Sticker::default() };
    assert_eq!(figures(&network, short, Goal::Untargeted), figures(&network, short, Goal::Untargeted));
}

/// What is painted is taken as it is, on the plate alone, and comes back as it was.
#[test]
fn what_is_painted_is_the_sticker() {
    let synth = Synth::new();
    let tile = synth.tile(STOP);
    let mut rgba = vec![0; 4 * TILE * TILE];
    for (i, place) in rgba.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let (x, y) = (i % TILE, i / TILE);
        // From the corner, which is no plate, into the middle.
        if x < 40 && y < 40 {
            *place = [10, 200, 30, 255];
        }
    }
    let layer = Layer::painted(&rgba, tile).expect("much of it is on the plate");
    assert!(layer.mask().count() < 40 * 40 && layer.mask().count() > 500, "{}", layer.mask().count());
    let back = layer.picture();
    assert_eq!((back.width, back.height), (TILE, TILE));
    assert_eq!(Layer::painted(&back.rgba, tile).expect("the same"), layer);
    for bad in [vec![], vec![255; 7], vec![255; 4 * TILE], vec![0; 4 * TILE * TILE]] {
        assert!(Layer::painted(&bad, tile).is_err(), "{} bytes", bad.len());
    }
}

/// Records are read as they are written, those of a case replace one another, and what is none is told.
#[test]
fn records_of_stickers_come_back() {
    let share = Proportion::new(1, 2);
    let figures = StickerFigures { clean: share, reached: share, control: share, of_all: share };
    let config = StickerConfig {
        sticker: Sticker::default(),
        sign: STOP,
        goal: Goal::Untargeted,
        painted: None,
        by_hand: false,
        fresh: 2,
    };
    let record = |model: &str, share: f64| StickerRecord {
        schema: SCHEMA.into(),
        version: "0".into(),
        model: model.into(),
        weights_sha256: String::new(),
        made_on: Some("lenet".into()),
        made_on_sha256: None,
        config: config.clone(),
        share,
        figures: figures.clone(),
        device: Compute::Cpu,
    };
    let both = vec![record("lenet", 0.1), record("signnet", 0.1)];
    assert_eq!(StickerRecord::parse(&StickerRecord::text(&both)).expect("as written"), both);
    let joined = StickerRecord::joined(both, vec![record("signnet", 0.2), record("other", 0.3)]);
    let shares: Vec<_> = joined.iter().map(|record| (record.model.as_str(), record.share)).collect();
    assert_eq!(shares, [("lenet", 0.1), ("signnet", 0.2), ("other", 0.3)]);
    let other = StickerRecord::text(&[StickerRecord { schema: "of/another".into(), ..record("lenet", 0.1) }]);
    for bad in ["", "{}", "[{}]", "[1]", other.as_str()] {
        let error = StickerRecord::parse(bad).expect_err("is no record");
        assert!(error.to_string().ends_with('.'), "{error}");
    }
}
