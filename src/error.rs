//! What can fail: loading rules. Assessing a text cannot.

use crate::diagnostic::Diagnostic;
use std::fmt;
use std::path::PathBuf;

/// Why a rule set could not be loaded.
///
/// Opaque so that it can grow; ask it with [`diagnostics`](Self::diagnostics) and [`is_io`](Self::is_io).
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct LoadError(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("cannot read {}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{0}")]
    Faults(Faults),
}

/// Every fault found in one load.
#[derive(Debug)]
pub(crate) struct Faults(pub(crate) Vec<Diagnostic>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} fault(s) in the rule files", self.0.len())?;
        for fault in &self.0 {
            write!(f, "\n{fault}\n")?;
        }
        Ok(())
    }
}

impl LoadError {
    /// The faults in the rule files, in file order; empty if the folder itself could not be read.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match &self.0 {
            Kind::Faults(faults) => &faults.0,
            Kind::Io { .. } => &[],
        }
    }

    /// Whether the folder or a file could not be read.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(self.0, Kind::Io { .. })
    }
}

impl From<Vec<Diagnostic>> for LoadError {
    fn from(faults: Vec<Diagnostic>) -> Self {
        Self(Kind::Faults(Faults(faults)))
    }
}
