//! Judges the joined ledger (rules arrive with their golden cases).

use crate::calendar::Date;
use crate::diagnostic::Findings;
use crate::ledger::Ledger;

/// Runs every rule over the ledger.
pub fn check(_ledger: &Ledger, _as_of: Date) -> Findings {
    Findings::default()
}

/// stub
pub struct Explanation;
impl Explanation {
    /// stub
    pub fn text(&self, _: crate::diagnostic::Language) -> String {
        String::new()
    }
}
/// stub
pub fn explain(_: &str) -> Result<Explanation, Option<&'static str>> {
    Err(None)
}
