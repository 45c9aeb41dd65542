//! `[[source]]`: the documents and statutes that rules may cite.
//!
//! A citation is `slug:number` for a fact of a document, or the whole id of a statute, `law:…`.

use super::source::{Faults, Located, Row, check_unique};
use crate::diagnostic::{Code, Diagnostic};
use serde::{Deserialize, Serialize};

const KINDS: [&str; 3] = ["document", "statute", "platform"];

/// One document, statute or platform rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SourceEntry {
    pub id: Located<String>,
    /// Its full Chinese title, for a statute with the article.
    pub title: String,
    /// `document`, `statute` or `platform`.
    pub kind: String,
    /// What it says or how far it reaches, for the reader of a report.
    pub note: String,
}

/// Everything that may be cited.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct SourceBook {
    entries: Vec<SourceEntry>,
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> Option<SourceEntry> {
    let id = row.required("id", faults);
    let title = row.required("title", faults);
    let kind = row.required("kind", faults);
    let note = row.text("note", faults).map_or_else(String::new, |note| note.value);
    row.finish(faults);
    let (id, title, kind) = (id?, title?, kind?);
    if !KINDS.contains(&kind.value.as_str()) {
        let fault = Diagnostic::new(Code::BadValue, format!("没有「{}」这种来源", kind.value));
        faults.report(kind.origin, fault.help(format!("可以写：{}", KINDS.join("、"))));
        return None;
    }
    Some(SourceEntry { id, title: title.value, kind: kind.value, note })
}

pub(crate) fn compile(rows: Vec<SourceEntry>, faults: &mut Faults) -> SourceBook {
    check_unique("来源", rows.iter().map(|row| &row.id), faults);
    SourceBook { entries: rows }
}

impl SourceBook {
    /// The source that a citation names.
    pub fn find(&self, citation: &str) -> Option<&SourceEntry> {
        self.entries.iter().find(|entry| {
            let id = entry.id.value.as_str();
            citation == id
                || (entry.kind == "document"
                    && citation.strip_prefix(id).is_some_and(|rest| rest.len() > 1 && rest.starts_with(':')))
        })
    }

    /// Checks the `sources` of a row: each must be known. A folder that declares no source checks nothing.
    pub fn check(&self, citations: &[Located<String>], faults: &mut Faults) {
        if self.entries.is_empty() {
            return;
        }
        for citation in citations {
            if self.find(&citation.value).is_none() {
                let known = self.entries.iter().map(|entry| entry.id.value.as_str());
                let fault = Diagnostic::new(Code::UnknownName, format!("没有登记来源「{}」", citation.value))
                    .help("先在 sources.toml 里登记")
                    .nearest(&citation.value, known);
                faults.report(citation.origin, fault);
            }
        }
    }

    pub fn entries(&self) -> &[SourceEntry] {
        &self.entries
    }
}

/// Citations without their places, as reports carry them.
pub(crate) fn plain(citations: &[Located<String>]) -> Vec<String> {
    citations.iter().map(|citation| citation.value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::Origin;

    fn entry(id: &str, kind: &str) -> SourceEntry {
        let origin = Origin { file: 0, start: 0, end: 0 };
        let id = Located { value: id.to_owned(), origin };
        SourceEntry { id, title: "书".into(), kind: kind.into(), note: String::new() }
    }

    #[test]
    fn a_document_is_cited_by_fact_and_a_statute_whole() {
        let book = SourceBook { entries: vec![entry("case-book", "document"), entry("law:x", "statute")] };
        for (citation, known) in [
            ("case-book:1", true),
            ("case-book:4.3b", true),
            ("case-book", true),
            ("case-book:", false),
            ("case-books:1", false),
            ("law:x", true),
            ("law:x:2", false),
            ("law:y", false),
        ] {
            assert_eq!(book.find(citation).is_some(), known, "{citation}");
        }
    }
}
