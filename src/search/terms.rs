//! Terms of a document, as numbers: docs/search.md, sections 3 and 5.
//!
//! In: the normal forms of a document's values. Out: for each term its forty-bit hash with document and class in one number,
//! ready to be sorted. Terms as texts exist for the shared vectors only.
//!
//! Not here: which values are searched (`documents`), and what becomes of the numbers (`postings`).

use crate::fold::{Class, class_of};
use crate::sounds::readings;

/// Bits of a posting that tell document and class.
pub const DOCUMENT_BITS: u32 = 24;

/// The hash of a posting's term.
#[inline]
pub fn hash_of(posting: u64) -> u64 {
    posting >> DOCUMENT_BITS
}

/// Characters at the end of a code by which it is known.
const END: usize = 6;

/// Combinations of readings that are kept of a whole title.
const COMBINATIONS: usize = 32;

/// The longest title that is known by its whole sound: a person's name, not a firm's, whose neighbours tell enough.
const SHORT: usize = 4;

/// A hash in the making.
#[derive(Clone, Copy, Debug)]
pub struct Hash {
    first: u32,
    second: u32,
}

impl Hash {
    /// The hash of nothing.
    pub const NEW: Hash = Hash { first: 0x811c_9dc5, second: 0x9747_b28c };

    /// With one more UTF-16 code unit.
    #[inline]
    fn unit(self, unit: u16) -> Hash {
        let step = |hash: u32| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
        Hash { first: step(self.first), second: step(self.second) }
    }

    /// With one more character.
    #[inline]
    pub fn char(self, c: char) -> Hash {
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().fold(self, |hash, unit| hash.unit(*unit))
    }

    /// With more letters of ASCII.
    #[inline]
    pub fn ascii(self, letters: &str) -> Hash {
        letters.bytes().fold(self, |hash, byte| hash.unit(byte.into()))
    }

    /// The numbers of a term that stands by itself.
    #[inline]
    pub fn alone(self) -> Numbers {
        Numbers { first: mixed(self.first), second: mixed(self.second) }
    }

    /// The numbers of a term that stands in the shard of another one: of that of these whose first number is lowest.
    #[inline]
    fn beside(self, others: &[Hash]) -> Numbers {
        let Numbers { first, second } = self.alone();
        let place = others.iter().map(|other| mixed(other.first)).min().unwrap_or(first);
        Numbers { first: place & PLACE | first & !PLACE, second }
    }
}

/// The bits of the first number that tell a shard, however many shards there are.
const PLACE: u32 = 0xfff8_0000;

/// The two numbers of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The first, whose top bits tell the shard.
    pub first: u32,
    /// The second.
    pub second: u32,
}

impl Numbers {
    /// The first number and the top eight bits of the second.
    #[inline]
    pub fn forty_bits(self) -> u64 {
        u64::from(self.first) << 8 | u64::from(self.second >> 24)
    }
}

#[inline]
fn mixed(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// Where in a record a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// In the title.
    Title,
    /// Elsewhere.
    Other,
}

/// What takes the terms of a text.
pub trait Take {
    /// Whether it wants terms as texts.
    const TEXTS: bool;

    /// One term, as numbers and, when it is asked for, as a text.
    fn take(&mut self, numbers: Numbers, text: impl Fn() -> String);
}

/// Postings of one document.
pub struct Postings<'p> {
    /// All postings so far.
    pub all: &'p mut Vec<u64>,
    /// The document.
    pub document: u32,
    /// The class of what comes.
    pub rank: Rank,
}

impl Take for Postings<'_> {
    const TEXTS: bool = false;

    #[inline]
    fn take(&mut self, numbers: Numbers, _: impl Fn() -> String) {
        let class = u64::from(self.rank == Rank::Other);
        self.all.push(numbers.forty_bits() << DOCUMENT_BITS | u64::from(self.document) << 1 | class);
    }
}

#[inline]
fn is_letter(c: char) -> bool {
    class_of(c) == Class::Letter
}

/// Pairs, threes and runs: of every searched value.
pub fn pairs_threes_and_runs(form: &[char], to: &mut impl Take) {
    for (one, other) in form.iter().zip(form.iter().skip(1)) {
        if *one != ' ' && *other != ' ' && !(is_letter(*one) && is_letter(*other)) {
            to.take(pair(*one, *other).alone(), || [*one, *other].iter().collect());
        }
    }
    // Of three letters the run is the same term.
    for three in form.windows(3).filter(|three| !three.contains(&' ')) {
        if let [one, two, last] = three {
            let hash = pair(*one, *two).char(*last);
            to.take(by_pairs(*one, *two, *last, hash), || three.iter().collect());
        }
    }
    for run in form.chunk_by(|one, other| is_letter(*one) && is_letter(*other)) {
        if let [one] | [one, _] = run
            && is_letter(*one)
        {
            to.take(hashed(run).alone(), || run.iter().collect());
        }
    }
}

/// Single characters: of titles and prose.
pub fn singles(form: &[char], to: &mut impl Take) {
    for c in form.iter().filter(|c| class_of(**c) == Class::Ideograph) {
        to.take(Hash::NEW.char(*c).alone(), || c.to_string());
    }
}

/// Two characters with one between: of titles.
pub fn gaps(form: &[char], to: &mut impl Take) {
    for three in form.windows(3) {
        if let [one, _, other] = three
            && !three.contains(&' ')
            && !three.iter().all(|c| is_letter(*c))
        {
            let gap = Hash::NEW.char('?').char(*one).char(*other);
            to.take(gap.beside(&[pair(*one, *other)]), || format!("?{one}{other}"));
        }
    }
}

/// The whole value: of titles and codes.
pub fn whole(form: &[char], to: &mut impl Take) {
    let bare = || form.iter().filter(|c| **c != ' ');
    if !form.is_empty() {
        let hash = bare().fold(Hash::NEW.char('='), |hash, c| hash.char(*c));
        // Whoever asks for the whole of a code asks for its end too.
        let end = end_of(form).filter(|_| bare().all(char::is_ascii_alphanumeric));
        let numbers = match (end, bare().next(), bare().nth(1)) {
            (Some(end), _, _) => hash.beside(&[end]),
            (None, Some(one), Some(other)) if bare().count() == 2 => by_pairs('=', *one, *other, hash),
            _ => hash.alone(),
        };
        to.take(numbers, || std::iter::once(&'=').chain(bare()).collect());
    }
}

/// The hash of the last six characters of a longer value.
fn end_of(form: &[char]) -> Option<Hash> {
    let bare = || form.iter().filter(|c| **c != ' ');
    let left_out = bare().count().checked_sub(END).filter(|left_out| *left_out > 0)?;
    Some(bare().skip(left_out).fold(Hash::NEW.char('$'), |hash, c| hash.char(*c)))
}

/// The last six characters of a longer value: of codes.
pub fn tail(form: &[char], to: &mut impl Take) {
    if let Some(end) = end_of(form) {
        let bare = || form.iter().filter(|c| **c != ' ');
        let last = || bare().skip(bare().count() - END);
        to.take(end.alone(), || std::iter::once(&'$').chain(last()).collect());
    }
}

/// Whether a value that no field declares to be a code looks like one.
pub fn is_code(form: &[char]) -> bool {
    form.len() >= 6 && form.iter().all(|c| *c == ' ' || is_letter(*c))
}

/// How a title sounds: two and three neighbours, first character, initials, and the whole of it.
pub fn sounds(form: &[char], to: &mut impl Take) {
    for (at, one) in form.iter().enumerate() {
        let after = |far: usize| form.get(at + far).map_or(&[] as &[&str], |c| readings(*c));
        for first in readings(*one) {
            for second in after(1) {
                let neighbours = heard(first, second);
                to.take(neighbours.alone(), || format!("~{first} {second}"));
                for third in after(2) {
                    let numbers =
                        neighbours.char(' ').ascii(third).beside(&[neighbours, heard(second, third)]);
                    to.take(numbers, || format!("~{first} {second} {third}"));
                }
            }
        }
    }
    for first in form.first().map_or(&[] as &[&str], |c| readings(*c)) {
        to.take(Hash::NEW.char('~').ascii(first).alone(), || format!("~{first}"));
    }
    for three in form.windows(3) {
        initials(three, &mut Vec::with_capacity(3), to);
    }
    if form.len() == 2 {
        initials(form, &mut Vec::with_capacity(2), to);
    }
    if form.len() <= SHORT && form.iter().any(|c| !readings(*c).is_empty()) {
        wholes(form, "=~", |reading| reading, to);
        wholes(form, "=^", |reading| reading.get(..1).unwrap_or(""), to);
    }
}

/// The first letters of each character, in every combination, each once.
fn initials(form: &[char], before: &mut Vec<char>, to: &mut impl Take) {
    let Some((c, rest)) = form.split_first() else {
        let hash = before.iter().fold(Hash::NEW.char('^'), |hash, c| hash.char(*c));
        to.take(hash.alone(), || before.iter().collect::<String>().replacen("", "^", 1));
        return;
    };
    let all = readings(*c);
    for (at, reading) in all.iter().enumerate() {
        let first = reading.chars().next();
        let is_new = !all.iter().take(at).any(|other| other.chars().next() == first);
        if let Some(first) = first.filter(|_| is_new) {
            before.push(first);
            initials(rest, before, to);
            before.pop();
        }
    }
}

/// The whole title by its readings, the first combinations of them.
fn wholes<T: Take>(form: &[char], mark: &str, part: impl Fn(&'static str) -> &'static str, to: &mut T) {
    let mut all: Vec<(Hash, String)> = vec![(Hash::NEW.ascii(mark), mark.to_string())];
    for c in form.iter().filter(|c| **c != ' ') {
        let mut parts: Vec<&'static str> = Vec::new();
        for reading in readings(*c) {
            if !parts.contains(&part(reading)) {
                parts.push(part(reading));
            }
        }
        if parts.is_empty() {
            // A letter stands for itself; a title with a character that has no reading has no whole sound.
            if !is_letter(*c) {
                return;
            }
            for (hash, text) in &mut all {
                *hash = hash.char(*c);
                text.push(*c);
            }
            continue;
        }
        let longer = all.iter().flat_map(|(hash, text)| {
            parts.iter().map(move |part| {
                let text = if T::TEXTS { format!("{text}{part}") } else { String::new() };
                (hash.ascii(part), text)
            })
        });
        all = longer.take(COMBINATIONS).collect();
    }
    for (hash, text) in all {
        to.take(hash.alone(), || text.clone());
    }
}

#[inline]
fn pair(one: char, other: char) -> Hash {
    Hash::NEW.char(one).char(other)
}

/// The numbers of a term of three characters: of those with one of class `h` they are beside one of its two pairs. Letters alone
/// have too few pairs for all codes.
#[inline]
fn by_pairs(one: char, two: char, last: char, hash: Hash) -> Numbers {
    match [one, two, last].iter().any(|c| class_of(*c) == Class::Ideograph) {
        true => hash.beside(&[pair(one, two), pair(two, last)]),
        false => hash.alone(),
    }
}

fn heard(one: &str, other: &str) -> Hash {
    Hash::NEW.char('~').ascii(one).char(' ').ascii(other)
}

fn hashed(term: &[char]) -> Hash {
    term.iter().fold(Hash::NEW, |hash, c| hash.char(*c))
}
