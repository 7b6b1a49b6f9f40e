//! Numbers in as few bytes as they need, for what is kept between builds: seven bits a byte, lowest first, the eighth says
//! that more follow.
//!
//! In: numbers. Out: bytes, and back; bytes that end too early or say more than 64 bits give nothing. Not here: the texts of
//! the search index, which may hold no such bytes (`search`).

/// Adds a number.
#[inline]
pub fn add(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number from the beginning of `bytes`.
#[inline]
pub fn take(bytes: &mut &[u8]) -> Option<u64> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    if *first < 0x80 { Some(u64::from(*first)) } else { take_rest(u64::from(*first & 0x7f), bytes) }
}

fn take_rest(mut number: u64, bytes: &mut &[u8]) -> Option<u64> {
    for shift in (7..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7f);
        if shift == 63 && bits > 1 {
            return None;
        }
        number |= bits << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_damaged_ones_do_not() {
        let numbers = (0..64).map(|bit| 1 << bit).chain([0, 127, 128, 300, u64::from(u32::MAX), u64::MAX]);
        for number in numbers {
            let mut bytes = Vec::new();
            add(number, &mut bytes);
            assert_eq!(take(&mut &bytes[..]), Some(number));
            assert_eq!(take(&mut &bytes[..bytes.len() - 1]), None, "{number} without its end");
        }
        assert_eq!(take(&mut &[0xff; 9][..]), None);
        assert_eq!(take(&mut &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2][..]), None);
    }
}
