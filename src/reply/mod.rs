//! Ready-to-edit texts to the buyer, put together from the acts and templates of the rules.

#[cfg(test)]
mod case_book;
mod compose;
mod facts;
mod follow_ups;
mod offers;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use compose::compose;
