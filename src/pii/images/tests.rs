//! Pictures made byte by byte, with facts of persons in each form, and damaged ones.

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
    let edited = edited(&[&resource(0x0404, &dataset(80, "张示例".as_bytes()))]);
    let packed = png_of(b"zTXt", &[b"Raw profile type exif\0\0", &zlib(b"\nexif\n 2\n4949\n")[..]].concat());
    let noted = noted(0x9286, b"UNICODE\0a\0b\0");
    for picture in [
        jpeg_of(&exif),
        png_of(b"eXIf", &exif),
        webp_of(b"EXIF", &exif),
        heic_of(&exif),
        exif,
        edited,
        packed,
        noted,
    ] {
        for cut in 0..picture.len() {
            let _ = traces(&picture[..cut]);
            let mut broken = picture.clone();
            broken[cut] ^= 0xFF;
            let _ = traces(&broken);
        }
    }
}

/// A TIFF structure with one entry of bytes.
fn noted(tag: u16, value: &[u8]) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0\x01\0".to_vec();
    out.extend(entry(true, tag, 7, value.len() as u32, 26));
    out.extend([0; 4]);
    out.extend(value);
    out
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn dataset(number: u8, text: &[u8]) -> Vec<u8> {
    [&[0x1C, 2, number][..], &(text.len() as u16).to_be_bytes(), text].concat()
}

fn resource(number: u16, body: &[u8]) -> Vec<u8> {
    let odd: &[u8] = if body.len() % 2 == 1 { b"\0" } else { b"" };
    [b"8BIM", &number.to_be_bytes()[..], b"\x03abc", &(body.len() as u32).to_be_bytes(), body, odd].concat()
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    [&[0xFF, marker][..], &(body.len() as u16 + 2).to_be_bytes(), body].concat()
}

fn edited(bodies: &[&[u8]]) -> Vec<u8> {
    let parts = bodies.iter().map(|body| segment(0xED, &[b"Photoshop 3.0\0", *body].concat()));
    let mut out = b"\xFF\xD8".to_vec();
    out.extend(segment(0xE0, b"JFIF\0"));
    out.extend(parts.flatten());
    out.extend(b"\xFF\xDA\0\x02picture");
    out
}

fn zlib(text: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, text).unwrap();
    packed.finish().unwrap()
}

fn tells(picture: &[u8], text: &str) -> bool {
    texts(picture).iter().any(|told| told.contains(text))
}

#[test]
fn what_editors_note_of_persons_in_a_jpeg_is_found() {
    let author = dataset(80, "张示例".as_bytes());
    let gbk = dataset(80, &encoding_rs::GBK.encode("张示例").0);
    let wide = [&dataset(120, b"a caption")[..], &dataset(122, "李样本".as_bytes())].concat();
    for facts in [author, gbk, wide] {
        let whole = [resource(0x03ED, b"odd"), resource(0x0404, &facts)].concat();
        assert!(traces(&edited(&[&whole])).author);
        let (one, other) = whole.split_at(whole.len() / 2);
        assert!(traces(&edited(&[one, other])).author, "it goes on in the next segment");
        assert!(traces(&noted(0x8649, &whole)).author && traces(&noted(0x83BB, &facts)).author, "in a TIFF");
    }
    assert!(traces(&edited(&[&resource(0x0404, &dataset(92, "中心街7号".as_bytes()))])).place);
    assert!(traces(&edited(&[&resource(0x0422, &exif(true, true, "张示例", true))])).serial);
    let office = resource(0x0404, &dataset(80, "示例县市场监督管理局".as_bytes()));
    assert!(traces(&edited(&[&office])).is_empty());
    let caption = dataset(120, &encoding_rs::GBK.encode("经办人孙某某").0);
    assert!(tells(&edited(&[&resource(0x0404, &caption)]), "经办人孙某某"));
}

#[test]
fn texts_in_other_encodings_are_read_as_windows_and_cameras_write_them() {
    let text = "联系人张示例13800000001";
    for tag in 0x9C9B..=0x9C9F {
        assert!(tells(&jpeg_of(&noted(tag, &wide(text))), text), "{tag:x}");
    }
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for written in [wide(text), big] {
        assert!(tells(&jpeg_of(&noted(0x9286, &[b"UNICODE\0", &written[..]].concat())), text));
    }
    let gbk = encoding_rs::GBK.encode(text).0;
    assert!(tells(&jpeg_of(&noted(0x9286, &[&[0; 8], &gbk[..]].concat())), text));
    assert!(tells(&jpeg_of(&noted(0x010E, &gbk)), text));
    assert!(traces(&jpeg_of(&noted(0x9C9D, &wide("张示例")))).author);
    assert!(traces(&jpeg_of(&noted(0x9C9D, &wide("示例县市场监督管理局")))).is_empty());
}

#[test]
fn packed_texts_of_a_png_are_read() {
    let text = "联系人张示例13800000001";
    let packed = zlib(text.as_bytes());
    assert!(tells(&png_of(b"zTXt", &[b"Comment\0\0", &packed[..]].concat()), text));
    assert!(tells(&png_of(b"iTXt", &[b"Comment\0\x01\0zh\0\0", &packed[..]].concat()), text));
    let packed = zlib("张示例".as_bytes());
    assert!(traces(&png_of(b"zTXt", &[b"Author\0\0", &packed[..]].concat())).author);
    assert!(traces(&png_of(b"iTXt", &[b"Author\0\x01\0\0\0", &packed[..]].concat())).author);
    assert!(traces(&png_of(b"iTXt", "Author\0\0\0\0\0张示例".as_bytes())).author);
    let profile = resource(0x0404, &dataset(80, "张示例".as_bytes()));
    let digits: String = profile.iter().map(|byte| format!("{byte:02x}")).collect();
    let raw = zlib(format!("\niptc\n{:8}\n{digits}\n", profile.len()).as_bytes());
    assert!(traces(&png_of(b"zTXt", &[b"Raw profile type iptc\0\0", &raw[..]].concat())).author);
    let bomb = zlib(&vec![b'0'; 20 << 20]);
    let twice = png_of(b"zTXt", &[b"a\0\0", &bomb[..]].concat());
    assert!(texts(&twice).iter().map(String::len).sum::<usize>() <= 16 << 20);
}
