//! The field's numbers and their check digits: credit codes, licences, document and sample numbers.
//!
//! Pure functions over text, and the width of their characters. Sources: GB 32100-2015 and GB 11714-1997 for the unified social credit code,
//! GB/T 17710-1999 (MOD 11,10) for the last digit of licences.
//!
//! Not here: what a mistake is called and how it is reported (`check`).

/// The 31 characters of a credit code; a character's place is its value.
const USCC_ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The value of each ASCII character in a credit code; 255 for those outside the alphabet.
const USCC_VALUES: [u8; 128] = {
    let (letters, mut values, mut at) = (USCC_ALPHABET.as_bytes(), [255; 128], 0);
    while at < letters.len() {
        #[allow(clippy::indexing_slicing)] // Computed by the compiler: 31 letters, all of them ASCII.
        {
            values[letters[at] as usize] = at as u8;
        }
        at += 1;
    }
    values
};
/// Weights of the first 17 characters, 3^(i-1) mod 31.
const USCC_WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Weights of the eight characters of an organisation code.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A number in half width and without blanks; none where anything but letters and digits is in it.
pub fn narrowed(number: &str) -> Option<String> {
    let mut narrow = String::with_capacity(number.len());
    for c in number.chars().filter(|c| !c.is_whitespace()).map(half_width) {
        if !c.is_ascii_alphanumeric() {
            return None;
        }
        narrow.push(c);
    }
    (!narrow.is_empty()).then_some(narrow)
}

/// A character of full width as what it stands for.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a text is built as a credit code is, whatever its last character says: 18 digits and capitals, the region in digits.
pub fn is_uscc_like(text: &str) -> bool {
    text.len() == 18
        && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && text.bytes().skip(2).take(6).all(|b| b.is_ascii_digit())
}

/// What is wrong with a unified social credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsccFault {
    /// Not 18 characters long; holds the length found.
    Length(usize),
    /// A character outside the alphabet, with its place from 1.
    Character(usize, char),
    /// The last character: wanted, found.
    Check(char, char),
}

/// Proves a unified social credit code (GB 32100-2015).
pub fn check_uscc(code: &str) -> Result<(), UsccFault> {
    let length = code.chars().count();
    if length != 18 {
        return Err(UsccFault::Length(length));
    }
    let (mut sum, mut last) = (0, '0');
    for ((c, at), weight) in code.chars().zip(1..).zip(USCC_WEIGHTS.into_iter().chain([0])) {
        let value = USCC_VALUES.get(c as usize).copied().unwrap_or(255);
        if value == 255 {
            return Err(UsccFault::Character(at, c));
        }
        sum += u32::from(value) * weight;
        last = c;
    }
    let wanted = USCC_ALPHABET.chars().nth(((31 - sum % 31) % 31) as usize).unwrap_or('0');
    if wanted == last { Ok(()) } else { Err(UsccFault::Check(wanted, last)) }
}

/// Proves the organisation code inside a credit code, characters 9 to 17 (GB 11714); `Err` holds the check
/// character that was wanted.
pub fn check_organisation(code: &str) -> Result<(), char> {
    let sum: u32 = code
        .chars()
        .skip(8)
        .zip(ORGANISATION_WEIGHTS)
        .map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight)
        .sum();
    let wanted = match (11 - sum % 11) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    if code.chars().nth(16) == Some(wanted) { Ok(()) } else { Err(wanted) }
}

/// The kind of a licence or filing number by its first letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LicencePrefix {
    /// 食品生产许可证.
    Sc,
    /// 食品经营许可证.
    Jy,
    /// 仅销售预包装食品备案.
    Yb,
}

/// Reads `SC`, `JY` or `YB` and 14 digits; `None` for any other form.
pub fn licence_form(number: &str) -> Option<(LicencePrefix, &str)> {
    let prefix = match number.get(..2)? {
        "SC" => LicencePrefix::Sc,
        "JY" => LicencePrefix::Jy,
        "YB" => LicencePrefix::Yb,
        _ => return None,
    };
    let digits = number.get(2..)?;
    (digits.len() == 14 && digits.bytes().all(|b| b.is_ascii_digit())).then_some((prefix, digits))
}

/// The last digit that the first 13 of a licence's 14 digits ask for (GB/T 17710-1999, MOD 11,10).
pub fn licence_check_digit(digits: &str) -> char {
    let product = digits.chars().take(13).fold(10, |product, c| {
        let sum = match (product + c.to_digit(10).unwrap_or(0)) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    char::from_digit((11 - product) % 10, 10).unwrap_or('0')
}

/// Whether a document number reads `…〔yyyy〕n号` with the brackets U+3014 and U+3015.
pub fn is_doc_no(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('〔') else { return false };
    let Some((year, number)) = rest.split_once('〕') else { return false };
    let Some(number) = number.strip_suffix('号') else { return false };
    !name.is_empty()
        && !name.contains(['[', '(', '（', '【'])
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// The year of a document number that is written as one.
pub fn year_of_doc_no(text: &str) -> Option<i16> {
    let (_, rest) = text.split_once('〔').filter(|_| is_doc_no(text))?;
    rest.get(..4)?.parse().ok()
}

/// Whether a sample number is two to four capitals and 9 to 20 digits.
pub fn is_sample_no(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = text.len() - digits.len();
    (2..=4).contains(&letters)
        && (9..=20).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether an office line reads `0` + 2 or 3 digits, `-`, 7 or 8 digits, with an optional `-` extension; or is a short
/// public number such as 12315.
pub fn is_office_phone(text: &str) -> bool {
    let digits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let mut parts = text.split('-');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(short), None, ..) => digits(short, 3..=6) && short.starts_with('1'),
        (Some(area), Some(line), extension, None) => {
            area.starts_with('0')
                && digits(area, 3..=4)
                && digits(line, 7..=8)
                && extension.is_none_or(|part| digits(part, 1..=6))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_codes_are_proved_by_their_check_character() {
        for valid in [
            "91990101MA0DEM013U",
            "92990102MA0TE5T24W",
            "12990100400000018N",
            "91990101000000190P",
            "93990103MA0C00P31A",
        ] {
            assert_eq!(check_uscc(valid), Ok(()), "{valid}");
            assert_eq!(check_organisation(valid), Ok(()), "{valid}");
        }
        assert_eq!(check_uscc("91990101MA0DEM013V"), Err(UsccFault::Character(18, 'V')));
        assert!(matches!(check_uscc("91990101MA0DEM103U"), Err(UsccFault::Check(_, 'U'))));
        assert_eq!(check_uscc("9199"), Err(UsccFault::Length(4)));
    }

    #[test]
    fn licences_are_proved_by_their_last_digit() {
        for valid in [
            "SC10199010100019",
            "SC10499010100275",
            "SC20199010200035",
            "JY19901010000015",
            "JY29901020001233",
            "JY39901010000457",
        ] {
            let (_, digits) = licence_form(valid).unwrap();
            assert_eq!(digits.chars().last(), Some(licence_check_digit(digits)), "{valid}");
        }
        assert_ne!(licence_check_digit("10199010100018"), '8');
        for wrong in ["QS10199010100019", "SC1019901010001", "JY199010100000１5", "S"] {
            assert_eq!(licence_form(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn document_numbers_need_tortoise_shell_brackets() {
        assert!(is_doc_no("样市监处罚〔2026〕12号"));
        for wrong in [
            "样市监处罚[2026]12号",
            "样市监处罚（2026）12号",
            "样市监处罚〔2026〕号",
            "〔2026〕12号",
            "样市监处罚〔26〕12号",
        ] {
            assert!(!is_doc_no(wrong), "{wrong}");
        }
    }

    #[test]
    fn sample_numbers_and_office_lines_keep_their_form() {
        assert!(is_sample_no("XBJ26990101000000001") && is_sample_no("SH20190523055"));
        assert!(!is_sample_no("X26990101000000001") && !is_sample_no("XBJ-1"));
        assert!(
            is_office_phone("0000-1234567")
                && is_office_phone("12315")
                && is_office_phone("0000-1234567-801")
        );
        assert!(
            !is_office_phone("13800000000")
                && !is_office_phone("00001234567")
                && !is_office_phone("0000-123")
        );
    }
}
