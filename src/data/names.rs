//! Names from outside (files, folders, classes) are text and only text (promise H6).

use super::composed::composed;
use crate::kind::FileKind;

/// What pictures are called that lie in no common folder.
pub const UNNAMED: &str = "Own pictures";

/// What a person is shown of a name: one line of at most `limit` characters, without control characters and without the
/// invisible ones that change the direction or the look of what stands around them.
pub fn shown(name: &str, limit: usize) -> String {
    // White space first: a line break is a control character, but separates words. Four times the limit is enough to
    // fill it, and bounds the work.
    let kept = name.chars().take(4 * limit + 64).map(|c| if c.is_whitespace() { ' ' } else { c }).filter(visible);
    let text: String = kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= limit {
        return text;
    }
    let mut short: String = text.chars().take(limit.saturating_sub(1)).collect();
    short.push('…');
    short
}

fn visible(c: &char) -> bool {
    let hidden = matches!(*c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    !c.is_control() && !hidden
}

/// The name of an entry of an archive. Those that are no UTF-8 are in the character set of the first PCs, as the format
/// has it.
pub fn decode(name: &[u8]) -> String {
    const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    match std::str::from_utf8(name) {
        Ok(name) => name.into(),
        Err(_) => {
            let upper: Vec<char> = UPPER.chars().collect();
            name.iter()
                .map(|&byte| if byte < 128 { char::from(byte) } else { upper[usize::from(byte - 128)] })
                .collect()
        }
    }
}

/// A path as it is compared: `/` between the parts, no empty parts and no `.`, letters composed whatever system wrote them. `None` if it
/// could leave its folder.
pub fn path(raw: &str) -> Option<String> {
    let drive = matches!(raw.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    let absolute = drive || raw.starts_with(['/', '\\']);
    let parts: Vec<&str> = raw.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    let leaves = parts.is_empty() || parts.contains(&"..") || raw.contains('\0');
    (!absolute && !leaves).then(|| composed(&parts.join("/")))
}

/// What a file is to a data set, by its (cleaned) path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Probably a picture; only decoding tells.
    Picture,
    /// Probably a table of annotations.
    Table,
    /// An archive, which is not opened inside another.
    Archive,
    /// Nothing to us: a Readme, what a system leaves behind.
    Other,
}

impl Kind {
    /// By the ending, after hidden files have been set aside.
    pub fn of(path: &str) -> Self {
        if ghost(path) {
            return Self::Other;
        }
        let ending = file_name(path).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if matches!(ending.as_deref(), Some("csv" | "tsv")) {
            return Self::Table;
        }
        use FileKind as Is;
        match FileKind::named(path) {
            Some(Is::Picture) => Self::Picture,
            // Not readable here, but meant as pictures: the report says so.
            Some(Is::Heic | Is::Avif | Is::Gif | Is::Bmp | Is::Tiff | Is::JpegXl | Is::Jpeg2000) => Self::Picture,
            Some(Is::Svg | Is::Photoshop | Is::RawPhoto) => Self::Picture,
            Some(Is::Zip | Is::SevenZip | Is::Rar | Is::Tar) => Self::Archive,
            _ => Self::Other,
        }
    }
}

/// Whether it is a file that a system leaves beside others: hidden, or a Mac's double of each.
pub fn ghost(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| (part.starts_with('.') && !matches!(part, "." | "..")) || part == "__MACOSX")
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The last part of a path, without its ending.
pub fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// All but the last part of a path; empty at the top.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_one_short_plain_line() {
        for (name, expected) in [
            ("Stop", "Stop"),
            ("  two \t\n words ", "two words"),
            ("<b>bold</b>", "<b>bold</b>"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("a\u{0}\u{7}\u{200f}\u{feff}b", "ab"),
            ("Überholverbot für 大", "Überholverbot für 大"),
            ("\u{202e}\u{200b}", ""),
        ] {
            assert_eq!(shown(name, 40), expected, "{name:?}");
        }
        let long = shown(&"ä".repeat(4000), 40);
        assert_eq!((long.chars().count(), long.chars().last()), (40, Some('…')));
    }

    #[test]
    fn paths_are_cleaned_or_refused() {
        for (raw, expected) in [
            ("Train\\0\\a.png", Some("Train/0/a.png")),
            ("./a//b.png", Some("a/b.png")),
            ("../a.png", None),
            ("a/../../b.png", None),
            ("/etc/passwd", None),
            ("C:\\a.png", None),
            ("a\0.png", None),
            ("", None),
            ("a..b/c.png", Some("a..b/c.png")),
        ] {
            assert_eq!(path(raw).as_deref(), expected, "{raw:?}");
        }
    }

    #[test]
    fn old_archives_keep_their_umlauts() {
        assert_eq!(decode("Überholen".as_bytes()), "Überholen");
        assert_eq!(decode(b"\x9aberholen \xe1 \xff"), "Überholen ß \u{a0}");
    }

    #[test]
    fn kinds() {
        for (path, kind) in [
            ("a/b.PNG", Kind::Picture),
            ("a/b.tiff", Kind::Picture),
            ("Train.csv", Kind::Table),
            ("__MACOSX/a/b.png", Kind::Other),
            ("a/._b.png", Kind::Other),
            ("a/.DS_Store", Kind::Other),
            ("inner.zip", Kind::Archive),
            ("Readme", Kind::Other),
            ("a/b.svg", Kind::Picture),
            ("a/IMG_1.HEIC", Kind::Picture),
            ("labels.TSV", Kind::Table),
            ("train.p", Kind::Other),
        ] {
            assert_eq!(Kind::of(path), kind, "{path}");
        }
    }
}
