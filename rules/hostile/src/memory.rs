//! Takes more memory than it may have.

use std::hint::black_box;

use crate::{Behaviour, Moment};

const PIECE: usize = 1 << 20;

pub(crate) fn happen(behaviour: Behaviour, moment: Moment) {
    match (behaviour, moment) {
        (Behaviour::MemoryToTheCap, Moment::Push) => {
            let taken = take_all();
            panic!("refused after {} pieces", taken.len());
        }
        (Behaviour::MemoryToTheCapQuietly, Moment::Push) => drop(take_all()),
        (Behaviour::FourGibibytesAtOnce, Moment::Push) => take_at_once(),
        _ => {}
    }
}

/// All there is, every byte of it written.
fn take_all() -> Vec<Vec<u8>> {
    let mut taken = Vec::new();
    loop {
        let mut piece = Vec::new();
        if taken.try_reserve(1).is_err() || piece.try_reserve_exact(PIECE).is_err() {
            return taken;
        }
        piece.resize(PIECE, 1);
        taken.push(black_box(piece));
    }
}

/// Past the allocator, which would not even ask.
#[cfg(target_arch = "wasm32")]
fn take_at_once() {
    use std::arch::wasm32::{memory_grow, memory_size};
    const PAGES: usize = 1 << 16;
    assert_ne!(memory_grow::<0>(PAGES - memory_size::<0>()), usize::MAX, "refused");
}

#[cfg(not(target_arch = "wasm32"))]
fn take_at_once() {}
