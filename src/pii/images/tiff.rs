//! The entries of a TIFF structure, in which Exif stands: where, by whom, with what, and the texts.
//!
//! In: bytes that begin with the mark of their order. Out: notes. Not here: which part of a file holds such a structure.

use super::{Notes, decoded, iptc, xmp};
use crate::pii::documents::is_person;

/// The numbers of a TIFF structure, in its own order of bytes.
#[derive(Clone, Copy)]
struct Tiff<'b> {
    bytes: &'b [u8],
    little: bool,
}

/// One entry of a directory: tag, count of values, and the place of its four bytes.
type Entry = (u16, u32, usize);

impl<'b> Tiff<'b> {
    fn short(self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk::<2>()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(self, at: usize) -> Option<u32> {
        let bytes = *self.bytes.get(at..)?.first_chunk::<4>()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// The entries of the directory at a place.
    fn directory(self, at: u32) -> Vec<Entry> {
        let at = at as usize;
        let count = usize::from(self.short(at).unwrap_or(0));
        let entry = |nth: usize| {
            let place = at + 2 + nth * 12;
            Some((self.short(place)?, self.long(place + 4)?, place + 8))
        };
        (0..count).map_while(entry).collect()
    }

    /// The bytes of an entry whose values are single bytes.
    fn value(self, (_, count, place): Entry) -> &'b [u8] {
        let length = count as usize;
        let start = if length <= 4 { Some(place) } else { self.long(place).map(|at| at as usize) };
        start.and_then(|start| self.bytes.get(start..start.checked_add(length)?)).unwrap_or(&[])
    }

    fn text(self, entry: Entry) -> String {
        decoded(self.value(entry).split(|byte| *byte == 0).next().unwrap_or(&[])).trim().to_string()
    }

    /// A text as Windows writes it.
    fn wide(self, entry: Entry) -> String {
        encoding_rs::UTF_16LE
            .decode_without_bom_handling(self.value(entry))
            .0
            .trim_matches('\0')
            .trim()
            .to_string()
    }
}

/// Reads the directories of a structure.
pub(super) fn read(bytes: &[u8], notes: &mut Notes) {
    let tiff = Tiff { bytes, little: bytes.starts_with(b"II") };
    let first = tiff.long(4).map(|at| tiff.directory(at)).unwrap_or_default();
    let below = |tag: u16| -> Vec<Entry> {
        let pointers = first.iter().filter(|entry| entry.0 == tag);
        pointers.filter_map(|entry| tiff.long(entry.2)).flat_map(|at| tiff.directory(at)).collect()
    };
    // Latitude, longitude; a version alone is no place.
    notes.traces.place |= below(0x8825).iter().any(|(tag, ..)| matches!(tag, 2 | 4));
    for entry in first.iter().copied().chain(below(0x8769)) {
        match entry.0 {
            0x013B => notes.traces.author |= is_person(&tiff.text(entry)),
            0x9C9D => notes.traces.author |= is_person(&tiff.wide(entry)),
            0xA430 => notes.traces.owner |= !tiff.text(entry).is_empty(),
            0xA431 | 0xA435 => notes.traces.serial |= !tiff.text(entry).is_empty(),
            0x02BC => xmp(tiff.value(entry), notes),
            0x83BB => iptc::datasets(tiff.value(entry), notes),
            0x8649 => iptc::resources(tiff.value(entry), notes),
            _ => {}
        }
        match entry.0 {
            // Title, comment, author, keywords, subject.
            0x9C9B..=0x9C9F => notes.texts.push(tiff.wide(entry)),
            0x9286 => comment(tiff.value(entry), notes),
            // Name, description, maker, model, software, artist, copyright, owner.
            0x010D..=0x0110 | 0x0131 | 0x013B | 0x8298 | 0xA430 => notes.text(tiff.value(entry)),
            _ => {}
        }
    }
}

/// A comment of the user: eight bytes name its encoding. Of UTF-16 programs write either order, whatever that of the structure is.
fn comment(value: &[u8], notes: &mut Notes) {
    let (mark, text) = value.split_at_checked(8).unwrap_or((value, &[]));
    if mark == b"UNICODE\0" {
        for encoding in [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE] {
            notes.texts.push(encoding.decode_without_bom_handling(text).0.into_owned());
        }
    } else {
        notes.text(text);
    }
}
