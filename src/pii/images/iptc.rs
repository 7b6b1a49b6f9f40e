//! IPTC facts of a picture, which editors and agencies write, and the resources of Photoshop in which they stand.
//!
//! In: the bytes of these parts. Out: notes. A length that leads beyond the end ends the reading.
//!
//! Source: IPTC-IIM 4.2 (datasets of record 2), Adobe Photoshop File Formats Specification (image resource blocks).
//! Not here: where a file keeps them.

use super::{Notes, decoded, part, xmp};
use crate::pii::documents::is_person;

/// Reads the blocks `8BIM`.
pub(super) fn resources(mut rest: &[u8], notes: &mut Notes) {
    while let Some(block) = rest.strip_prefix(b"8BIM") {
        let Some((number, behind)) = block.split_first_chunk::<2>() else { return };
        let name = usize::from(behind.first().copied().unwrap_or(0)) + 1;
        let behind = behind.get(name + name % 2..).unwrap_or(&[]);
        let Some((length, behind)) = behind.split_first_chunk::<4>() else { return };
        let length = u32::from_be_bytes(*length) as usize;
        let Some((body, _)) = behind.split_at_checked(length) else { return };
        match u16::from_be_bytes(*number) {
            0x0404 => datasets(body, notes),
            0x0422 => part(body, notes),
            0x0424 => xmp(body, notes),
            _ => {}
        }
        rest = behind.get(length + length % 2..).unwrap_or(&[]);
    }
}

/// Reads datasets: a mark, record, number, length, text.
pub(super) fn datasets(mut rest: &[u8], notes: &mut Notes) {
    while let [0x1C, record, number, high, low, behind @ ..] = rest {
        let short = usize::from(u16::from_be_bytes([*high, *low]));
        // The length of an extended dataset stands in so many bytes behind.
        let (length, behind) = if short & 0x8000 == 0 {
            (short, behind)
        } else {
            let Some((digits, behind)) = behind.split_at_checked(short & 0x7FFF) else { return };
            if digits.len() > 4 {
                return;
            }
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), behind)
        };
        let Some((text, behind)) = behind.split_at_checked(length) else { return };
        if *record == 2 {
            match number {
                // By-line, contact, writer.
                80 | 118 | 122 => notes.traces.author |= is_person(&decoded(text)),
                // Where in the city.
                27 | 92 => notes.traces.place |= !text.trim_ascii().is_empty(),
                _ => {}
            }
            notes.text(text);
        }
        rest = behind;
    }
}
