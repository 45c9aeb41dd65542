//! Rows of different lengths in one piece of memory.

use serde::{Deserialize, Serialize};

/// Lists by number, one behind the other: reading one row touches no other memory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Table<T> {
    /// Where each row begins, and where the last one ends.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Table<T> {
    /// The number of rows.
    pub fn rows(&self) -> u32 {
        u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }

    /// One row; empty past the end.
    pub fn of(&self, row: u32) -> &[T] {
        match self.starts.get(row as usize..row as usize + 2) {
            Some(&[start, end]) => &self.items[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Adds a row at the end.
    pub fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.starts.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// A table of so many rows out of pairs of row and item; items of a row keep their order.
    pub fn of_pairs(rows: usize, mut pairs: Vec<(u32, T)>) -> Self {
        pairs.sort_by_key(|(row, _)| *row);
        let mut table = Self::default();
        let mut pairs = pairs.into_iter().peekable();
        for row in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
            while let Some((_, item)) = pairs.next_if(|(of, _)| *of == row) {
                table.items.push(item);
            }
            table.push([]);
        }
        table
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_items() {
        let table = Table::of_pairs(3, vec![(2, 'c'), (0, 'a'), (2, 'd')]);
        assert_eq!([table.of(0), table.of(1), table.of(2), table.of(3)], [&['a'][..], &[], &['c', 'd'], &[]]);
        assert_eq!(table.rows(), 3);
    }
}
