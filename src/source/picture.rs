//! How large a picture is shown, so that a page can keep its room free and nothing jumps while it loads.
//!
//! In: the bytes of a file. Out: width and height in pixels, or nothing when it is no picture or says no size; only the first bytes
//! are looked at. Of an SVG the size is that of its outermost element, by `width` and `height` or else by its `viewBox` (SVG 2, 8.2).
//!
//! Not here: what else a picture tells (`pii::images`).

use imagesize::blob_size;

/// Width and height in pixels.
pub type PictureSize = [u32; 2];

/// Letters of an SVG in which its outermost element begins.
const HEAD: usize = 4096;

/// The size of a picture by its bytes and the name of its file.
pub fn picture_size(name: &str, bytes: &[u8]) -> Option<PictureSize> {
    let is_svg = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"));
    let size = if is_svg {
        svg_size(&String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)))?
    } else {
        let size = blob_size(bytes).ok()?;
        [u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?]
    };
    (size[0] > 0 && size[1] > 0).then_some(size)
}

fn svg_size(text: &str) -> Option<PictureSize> {
    let (_, behind) = text.split_once("<svg")?;
    let (element, _) = behind.split_once('>')?;
    let given = ["width", "height"].map(|name| attribute(element, name).and_then(pixels));
    if let [Some(width), Some(height)] = given {
        return Some([width, height]);
    }
    let view = attribute(element, "viewBox")?;
    let mut numbers = view.split([' ', ',', '\n']).filter(|part| !part.is_empty()).skip(2);
    Some([pixels(numbers.next()?)?, pixels(numbers.next()?)?])
}

/// The value of an attribute in a start tag, in either kind of quotes.
fn attribute<'t>(element: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = element;
    loop {
        let (before, behind) = rest.split_once(name)?;
        let value = behind.trim_start().strip_prefix('=').map(str::trim_start);
        let quote = value.and_then(|value| value.chars().next()).filter(|first| matches!(first, '"' | '\''));
        if let (true, Some(value), Some(quote)) = (before.ends_with(char::is_whitespace), value, quote) {
            return value.get(1..)?.split(quote).next();
        }
        rest = behind;
    }
}

/// A length in pixels, with or without that unit.
fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
    (number.is_finite() && (0.0..1e9).contains(&number)).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_drawing_is_that_of_its_outermost_element() {
        for (text, size) in [
            (
                "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\" width=\"120\" height='40.4px'><rect width=\"9\"/>",
                Some([120, 40]),
            ),
            ("<svg stroke-width=\"2\" viewBox=\"0 0 640 480\" width=\"100%\">", Some([640, 480])),
            ("<svg viewBox='0,0,12.6,3'>", Some([13, 3])),
            ("<svg width=\"1\">", None),
            ("<svg width=\"0\" height=\"5\">", None),
            ("<svg width=\"1\" height=\"2\"", None),
            ("<html>", None),
        ] {
            assert_eq!(picture_size("a/b.SVG", text.as_bytes()), size, "{text}");
        }
    }

    #[test]
    fn the_size_of_a_picture_stands_in_its_first_bytes() {
        let gif = b"GIF89a\x20\x00\x10\x00\x00\x00\x00";
        assert_eq!(picture_size("a.gif", gif), Some([32, 16]));
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 9, 8, 2, 0, 0, 0]);
        assert_eq!(picture_size("a.png", &png), Some([256, 9]));
        for cut in 0..png.len().min(20) {
            assert_eq!(picture_size("a.png", png.get(..cut).unwrap()), None);
        }
        assert_eq!(picture_size("a.png", b"no picture"), None);
    }
}
