//! What a picture tells of where, by whom and with which device it was taken.
//!
//! In: the bytes of a file. Out: what its Exif, XMP and IPTC parts tell, for JPEG, PNG, WebP, TIFF, HEIC and AVIF, and their
//! texts as a reader sees them; nothing for any other file. Only the parts that hold such facts are read, every offset is
//! proved, and a damaged picture tells nothing.
//!
//! Source: CIPA DC-008 (Exif 2.32), TIFF 6.0, IPTC-IIM 4.2. Not here: the picture itself, and pictures inside archives (`unpack`).

mod iptc;
mod png;
#[cfg(test)]
mod tests;
mod tiff;

use super::documents::is_person;

/// What a picture tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Traces {
    /// Where it was taken.
    pub place: bool,
    /// The name of its author.
    pub author: bool,
    /// The owner of the camera.
    pub owner: bool,
    /// The serial number of camera or lens.
    pub serial: bool,
}

impl Traces {
    /// Whether it tells nothing.
    pub fn is_empty(self) -> bool {
        self == Traces::default()
    }

    /// What both tell.
    pub fn and(self, other: Traces) -> Traces {
        Traces {
            place: self.place || other.place,
            author: self.author || other.author,
            owner: self.owner || other.owner,
            serial: self.serial || other.serial,
        }
    }

    /// What it tells, in both languages.
    pub fn words(self) -> (String, String) {
        let told = [
            (self.place, "拍摄位置", "the place"),
            (self.author, "作者", "the author"),
            (self.owner, "相机所有者", "the owner of the camera"),
            (self.serial, "设备序列号", "a serial number"),
        ];
        let told: Vec<_> = told.iter().filter(|(tells, ..)| *tells).collect();
        let zh: Vec<&str> = told.iter().map(|(_, zh, _)| *zh).collect();
        let en: Vec<&str> = told.iter().map(|(.., en)| *en).collect();
        (zh.join("、"), en.join(", "))
    }
}

/// What the parts of a picture hold.
#[derive(Debug, Default)]
struct Notes {
    traces: Traces,
    /// Their texts, where these do not stand in the bytes as UTF-8.
    texts: Vec<String>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

/// What the bytes of a picture tell; nothing when they are no picture.
pub fn traces(bytes: &[u8]) -> Traces {
    notes(bytes).traces
}

/// The texts that a picture notes in another encoding than UTF-8 or packed: titles, comments, captions, keywords.
pub fn texts(bytes: &[u8]) -> Vec<String> {
    notes(bytes).texts
}

fn notes(bytes: &[u8]) -> Notes {
    let mut notes = Notes::default();
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes, &mut notes),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', rest @ ..] => png::read(rest, &mut notes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', rest @ ..] => webp(rest, &mut notes),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => tiff::read(bytes, &mut notes),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_picture_brand(brand) => {
            boxes(bytes, &mut notes)
        }
        _ => {}
    }
    notes
}

fn is_picture_brand(brand: &[u8]) -> bool {
    let brands: [&[u8]; 7] = [b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1", b"avif"];
    brands.iter().any(|known| brand.starts_with(known))
}

fn jpeg(bytes: &[u8], notes: &mut Notes) {
    let mut at = 2;
    // A long resource of Photoshop goes on in the next segment.
    let mut resources = Vec::new();
    while let Some([0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        // Behind the start of scan there is the picture; some markers have no length.
        if *marker == 0xDA {
            break;
        }
        let length = usize::from(u16::from_be_bytes([*high, *low])).max(2);
        let body = bytes.get(at + 4..at + 2 + length).unwrap_or(&[]);
        match *marker {
            0xE1 => part(body, notes),
            0xED => resources.extend_from_slice(body.strip_prefix(b"Photoshop 3.0\0").unwrap_or(&[])),
            0xFE => notes.text(body),
            _ => {}
        }
        at += 2 + length;
    }
    iptc::resources(&resources, notes);
}

fn webp(mut rest: &[u8], notes: &mut Notes) {
    while let Some((name, length)) = rest.get(..4).zip(rest.get(4..8)) {
        let length = length.first_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length) as usize);
        let Some(body) = rest.get(8..8 + length) else { return };
        match name {
            b"EXIF" => part(body, notes),
            b"XMP " => xmp(body, notes),
            _ => {}
        }
        rest = rest.get(8 + length + length % 2..).unwrap_or(&[]);
    }
}

/// HEIC and AVIF keep Exif as an item that may lie anywhere: its mark is looked for.
fn boxes(bytes: &[u8], notes: &mut Notes) {
    let mut at = 0;
    while let Some(next) =
        bytes.get(at..).and_then(|rest| rest.windows(6).position(|part| part == b"Exif\0\0"))
    {
        part(bytes.get(at + next..).unwrap_or(&[]), notes);
        at += next + 6;
    }
    xmp(bytes, notes);
}

/// Exif or XMP.
fn part(body: &[u8], notes: &mut Notes) {
    let body = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
    if body.starts_with(b"II*\0") || body.starts_with(b"MM\0*") {
        tiff::read(body, notes);
    } else {
        xmp(body, notes);
    }
}

/// Looks for the same facts in XMP, which is XML.
fn xmp(body: &[u8], notes: &mut Notes) {
    let has = |word: &str| body.windows(word.len()).any(|part| part == word.as_bytes());
    if !has("adobe:ns:meta") && !has("www.w3.org/1999/02/22-rdf-syntax-ns") {
        return;
    }
    let traces = &mut notes.traces;
    traces.place |= has("GPSLatitude") || has("GPSLongitude");
    traces.serial |= has("SerialNumber");
    traces.owner |= has("OwnerName");
    let text = String::from_utf8_lossy(body);
    let creators = text.split("<dc:creator>").skip(1).filter_map(|rest| rest.split("</dc:creator>").next());
    traces.author |= creators
        .flat_map(|list| list.split(['<', '>']))
        .any(|part| !part.starts_with(['/', 'r']) && is_person(part));
}

impl Notes {
    /// Takes a text down, unless it stands in the bytes as it is read.
    fn text(&mut self, bytes: &[u8]) {
        if std::str::from_utf8(bytes).is_err() {
            self.texts.push(decoded(bytes));
        }
    }
}

/// A text without a mark of its encoding: UTF-8, else what Chinese systems write.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
