//! stub
pub mod document;
pub use document::*;
