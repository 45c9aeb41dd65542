//! Situations for tests, made by hand so that advice is tested apart from judging.

use super::Situation;
use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::report::{Blame, DemandFound, Finding, RiskFound};
use crate::rules::advice::{AdviceBook, AdviceRows};
use crate::rules::circumstances::CategoryIndex;
use crate::rules::source::{Faults, SourceFile, read_rows};
use crate::shop::ShopProfile;
use crate::span::Span;
use crate::taxonomy::{CategoryId, Demand, Party, Risk, RuleId, Script, Severity, Stage};
use std::collections::BTreeMap;
use std::path::Path;

/// Categories by id with their names, and the advice compiled against them.
pub(crate) struct Loaded {
    pub names: BTreeMap<String, String>,
    pub book: AdviceBook,
}

/// Compiles rule files given as `(name, text)`; tables that are not about advice are left alone.
pub(crate) fn load(files: Vec<SourceFile>) -> Result<Loaded, Vec<Diagnostic>> {
    let mut faults = Faults::new(files.clone());
    let mut rows = AdviceRows::default();
    let mut names = BTreeMap::new();
    for (file, number) in files.iter().zip(0..) {
        read_rows(number, &file.text, &mut faults, |table, mut row, faults| {
            if table == "category" {
                let (id, name) = (row.required("id", faults), row.required("name", faults));
                names.extend(id.zip(name).map(|(id, name)| (id.value, name.value)));
            } else if AdviceRows::TABLES.contains(&table) {
                rows.read(table, row, faults);
            }
        });
    }
    let known: Vec<&str> = names.keys().map(String::as_str).collect();
    let longest_name = names.values().map(|name| name.chars().count()).max().unwrap_or(0);
    let book = rows.compile(&known, longest_name, &mut faults);
    let faults = faults.into_sorted();
    if faults.is_empty() { Ok(Loaded { names, book }) } else { Err(faults) }
}

/// The rules that come with the library.
pub(crate) fn builtin() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files = Vec::new();
    for folder in ["", "remedies", "replies", "policies"] {
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "toml")) {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            files.push(SourceFile { name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
    load(files)
        .unwrap_or_else(|faults| panic!("{}", faults.iter().map(|fault| format!("{fault}\n\n")).collect::<String>()))
}

/// A complaint as the judge would hand it on.
pub(crate) struct Made<'t> {
    pub findings: Vec<Finding>,
    categories: Vec<CategoryIndex>,
    pub blame: Blame,
    pub demands: Vec<DemandFound>,
    pub stage: Stage,
    pub risks: Vec<RiskFound>,
    pub severity: Severity,
    pub script: Script,
    pub case: Case<'t>,
    pub shop: ShopProfile,
}

impl Made<'_> {
    /// A complaint of these categories at a party's fault, goods received.
    pub fn new(loaded: &Loaded, categories: &[&str], party: Party) -> Self {
        let findings = categories
            .iter()
            .map(|category| Finding {
                category: CategoryId::from(*category),
                name: loaded.names.get(*category).cloned().unwrap_or_default(),
                confidence: 0.9,
                evidence: vec![],
            })
            .collect();
        let share = |of| match party {
            Party::Unclear | Party::None => 1.0 / 3.0,
            party if party == of => 0.9,
            _ => 0.05,
        };
        let blame = Blame {
            party,
            seller: share(Party::Seller),
            courier: share(Party::Courier),
            buyer: share(Party::Buyer),
            evidence: vec![],
        };
        Self {
            findings,
            categories: categories.iter().map(|category| loaded.book.category(category)).collect(),
            blame,
            demands: vec![],
            stage: Stage::Received,
            risks: vec![],
            severity: Severity::Normal,
            script: Script::Simplified,
            case: Case::new(""),
            shop: ShopProfile::default(),
        }
    }

    pub fn demands(mut self, demands: &[Demand]) -> Self {
        let found = |demand: &Demand| DemandFound { demand: *demand, span: Span::new(0, 0), rule: RuleId::from("t") };
        self.demands = demands.iter().map(found).collect();
        self
    }

    pub fn risks(mut self, risks: &[Risk]) -> Self {
        let found = |risk: &Risk| RiskFound { risk: *risk, span: Span::new(0, 0), rule: RuleId::from("t") };
        self.risks = risks.iter().map(found).collect();
        self.severity = Severity::Critical;
        self
    }

    pub fn stage(mut self, stage: Stage) -> Self {
        self.stage = stage;
        self
    }

    pub fn situation(&self) -> Situation<'_> {
        Situation {
            findings: &self.findings,
            categories: &self.categories,
            blame: &self.blame,
            demands: &self.demands,
            stage: self.stage,
            risks: &self.risks,
            severity: self.severity,
            script: self.script,
            goods: self.case.goods.iter().copied().collect(),
            customer: self.case.customer_kind,
            case: &self.case,
            shop: &self.shop,
        }
    }
}
