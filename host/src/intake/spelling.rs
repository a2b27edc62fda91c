//! Spellings of cells remembered by their bytes: short ones as a few words that are compared without a call, in a table
//! of places that later spellings may take; all others, and those that lost their place, in a map.

use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Places of the table.
const PLACES: usize = 256;

/// Bytes of a short spelling.
const SHORT: usize = 24;

/// Bytes of a spelling that is remembered.
const LONGEST: usize = 256;

/// Spellings remembered at most; beyond, they are simply looked at again.
const AT_MOST: usize = 8192;

/// A short spelling: with its length, its words are all of it. No array: words that were just made are compared from
/// registers, without a way through memory.
#[derive(Clone, Copy, Debug)]
struct Short {
    length: u64,
    first: u64,
    middle: u64,
    last: u64,
}

impl PartialEq for Short {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        let differs = (self.first ^ other.first) | (self.middle ^ other.middle) | (self.last ^ other.last);
        differs | (self.length ^ other.length) == 0
    }
}

/// What is known of spellings.
#[derive(Debug)]
pub(super) struct Spellings<T> {
    places: Vec<Option<(Short, T)>>,
    known: HashMap<Box<[u8]>, T, RandomState>,
}

impl<T> Default for Spellings<T> {
    fn default() -> Self {
        Self { places: Vec::new(), known: HashMap::default() }
    }
}

impl<T: Copy> Spellings<T> {
    /// What is known of a spelling, or what `look` finds out.
    #[inline]
    pub(super) fn of(&mut self, bytes: &[u8], look: impl FnOnce() -> T) -> T {
        let Some(short) = Short::new(bytes) else { return self.seldom(bytes, look) };
        if let Some(known) = self.known(bytes) {
            return known;
        }
        let found = self.seldom(bytes, look);
        if self.places.is_empty() {
            self.places.resize(PLACES, None);
        }
        self.places[short.place()] = Some((short, found));
        found
    }

    /// What is known of a short spelling, where it has kept its place.
    #[inline]
    pub(super) fn known(&self, bytes: &[u8]) -> Option<T> {
        let short = Short::new(bytes)?;
        let (held, known) = self.places.get(short.place())?.as_ref()?;
        (*held == short).then_some(*known)
    }

    fn seldom(&mut self, bytes: &[u8], look: impl FnOnce() -> T) -> T {
        if let Some(known) = self.known.get(bytes) {
            return *known;
        }
        let found = look();
        if bytes.len() <= LONGEST && self.known.len() < AT_MOST {
            self.known.insert(bytes.into(), found);
        }
        found
    }

    /// Whether no more are remembered.
    pub(super) fn is_full(&self) -> bool {
        self.known.len() >= AT_MOST
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.known.clear();
    }
}

impl Short {
    #[inline]
    fn new(bytes: &[u8]) -> Option<Self> {
        let word = |at: usize| {
            bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
        };
        let half = |at: usize| {
            bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
        };
        let length = bytes.len();
        let (first, middle, last) = match length {
            0..4 => (bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0, 0),
            4..8 => (u64::from(half(0)) << 32 | u64::from(half(length - 4)), 0, 0),
            8..=16 => (word(0), 0, word(length - 8)),
            17..=SHORT => (word(0), word(8), word(length - 8)),
            _ => return None,
        };
        Some(Self { length: length as u64, first, middle, last })
    }

    #[inline]
    fn place(self) -> usize {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let Self { length, first, middle, last } = self;
        let mixed = (first ^ last.rotate_left(23) ^ middle.rotate_left(41) ^ length).wrapping_mul(ODD);
        (mixed >> 56) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn two_spellings_are_never_taken_for_one(spellings in prop::collection::vec("[ab甲\\x00]{0,12}|[a-c]{0,30}", 1..200)) {
            let mut known = Spellings::default();
            let own = |text: &String| text.len() * 1000 + usize::from(*text.as_bytes().first().unwrap_or(&0));
            let mut length = |text: &String| known.of(text.as_bytes(), || own(text));
            for text in spellings.iter().chain(spellings.iter().rev()) {
                prop_assert_eq!(length(text), own(text));
            }
        }

        #[test]
        fn short_spellings_are_equal_where_their_bytes_are(one in prop::collection::vec(0..3_u8, 0..25), other in prop::collection::vec(0..3_u8, 0..25)) {
            prop_assert_eq!(Short::new(&one) == Short::new(&other), one == other);
        }
    }
}
