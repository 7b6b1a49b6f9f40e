//! Departments in running text: an alias where the register has a name.
//!
//! In: blocks and the register. Out: W-DEPT-ALIAS, once an alias a block. An alias inside a registered name, inside a
//! title in 《》, or behind the name of a place (another place has a department of the same name) is none. Not here:
//! fields of records (`check::departments`).

use super::super::departments::{DEPT_ALIAS, Register, unify};
use super::Text;
use super::block::Block;
use crate::diagnostic::{Findings, Message};

/// Ends of the names of places and authorities: what follows is a department of theirs.
const OWNERS: &str = "省市县区旗州盟镇乡村道国部委局厅";

/// W-DEPT-ALIAS.
pub(super) fn aliases(text: &Text<'_>, register: &Register<'_>, findings: &mut Findings) {
    for block in &text.blocks {
        let taken = named(block, register);
        for (alias, name) in &register.aliases {
            let length = alias.chars().count();
            let is_free = |at: &usize| {
                let before = at.checked_sub(1).and_then(|before| block.chars.get(before));
                block.has(*at, alias)
                    && !before.is_some_and(|c| OWNERS.contains(*c))
                    && !taken.iter().any(|range| range.start <= *at && at + length <= range.end)
            };
            let Some(at) = (0..block.chars.len()).find(is_free) else { continue };
            text.blame(findings, DEPT_ALIAS, block, at, unify(alias, name))
                .hint(Message::new(format!("改写为“{name}”"), format!("write `{name}`")));
        }
    }
}

/// Where registered names, longer aliases and titles stand.
fn named(block: &Block, register: &Register<'_>) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut open = None;
    for (at, c) in block.chars.iter().enumerate() {
        match c {
            '《' => open = Some(at),
            '》' => ranges.extend(open.take().map(|from| from..at)),
            _ => {}
        }
    }
    for name in &register.names {
        let length = name.chars().count();
        ranges.extend((0..block.chars.len()).filter(|at| block.has(*at, name)).map(|at| at..at + length));
    }
    ranges
}
