//! Untrusted pictures: the good ones open, the bad ones end in a sentence, and no byte sequence panics.
#![cfg(not(target_family = "wasm"))]

use std::path::{Path, PathBuf};

use fool_the_sign::data::crop::{Square, preview};
use fool_the_sign::data::decode::{MAX_BYTES, decode};
use fool_the_sign::data::{PIXELS, SIDE};
use fool_the_sign::rng::Rng;
use fool_the_sign::{Error, ErrorKind};

/// Every file of a folder of `tests/fixtures`, with its name.
fn fixtures(folder: &str) -> Vec<(String, Vec<u8>)> {
    let path = Path::new("tests/fixtures").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(path).expect("fixtures").map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into(), std::fs::read(path).unwrap()))
        .collect()
}

/// A refusal is an image error in one or two short sentences without control characters.
fn assert_sentence(name: &str, error: &Error) {
    let text = error.to_string();
    assert_eq!(error.kind(), ErrorKind::Image, "{name}: {text}");
    assert!(text.ends_with('.') && text.len() < 320, "{name}: {text}");
    assert!(text.chars().next().is_some_and(char::is_uppercase), "{name}: {text}");
    assert!(!text.chars().any(char::is_control), "{name}: {text:?}");
}

#[test]
fn good_pictures_open_upright_and_alike() {
    let files = fixtures("good");
    assert_eq!(files.len(), 10);
    for (name, bytes) in files {
        let image = decode(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let size = if name == "transparent.png" { (64, 64) } else { (96, 80) };
        assert_eq!(image.dimensions(), size, "{name}");
        // The stop sign is left of the middle, with red above its letters; the background is grey-green.
        if name != "transparent.png" && name != "grey.png" {
            let [r, g, b] = image.get_pixel(50, 18).0;
            assert!(r > 150 && g < 90 && b < 90, "{name}: {r} {g} {b}");
            let [r, g, b] = image.get_pixel(4, 75).0;
            assert!(r.abs_diff(120) < 12 && g.abs_diff(130) < 12 && b.abs_diff(120) < 12, "{name}: {r} {g} {b}");
        }
    }
}

#[test]
fn bad_pictures_end_in_a_sentence() {
    let files = fixtures("bad");
    assert!(files.len() >= 17);
    for (name, bytes) in files {
        match decode(&bytes) {
            Ok(image) => panic!("{name} opened as {:?}", image.dimensions()),
            Err(error) => assert_sentence(&name, &error),
        }
    }
    assert_sentence("too many bytes", &decode(&vec![0; MAX_BYTES + 1]).unwrap_err());
}

#[test]
fn bombs_are_refused_for_their_size() {
    for (name, bytes) in fixtures("bad").into_iter().filter(|(name, _)| name.starts_with("bomb")) {
        let text = decode(&bytes).unwrap_err().to_string();
        assert!(text.contains("too large"), "{name}: {text}");
    }
}

/// Some truncations still decode (a JPEG without its last bytes, say): a picture or a sentence, never a panic.
#[test]
fn every_truncation_is_survived() {
    for (name, bytes) in fixtures("good") {
        let step = (bytes.len() / 600).max(1);
        for length in (0..bytes.len()).step_by(step) {
            if let Err(error) = decode(&bytes[..length]) {
                assert_sentence(&format!("{name} cut to {length}"), &error);
            }
        }
    }
}

#[test]
fn random_mutations_are_survived() {
    let mut rng = Rng::new(99);
    for (name, bytes) in fixtures("good") {
        for round in 0..150 {
            let mut mutated = bytes.clone();
            for _ in 0..=rng.below(8) {
                let at = rng.below(mutated.len());
                mutated[at] = rng.below(256) as u8;
            }
            if let Err(error) = decode(&mutated) {
                assert_sentence(&format!("{name}, mutation {round}"), &error);
            }
        }
    }
}

#[test]
fn any_square_gives_32_by_32_pixels() {
    let (_, bytes) = fixtures("good").into_iter().find(|(name, _)| name == "stop.png").unwrap();
    let image = decode(&bytes).unwrap();
    let squares = [
        Square::centred(&image),
        Square { x: -50.0, y: -1e30, size: 20.0 },
        Square { x: 1e30, y: 79.6, size: 1.0 },
        Square { x: 3.4, y: 2.6, size: 1e30 },
    ];
    for square in squares {
        let pixels = square.cut(&image).unwrap_or_else(|error| panic!("{square:?}: {error}"));
        assert_eq!(pixels.len(), PIXELS);
        assert!(pixels.iter().all(|value| (0.0..=1.0).contains(value)), "{square:?}");
    }
    for bad in [f32::NAN, f32::INFINITY, 0.0, -4.0] {
        let error = Square { x: 0.0, y: 0.0, size: bad }.cut(&image).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Parameter, "{bad}");
    }
    assert!(Square { x: f32::NAN, y: 0.0, size: 9.0 }.cut(&image).is_err());
}

#[test]
fn a_crop_keeps_the_place_and_the_channels() {
    // Left half red, right half blue: the crop of the right half is blue, in planar order.
    let image = image::RgbImage::from_fn(100, 50, |x, _| image::Rgb(if x < 50 { [255, 0, 0] } else { [0, 0, 255] }));
    let pixels = Square { x: 50.0, y: 0.0, size: 50.0 }.cut(&image).unwrap();
    let plane = SIDE * SIDE;
    assert!(pixels[..2 * plane].iter().all(|&value| value == 0.0));
    assert!(pixels[2 * plane..].iter().all(|&value| value == 1.0));
}

#[test]
fn previews_are_small_and_keep_their_shape() {
    let shown = preview(&image::RgbImage::new(4000, 1000));
    assert_eq!((shown.width, shown.height, shown.rgba.len()), (1024, 256, 1024 * 256 * 4));
    let thin = preview(&image::RgbImage::new(8192, 2));
    assert_eq!((thin.width, thin.height), (1024, 1));
}
