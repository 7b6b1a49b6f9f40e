//! Texts by their first bytes, and one pass over an output that finds all of them.
//!
//! In: numbered texts of at least `N` bytes. Out: the numbers of those that stand in an output. `G` bytes are looked at in
//! every place that is a multiple of `N - G + 1`: wherever a text begins, one of these places lies so near behind its
//! beginning that all `G` bytes belong to its first `N`. `N` is at most 16, `N - G` at most 15, `G` at most 4 and no more than
//! `N - G + 1`. Four places are looked at before anything is decided: hardly any of them has to do with a text.
//!
//! Not here: what the texts mean (`needles`).

use crate::spread::Map;

/// Bits of a slot's number: the table takes 64 KiB, so that it stays in the processor's near caches.
const WIDTH: u32 = 15;
const SLOTS: usize = 1 << WIDTH;

/// Places that are looked at together.
const LANES: usize = 4;

/// No text.
const NONE: u32 = u32::MAX;

/// Texts by windows of `N` bytes, met by pieces of `G`.
#[derive(Debug)]
pub(super) struct Windows<const N: usize, const G: usize> {
    /// By the hash of a piece, a bit for each place among the first `N` bytes of a text at which such a piece stands; none
    /// without a text.
    offsets: Option<Box<[u16; SLOTS]>>,
    /// The numbers of the texts, in the order of their bytes.
    order: Vec<u32>,
    /// By place in the order, the place of the longest other text with which that text begins.
    beginnings: Vec<u32>,
    /// By the first `N` bytes, the first place and the one behind the last.
    spans: Map<u128, (u32, u32)>,
}

impl<const N: usize, const G: usize> Windows<N, G> {
    const STRIDE: usize = N - G + 1;

    /// Takes in texts of at least `N` bytes.
    pub(super) fn of<'t>(texts: impl Iterator<Item = (u32, &'t [u8])>) -> Self {
        let mut texts: Vec<(&[u8], u32)> = texts.map(|(number, text)| (text, number)).collect();
        texts.sort_unstable();
        let (mut spans, mut beginnings) = (Map::<u128, (u32, u32)>::default(), Vec::new());
        let mut open: Vec<(u32, &[u8])> = Vec::new();
        for (place, (text, _)) in (0u32..).zip(&texts) {
            while open.pop_if(|(_, shorter)| !text.starts_with(shorter)).is_some() {}
            beginnings.push(open.last().map_or(NONE, |(place, _)| *place));
            open.push((place, text));
            if let Some(window) = text.first_chunk::<N>() {
                spans.entry(number(*window)).or_insert((place, place)).1 = place + 1;
            }
        }
        let mut offsets = (!texts.is_empty()).then(|| Box::new([0; SLOTS]));
        for (text, _) in &texts {
            for (offset, piece) in text.array_windows::<G>().take(Self::STRIDE).enumerate() {
                if let Some(slot) = offsets.as_mut().and_then(|offsets| offsets.get_mut(slot(piece))) {
                    *slot |= 1 << offset;
                }
            }
        }
        Windows { offsets, order: texts.iter().map(|(_, number)| *number).collect(), beginnings, spans }
    }

    /// Hands over the number of each text in an output and where it begins, in the order of their places, until `found` has an
    /// answer.
    pub(super) fn each_match<'t, T>(
        &self,
        output: &[u8],
        texts: &impl Fn(u32) -> &'t [u8],
        found: &mut impl FnMut(u32, usize) -> Option<T>,
    ) -> Option<T> {
        let offsets = self.offsets.as_deref()?;
        let mut place = 0;
        while let Some(lanes) = output.get(place..place + Self::STRIDE * LANES) {
            let any =
                (0..LANES).fold(0, |any, lane| any | Self::offsets_at(offsets, lanes, lane * Self::STRIDE));
            if any != 0 {
                for lane in 0..LANES {
                    let answer =
                        self.matches_near(offsets, output, place + lane * Self::STRIDE, texts, found);
                    if answer.is_some() {
                        return answer;
                    }
                }
            }
            place += Self::STRIDE * LANES;
        }
        (place..output.len())
            .step_by(Self::STRIDE)
            .find_map(|place| self.matches_near(offsets, output, place, texts, found))
    }

    /// The places among the first bytes of a text at which the piece at this place of an output stands, a bit each.
    #[inline]
    fn offsets_at(offsets: &[u16; SLOTS], output: &[u8], place: usize) -> u16 {
        let piece = output.get(place..).and_then(|rest| rest.first_chunk::<G>());
        piece.and_then(|piece| offsets.get(slot(piece))).copied().unwrap_or(0)
    }

    /// The texts to which the piece at this place of an output belongs.
    fn matches_near<'t, T>(
        &self,
        offsets: &[u16; SLOTS],
        output: &[u8],
        place: usize,
        texts: &impl Fn(u32) -> &'t [u8],
        found: &mut impl FnMut(u32, usize) -> Option<T>,
    ) -> Option<T> {
        let mut offsets = Self::offsets_at(offsets, output, place);
        while let Some(offset) = offsets.checked_ilog2() {
            offsets ^= 1 << offset;
            let Some(start) = place.checked_sub(offset as usize) else { continue };
            let Some(rest) = output.get(start..) else { continue };
            let answer = self.matches_at(rest, texts, &mut |text| found(text, start));
            if answer.is_some() {
                return answer;
            }
        }
        None
    }

    /// The texts with which the rest of an output begins, the longest first.
    fn matches_at<'t, T>(
        &self,
        rest: &[u8],
        texts: &impl Fn(u32) -> &'t [u8],
        found: &mut impl FnMut(u32) -> Option<T>,
    ) -> Option<T> {
        let (from, to) = *self.spans.get(&number(*rest.first_chunk::<N>()?))?;
        let span = self.order.get(from as usize..to as usize)?;
        // Whatever stands in the order between a beginning of the rest and the rest has that beginning too: so all texts
        // with which the rest begins are beginnings of the last one before it.
        let before = span.partition_point(|text| texts(*text) <= rest) as u32;
        let mut place = (from + before).checked_sub(1).filter(|_| before > 0)?;
        while let Some(text) = self.order.get(place as usize) {
            if rest.starts_with(texts(*text))
                && let Some(answer) = found(*text)
            {
                return Some(answer);
            }
            place = *self.beginnings.get(place as usize)?;
        }
        None
    }
}

/// Where a piece is looked up.
#[inline]
fn slot<const G: usize>(piece: &[u8; G]) -> usize {
    let mut padded = [0; 4];
    for (to, from) in padded.iter_mut().zip(piece) {
        *to = *from;
    }
    (u32::from_le_bytes(padded).wrapping_mul(0x9e37_79b1) >> (u32::BITS - WIDTH)) as usize
}

/// Up to sixteen bytes as a number.
#[inline]
fn number<const N: usize>(bytes: [u8; N]) -> u128 {
    let mut padded = [0; 16];
    for (to, from) in padded.iter_mut().zip(bytes) {
        *to = from;
    }
    u128::from_le_bytes(padded)
}
