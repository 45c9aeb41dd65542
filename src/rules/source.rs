//! Rule files as written: TOML tables read key by key, every fault collected, every value with its place.
//!
//! serde would stop at the first fault; a supervisor wants all of them at once.

use crate::diagnostic::{Code, Diagnostic, Place};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One rule file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SourceFile {
    /// Name relative to the rule folder, with `/`.
    pub name: String,
    pub text: String,
}

/// Where a value was written: a file by number and the bytes in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Origin {
    pub file: u32,
    pub start: u32,
    pub end: u32,
}

impl Origin {
    fn new(file: u32, at: Range<usize>) -> Self {
        let bound = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: bound(at.start), end: bound(at.end) }
    }

    /// The part of a string value that lies `at` these bytes of its content.
    ///
    /// Exact for strings written without escapes; the whole string otherwise.
    pub fn inside(self, content: &str, at: Range<usize>) -> Self {
        let quotes = (self.end - self.start) as usize - content.len().min((self.end - self.start) as usize);
        // One quote or three at each end.
        if !matches!(quotes, 2 | 6) {
            return self;
        }
        let start = self.start as usize + quotes / 2;
        Self::new(self.file, start + at.start..start + at.end)
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Located<T> {
    pub value: T,
    pub origin: Origin,
}

/// The files of one load and the faults found in them so far.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    files: Vec<SourceFile>,
    found: Vec<(Option<Origin>, Diagnostic)>,
}

impl Faults {
    pub fn new(files: Vec<SourceFile>) -> Self {
        Self { files, found: Vec::new() }
    }

    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Records a fault at a place, once: what two matchers share is compiled for each.
    pub fn report(&mut self, origin: Origin, fault: Diagnostic) {
        if self.found.iter().any(|(at, known)| *at == Some(origin) && known.message == fault.message) {
            return;
        }
        let file = &self.files[origin.file as usize];
        let place = Place::locate(&file.name, &file.text, origin.start as usize..origin.end as usize);
        self.found.push((Some(origin), fault.at(place)));
    }

    /// Records a fault of the rule set as a whole.
    pub fn report_overall(&mut self, fault: Diagnostic) {
        self.found.push((None, fault));
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All faults in file order, those of the whole set last.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|(origin, _)| origin.map_or((u32::MAX, 0), |o| (o.file, o.start)));
        self.found.into_iter().map(|(_, fault)| fault).collect()
    }
}

/// Parses one file and hands each row of its arrays of tables to `visit`, as `(table name, row)`.
pub(crate) fn read_rows(file: u32, text: &str, faults: &mut Faults, mut visit: impl FnMut(&str, Row<'_>, &mut Faults)) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let broken = !errors.is_empty();
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        faults.report(
            Origin::new(file, at),
            Diagnostic::new(Code::Syntax, format!("不是合法的 TOML：{}", error.message())),
        );
    }
    if broken {
        return;
    }
    for (name, value) in document.get_ref() {
        match value.get_ref() {
            DeValue::Array(rows) if rows.iter().all(|row| row.get_ref().is_table()) => {
                for row in rows.iter() {
                    if let DeValue::Table(table) = row.get_ref() {
                        let origin = header(text, row.span());
                        visit(
                            name.get_ref(),
                            Row { file, origin: Origin::new(file, origin), table, read: Vec::new() },
                            faults,
                        );
                    }
                }
            }
            DeValue::Table(table) => {
                let origin = header(text, value.span());
                visit(name.get_ref(), Row { file, origin: Origin::new(file, origin), table, read: Vec::new() }, faults);
            }
            _ => faults.report(
                Origin::new(file, name.span()),
                Diagnostic::new(Code::UnknownKey, format!("文件里不能直接写「{}」，只能写表", name.get_ref()))
                    .help("规则文件由 [[表名]] 段落组成"),
            ),
        }
    }
}

/// The header line of a table, so that a fault of the whole row points at something short.
fn header(text: &str, span: Range<usize>) -> Range<usize> {
    let end = text.get(span.start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |i| span.start + i);
    span.start..end.min(span.end.max(span.start))
}

/// One `[[table]]`, read key by key.
pub(crate) struct Row<'a> {
    file: u32,
    origin: Origin,
    table: &'a DeTable<'a>,
    read: Vec<&'static str>,
}

impl Row<'_> {
    /// Where the row begins.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    fn value(&mut self, key: &'static str) -> Option<&Spanned<DeValue<'_>>> {
        if !self.read.contains(&key) {
            self.read.push(key);
        }
        self.table.get(key)
    }

    /// An optional string.
    pub fn text(&mut self, key: &'static str, faults: &mut Faults) -> Option<Located<String>> {
        let file = self.file;
        let value = self.value(key)?;
        let origin = Origin::new(file, value.span());
        match value.get_ref().as_str() {
            Some(text) => Some(Located { value: text.to_owned(), origin }),
            None => wrong_type(key, "一段文字（用引号括起）", value, origin, faults),
        }
    }

    /// A compulsory string that is not blank.
    pub fn required(&mut self, key: &'static str, faults: &mut Faults) -> Option<Located<String>> {
        if self.table.get(key).is_none() {
            self.read.push(key);
            faults.report(self.origin, Diagnostic::new(Code::MissingKey, format!("缺少「{key}」")));
            return None;
        }
        let text = self.text(key, faults)?;
        if text.value.trim().is_empty() {
            faults.report(text.origin, Diagnostic::new(Code::BadValue, format!("「{key}」不能为空")));
            return None;
        }
        Some(text)
    }

    /// An optional array of strings; empty if absent.
    pub fn texts(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Located<String>> {
        let file = self.file;
        self.value(key).map(|value| texts(key, file, value, faults)).unwrap_or_default()
    }

    /// An optional table of arrays of strings, such as `{ "1.5" = ["甲", "乙"] }`; empty if absent.
    pub fn lists(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(Located<String>, Vec<Located<String>>)> {
        let file = self.file;
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Table(entries) = value.get_ref() else {
            let origin = Origin::new(file, value.span());
            wrong_type::<()>(key, "几列文字，如 { 名 = [\"甲\", \"乙\"] }", value, origin, faults);
            return Vec::new();
        };
        let mut lists = Vec::new();
        for (name, entry) in entries {
            let name = Located { value: name.get_ref().to_string(), origin: Origin::new(file, name.span()) };
            lists.push((name, texts(key, file, entry, faults)));
        }
        lists
    }

    /// An optional finite number.
    pub fn number(&mut self, key: &'static str, faults: &mut Faults) -> Option<Located<f64>> {
        let file = self.file;
        let value = self.value(key)?;
        let origin = Origin::new(file, value.span());
        match as_number(value.get_ref()) {
            Some(number) => Some(Located { value: number, origin }),
            None => wrong_type(key, "一个数", value, origin, faults),
        }
    }

    /// An optional number within bounds.
    pub fn number_in(&mut self, key: &'static str, bounds: RangeInclusive<f64>, faults: &mut Faults) -> Option<f64> {
        let number = self.number(key, faults)?;
        if bounds.contains(&number.value) {
            return Some(number.value);
        }
        let message = format!("「{key}」应在 {} 与 {} 之间", bounds.start(), bounds.end());
        faults.report(number.origin, Diagnostic::new(Code::BadValue, message));
        None
    }

    /// An optional whole number from 0.
    pub fn count(&mut self, key: &'static str, faults: &mut Faults) -> Option<Located<u32>> {
        let number = self.number(key, faults)?;
        if number.value < 0.0 || number.value.fract() != 0.0 || number.value > f64::from(u32::MAX) {
            faults.report(number.origin, Diagnostic::new(Code::BadValue, format!("「{key}」应是不小于 0 的整数")));
            return None;
        }
        // In range by the check above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(Located { value: number.value as u32, origin: number.origin })
    }

    /// An optional share written in per cent, as basis points.
    pub fn basis_points(&mut self, key: &'static str, most_percent: f64, faults: &mut Faults) -> Option<u32> {
        let percent = self.number_in(key, 0.0..=most_percent, faults)?;
        // In range by the check above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some((percent * 100.0).round() as u32)
    }

    /// Whether a key is written at all.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// An optional yes or no.
    pub fn flag(&mut self, key: &'static str, faults: &mut Faults) -> Option<bool> {
        let file = self.file;
        let value = self.value(key)?;
        match value.get_ref().as_bool() {
            Some(flag) => Some(flag),
            None => {
                let origin = Origin::new(file, value.span());
                wrong_type(key, "true 或 false", value, origin, faults)
            }
        }
    }

    /// An optional inline table of numbers, such as `{ seller = 0.9, courier = 0.1 }`.
    pub fn numbers(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(Located<String>, f64)> {
        let file = self.file;
        let Some(value) = self.value(key) else { return Vec::new() };
        let origin = Origin::new(file, value.span());
        let DeValue::Table(entries) = value.get_ref() else {
            wrong_type::<()>(key, "一组数，如 { seller = 1.0 }", value, origin, faults);
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for (name, entry) in entries {
            let name = Located { value: name.get_ref().to_string(), origin: Origin::new(file, name.span()) };
            match as_number(entry.get_ref()) {
                Some(number) => numbers.push((name, number)),
                None => {
                    wrong_type::<()>(key, "数", entry, Origin::new(file, entry.span()), faults);
                }
            }
        }
        numbers
    }

    /// Ends the row: every key nobody asked for is a fault.
    pub fn finish(self, faults: &mut Faults) {
        for key in self.table.keys() {
            let name = key.get_ref();
            if !self.read.iter().any(|known| known == name) {
                faults.report(
                    Origin::new(self.file, key.span()),
                    Diagnostic::new(Code::UnknownKey, format!("不认识的键「{name}」"))
                        .nearest(name, self.read.iter().copied()),
                );
            }
        }
    }
}

/// Reports every id that an earlier row has already used.
pub(crate) fn check_unique<'r>(what: &str, ids: impl IntoIterator<Item = &'r Located<String>>, faults: &mut Faults) {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id.value.as_str()) {
            faults.report(id.origin, Diagnostic::new(Code::Duplicate, format!("{what}「{}」写了两次", id.value)));
        }
    }
}

/// The strings of an array.
fn texts(key: &str, file: u32, value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Vec<Located<String>> {
    let origin = Origin::new(file, value.span());
    let DeValue::Array(items) = value.get_ref() else {
        wrong_type::<()>(key, "一列文字，如 [\"甲\", \"乙\"]", value, origin, faults);
        return Vec::new();
    };
    let mut texts = Vec::with_capacity(items.len());
    for item in items.iter() {
        let origin = Origin::new(file, item.span());
        match item.get_ref().as_str() {
            Some(text) => texts.push(Located { value: text.to_owned(), origin }),
            None => {
                wrong_type::<()>(key, "文字", item, origin, faults);
            }
        }
    }
    texts
}

fn as_number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(|n| n as f64),
        DeValue::Float(number) => number.as_str().parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}

fn wrong_type<T>(
    key: &str,
    wanted: &str,
    value: &Spanned<DeValue<'_>>,
    origin: Origin,
    faults: &mut Faults,
) -> Option<T> {
    let found = match value.get_ref() {
        DeValue::String(_) => "文字",
        DeValue::Integer(_) | DeValue::Float(_) => "数",
        DeValue::Boolean(_) => "true/false",
        DeValue::Datetime(_) => "日期",
        DeValue::Array(_) => "一列值",
        DeValue::Table(_) => "表",
    };
    faults.report(origin, Diagnostic::new(Code::WrongType, format!("「{key}」应是{wanted}，这里写的是{found}")));
    None
}
