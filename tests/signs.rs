//! The drawings: 43 of them, and an atlas that shows them as they are.
#![cfg(not(target_family = "wasm"))]

use std::path::Path;

use fool_the_sign::data::classes;
use fool_the_sign::data::synth::{ATLAS_COLUMNS, TILE};
use image::RgbaImage;
use resvg::{tiny_skia, usvg};

fn signs() -> &'static Path {
    Path::new("data/signs")
}

/// Draws one sign with transparency, not premultiplied.
fn draw(class: usize) -> RgbaImage {
    let path = signs().join(format!("{class:02}.svg"));
    let svg = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).expect("a valid SVG");
    assert_eq!(tree.size().width(), 128.0, "{}", path.display());
    assert_eq!(tree.size().height(), 128.0, "{}", path.display());
    let side = TILE as u32;
    let mut pixmap = tiny_skia::Pixmap::new(side, side).expect("a small picture");
    let scale = TILE as f32 / 128.0;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let rgba = pixmap.pixels().iter().flat_map(|pixel| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    });
    RgbaImage::from_raw(side, side, rgba.collect()).expect("all pixels are there")
}

/// `BLESS=1 cargo test --test signs` writes the atlas anew after a drawing has changed.
#[test]
fn the_atlas_shows_the_drawings() {
    let rows = classes::COUNT.div_ceil(ATLAS_COLUMNS);
    let mut atlas = RgbaImage::new((ATLAS_COLUMNS * TILE) as u32, (rows * TILE) as u32);
    for class in 0..classes::COUNT {
        let (x, y) = (class % ATLAS_COLUMNS * TILE, class / ATLAS_COLUMNS * TILE);
        image::imageops::replace(&mut atlas, &draw(class), x as i64, y as i64);
    }
    let path = signs().with_file_name("atlas.png");
    if std::env::var_os("BLESS").is_some() {
        atlas.save(&path).expect("data can be written");
    }
    let committed = image::open(&path).expect("data/atlas.png can be read").into_rgba8();
    assert_eq!(committed.dimensions(), atlas.dimensions());
    // Another processor may round an edge pixel differently; a changed drawing moves whole strokes.
    let differing =
        committed.pixels().zip(atlas.pixels()).filter(|(a, b)| a.0.iter().zip(b.0).any(|(&a, b)| a.abs_diff(b) > 8));
    assert_eq!(differing.count(), 0, "data/atlas.png is older than the drawings: BLESS=1 cargo test --test signs");
}

#[test]
fn every_drawing_names_itself_and_refers_to_nothing_outside() {
    for class in 0..classes::COUNT {
        let svg = std::fs::read_to_string(signs().join(format!("{class:02}.svg"))).expect("43 drawings");
        assert!(svg.contains("<title>"), "{class}");
        for forbidden in ["href", "<script", "<text", "<style", "<image", "url(", "onload"] {
            assert!(!svg.contains(forbidden), "sign {class} has {forbidden}");
        }
    }
}

#[test]
fn no_two_drawings_look_alike() {
    let drawings: Vec<RgbaImage> = (0..classes::COUNT).map(draw).collect();
    for (i, a) in drawings.iter().enumerate() {
        for (j, b) in drawings.iter().enumerate().skip(i + 1) {
            let difference: u64 = a.as_raw().iter().zip(b.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
            assert!(difference > 40_000, "signs {i} and {j} differ by {difference} only");
        }
    }
}
