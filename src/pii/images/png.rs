//! The text parts of a PNG: plain, packed, and those in which programs keep Exif, IPTC and XMP of other pictures.
//!
//! In: the bytes behind the signature. Out: notes. Unpacked is no more than a few megabytes of one picture.
//!
//! Source: PNG (ISO/IEC 15948), chunks tEXt, zTXt, iTXt and eXIf; "Raw profile type" as ImageMagick writes it.
//! Not here: what Exif, IPTC and XMP tell.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::{Notes, decoded, iptc, part, xmp};
use crate::pii::documents::is_person;

/// No more than this is unpacked from one picture.
const MOST_BYTES: u64 = 16 << 20;

/// Reads the chunks.
pub(super) fn read(mut rest: &[u8], notes: &mut Notes) {
    while let Some((length, name)) = rest.first_chunk::<4>().zip(rest.get(4..8)) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(body) = rest.get(8..8 + length) else { return };
        let (keyword, text) = until_nul(body);
        match name {
            b"eXIf" => part(body, notes),
            b"tEXt" => named(keyword, text, notes),
            b"zTXt" => packed(keyword, text.get(1..).unwrap_or(&[]), notes),
            b"iTXt" => {
                let is_packed = text.first() == Some(&1);
                let (_language, text) = until_nul(text.get(2..).unwrap_or(&[]));
                let (_translated, text) = until_nul(text);
                if is_packed { packed(keyword, text, notes) } else { named(keyword, text, notes) }
            }
            _ => {}
        }
        rest = rest.get(12 + length..).unwrap_or(&[]);
    }
}

fn until_nul(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    (bytes.get(..end).unwrap_or(bytes), bytes.get(end + 1..).unwrap_or(&[]))
}

fn packed(keyword: &[u8], text: &[u8], notes: &mut Notes) {
    let mut unpacked = Vec::new();
    let left = MOST_BYTES.saturating_sub(notes.unpacked);
    let _ = ZlibDecoder::new(text).take(left).read_to_end(&mut unpacked);
    notes.unpacked += unpacked.len() as u64;
    notes.texts.push(decoded(&unpacked));
    named(keyword, &unpacked, notes);
}

fn named(keyword: &[u8], text: &[u8], notes: &mut Notes) {
    notes.text(text);
    if [&b"Author"[..], b"Artist", b"Creator"].contains(&keyword) {
        notes.traces.author |= is_person(&decoded(text));
    } else if keyword == b"XML:com.adobe.xmp" {
        xmp(text, notes);
    } else if keyword.starts_with(b"Raw profile type ") {
        let profile = profile(text);
        if profile.starts_with(b"8BIM") {
            iptc::resources(&profile, notes);
        } else if profile.starts_with(&[0x1C]) {
            iptc::datasets(&profile, notes);
        } else {
            part(&profile, notes);
        }
    }
}

/// A profile in hexadecimal digits, behind a line with its name and one with its length.
fn profile(text: &[u8]) -> Vec<u8> {
    let lines = text.trim_ascii_start().splitn(3, |byte| *byte == b'\n');
    let digits: Vec<u8> = lines
        .last()
        .unwrap_or(&[])
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8))
        .collect();
    digits.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect()
}
