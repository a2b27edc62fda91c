//! Stretches of equal consecutive values in a series that may come in any order.
//!
//! Samples are kept until the session holds [`MOST_SAMPLES`]; then each series is sorted and folded into its runs,
//! of which only the long ones and those at its ends stay. So any order is exact up to that many samples; beyond
//! it, series must come in time order, or in pieces that do not interleave in time, such as one file a month; then it
//! does not matter where they are folded, which is after a whole batch and depends on what else the session sees.

/// Samples a session keeps before it folds them: 12 MiB.
pub const MOST_SAMPLES: usize = 1 << 19;

/// One value of a series.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// When, in seconds.
    pub at: i64,
    /// The value.
    pub value: f64,
    /// Its record.
    pub id: u64,
}

/// Equal values one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// The first of them.
    pub first: Sample,
    /// The last of them.
    pub last: Sample,
    /// How many.
    pub count: usize,
}

/// The values of one point and pollutant.
#[derive(Debug, Default)]
pub struct Series {
    samples: Vec<Sample>,
    /// Pieces already folded, each the runs of a piece in order of time.
    pieces: Vec<Vec<Run>>,
}

impl Series {
    /// Takes a sample.
    pub fn push(&mut self, sample: Sample) {
        self.samples.push(sample);
    }

    /// Takes several.
    pub fn extend(&mut self, samples: impl Iterator<Item = Sample>) {
        self.samples.extend(samples);
    }

    /// Folds the samples into runs, and keeps the runs of at least so many values and those at the ends.
    pub fn fold(&mut self, least: usize) {
        if !self.samples.windows(2).all(|pair| pair[0].at < pair[1].at) {
            self.samples.sort_by(|a, b| {
                (a.at, a.value, a.id).partial_cmp(&(b.at, b.value, b.id)).unwrap_or(std::cmp::Ordering::Equal)
            });
        }
        let (mut runs, mut current): (Vec<Run>, Option<Run>) = Default::default();
        for sample in self.samples.drain(..) {
            let next = Run { first: sample, last: sample, count: 1 };
            if current.as_mut().is_some_and(|run| run.absorbs(&next)) {
                continue;
            }
            let ended = current.replace(next);
            runs.extend(ended.filter(|run| runs.is_empty() || run.count >= least));
        }
        runs.extend(current);
        if !runs.is_empty() {
            self.pieces.push(runs);
        }
    }

    /// The runs of at least so many values, in order of time.
    pub fn runs(mut self, least: usize) -> Vec<Run> {
        self.fold(least);
        self.pieces.sort_by_key(|piece| piece[0].first.at);
        let mut all: Vec<Run> = Vec::new();
        for piece in self.pieces {
            let mut piece = piece.into_iter();
            // Only where two pieces meet can a run go on: within a piece, what lay between was dropped.
            if let Some(first) = piece.next()
                && !all.last_mut().is_some_and(|run| run.absorbs(&first))
            {
                all.push(first);
            }
            all.extend(piece);
        }
        all.retain(|run| run.count >= least);
        all
    }
}

impl Run {
    /// Takes the next run as more of this one, where it goes on with the same value. A value twice at one time counts once.
    fn absorbs(&mut self, next: &Self) -> bool {
        if self.last.value != next.first.value {
            return false;
        }
        if self.last.at < next.first.at {
            self.count += next.count;
            self.last = next.last;
            return true;
        }
        next.count == 1 && self.last.at == next.first.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(at: i64, value: f64) -> Sample {
        Sample { at, value, id: u64::try_from(at).expect("not negative") }
    }

    fn counts(series: Series, least: usize) -> Vec<usize> {
        series.runs(least).iter().map(|run| run.count).collect()
    }

    fn values() -> impl Iterator<Item = Sample> {
        (0..30).map(|at| sample(at, if (10..20).contains(&at) { 5.0 } else { at as f64 }))
    }

    #[test]
    fn a_run_is_found_in_any_order() {
        let mut forwards = Series::default();
        values().for_each(|sample| forwards.push(sample));
        assert_eq!(counts(forwards, 10), [10]);
        let mut shuffled = Series::default();
        (0..30)
            .map(|step| step * 7 % 30)
            .filter_map(|at| values().nth(at))
            .for_each(|sample| shuffled.push(sample));
        assert_eq!(counts(shuffled, 10), [10]);
    }

    #[test]
    fn a_run_goes_on_over_folded_pieces_in_any_order_of_pieces() {
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let mut series = Series::default();
            for piece in order {
                values()
                    .skip(piece * 10 + 3)
                    .take(if piece == 2 { 7 } else { 10 })
                    .for_each(|sample| series.push(sample));
                series.fold(10);
            }
            assert_eq!(counts(series, 10), [10], "{order:?}");
        }
    }

    #[test]
    fn equal_values_apart_are_no_run() {
        let mut series = Series::default();
        for at in 0..20 {
            series.push(sample(at, f64::from(u8::from(at == 9)) + 3.0));
        }
        series.fold(11);
        assert_eq!(counts(series, 11), Vec::<usize>::new());
    }

    #[test]
    fn a_value_reported_twice_counts_once() {
        let mut series = Series::default();
        for at in [1, 1, 2, 3] {
            series.push(sample(at, 4.0));
        }
        assert_eq!(counts(series, 3), [3]);
    }
}
