//! One line of input: a complaint as plain text, or a JSON object with `text` and perhaps `id`.

use serde::Deserialize;
use std::borrow::Cow;
use std::fmt;
use tousu::Case;

/// A complaint to assess.
#[derive(Deserialize)]
pub struct Complaint<'l> {
    #[serde(default, borrow)]
    id: Option<Cow<'l, str>>,
    #[serde(borrow)]
    text: Cow<'l, str>,
}

impl Complaint<'_> {
    pub fn case(&self) -> Case<'_> {
        let case = Case::new(&self.text);
        match &self.id {
            Some(id) => case.id(id.as_ref()),
            None => case,
        }
    }
}

/// Why a line is no complaint.
#[derive(Debug)]
pub enum Unreadable {
    NotText,
    NotJson(serde_json::Error),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("not valid UTF-8"),
            Self::NotJson(error) => write!(f, "{error}"),
        }
    }
}

/// Reads one line; a blank one is nothing.
pub fn parse(line: &[u8]) -> Result<Option<Complaint<'_>>, Unreadable> {
    let line = std::str::from_utf8(line).map_err(|_| Unreadable::NotText)?;
    let line = line.strip_prefix('\u{feff}').unwrap_or(line).trim_end_matches(['\n', '\r']);
    if line.trim().is_empty() {
        Ok(None)
    } else if line.trim_start().starts_with('{') {
        serde_json::from_str(line).map(Some).map_err(Unreadable::NotJson)
    } else {
        Ok(Some(Complaint { id: None, text: Cow::Borrowed(line) }))
    }
}
