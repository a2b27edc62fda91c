//! Sessions that are fed in turn: which chunk is next, and who waits for it. Several lines are fed at the same time, each in
//! the order of the chunks.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::runtime::Session;

/// A session of a share, and what became of it.
pub(super) struct Slot<'a> {
    /// Index of the share.
    pub(super) share: usize,
    /// Which of the share's instances it is.
    pub(super) instance: usize,
    /// None where it failed.
    pub(super) session: Option<Session<'a>>,
    /// It was handed a record.
    pub(super) is_fed: bool,
}

/// Sessions that take their turns together.
pub(super) struct Line<'a> {
    state: Mutex<State<'a>>,
    turned: Condvar,
}

struct State<'a> {
    turn: usize,
    /// A worker panicked: its turn will never end, so nobody waits for it.
    broken: bool,
    slots: Vec<Slot<'a>>,
}

impl<'a> Line<'a> {
    pub(super) fn new(slots: Vec<Slot<'a>>) -> Self {
        let state = State { turn: 0, broken: false, slots };
        Self { state: Mutex::new(state), turned: Condvar::new() }
    }

    /// Waits until all chunks before this one are through, and feeds this one.
    pub(super) fn in_turn(&self, position: usize, feed: impl FnOnce(&mut [Slot<'a>])) {
        let mut state = lock(&self.state);
        while state.turn != position && !state.broken {
            state = self.turned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        feed(&mut state.slots);
        state.turn += 1;
        self.turned.notify_all();
    }

    pub(super) fn into_slots(self) -> Vec<Slot<'a>> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).slots
    }
}

/// Frees those who wait for a worker that panics.
pub(super) struct Guard<'l, 'a>(pub(super) &'l [Line<'a>]);

impl Drop for Guard<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            for line in self.0 {
                lock(&line.state).broken = true;
                line.turned.notify_all();
            }
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does the same with each of these on up to so many threads; what comes of them in their order.
pub(super) fn each_of<T: Send, U: Send>(items: Vec<T>, jobs: usize, work: impl Fn(T) -> U + Sync) -> Vec<U> {
    let workers = jobs.clamp(1, items.len().max(1));
    let rest = Mutex::new(items.into_iter().enumerate());
    let done = Mutex::new(Vec::new());
    let next = || lock(&rest).next();
    let work_on = || {
        while let Some((number, item)) = next() {
            let outcome = work(item);
            lock(&done).push((number, outcome));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(work_on);
        }
        work_on();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

#[cfg(test)]
mod tests {
    use super::each_of;

    #[test]
    fn what_comes_of_each_stands_in_their_order() {
        for jobs in [0, 1, 3, 50] {
            assert_eq!(
                each_of((0..20).collect(), jobs, |number: u32| number * 2),
                Vec::from_iter((0..40).step_by(2))
            );
        }
        assert!(each_of(Vec::<u32>::new(), 4, |number| number).is_empty());
    }
}
