//! Splits by track, and what a data set promises about itself.
#![cfg(not(target_family = "wasm"))]

use std::collections::{BTreeSet, HashMap};

use fool_the_sign::data::PIXELS;
use fool_the_sign::data::dataset::{Builder, Dataset, Deal, Entry};
use fool_the_sign::data::report::Report;
use fool_the_sign::data::split::SPLITS;
use fool_the_sign::data::split::Split;
use fool_the_sign::rng::Rng;
use fool_the_sign::{ErrorKind, Result};

/// A picture: class, track, split it came with, and something to tell it by.
type Picture = (usize, Option<u32>, Option<Split>, u16);

fn build(pictures: &[Picture], deal: Deal) -> Result<Dataset> {
    let mut builder = Builder::new("Test", vec!["a".into(), "b".into(), "c".into()])?;
    for &(label, track, split, number) in pictures {
        let mut pixels = vec![label as u8; PIXELS];
        pixels[..2].copy_from_slice(&number.to_le_bytes());
        builder.add(Entry { pixels: &pixels, label, track, split })?;
    }
    builder.finish(deal, Report::default())
}

/// 20 tracks of 30 frames in class 0, 7 in class 1, one in class 2.
fn tracked() -> Vec<Picture> {
    let tracks = (0..20).map(|track| (0, track)).chain((0..7).map(|track| (1, track))).chain([(2, 0)]);
    tracks.flat_map(|(label, track)| (0..30).map(move |i| (label, Some(track), None, track as u16 * 30 + i))).collect()
}

/// Split → (class, own number of the picture, track).
fn contents(data: &Dataset, split: Split) -> Vec<(usize, u16, u32)> {
    let one = |i| {
        let pixels = data.pixels(split, i);
        (data.label(split, i), u16::from_le_bytes([pixels[0], pixels[1]]), data.track(split, i))
    };
    (0..data.len(split)).map(one).collect()
}

#[test]
fn no_track_is_in_two_splits() {
    for seed in 0..20 {
        let data = build(&tracked(), Deal { seed, validation: 0.15, test: 0.2 }).unwrap();
        let mut of_track = HashMap::new();
        let mut all = 0;
        for split in SPLITS {
            for (label, number, track) in contents(&data, split) {
                all += 1;
                assert_eq!(*of_track.entry(track).or_insert(split), split, "track {track}");
                // The track is that of the picture.
                assert_eq!(*of_track.entry(1000 + track).or_insert(split), split);
                assert!(label < 3 && number < 600);
            }
        }
        assert_eq!(all, 840);
        assert_eq!(data.counts(Split::Validation), [90, 30, 0]);
        assert_eq!(data.counts(Split::Test), [120, 30, 0]);
        assert_eq!((data.tracks(Split::Train), data.tracks(Split::Test)), (13 + 5 + 1, 4 + 1));
    }
}

#[test]
fn the_seed_decides_and_the_order_does_not() {
    let deal = Deal { seed: 5, validation: 0.15, test: 0.0 };
    let data = build(&tracked(), deal).unwrap();
    let mut shuffled = tracked();
    let mut rng = Rng::new(1);
    (1..shuffled.len()).for_each(|i| shuffled.swap(i, rng.below(i + 1)));
    let again = build(&shuffled, deal).unwrap();
    assert_eq!(data.fingerprint(), again.fingerprint());
    assert_eq!(data.fingerprint().len(), 64);
    for split in SPLITS {
        assert_eq!(contents(&data, split), contents(&again, split), "{split:?}");
    }

    let mut other = build(&tracked(), Deal { seed: 6, ..deal }).unwrap();
    assert_eq!(other.fingerprint(), data.fingerprint());
    assert_ne!(contents(&other, Split::Validation), contents(&data, Split::Validation));
    other.deal(deal).unwrap();
    assert_eq!(contents(&other, Split::Validation), contents(&data, Split::Validation));

    // The first pictures of a split are of all its classes.
    let classes: BTreeSet<usize> = contents(&data, Split::Train)[..100].iter().map(|picture| picture.0).collect();
    assert_eq!(classes.len(), 3);
}

#[test]
fn the_fingerprint_is_of_all_that_matters() {
    let deal = Deal::default();
    let base: Vec<Picture> = tracked();
    let mut seen = BTreeSet::from([build(&base, deal).unwrap().fingerprint().to_string()]);
    let changes: [fn(&mut Picture); 4] = [
        |picture| picture.0 = 2,
        |picture| picture.1 = Some(6),
        |picture| picture.2 = Some(Split::Test),
        |picture| picture.3 = 999,
    ];
    for change in changes {
        let mut changed = base.clone();
        change(&mut changed[0]);
        assert!(seen.insert(build(&changed, deal).unwrap().fingerprint().into()));
    }
    assert!(seen.insert(build(&base[1..], deal).unwrap().fingerprint().into()));
}

#[test]
fn pictures_without_tracks_stand_alone_and_copies_together() {
    // 50 pictures, and ten more copies of the first of each class.
    let alone = |i: u16| (usize::from(i % 2), None, None, i);
    let pictures: Vec<Picture> = (0..50).map(alone).chain((0..20).map(|i| alone(i % 2))).collect();
    for seed in 0..20 {
        let data = build(&pictures, Deal { seed, validation: 0.2, test: 0.2 }).unwrap();
        let tracks: usize = SPLITS.into_iter().map(|split| data.tracks(split)).sum();
        assert_eq!(tracks, 50);
        for copied in [0, 1] {
            let homes = SPLITS.into_iter().filter(|&split| contents(&data, split).iter().any(|p| p.1 == copied));
            assert_eq!(homes.count(), 1, "picture {copied}");
        }
    }
}

#[test]
fn splits_that_came_with_the_data_are_kept() {
    let given = |split, i| (usize::from(i % 3), None, Some(split), i);
    let mut pictures = tracked();
    pictures.extend((700..760).map(|i| given(Split::Test, i)));
    let data = build(&pictures, Deal { seed: 1, validation: 0.15, test: 0.5 }).unwrap();
    assert_eq!(data.counts(Split::Test), [20, 20, 20]);
    assert_eq!(data.counts(Split::Validation), [90, 30, 0]);
    pictures.extend((800..830).map(|i| given(Split::Validation, i)));
    let data = build(&pictures, Deal::default()).unwrap();
    assert_eq!(data.counts(Split::Validation), [10, 10, 10]);
    assert_eq!(data.len(Split::Train), 840);
}

#[test]
fn there_is_always_something_to_train_on() {
    let pictures: Vec<Picture> = (0..6).map(|i| (usize::from(i > 0) + usize::from(i > 2), None, None, i)).collect();
    let data = build(&pictures, Deal { seed: 1, validation: 0.5, test: 0.5 }).unwrap();
    assert_eq!(data.counts(Split::Train), [1, 1, 1]);
    assert_eq!(data.counts(Split::Validation), [0, 1, 2]);
}

#[test]
fn what_cannot_be_is_refused() {
    let name = |n: usize| (0..n).map(|i| i.to_string()).collect::<Vec<_>>();
    for (n, fits) in [(0, false), (1, false), (2, true), (200, true), (201, false)] {
        assert_eq!(Builder::new("Test", name(n)).is_ok(), fits, "{n} classes");
    }
    let mut builder = Builder::new("Test", name(2)).unwrap();
    let pixels = [0; PIXELS];
    let entry = Entry { pixels: &pixels, label: 0, track: None, split: None };
    assert_eq!(builder.add(Entry { label: 2, ..entry }).unwrap_err().kind(), ErrorKind::Parameter);
    let subject = Entry { split: Some(Split::Subject), ..entry };
    assert_eq!(builder.add(subject).unwrap_err().kind(), ErrorKind::Parameter);
    assert_eq!(builder.add(Entry { pixels: &pixels[1..], ..entry }).unwrap_err().kind(), ErrorKind::Parameter);
    assert_eq!(builder.finish(Deal::default(), Report::default()).unwrap_err().kind(), ErrorKind::Data);
    for bad in [-0.1, 0.6, f32::NAN] {
        let deal = Deal { validation: bad, ..Deal::default() };
        assert_eq!(build(&tracked(), deal).unwrap_err().kind(), ErrorKind::Parameter, "{bad}");
    }
}
