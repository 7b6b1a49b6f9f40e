//! Codes with valid check characters: credit codes (GB 32100-2015) and licence numbers (MOD 11,10).
//!
//! In: a region and a serial number. Out: a code that no other serial number gives.
//!
//! Written apart from `gongshi::code`, which checks such codes: a slip in one shows up against the other.

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const CODE_WEIGHTS: [u64; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const BODY_WEIGHTS: [u64; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A credit code: two leading digits, the six of the region, and a body made from the serial number.
pub fn credit_code(kind: &str, region: &str, serial: u64) -> String {
    // 31 is prime, so multiplying by a number that is no multiple of it only shuffles the serial numbers.
    let mut rest = serial.wrapping_mul(48_271).wrapping_add(1_933) % 31u64.pow(6);
    let mut body = String::from("MA");
    for _ in 0..6 {
        body.push(symbol(rest % 31));
        rest /= 31;
    }
    let sum: u64 = body.bytes().zip(BODY_WEIGHTS).map(|(byte, weight)| body_value(byte) * weight).sum();
    let inner = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => symbol(digit),
    };
    let mut code = format!("{kind}{region}{body}{inner}");
    let sum: u64 = code.bytes().zip(CODE_WEIGHTS).map(|(byte, weight)| code_value(byte) * weight).sum();
    code.push(symbol((31 - sum % 31) % 31));
    code
}

/// A licence number: its letters, 13 digits and their check digit.
pub fn licence_number(letters: &str, digits: &str) -> String {
    let mut product = 10;
    for byte in digits.bytes() {
        let sum = match (product + u64::from(byte.saturating_sub(b'0'))) % 10 {
            0 => 10,
            sum => sum,
        };
        product = sum * 2 % 11;
    }
    format!("{letters}{digits}{}", (11 - product) % 10)
}

fn symbol(value: u64) -> char {
    ALPHABET.get(value as usize).map_or('0', |byte| char::from(*byte))
}

fn code_value(byte: u8) -> u64 {
    ALPHABET.iter().position(|known| *known == byte).unwrap_or(0) as u64
}

fn body_value(byte: u8) -> u64 {
    match byte {
        b'0'..=b'9' => u64::from(byte - b'0'),
        _ => u64::from(byte.saturating_sub(b'A')) + 10,
    }
}
