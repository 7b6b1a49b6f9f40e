//! Reads the portal folder: files become text, YAML becomes nodes with positions, findings get their lines.
//!
//! In: a folder. Out: [`Sources`], texts, [`Document`]s, and at the end sorted diagnostics. A file is read,
//! turned into records by `record` and dropped; what a finding needs of it later is read again by [`locate`].
//!
//! Not here: what keys mean (`record`), Markdown (`markdown`). No other module names a YAML parser's types.

mod builder;
mod causes;
mod characters;
mod csv;
mod disguise;
mod display;
mod document;
mod encoding;
mod fingerprint;
mod front_matter;
mod kept;
mod limits;
mod locate;
mod located;
mod names;
mod outline;
mod picture;
mod plain;
mod read;
mod store;
mod structure;
mod syntax;
#[cfg(test)]
mod tests;
mod traps;
mod walk;
mod yaml;

pub use characters::{CONTROL, DIRECTION, INVISIBLE, LOST};
pub use csv::{CSV_SYNTAX, Cell, Column, Layout, ROW_CELLS, Table, lay_out, parse_table};
pub use disguise::unmerged;
pub use display::{clean, display, is_source, to_json_line, to_line};
pub use document::{Document, Entries, Items, NodeKind, NodeRef, ScalarStyle};
pub use encoding::{Decoded, ENCODING, Seems, decode};
pub use front_matter::{FrontMatter, UNCLOSED, split_front_matter};
pub use kept::{kept_name, parse_kept};
pub use limits::{LIMIT, Limits};
pub use locate::{locate, position_of, read_again};
pub use located::LOCATED;
pub use picture::{PictureSize, picture_size};
pub use read::{decode_text, open_file, read_bytes, read_raw, read_text};
pub use syntax::SYNTAX;
pub use traps::{ALIAS, ANCHOR_UNUSED, COMMENT, KEY_FORM, KEY_TWICE, SECOND_DOCUMENT, TAG};
pub use walk::{CASE, NAME, PORTAL_MISSING, Role, SPECIAL, STRAY, SYMLINK, SourceFile, Sources, walk};
pub use yaml::parse_yaml;
