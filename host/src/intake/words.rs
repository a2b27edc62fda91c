//! The words of a column of text: a dictionary of each batch, or plain text where they hardly repeat. Knows nothing of what
//! a word means.

use super::batch::Cells;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Distinct words of a batch in the order they came, and which of them each cell is.
///
/// Words are remembered over batches, so that each spelling is converted once; the codes of a batch are its own and do
/// not depend on what came before it.
#[derive(Default)]
pub(super) struct Words {
    /// Which word each cell of the batch is.
    pub(super) codes: Vec<u32>,
    offsets: Vec<u32>,
    heap: String,
    index: HashMap<Box<str>, u32, RandomState>,
    /// The remembered words, the batch each was last in, and its code there.
    known: Vec<(Box<str>, u32, u32)>,
    batch: u32,
}

/// Words remembered over batches at most, about.
const WORDS_AT_MOST: usize = 8192;

impl Words {
    /// Which of the remembered words this is.
    pub(super) fn word(&mut self, word: &str) -> u32 {
        if let Some(&index) = self.index.get(word) {
            return index;
        }
        let index = self.known.len() as u32;
        self.index.insert(word.into(), index);
        self.known.push((word.into(), u32::MAX, 0));
        index
    }

    /// Takes the next cell.
    #[inline]
    pub(super) fn put(&mut self, word: u32) {
        let code = self.code(word);
        self.codes.push(code);
    }

    /// The code of a remembered word in this batch.
    #[inline]
    pub(super) fn code(&mut self, word: u32) -> u32 {
        let (_, batch, code) = self.known[word as usize];
        if batch == self.batch { code } else { self.enter(word as usize) }
    }

    /// Gives a remembered word its code in this batch.
    fn enter(&mut self, index: usize) -> u32 {
        if self.offsets.is_empty() {
            self.offsets.push(0);
        }
        let code = (self.offsets.len() - 1) as u32;
        let (word, batch, own) = &mut self.known[index];
        self.heap.push_str(word);
        self.offsets.push(self.heap.len() as u32);
        (*batch, *own) = (self.batch, code);
        code
    }

    /// A dictionary, unless more than half the cells differ; and whether the words were forgotten.
    pub(super) fn finish(&mut self) -> (Cells, bool) {
        let codes = std::mem::take(&mut self.codes);
        let (mut offsets, heap) = (std::mem::take(&mut self.offsets), std::mem::take(&mut self.heap));
        let full = self.known.len() >= WORDS_AT_MOST;
        if full {
            *self = Self::default();
        } else {
            self.batch = self.batch.wrapping_add(1) % u32::MAX;
        }
        if offsets.is_empty() {
            offsets.push(0);
        }
        if (offsets.len() - 1) * 2 <= codes.len() {
            return (Cells::Dictionary { codes, offsets, heap }, full);
        }
        let mut plain = (Vec::with_capacity(codes.len() + 1), String::with_capacity(heap.len()));
        plain.0.push(0);
        for code in codes {
            let (start, end) = (offsets[code as usize], offsets[code as usize + 1]);
            plain.1.push_str(&heap[start as usize..end as usize]);
            plain.0.push(plain.1.len() as u32);
        }
        (Cells::Text { offsets: plain.0, heap: plain.1 }, full)
    }
}
