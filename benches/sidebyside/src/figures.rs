//! How figures and tables are written.

/// A figure to two or three digits.
pub fn amount(value: f64) -> String {
    match value {
        value if value >= 9_950.0 => format!("{:.0}", (value / 100.0).round() * 100.0),
        value if value >= 99.5 => format!("{value:.0}"),
        value if value >= 9.95 => format!("{value:.1}"),
        value if value >= 0.1 => format!("{value:.2}"),
        0.0 => "0".to_owned(),
        value => format!("{value:.4}"),
    }
}

/// A table in Markdown.
pub fn table(heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    rows.into_iter().for_each(|row| text += &format!("| {} |\n", row.join(" | ")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_two_or_three_digits() {
        let written = [0.0, 0.0213, 0.352, 1.666, 28.94, 131.2, 15_643.0].map(amount);
        assert_eq!(written, ["0", "0.0213", "0.35", "1.67", "28.9", "131", "15600"]);
    }

    #[test]
    fn a_table_has_a_head_and_rows() {
        let rows = [vec!["甲".to_owned(), "1".to_owned()]];
        assert_eq!(table(&["a", "b"], rows), "| a | b |\n|---|---|\n| 甲 | 1 |\n");
    }
}
