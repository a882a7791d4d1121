//! What a file is, by its first bytes and its name: to say of the wrong one what it is and what to do with it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A kind of file that people have at hand, and that is not what was asked for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileKind {
    /// PNG, JPEG, PPM or WebP, where something else is wanted.
    #[error("This is a picture. Open it as a picture, or put the pictures of each class into a folder of its own.")]
    Picture,
    /// Photos of iPhones.
    #[error("This is a HEIC photo, which is not read here. Share or save it as JPEG.")]
    Heic,
    /// Pictures of the web.
    #[error("This is an AVIF picture, which is not read here. Save it as PNG or JPEG.")]
    Avif,
    /// Pictures of the web.
    #[error("This is a GIF picture, which is not read here. Save it as PNG.")]
    Gif,
    /// Windows' own.
    #[error("This is a BMP picture, which is not read here. Save it as PNG.")]
    Bmp,
    /// Scans.
    #[error("This is a TIFF picture, which is not read here. Save it as PNG or JPEG.")]
    Tiff,
    /// Some photos.
    #[error("This is a JPEG XL picture, which is not read here. Save it as PNG or JPEG.")]
    JpegXl,
    /// Maps and films.
    #[error("This is a JPEG 2000 picture, which is not read here. Save it as PNG or JPEG.")]
    Jpeg2000,
    /// Drawings.
    #[error("This is an SVG drawing, which has no pixels. Save it as PNG.")]
    Svg,
    /// Layers.
    #[error("This is a Photoshop file. Save it as PNG or JPEG.")]
    Photoshop,
    /// What a camera's sensor saw.
    #[error("This is a raw photo of a camera. Save it as JPEG.")]
    RawPhoto,
    /// Moving pictures.
    #[error("This is a video. Save a single picture of it as PNG or JPEG.")]
    Video,
    /// Pages.
    #[error("This is a PDF. Save the picture in it as PNG or JPEG.")]
    Pdf,
    /// What a download becomes that needed a login.
    #[error("This is a web page, not what it leads to. Open it in a browser, and download the file from there.")]
    WebPage,
    /// A zip archive, where something else is wanted.
    #[error("This is a zip archive. With pictures in it, open it as a data set; else unpack it first.")]
    Zip,
    /// Another archive.
    #[error("This is a 7z archive. Unpack it, and open the folder or pack it as zip.")]
    SevenZip,
    /// Another archive.
    #[error("This is a RAR archive. Unpack it, and open the folder or pack it as zip.")]
    Rar,
    /// Another archive.
    #[error("This is a tar archive (.tar, .tar.gz, .tgz …). Unpack it, and open the folder or pack it as zip.")]
    Tar,
    /// Numbers of Python.
    #[error(
        "These are arrays of NumPy. Save them as PNG files, one folder for each class, and open the folder or a zip of it."
    )]
    Numpy,
    /// Objects of Python, such as Udacity's `train.p`.
    #[error(
        "This is a pickle of Python, which is not opened: it could run any program. Save its pictures as PNG files, one folder for \
         each class, and open the folder or a zip of it."
    )]
    Pickle,
    /// Tables of data platforms.
    #[error(
        "This is a Parquet table. Save its pictures as PNG files, one folder for each class, and open the folder or a zip of it."
    )]
    Parquet,
    /// Numbers of Matlab.
    #[error(
        "This is a Matlab file. Save its pictures as PNG files, one folder for each class, and open the folder or a zip of it."
    )]
    Matlab,
    /// Weights in this project's own form.
    #[error("These are weights of a network. Open them where the networks are.")]
    Safetensors,
    /// Weights of Keras.
    #[error(
        "These are weights of Keras. Save them as safetensors (docs/weights.md shows how) and open that file where the networks are."
    )]
    Keras,
    /// Weights of PyTorch.
    #[error(
        "These are weights of PyTorch. Save them with safetensors.torch.save_file (docs/weights.md shows how) and open that file where \
         the networks are."
    )]
    PyTorch,
    /// A network of any origin.
    #[error(
        "This is a network in ONNX. Save its weights as safetensors (docs/weights.md shows how) and open that file where the networks \
         are."
    )]
    Onnx,
    /// A network of TensorFlow.
    #[error(
        "This is a network of TensorFlow. Save its weights as safetensors (docs/weights.md shows how) and open that file where the \
         networks are."
    )]
    TensorFlow,
    /// A network or a project of Teachable Machine.
    #[error(
        "This is from Teachable Machine. Download its samples there, one zip for each class, and put them into a folder for each class."
    )]
    TeachableMachine,
    /// What the page saves with "Save everything".
    #[error("This is kept work of Fool the Sign. Drop it on the page, which takes it in.")]
    KeptWork,
}

impl FileKind {
    /// By its bytes: of a long file the beginning and the end are looked at. The name decides where the bytes leave it open, or are not
    /// at hand.
    pub fn of(bytes: &[u8], name: &str) -> Option<Self> {
        let by_name = Self::named(name);
        let found = by_bytes(bytes);
        match (found, by_name) {
            // TIFF is the form of most raw photos, HDF5 that of new Matlab files, pickles are what old PyTorch files are.
            (Some(Self::Tiff), Some(Self::RawPhoto)) => by_name,
            (Some(Self::Keras), Some(Self::Matlab)) => by_name,
            (Some(Self::Pickle), Some(Self::PyTorch)) => by_name,
            (Some(Self::Zip), Some(Self::Keras | Self::PyTorch | Self::Numpy | Self::TeachableMachine)) => by_name,
            (Some(_), _) => found,
            // Text is none of these, whatever it is called.
            (None, _) if bytes.iter().take(64).all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) => {
                by_name.filter(|_| bytes.is_empty())
            }
            (None, _) => by_name.filter(|kind| matches!(kind, Self::Onnx | Self::TensorFlow | Self::Tar)),
        }
    }

    /// By its ending.
    pub fn named(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
        Some(match ending.as_str() {
            "png" | "jpg" | "jpeg" | "jpe" | "jfif" | "ppm" | "pgm" | "pbm" | "pnm" | "webp" => Self::Picture,
            "heic" | "heif" | "hif" => Self::Heic,
            "avif" => Self::Avif,
            "gif" => Self::Gif,
            "bmp" | "dib" => Self::Bmp,
            "tif" | "tiff" => Self::Tiff,
            "jxl" => Self::JpegXl,
            "jp2" | "j2k" | "jpf" | "jpx" => Self::Jpeg2000,
            "svg" | "svgz" => Self::Svg,
            "psd" | "psb" => Self::Photoshop,
            "dng" | "cr2" | "cr3" | "nef" | "arw" | "orf" | "rw2" | "raf" | "srw" | "pef" => Self::RawPhoto,
            "mp4" | "mov" | "avi" | "mkv" | "webm" | "m4v" | "3gp" => Self::Video,
            "pdf" => Self::Pdf,
            "htm" | "html" | "mhtml" => Self::WebPage,
            "zip" => Self::Zip,
            "7z" => Self::SevenZip,
            "rar" => Self::Rar,
            "tar" | "gz" | "tgz" | "bz2" | "tbz" | "xz" | "txz" | "zst" => Self::Tar,
            "npy" | "npz" => Self::Numpy,
            "p" | "pkl" | "pickle" => Self::Pickle,
            "parquet" => Self::Parquet,
            "mat" => Self::Matlab,
            "safetensors" => Self::Safetensors,
            "h5" | "hdf5" | "keras" => Self::Keras,
            "pt" | "pth" | "ckpt" => Self::PyTorch,
            "onnx" => Self::Onnx,
            "pb" | "tflite" => Self::TensorFlow,
            "tm" => Self::TeachableMachine,
            _ => return None,
        })
    }

    /// What an archive without a picture is, by the names of its entries.
    pub fn packed<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Option<Self> {
        let has = |wanted: &str| names.clone().any(|name| name.rsplit(['/', '\\']).next() == Some(wanted));
        if has("fool-the-sign.json") {
            return Some(Self::KeptWork);
        }
        if has("data.pkl") {
            return Some(Self::PyTorch);
        }
        if has("model.weights.h5") || has("variables.h5") {
            return Some(Self::Keras);
        }
        if has("model.json") && has("weights.bin") {
            return Some(Self::TeachableMachine);
        }
        if has("saved_model.pb") {
            return Some(Self::TensorFlow);
        }
        // The most frequent of those that are known: a Readme in between says nothing.
        let mut kinds: Vec<Self> = names
            .filter_map(Self::named)
            .filter(|kind| !matches!(kind, Self::Zip | Self::Pdf | Self::WebPage))
            .collect();
        kinds.sort_unstable();
        kinds.chunk_by(|a, b| a == b).max_by_key(|alike| alike.len()).map(|alike| alike[0])
    }
}

fn by_bytes(bytes: &[u8]) -> Option<FileKind> {
    use FileKind as Kind;
    let at = |place: usize, wanted: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(wanted));
    let begins = |wanted: &[u8]| at(0, wanted);
    if begins(b"\xff\xd8\xff") || begins(b"\x89PNG") || (begins(b"RIFF") && at(8, b"WEBP")) {
        return Some(Kind::Picture);
    }
    if let [b'P', b'1'..=b'6', space, ..] = bytes
        && space.is_ascii_whitespace()
    {
        return Some(Kind::Picture);
    }
    if at(4, b"ftyp") {
        return Some(media(bytes));
    }
    let signatures: [(&[u8], Kind); 30] = [
        (b"GIF8", Kind::Gif),
        (b"II*\0", Kind::Tiff),
        (b"MM\0*", Kind::Tiff),
        (b"\xff\x0a", Kind::JpegXl),
        (b"\0\0\0\x0cJXL ", Kind::JpegXl),
        (b"\0\0\0\x0cjP  ", Kind::Jpeg2000),
        (b"\xff\x4f\xff\x51", Kind::Jpeg2000),
        (b"8BPS", Kind::Photoshop),
        (b"FUJIFILMCCD-RAW", Kind::RawPhoto),
        (b"\x1aE\xdf\xa3", Kind::Video),
        (b"%PDF", Kind::Pdf),
        (b"7z\xbc\xaf\x27\x1c", Kind::SevenZip),
        (b"Rar!", Kind::Rar),
        (b"\x1f\x8b", Kind::Tar),
        (b"BZh", Kind::Tar),
        (b"\xfd7zXZ", Kind::Tar),
        (b"\x28\xb5\x2f\xfd", Kind::Tar),
        (b"\x93NUMPY", Kind::Numpy),
        (b"\x80\x02\x8a\x0al\xfc\x9cF", Kind::PyTorch),
        (b"\x80\x02", Kind::Pickle),
        (b"\x80\x03", Kind::Pickle),
        (b"\x80\x04", Kind::Pickle),
        (b"\x80\x05", Kind::Pickle),
        (b"PAR1", Kind::Parquet),
        (b"MATLAB 5.0", Kind::Matlab),
        (b"\x89HDF\r\n\x1a\n", Kind::Keras),
        (b"\x08\x07\x12", Kind::Onnx),
        (b"\x08\x08\x12", Kind::Onnx),
        (b"RIFF", Kind::Video),
        (b"<svg", Kind::Svg),
    ];
    if let Some((_, kind)) = signatures.into_iter().find(|(signature, _)| begins(signature)) {
        return Some(kind);
    }
    if begins(b"BM") && at(6, &[0; 4]) {
        return Some(Kind::Bmp);
    }
    if at(257, b"ustar") {
        return Some(Kind::Tar);
    }
    if at(4, b"TFL3") {
        return Some(Kind::TensorFlow);
    }
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        return Some(zipped(bytes));
    }
    if at(8, b"{\"") && at(6, &[0; 2]) {
        return Some(Kind::Safetensors);
    }
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)])
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_ascii_lowercase();
    match () {
        () if text.starts_with("<!doctype html") || text.starts_with("<html") => Some(Kind::WebPage),
        () if text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg")) => Some(Kind::Svg),
        () => None,
    }
}

/// Of the family of MP4, by its brands.
fn media(bytes: &[u8]) -> FileKind {
    let length = bytes.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length)) as usize;
    let brands = &bytes[8..bytes.len().min(length.clamp(12, 256)).max(8)];
    let has = |brand: &[u8]| brands.chunks(4).any(|one| one.starts_with(brand));
    match () {
        () if has(b"avi") => FileKind::Avif,
        () if has(b"hei") || has(b"hev") || has(b"mif1") || has(b"msf1") => FileKind::Heic,
        () if has(b"crx") => FileKind::RawPhoto,
        () => FileKind::Video,
    }
}

/// A zip archive by the names in it, which stand at its beginning and its end.
fn zipped(bytes: &[u8]) -> FileKind {
    const FAR: usize = 64 << 10;
    let first = &bytes[..bytes.len().min(FAR)];
    let last = &bytes[bytes.len().saturating_sub(FAR)..];
    let has =
        |name: &str| [first, last].iter().any(|part| part.windows(name.len()).any(|there| there == name.as_bytes()));
    match () {
        () if has("fool-the-sign.json") => FileKind::KeptWork,
        () if has("data.pkl") => FileKind::PyTorch,
        () if has("model.weights.h5") => FileKind::Keras,
        () if has("weights.bin") && has("model.json") => FileKind::TeachableMachine,
        () if has(".npy") => FileKind::Numpy,
        () => FileKind::Zip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes_and_what_is_left_open_by_their_names() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        let avif = b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1miaf";
        for (bytes, name, kind) in [
            (&heic[..], "IMG_0001.jpg", Some(FileKind::Heic)),
            (avif, "a.png", Some(FileKind::Avif)),
            (b"\0\0\0\x18ftypisom\0\0\0\0isom", "", Some(FileKind::Video)),
            (b"GIF89a...", "", Some(FileKind::Gif)),
            (b"II*\0\x08\0\0\0", "a.tif", Some(FileKind::Tiff)),
            (b"II*\0\x08\0\0\0", "a.dng", Some(FileKind::RawPhoto)),
            (b"<?xml version='1.0'?>\n<!-- by hand --><svg>", "", Some(FileKind::Svg)),
            (b"\xef\xbb\xbf <!DOCTYPE html><title>Log in", "data.zip", Some(FileKind::WebPage)),
            (b"7z\xbc\xaf\x27\x1c\0\x04", "", Some(FileKind::SevenZip)),
            (b"Rar!\x1a\x07", "", Some(FileKind::Rar)),
            (b"\x1f\x8b\x08", "a.tar.gz", Some(FileKind::Tar)),
            (b"\x80\x03}q", "train.p", Some(FileKind::Pickle)),
            (b"\x80\x02}q", "net.pth", Some(FileKind::PyTorch)),
            (b"\x89HDF\r\n\x1a\n", "net.h5", Some(FileKind::Keras)),
            (b"PK\x03\x04....archive/data.pkl", "net.bin", Some(FileKind::PyTorch)),
            (b"PK\x03\x04....x.npy", "a.npz", Some(FileKind::Numpy)),
            (b"PK\x03\x04....signs/1.png", "signs.zip", Some(FileKind::Zip)),
            (b"\x08\x03\xff\xfe\x01", "net.onnx", Some(FileKind::Onnx)),
            (b"\x40\0\0\0\0\0\0\0{\"a\":", "", Some(FileKind::Safetensors)),
            (b"just words", "net.onnx", None),
            (b"", "net.onnx", Some(FileKind::Onnx)),
            (b"BMW and others", "cars.txt", None),
            (b"", "", None),
        ] {
            assert_eq!(FileKind::of(bytes, name), kind, "{name} {:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn archives_are_known_by_their_entries() {
        for (names, kind) in [
            (&["fool-the-sign.json", "models/a.safetensors"][..], Some(FileKind::KeptWork)),
            (&["net/data.pkl", "net/data/0"], Some(FileKind::PyTorch)),
            (&["metadata.json", "config.json", "model.weights.h5"], Some(FileKind::Keras)),
            (&["model.json", "weights.bin", "metadata.json"], Some(FileKind::TeachableMachine)),
            (&["train.p", "valid.p", "test.p"], Some(FileKind::Pickle)),
            (&["x.npy", "y.npy"], Some(FileKind::Numpy)),
            (&["README.md"], None),
            (&[], None),
        ] {
            assert_eq!(FileKind::packed(names.iter().copied()), kind, "{names:?}");
        }
    }
}
