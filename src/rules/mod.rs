//! From rule files to an immutable, shareable rule set: read → check → compile.

pub(crate) mod advice;
mod calibration;
pub(crate) mod categories;
pub(crate) mod check_ins;
pub(crate) mod circumstances;
mod commonness;
mod compile;
pub(crate) mod due;
mod expand;
pub(crate) mod hints;
mod judgement;
mod layout;
mod levels;
pub(crate) mod lexicon;
pub(crate) mod limits;
pub(crate) mod lint;
mod matcher;
pub(crate) mod names;
mod needs;
pub(crate) mod pattern;
pub(crate) mod playbook;
pub(crate) mod policies;
pub(crate) mod questions;
pub(crate) mod remedies;
pub(crate) mod rule;
pub(crate) mod slots;
pub(crate) mod source;
pub(crate) mod sources;
mod spelled;
mod spelling;
mod stored;
mod table;
pub(crate) mod taboo;
pub(crate) mod templates;
pub(crate) mod when;
pub(crate) mod wording;

pub(crate) use calibration::{Calibration, Rank, Signs};
pub(crate) use categories::{Category, Shares};
pub(crate) use hints::Hints;
pub(crate) use judgement::Standards;
pub(crate) use matcher::{Atom, CompiledSequence, CompiledStep, Lies, Matcher, Owner, Rule, SequenceId, Slot, Slots};
pub(crate) use spelled::Spelled;

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Kind, LoadError};
use advice::{AdviceBook, AdviceRows};
use compile::Compiled;
use hints::HintSource;
use lint::{LintBook, LintSource};
use rule::RuleSource;
use serde::{Deserialize, Serialize};
use source::{Faults, Located, SourceFile};
use spelling::Spellings;
use std::fs;
use std::path::{Path, PathBuf};

/// A compiled rule set. Never changes once loaded.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RuleSet {
    pub categories: Vec<Category>,
    pub rules: Vec<Rule>,
    pub hints: Hints,
    pub spellings: Spellings,
    pub matcher: Matcher,
    pub calibration: Calibration,
    pub standards: Standards,
    pub advice: AdviceBook,
    pub lints: LintBook,
    /// Empty if these rules were stored: then they have no sentences either.
    #[serde(skip)]
    files: Vec<SourceFile>,
}

impl RuleSet {
    /// Reads every `.toml` file below a folder, in the order of their names.
    pub fn read_dir(root: &Path) -> Result<Vec<SourceFile>, LoadError> {
        let mut paths = Vec::new();
        collect(root, &mut paths)?;
        paths.sort();
        let mut files = Vec::with_capacity(paths.len());
        let mut unreadable = Vec::new();
        for path in paths {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let name = relative.to_string_lossy().replace('\\', "/");
            let bytes = fs::read(&path).map_err(|source| Kind::Io { path, source })?;
            match String::from_utf8(bytes) {
                Ok(text) => files.push(SourceFile { name, text }),
                Err(_) => unreadable.push(
                    Diagnostic::new(Code::Unreadable, format!("{name} 不是 UTF-8 文本")).help("用 UTF-8 编码另存"),
                ),
            }
        }
        if unreadable.is_empty() { Ok(files) } else { Err(unreadable.into()) }
    }

    /// Compiles rule files held in memory.
    pub fn from_files(files: Vec<SourceFile>) -> Result<Self, LoadError> {
        let mut faults = Faults::new(files);
        let files = faults.files().to_vec();
        let mut rows = Rows::default();
        for (index, file) in (0u32..).zip(&files) {
            source::read_rows(index, &file.text, &mut faults, |name, row, faults| rows.add(name, row, faults));
        }
        let categories = categories::compile_categories(rows.categories, &mut faults);
        let ids: Vec<&str> = categories.iter().map(|category| category.id.as_str()).collect();
        let longest_name = categories.iter().map(|category| category.name.chars().count()).max().unwrap_or(0);
        let advice = rows.advice.compile(&ids, longest_name, &mut faults);
        for rule in &rows.rules {
            advice.sources.check(&rule.sources, &mut faults);
        }
        let spellings = spelling::compile_spellings(rows.spellings, &mut faults);
        let by_lints = needs::needed(&rows.concepts, rows.lints.iter().flat_map(LintSource::patterns));
        let hinting = rows.hints.iter().flat_map(HintSource::words);
        let by_rules = needs::needed(&rows.concepts, rows.rules.iter().flat_map(RuleSource::patterns).chain(hinting));
        // Every concept is compiled and so checked somewhere: what nobody names, along with the rules.
        let with_rules: Vec<bool> = by_rules.iter().zip(&by_lints).map(|(rules, lints)| *rules || !lints).collect();
        let compiled = compile::compile(&rows.concepts, &with_rules, rows.rules, rows.hints, &categories, &mut faults);
        let Compiled { matcher, rules, hints } = compiled;
        let lints = lint::compile(rows.lints, &rows.concepts, &by_lints, &categories, &advice.sources, &mut faults);
        if faults.is_empty() && (rules.is_empty() || categories.is_empty()) {
            let empty = Diagnostic::new(Code::Incomplete, "没有任何类目或规则");
            faults.report_overall(empty.help("规则文件夹对吗？里面要有写着 [[category]] 和 [[rule]] 的 .toml 文件"));
        }
        if faults.is_empty() {
            let calibration = rows.calibration.unwrap_or_default();
            let standards = rows.standards.unwrap_or_default();
            Ok(Self { categories, rules, hints, spellings, matcher, calibration, standards, advice, lints, files })
        } else {
            Err(faults.into_sorted().into())
        }
    }

    /// Whether the sentences that prove the rules are at hand.
    pub fn can_be_proven(&self) -> bool {
        !self.files.is_empty()
    }

    /// The sentences that do not show what they should of something that `fires` on some.
    pub fn unproven(
        &self,
        what: &str,
        hits: &[Located<String>],
        misses: &[Located<String>],
        fires: impl Fn(&str) -> bool,
    ) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        for sentence in hits.iter().filter(|sentence| !fires(&sentence.value)) {
            let message = format!("{what}没有命中它的 hits 例句");
            faults.push(self.fault(sentence, Diagnostic::new(Code::HitMissed, message)));
        }
        for sentence in misses.iter().filter(|sentence| fires(&sentence.value)) {
            let message = format!("{what}误中了它的 misses 例句");
            faults.push(self.fault(sentence, Diagnostic::new(Code::MissHit, message)));
        }
        faults
    }

    /// A fault at something written in these files.
    pub fn fault(&self, written: &Located<String>, fault: Diagnostic) -> Diagnostic {
        let mut faults = Faults::new(self.files.clone());
        faults.report(written.origin, fault.clone());
        faults.into_sorted().pop().unwrap_or(fault)
    }
}

/// The rows of all files, by table.
#[derive(Default)]
struct Rows {
    categories: Vec<categories::CategorySource>,
    calibration: Option<Calibration>,
    standards: Option<Standards>,
    advice: AdviceRows,
    spellings: Vec<spelling::SpellingSource>,
    concepts: Vec<lexicon::ConceptSource>,
    rules: Vec<RuleSource>,
    hints: Vec<HintSource>,
    lints: Vec<LintSource>,
}

impl Rows {
    fn add(&mut self, table: &str, row: source::Row<'_>, faults: &mut Faults) {
        const TABLES: &[&str] =
            &["category", "calibration", "judgement", "spelling", "concept", "rule", "hint", "lint"];
        match table {
            "category" => self.categories.extend(categories::read_category(row, faults)),
            "calibration" => {
                check_only(table, self.calibration.is_some(), &row, faults);
                self.calibration = Some(calibration::read_calibration(row, faults));
            }
            "judgement" => {
                check_only(table, self.standards.is_some(), &row, faults);
                self.standards = Some(judgement::read_judgement(row, faults));
            }
            "spelling" => self.spellings.extend(spelling::read_spelling(row, faults)),
            "concept" => self.concepts.extend(lexicon::read_concept(row, faults)),
            "rule" => self.rules.extend(rule::read_rule(row, faults)),
            "hint" => self.hints.extend(hints::read_hint(row, faults)),
            "lint" => self.lints.extend(lint::read(row, faults)),
            _ if AdviceRows::TABLES.contains(&table) => self.advice.read(table, row, faults),
            _ => faults.report(
                row.origin(),
                Diagnostic::new(Code::UnknownKey, format!("不认识的表「{table}」"))
                    .nearest(table, TABLES.iter().chain(AdviceRows::TABLES).copied()),
            ),
        }
    }
}

/// A table that stands for the whole rule set may be written once.
fn check_only(table: &str, is_known: bool, row: &source::Row<'_>, faults: &mut Faults) {
    if is_known {
        faults.report(row.origin(), Diagnostic::new(Code::Duplicate, format!("[{table}] 写了两次，合并成一处")));
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), LoadError> {
    let failed = |source| Kind::Io { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}
