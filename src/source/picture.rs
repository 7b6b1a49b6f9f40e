//! How large a picture is shown, so that a page can keep its room free and nothing jumps while it loads.
//!
//! In: a file from its first byte on. Out: width and height in pixels, or nothing when it is no picture or says no size; only the head
//! is read, and of a JPEG what stands between its parts is passed over. Of an SVG the size is that of its outermost element, by `width` and `height` or else by its `viewBox` (SVG 2, 8.2).
//!
//! Not here: what else a picture tells (`pii::images`).

use std::io::{BufRead, Read as _, Seek};

use imagesize::reader_size;

/// Width and height in pixels.
pub type PictureSize = [u32; 2];

/// Bytes of an SVG in which its outermost element begins.
const HEAD: u64 = 4096;

/// The size of a picture by its file and the name of that.
pub fn picture_size(name: &str, mut file: impl BufRead + Seek) -> Option<PictureSize> {
    let is_svg = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"));
    let size = if is_svg {
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head).ok()?;
        svg_size(&String::from_utf8_lossy(&head))?
    } else {
        let size = reader_size(&mut file).ok()?;
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
    use std::cell::Cell;
    use std::io::{BufReader, Cursor, Read, SeekFrom};

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
            assert_eq!(picture_size("a/b.SVG", Cursor::new(text)), size, "{text}");
        }
    }

    #[test]
    fn the_size_of_a_picture_stands_in_its_first_bytes() {
        let gif = b"GIF89a\x20\x00\x10\x00\x00\x00\x00";
        assert_eq!(picture_size("a.gif", Cursor::new(gif)), Some([32, 16]));
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 9, 8, 2, 0, 0, 0]);
        assert_eq!(picture_size("a.png", Cursor::new(&png)), Some([256, 9]));
        for cut in 0..png.len().min(20) {
            assert_eq!(picture_size("a.png", Cursor::new(png.get(..cut).unwrap())), None);
        }
        assert_eq!(picture_size("a.png", Cursor::new("no picture")), None);
    }

    /// A file that counts what is read of it.
    struct Counted<'c>(Cursor<Vec<u8>>, &'c Cell<usize>);

    impl Read for Counted<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let read = self.0.read(into)?;
            self.1.set(self.1.get() + read);
            Ok(read)
        }
    }

    impl Seek for Counted<'_> {
        fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn of_a_large_picture_only_the_head_is_read() {
        let mut jpeg = vec![0xff, 0xd8];
        // Sixty parts such as a camera writes, each as large as can be.
        for _ in 0..60 {
            jpeg.extend([0xff, 0xe1, 0xff, 0xff]);
            jpeg.extend(vec![7; 0xfffd]);
        }
        jpeg.extend([0xff, 0xc0, 0, 17, 8, 0, 40, 0, 60, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        let drawing = format!("<svg width=\"60\" height=\"40\">{}</svg>", " ".repeat(4 << 20));
        for (name, bytes) in [("a.jpg", jpeg), ("a.svg", drawing.into_bytes())] {
            let (count, all) = (Cell::new(0), bytes.len());
            let file = BufReader::with_capacity(512, Counted(Cursor::new(bytes), &count));
            assert_eq!(picture_size(name, file), Some([60, 40]), "{name}");
            assert!(count.get() < 64 << 10 && all > 3 << 20, "{name}: {} of {all} bytes", count.get());
        }
    }
}
