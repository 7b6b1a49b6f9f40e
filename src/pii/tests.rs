//! The detector against numbers made by the forms of the standards, with region digits that no place has.

mod floats;
mod length;
mod links;
mod spacing;

use std::fmt::Write as _;

use super::*;
use crate::code::licence_check_digit;

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len() as u64) as usize]
    }
}

fn detector() -> Detector {
    Detector::new(2026, &[99])
}

fn id(dice: &mut Dice) -> String {
    let mut body = format!("99{}", dice.digits(4));
    let (year, month, day) = (1900 + dice.below(127), 1 + dice.below(12), 1 + dice.below(28));
    write!(body, "{year}{month:02}{day:02}{}", dice.digits(3)).unwrap();
    let check = b"0123456789X"
        .iter()
        .find(|check| {
            let mut whole = body.clone().into_bytes();
            whole.push(**check);
            numbers::id_check(&whole)
        })
        .unwrap();
    body.push(char::from(*check));
    body
}

fn mobile(dice: &mut Dice) -> String {
    format!("1{}{}", 3 + dice.below(7), dice.digits(9))
}

fn bank(dice: &mut Dice) -> String {
    let length = 16 + dice.below(4) as usize;
    let body = format!("62{}", dice.digits(length - 3));
    (0..10).map(|check| format!("{body}{check}")).find(|whole| numbers::luhn(whole.as_bytes())).unwrap()
}

/// The number parted, widened or escaped in one of the ways in which people and programs write it.
fn written(dice: &mut Dice, number: &str, parts: &[usize]) -> String {
    let way = dice.below(12);
    let mark = dice.pick(&[" ", "-", "\u{a0}", "\u{3000}", "－", "&nbsp;", "\u{2011}"]);
    let mut out = String::new();
    for (at, character) in number.char_indices() {
        if parts.contains(&at) && matches!(way, 1..=4) && dice.below(3) > 0 {
            out.push_str(mark);
        }
        let full = char::from_u32(u32::from(character) + 0xFEE0).unwrap();
        match way {
            3..=5 => out.push(full),
            6 => write!(out, "&#{};", u32::from(character)).unwrap(),
            7 => write!(out, "&#x{:X};", u32::from(character)).unwrap(),
            8 => write!(out, "\\u{:04x}", u32::from(character)).unwrap(),
            9 => write!(out, "{character}\u{200b}").unwrap(),
            10 if at == 5 => {
                let tag = dice.pick(&["b", "code", "sub", "small"]);
                write!(out, "<{tag}>{character}</{tag}>").unwrap();
            }
            _ => out.push(character),
        }
    }
    out
}

/// The number in a line of a ledger, a page, a table or a data file.
fn placed(dice: &mut Dice, written: &str) -> String {
    let before = dice.pick(&[
        "电话", "note: ", "name: \"", "<td>", ",", "（", "\\n", "\\t\"", "# ", "1.", ">", "：", "\"", "=",
        "\u{feff}", "&nbsp;", "\\u3000", "2026年", "tel:",
    ]);
    let behind = dice
        .pick(&["", "。", "\n", "\"", "</td>", ",张某", "）", "\\n", " 转1", "&nbsp;", "号", "；", "<br>"]);
    format!("前文{before}{written}{behind}后文")
}

const COUNT: usize = 10_000;

#[track_caller]
fn all_are_found(sort: Sort, make: fn(&mut Dice) -> String, parts: &[usize]) {
    let mut dice = Dice(20_261_122);
    let detector = detector();
    let mut whole = String::new();
    for _ in 0..COUNT {
        let number = make(&mut dice);
        let text = written(&mut dice, &number, parts);
        let text = placed(&mut dice, &text);
        let found: Vec<(Sort, String)> =
            detector.all(text.as_bytes()).into_iter().map(|found| (found.sort, found.masked)).collect();
        assert_eq!(found, [(sort, mask(sort, &number))], "{text}");
        whole.push_str(&text);
        whole.push('\n');
    }
    assert_eq!(detector.all(whole.as_bytes()).len(), COUNT, "and all of them in one text");
    assert!(detector.first_forbidden(whole.as_bytes()).is_some());
}

#[test]
fn ten_thousand_identity_numbers_are_found_however_they_are_written() {
    all_are_found(Sort::Id, id, &[6, 14]);
}

#[test]
fn ten_thousand_mobile_numbers_are_found_however_they_are_written() {
    all_are_found(Sort::Mobile, mobile, &[3, 7]);
}

#[test]
fn ten_thousand_bank_cards_are_found_however_they_are_written() {
    all_are_found(Sort::Bank, bank, &[]);
}

/// What is found in a text: sorts and masked numbers, in their order.
#[track_caller]
fn told(text: &str, expected: &[(Sort, &str)]) {
    let found = detector().all(text.as_bytes());
    let found: Vec<(Sort, &str)> = found.iter().map(|found| (found.sort, &*found.masked)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn the_country_before_a_mobile_number_changes_nothing() {
    for text in [
        "+86 13800000001",
        "+8613800000001",
        "＋8613800000001",
        "008613800000001",
        "＋８６１３８０００００００１",
        "+８６１３８０００００００１",
        "００８６１３８０００００００１",
        "86-138-0000-0001",
        "(+86)13800000001",
        "+86-138 0000 0001",
        "１３８－００００－０００１",
        "tel:+86-13800000001",
        "\"\\n13800000001\"",
        "%2B 138 00000001",
    ] {
        told(text, &[(Sort::Mobile, "138****0001")]);
    }
}

#[test]
fn dots_part_a_mobile_number_at_both_places() {
    for text in [
        "138.0000.0001",
        "电话138.0000.0001。",
        "138·0000·0001",
        "１３８．００００．０００１",
        "138•0000•0001",
        "138&middot;0000&middot;0001",
        "+86 138.0000.0001",
        "<b>138</b>.0000.0001",
        "138.0000·0001",
        "tel:138.0000.0001.",
        "138.0000.0001.example",
    ] {
        told(text, &[(Sort::Mobile, "138****0001")]);
    }
    assert_eq!(detector().redact("138.0000.0001，138·0000·0001"), "138.****.0001，138·****·0001");
}

#[test]
fn dots_in_versions_days_addresses_and_decimals_raise_no_alarm() {
    let mut dice = Dice(5);
    for _ in 0..100_000 {
        let (a, b, c) = (dice.below(256), dice.below(256), dice.below(256));
        let (d, year) = (dice.below(10_000), 1990 + dice.below(60));
        let text = format!(
            "v{a}.{b}.{c} 1{a}.{b}.{c}.{d} {year}.{}.{} {a}.{d:04} 1{c:02}.{d:04} 1{b:02}.{d:04}元 150.{d:04}.{c}",
            1 + dice.below(12),
            1 + dice.below(28)
        );
        assert_eq!(detector().all(text.as_bytes()), [], "{text}");
    }
    for text in [
        "1.2.3",
        "2026.11.29",
        "192.168.1.100",
        "138.0000.0001.5",
        "2.138.0000.0001",
        "138.00000001",
        "138.0000 0001",
        "138 0000.0001",
        "1380.0000.001",
        "128.0000.0001",
        "138.0000.00012",
        "138..0000.0001",
    ] {
        assert_eq!(detector().all(text.as_bytes()), [], "{text}");
    }
}

/// Every code of a class, one a line, and the same in a page and in a data file.
#[track_caller]
fn none_alarms(name: &str, make: fn(&mut Dice) -> String) {
    let mut dice = Dice(11);
    let detector = detector();
    for _ in 0..100_000 {
        let code = make(&mut dice);
        for text in
            [code.clone(), format!("<td>{code}</td>"), format!("编号：{code}，"), format!("\"{code}\",")]
        {
            assert_eq!(detector.all(text.as_bytes()), [], "{name}");
        }
    }
}

/// A credit code of the kind, with digits only in every other one.
fn credit_code(dice: &mut Dice, kinds: &[&str]) -> String {
    let kind = dice.pick(kinds);
    let plain = dice.below(2) == 0;
    let letters = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    loop {
        // Any region there may be, those that end like a year among them.
        let region = format!("{:02}{}", PROVINCES[dice.below(34) as usize], dice.digits(4));
        let body: String =
            (0..8).map(|_| char::from(letters[dice.below(if plain { 10 } else { 31 }) as usize])).collect();
        let weights = [3, 7, 9, 10, 5, 8, 4, 2];
        let value = |c: char| c.to_digit(36).unwrap();
        let sum: u32 = body.chars().zip(weights).map(|(c, weight)| value(c) * weight).sum();
        let inner = match (11 - sum % 11) % 11 {
            10 => 'X',
            digit => char::from_digit(digit, 10).unwrap(),
        };
        let most = format!("{kind}{region}{body}{inner}");
        let codes = letters.iter().map(|last| format!("{most}{}", char::from(*last)));
        let code = codes.into_iter().find(|code| crate::code::check_uscc(code).is_ok()).unwrap();
        if crate::code::check_organisation(&code).is_ok() {
            return code;
        }
    }
}

#[test]
fn a_hundred_thousand_credit_codes_of_enterprises_raise_no_alarm() {
    none_alarms("91, 92, 93", |dice| credit_code(dice, &["91", "92", "93"]));
}

#[test]
fn a_hundred_thousand_credit_codes_of_institutions_raise_no_alarm() {
    none_alarms("11 to 53", |dice| credit_code(dice, &["11", "12", "13", "51", "52", "53"]));
}

#[test]
fn a_hundred_thousand_licences_of_each_kind_raise_no_alarm() {
    fn licence(dice: &mut Dice, prefix: &str) -> String {
        let body = format!("{}{}", 1 + dice.below(3), dice.digits(12));
        format!("{prefix}{body}{}", licence_check_digit(&body))
    }
    none_alarms("JY", |dice| licence(dice, "JY"));
    none_alarms("SC", |dice| licence(dice, "SC"));
}

#[test]
fn a_hundred_thousand_sample_numbers_and_barcodes_raise_no_alarm() {
    none_alarms("sample", |dice| {
        let length = 9 + dice.below(12) as usize;
        format!("{}{}", dice.pick(&["XBJ", "DC", "SH", "NCP", "GC"]), dice.digits(length))
    });
    none_alarms("EAN-13", |dice| {
        let body = format!("69{}", dice.digits(10));
        let sum: u32 =
            body.bytes().zip([1, 3].into_iter().cycle()).map(|(d, w)| u32::from(d - b'0') * w).sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    });
}

#[test]
fn what_only_resembles_a_number_is_passed_over() {
    for text in [
        "990102198502300024", // 30 February
        "990101199001010018", // the check digit
        "990101205001010013",
        "980101199001010019", // no such province
        "A990101199001010019",
        "9901011990010100190",
        "23800000001",
        "12800000001",
        "1380000000",
        "13800000001A",
        "SC13800000001",
        "X13800000001",
        "119.13800000001",
        "0.13800000001",
        "13800000001.50",
        "13800000001元",
        "1380 0000 001",
        "6217000000000001",
        "3f2a-13800000001b",
        "2026-11-22 13:80",
        "示公网安备00000000000000号",
        "990***********0019",
        "138****0001",
        "sha256 13800000001abcdef",
        "Ａ13800000001",
        "2.2×10000000000",
    ] {
        assert_eq!(detector().all(text.as_bytes()), [], "{text}");
    }
}

#[test]
fn old_numbers_and_landlines_have_sorts_of_their_own() {
    let sorts = |text: &str| -> Vec<Sort> {
        detector().all(text.as_bytes()).iter().map(|found| found.sort).collect()
    };
    assert_eq!(sorts("990101900101001"), [Sort::OldId]);
    assert_eq!(sorts("990101901301001"), []);
    assert_eq!(sorts("电话0000-1234567，传真 010 12345678。"), [Sort::Landline, Sort::Landline]);
    assert_eq!(sorts("电话00001234567"), [Sort::Landline]);
    assert_eq!(sorts("6200 0000 0000 0005"), [Sort::Bank]);
}

#[test]
fn a_number_that_is_a_credit_code_too_counts_where_the_words_say_so() {
    let mut dice = Dice(7);
    let both = std::iter::repeat_with(|| {
        let body = format!(
            "13119919{:02}0{}{:02}{}",
            dice.below(100),
            1 + dice.below(9),
            1 + dice.below(28),
            dice.digits(3)
        );
        b"0123456789X".iter().map(|check| format!("{body}{}", char::from(*check))).collect::<Vec<_>>()
    })
    .flatten()
    .take(2_000_000)
    .find(|code| {
        numbers::id_check(code.as_bytes())
            && crate::code::check_uscc(code).is_ok()
            && crate::code::check_organisation(code).is_ok()
    })
    .expect("some number is both");
    assert_eq!(detector().all(both.as_bytes()), []);
    assert_eq!(detector().all(format!("身份证号：{both}").as_bytes()).len(), 1);
}

#[test]
fn any_bytes_can_be_searched() {
    let mut dice = Dice(3);
    let pieces: [&[u8]; 16] = [
        b"&#",
        b"&#x",
        b";",
        b"\\u",
        b"00",
        b"31",
        b"1",
        b"38",
        b"<b",
        b">",
        b"\xEF",
        b"\xEF\xBC",
        b"\x91",
        b" ",
        b"\xE2\x80",
        b"x",
    ];
    for _ in 0..20_000 {
        let bytes: Vec<u8> =
            (0..dice.below(24)).flat_map(|_| pieces[dice.below(16) as usize].to_vec()).collect();
        for found in detector().all(&bytes) {
            assert!(found.start < found.end && found.end <= bytes.len());
        }
    }
}
