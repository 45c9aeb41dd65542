//! Many complaints at once, on all cores.

use crate::case::Case;
use crate::engine::Triage;
use crate::report::Report;
use std::num::NonZeroUsize;
use std::thread;

/// So many cases a core are taken at a time: enough that starting threads costs nothing beside them.
const PER_CORE: usize = 64;

impl Triage {
    /// Assesses many complaints on all cores; the reports come in the order of the cases, each the same as
    /// [`assess`](Self::assess) gives.
    ///
    /// Lazy: some cases are taken, assessed and given out before the next are, 64 for each core, so memory stays bounded
    /// however many there are. Infallible, as `assess` is.
    ///
    /// ```
    /// let triage = tousu::Triage::builtin();
    /// let texts = ["苹果烂了一半", "很好吃", "快递五天没动了"];
    /// let complaints: Vec<bool> = triage.assess_all(texts).map(|report| report.complaint).collect();
    /// assert_eq!(complaints, [true, false, true]);
    /// ```
    pub fn assess_all<'t, C: Into<Case<'t>>>(
        &self,
        cases: impl IntoIterator<Item = C>,
    ) -> impl Iterator<Item = Report> {
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let mut cases = cases.into_iter().map(Into::into).fuse();
        let mut done = Vec::new().into_iter();
        std::iter::from_fn(move || {
            if done.len() == 0 {
                let batch: Vec<Case<'t>> = cases.by_ref().take(cores * PER_CORE).collect();
                done = self.assess_batch(batch, cores).into_iter();
            }
            done.next()
        })
    }

    /// Deals the cases out to the cores like cards, for texts of one kind often come together.
    fn assess_batch(&self, batch: Vec<Case<'_>>, cores: usize) -> Vec<Report> {
        let size = batch.len();
        let mut hands: Vec<Vec<Case<'_>>> = (0..cores.min(size)).map(|_| Vec::new()).collect();
        for (place, case) in batch.into_iter().enumerate() {
            hands[place % cores].push(case);
        }
        let play = |hand: &[Case<'_>]| -> Vec<Report> { hand.iter().map(|case| self.assess(case.clone())).collect() };
        let mut played: Vec<_> = thread::scope(|scope| {
            let Some((own, others)) = hands.split_first() else { return Vec::new() };
            let others: Vec<_> = others
                .iter()
                .map(|hand| thread::Builder::new().spawn_scoped(scope, || play(hand)).map_err(|_| hand))
                .collect();
            // One hand is played here, and so are those for which there is no thread to be had.
            let mut played = vec![play(own)];
            // Assessing never panics; if it did, so would this.
            played.extend(others.into_iter().map(|other| match other {
                Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                Err(hand) => play(hand),
            }));
            played.into_iter().map(Vec::into_iter).collect()
        });
        (0..size).filter_map(|place| played[place % cores].next()).collect()
    }
}
