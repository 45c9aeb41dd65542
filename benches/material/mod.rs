//! What is measured on and with: messages, the strings that the rules look for, and more rules. The side-by-side
//! package uses this folder too.

pub mod corpus;
pub mod lexicon;
pub mod random;
pub mod rule_files;
pub mod synthetic;
