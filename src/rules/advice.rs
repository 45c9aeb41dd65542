//! The advice half of a rule set: remedies, playbook, policies, replies and the sources they cite.

use super::check_ins::{self, CheckIn, CheckInBook};
use super::circumstances::CategoryIndex;
use super::playbook::{self, Playbook};
use super::policies::{self, PolicyBook, PolicyEntry};
use super::questions::{self, QuestionBook, QuestionEntry};
use super::remedies::{self, RemedyBook, RemedyEntry};
use super::slots;
use super::source::{Faults, Row};
use super::sources::{self, SourceBook, SourceEntry};
use super::taboo::{self, Taboo, TabooSource};
use super::templates::{self, ActEntry, ReplyBook, TemplateEntry};
use crate::diagnostic::{Code, Diagnostic};
use serde::{Deserialize, Serialize};

/// Rows of the advice tables, read but not yet checked against each other.
#[derive(Debug, Default)]
pub(crate) struct AdviceRows {
    sources: Vec<SourceEntry>,
    remedies: Vec<RemedyEntry>,
    steps: Vec<playbook::Entry>,
    policies: Vec<PolicyEntry>,
    questions: Vec<QuestionEntry>,
    acts: Vec<ActEntry>,
    templates: Vec<TemplateEntry>,
    taboo: Vec<TabooSource>,
    check_ins: Vec<CheckIn>,
}

/// Everything that advice and replies rest on. Immutable; shared behind the rule set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct AdviceBook {
    /// Every category of the rule set, by its index.
    categories: Vec<String>,
    pub sources: SourceBook,
    pub remedies: RemedyBook,
    pub playbook: Playbook,
    pub policies: PolicyBook,
    pub questions: QuestionBook,
    pub replies: ReplyBook,
    pub taboo: Taboo,
    pub check_ins: CheckInBook,
}

impl AdviceRows {
    /// The names of the tables that [`read`](Self::read) understands.
    pub const TABLES: &'static [&'static str] = &[
        "source",
        "remedy",
        "policy",
        "question",
        "act",
        "template",
        "taboo",
        "check_in",
        "answer",
        "verify",
        "handling",
        "fallback",
        "follow_up",
        "closing",
        "root_cause",
        "prevention",
        "guideline",
    ];

    /// Reads one row of one of the [`TABLES`](Self::TABLES); a row of any other table is left alone.
    pub fn read(&mut self, table: &str, row: Row<'_>, faults: &mut Faults) {
        match table {
            "source" => self.sources.extend(sources::read(row, faults)),
            "remedy" => self.remedies.extend(remedies::read(row, faults)),
            "policy" => self.policies.extend(policies::read(row, faults)),
            "question" => self.questions.extend(questions::read(row, faults)),
            "act" => self.acts.extend(templates::read_act(row, faults)),
            "template" => self.templates.extend(templates::read_template(row, faults)),
            "check_in" => self.check_ins.extend(check_ins::read(row, faults)),
            "taboo" => self.taboo.push(taboo::read(row, faults)),
            _ => {
                if let Some(kind) = playbook::Kind::of_table(table) {
                    self.steps.extend(playbook::read(kind, row, faults));
                }
            }
        }
    }

    /// Checks all rows and makes them ready for use. Faults are reported; what is sound is kept. `longest_name` is the
    /// most characters that the name of a category has.
    pub fn compile(self, known_categories: &[&str], longest_name: usize, faults: &mut Faults) -> AdviceBook {
        let sources = sources::compile(self.sources, faults);
        let policies = policies::compile(self.policies, known_categories, &sources, faults);
        let policy_ids: Vec<&str> = policies.entries().iter().map(|policy| policy.id.value.as_str()).collect();
        let facts = slots::facts();
        let remedies = remedies::compile(self.remedies, known_categories, &policy_ids, &sources, &facts, faults);
        let playbook = playbook::compile(self.steps, known_categories, &remedies, &sources, faults);
        let questions = questions::compile(self.questions, known_categories, faults);
        let slots = slots::all(&remedies, longest_name);
        let replies = templates::compile(self.acts, self.templates, known_categories, &sources, slots, faults);
        let slots = &replies.slots()[..usize::from(slots::FIRST_ACT)];
        let check_ins = check_ins::compile(self.check_ins, known_categories, &remedies, &sources, slots, faults);
        let categories = known_categories.iter().map(|category| (*category).to_owned()).collect();
        let taboo = taboo::compile(self.taboo);
        let book =
            AdviceBook { categories, sources, remedies, playbook, policies, questions, replies, taboo, check_ins };
        book.check_complete(faults);
        book
    }
}

impl AdviceBook {
    /// The index of a category; one that the rule set does not have is covered by no row.
    pub fn category(&self, id: &str) -> CategoryIndex {
        let place = self.categories.iter().position(|category| category == id);
        place.and_then(|place| CategoryIndex::try_from(place).ok()).unwrap_or(CategoryIndex::MAX)
    }

    /// No category may come back empty-handed, once a folder gives remedies at all.
    fn check_complete(&self, faults: &mut Faults) {
        use crate::taxonomy::{Stage, Standing};
        let offered: Vec<&RemedyEntry> =
            self.remedies.entries().iter().filter(|remedy| remedy.standing == Standing::Ok).collect();
        if offered.is_empty() {
            return;
        }
        for (category, index) in self.categories.iter().zip(0..) {
            for &stage in Stage::ALL {
                if !offered.iter().any(|remedy| remedy.fit(index).0 > 0.0 && remedy.possible_at(stage)) {
                    let message = format!("类目「{category}」在「{}」阶段没有任何处理办法", stage.label());
                    let fault = Diagnostic::new(Code::Incomplete, message);
                    faults.report_overall(fault.help("在 remedies/ 里给它写一条 [[remedy]]"));
                }
            }
        }
    }
}
