//! What a picture tells of where, by whom and with which device it was taken.
//!
//! In: the bytes of a file. Out: what its Exif and XMP parts tell, for JPEG, PNG, WebP, TIFF, HEIC and AVIF; nothing for any
//! other file. Only the parts that hold such facts are read, every offset is proved, and a damaged picture tells nothing.
//!
//! Source: CIPA DC-008 (Exif 2.32), TIFF 6.0. Not here: the picture itself, and pictures inside archives (`unpack`).

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

/// What the bytes of a picture tell; nothing when they are no picture.
pub fn traces(bytes: &[u8]) -> Traces {
    let mut traces = Traces::default();
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes, &mut traces),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', rest @ ..] => png(rest, &mut traces),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', rest @ ..] => webp(rest, &mut traces),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => tiff(bytes, &mut traces),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_picture_brand(brand) => {
            boxes(bytes, &mut traces);
        }
        _ => {}
    }
    traces
}

fn is_picture_brand(brand: &[u8]) -> bool {
    let brands: [&[u8]; 7] = [b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1", b"avif"];
    brands.iter().any(|known| brand.starts_with(known))
}

fn jpeg(bytes: &[u8], traces: &mut Traces) {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        // Behind the start of scan there is the picture; some markers have no length.
        if *marker == 0xDA {
            return;
        }
        let length = usize::from(u16::from_be_bytes([*high, *low])).max(2);
        let body = bytes.get(at + 4..at + 2 + length).unwrap_or(&[]);
        if *marker == 0xE1 {
            part(body, traces);
        }
        at += 2 + length;
    }
}

fn png(mut rest: &[u8], traces: &mut Traces) {
    while let Some((length, name)) = rest.first_chunk::<4>().zip(rest.get(4..8)) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(body) = rest.get(8..8 + length) else { return };
        match name {
            b"eXIf" => part(body, traces),
            b"iTXt" => xmp(body, traces),
            b"tEXt" => {
                let text = body.strip_prefix(b"Author\0").map(String::from_utf8_lossy);
                traces.author |= text.is_some_and(|author| is_person(&author));
            }
            _ => {}
        }
        rest = rest.get(12 + length..).unwrap_or(&[]);
    }
}

fn webp(mut rest: &[u8], traces: &mut Traces) {
    while let Some((name, length)) = rest.get(..4).zip(rest.get(4..8)) {
        let length = length.first_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length) as usize);
        let Some(body) = rest.get(8..8 + length) else { return };
        match name {
            b"EXIF" => part(body, traces),
            b"XMP " => xmp(body, traces),
            _ => {}
        }
        rest = rest.get(8 + length + length % 2..).unwrap_or(&[]);
    }
}

/// HEIC and AVIF keep Exif as an item that may lie anywhere: its mark is looked for.
fn boxes(bytes: &[u8], traces: &mut Traces) {
    let mut at = 0;
    while let Some(next) =
        bytes.get(at..).and_then(|rest| rest.windows(6).position(|part| part == b"Exif\0\0"))
    {
        part(bytes.get(at + next..).unwrap_or(&[]), traces);
        at += next + 6;
    }
    xmp(bytes, traces);
}

fn part(body: &[u8], traces: &mut Traces) {
    let body = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
    if body.starts_with(b"II*\0") || body.starts_with(b"MM\0*") {
        tiff(body, traces);
    } else {
        xmp(body, traces);
    }
}

/// Looks for the same facts in XMP, which is XML.
fn xmp(body: &[u8], traces: &mut Traces) {
    let has = |word: &str| body.windows(word.len()).any(|part| part == word.as_bytes());
    if !has("adobe:ns:meta") && !has("www.w3.org/1999/02/22-rdf-syntax-ns") {
        return;
    }
    traces.place |= has("GPSLatitude") || has("GPSLongitude");
    traces.serial |= has("SerialNumber");
    traces.owner |= has("OwnerName");
    let text = String::from_utf8_lossy(body);
    let creators = text.split("<dc:creator>").skip(1).filter_map(|rest| rest.split("</dc:creator>").next());
    traces.author |= creators
        .flat_map(|list| list.split(['<', '>']))
        .any(|part| !part.starts_with(['/', 'r']) && is_person(part));
}

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

    fn text(self, (_, count, place): Entry) -> String {
        let length = count as usize;
        let start = if length <= 4 { Some(place) } else { self.long(place).map(|at| at as usize) };
        let bytes = start.and_then(|start| self.bytes.get(start..start.checked_add(length)?)).unwrap_or(&[]);
        // The authors that Windows writes are UTF-16.
        let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        String::from_utf8_lossy(&bytes).trim().to_string()
    }
}

fn tiff(bytes: &[u8], traces: &mut Traces) {
    let tiff = Tiff { bytes, little: bytes.starts_with(b"II") };
    let first = tiff.long(4).map(|at| tiff.directory(at)).unwrap_or_default();
    let below = |tag: u16| -> Vec<Entry> {
        let pointers = first.iter().filter(|entry| entry.0 == tag);
        pointers.filter_map(|entry| tiff.long(entry.2)).flat_map(|at| tiff.directory(at)).collect()
    };
    // Latitude, longitude; a version alone is no place.
    traces.place |= below(0x8825).iter().any(|(tag, ..)| matches!(tag, 2 | 4));
    for entry in first.iter().copied().chain(below(0x8769)) {
        match entry.0 {
            0x013B => traces.author |= is_person(&tiff.text(entry)),
            0x9C9D => traces.author |= !tiff.text(entry).is_empty(),
            0xA430 => traces.owner |= !tiff.text(entry).is_empty(),
            0xA431 | 0xA435 => traces.serial |= !tiff.text(entry).is_empty(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One entry: tag, type, values as bytes of the order that `little` says.
    fn entry(little: bool, tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
        let short = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let long = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        [&short(tag)[..], &short(kind), &long(count), &long(value)].concat()
    }

    /// A TIFF structure with a place, an artist and a serial number, as asked.
    fn exif(little: bool, place: bool, artist: &str, serial: bool) -> Vec<u8> {
        let short = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let long = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut out = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        out.extend(long(8));
        out.extend(short(3));
        // Three entries end at 8 + 2 + 36 + 4 = 50; GPS at 50, Exif at 68, the artist at 100.
        // Up to four bytes stand in the entry itself.
        let artist_at = if artist.len() < 4 { 0 } else { 100 };
        out.extend(entry(little, 0x013B, 2, artist.len() as u32 + 1, artist_at));
        out.extend(entry(little, 0x8769, 4, 1, 68));
        out.extend(entry(little, 0x8825, 4, 1, 50));
        out.extend(long(0));
        out.extend(short(1));
        out.extend(entry(little, if place { 2 } else { 0 }, 5, 3, 200));
        out.extend(long(0));
        out.extend(short(1));
        out.extend(entry(little, if serial { 0xA431 } else { 0xA433 }, 2, 8, 160));
        out.resize(100, 0);
        out.extend(artist.as_bytes());
        out.resize(160, 0);
        out.extend(b"SN00001\0");
        out.resize(240, 0);
        out
    }

    fn jpeg_of(exif: &[u8]) -> Vec<u8> {
        let mut out = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xE1".to_vec();
        out.extend((exif.len() as u16 + 8).to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(exif);
        out.extend(b"\xFF\xDA\0\x02picture");
        out
    }

    fn png_of(name: &[u8], body: &[u8]) -> Vec<u8> {
        let mut out = b"\x89PNG\r\n\x1a\n\0\0\0\x02IHDRab0000".to_vec();
        out.extend((body.len() as u32).to_be_bytes());
        out.extend(name);
        out.extend(body);
        out.extend(b"0000\0\0\0\0IEND0000");
        out
    }

    fn webp_of(name: &[u8], body: &[u8]) -> Vec<u8> {
        let mut out = b"RIFF\0\0\0\0WEBPVP8 \x03\0\0\0abc\0".to_vec();
        out.extend(name);
        out.extend((body.len() as u32).to_le_bytes());
        out.extend(body);
        out
    }

    fn heic_of(exif: &[u8]) -> Vec<u8> {
        [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic....\0\0\0\x06Exif\0\0".as_slice(), exif].concat()
    }

    #[test]
    fn place_author_and_serial_number_are_found_in_every_form_of_picture() {
        for little in [true, false] {
            let exif = exif(little, true, "张示例", true);
            let all = Traces { place: true, author: true, owner: false, serial: true };
            for (name, picture) in [
                ("jpeg", jpeg_of(&exif)),
                ("png", png_of(b"eXIf", &exif)),
                ("webp", webp_of(b"EXIF", &exif)),
                ("webp with mark", webp_of(b"EXIF", &[b"Exif\0\0", &exif[..]].concat())),
                ("heic", heic_of(&exif)),
                ("tiff", exif.clone()),
            ] {
                assert_eq!(traces(&picture), all, "{name}");
            }
        }
    }

    #[test]
    fn a_picture_without_them_tells_nothing() {
        for author in ["", " ", "示范市食品安全委员会办公室", "Picasa"] {
            let exif = exif(true, false, author, false);
            for picture in [jpeg_of(&exif), png_of(b"eXIf", &exif), webp_of(b"EXIF", &exif), heic_of(&exif)] {
                assert_eq!(traces(&picture), Traces::default(), "{author}");
            }
        }
        assert!(traces(b"GPSLatitude in a text").is_empty());
        assert!(traces(&png_of(b"tEXt", "Author\0示例市场监管局".as_bytes())).is_empty());
    }

    #[test]
    fn the_same_facts_are_found_in_xmp() {
        let xmp = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:Description exif:GPSLatitude=\"1\">\
            <dc:creator><rdf:Seq><rdf:li>李样本</rdf:li></rdf:Seq></dc:creator></rdf:Description>";
        for picture in [
            webp_of(b"XMP ", xmp.as_bytes()),
            png_of(b"iTXt", format!("XML:com.adobe.xmp\0\0\0\0\0{xmp}").as_bytes()),
            {
                let mut out = b"\xFF\xD8\xFF\xE1".to_vec();
                out.extend((xmp.len() as u16 + 31).to_be_bytes());
                out.extend(b"http://ns.adobe.com/xap/1.0/\0");
                out.extend(xmp.as_bytes());
                out
            },
        ] {
            assert_eq!(traces(&picture), Traces { place: true, author: true, ..Traces::default() });
        }
        assert!(traces(&png_of(b"tEXt", "Author\0李样本".as_bytes())).author);
    }

    #[test]
    fn damaged_pictures_tell_nothing_and_end() {
        let exif = exif(true, true, "张示例", true);
        for picture in [jpeg_of(&exif), png_of(b"eXIf", &exif), webp_of(b"EXIF", &exif), heic_of(&exif), exif]
        {
            for cut in 0..picture.len() {
                let _ = traces(&picture[..cut]);
                let mut broken = picture.clone();
                broken[cut] ^= 0xFF;
                let _ = traces(&broken);
            }
        }
    }
}
