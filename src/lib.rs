//! gongshi (公示): a compiler from Markdown and YAML to a public-disclosure portal for food-safety offices.
//!
//! The flow, one module a step: `source` reads a folder into nodes with spans, `record` gives them types,
//! `ledger` joins them, `check` judges them, `disclose` lets through what may be public, `plan` decides every
//! output file, `render` turns each into bytes, `publish` puts them on disk in one atomic step.
//!
//! A module imports only from those before it in that order; `tests/tidy` enforces it. ARCHITECTURE.md follows one enterprise
//! through all of them.

pub mod baseline;
pub mod cache;
pub mod calendar;
pub mod chart;
pub mod check;
pub mod cli;
pub mod code;
pub mod diagnostic;
pub mod disclose;
pub mod division;
pub mod fold;
pub mod host;
pub mod inspection;
pub mod json;
pub mod ledger;
pub mod locale;
pub mod markdown;
pub mod needles;
pub mod pii;
pub mod pipeline;
pub mod plan;
pub mod publish;
pub mod rate;
pub mod record;
pub mod release;
pub mod render;
pub mod report;
pub mod route;
pub mod search;
pub mod sounds;
pub mod source;
pub mod spread;
pub mod text;
pub mod theme;
pub mod traditional;
pub mod unpack;
pub mod varint;
