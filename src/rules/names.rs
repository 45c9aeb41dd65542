//! Names written under a key: each must exist.

use super::source::{Faults, Located, Row};
use crate::diagnostic::{Code, Diagnostic};
use crate::set::{Set, Word};

/// The words named under a key; a name that does not exist is a fault.
pub(crate) fn words<W: Word>(row: &mut Row<'_>, key: &'static str, faults: &mut Faults) -> Set<W> {
    names(row, key, W::WORDS, W::name, faults).into_iter().collect()
}

/// The values named under a key; a name that does not exist is a fault.
pub(crate) fn names<T: Copy>(
    row: &mut Row<'_>,
    key: &'static str,
    all: &[T],
    name: fn(T) -> &'static str,
    faults: &mut Faults,
) -> Vec<T> {
    let written = row.texts(key, faults);
    written.into_iter().filter_map(|text| named(&text, all, name, faults)).collect()
}

/// The value of that name; a name that does not exist is a fault.
pub(crate) fn named<T: Copy>(
    written: &Located<String>,
    all: &[T],
    name: impl Fn(T) -> &'static str,
    faults: &mut Faults,
) -> Option<T> {
    let found = all.iter().copied().find(|value| name(*value) == written.value);
    if found.is_none() {
        let known: Vec<&str> = all.iter().map(|value| name(*value)).collect();
        let fault = Diagnostic::new(Code::UnknownName, format!("没有「{}」这个值", written.value));
        let help = format!("可以写：{}", known.join("、"));
        faults.report(written.origin, fault.help(help).nearest(&written.value, known));
    }
    found
}
