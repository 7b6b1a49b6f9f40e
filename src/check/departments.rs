//! Departments under one name: what a register calls otherwise, or does not know.
//!
//! In: the register under `departments:`, the fields that name departments, and the texts. Without a register all is
//! silent. Source: plans in which one department stood under two names. Not here: who leads a task (`plans`), and how
//! texts are walked (`prose`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Findings, Message};
use crate::ledger::Ledger;
use crate::record::department;
use crate::record::field::{Field, Type};
use crate::text::{excerpt, nearest};

use super::Context;
use super::subject::each_text;

/// A department under another name than the register's.
pub const DEPT_ALIAS: Code = Code("W-DEPT-ALIAS");

/// The names of the register, and what else its departments are called.
pub(super) struct Register<'l> {
    pub(super) names: BTreeSet<&'l str>,
    /// Alias to name; an alias of two departments tells nothing and is left out.
    pub(super) aliases: BTreeMap<&'l str, &'l str>,
}

impl<'l> Register<'l> {
    /// The register of a ledger; none where it has no departments.
    pub(super) fn of(ledger: &'l Ledger) -> Option<Register<'l>> {
        let mut register = Register { names: BTreeSet::new(), aliases: BTreeMap::new() };
        let mut shared = BTreeSet::new();
        for (_, _, view) in ledger.records(&department::KIND) {
            let Some(name) = view.text(department::NAME) else { continue };
            register.names.insert(name);
            for alias in view.list(department::ALIASES).iter().filter_map(|alias| alias.as_text()) {
                if register.aliases.insert(alias, name).is_some_and(|other| other != name) {
                    shared.insert(alias);
                }
            }
        }
        let names = &register.names;
        register.aliases.retain(|alias, _| !names.contains(alias) && !shared.contains(alias));
        (!register.names.is_empty()).then_some(register)
    }
}

/// W-DEPT-ALIAS in records.
pub(super) fn records(context: &Context<'_>, findings: &mut Findings) {
    let Some(register) = Register::of(context.ledger) else { return };
    let names_one = |field: &Field, ty| {
        let by_name =
            field.link.is_some_and(|link| link.kind == department::KIND.plural && link.by == "name");
        by_name && matches!(ty, Type::Text)
    };
    each_text(context, names_one, &mut |subject, _, _, written, path| {
        if register.names.contains(written) {
            return;
        }
        let shown = excerpt(written, 40);
        let (message, hint) = match register.aliases.get(written) {
            Some(name) => {
                (unify(&shown, name), Message::new(format!("改写为“{name}”"), format!("write `{name}`")))
            }
            None => {
                let near = nearest(written, register.names.iter().copied());
                (
                    Message::new(
                        format!("“{shown}”不在 departments 登记的部门中"),
                        format!("`{shown}` is no department under `departments:`"),
                    ),
                    match near {
                        Some(near) => {
                            Message::new(format!("是否应为“{near}”？"), format!("did you mean `{near}`?"))
                        }
                        None => Message::new(
                            "改成登记的名称，或在 departments 里补上这个部门",
                            "use a registered name, or add the department under `departments:`",
                        ),
                    },
                )
            }
        };
        subject.blame(findings, DEPT_ALIAS, path, message).hint(hint);
    });
}

/// The words for an alias.
pub(super) fn unify(alias: &str, name: &str) -> Message {
    Message::new(
        format!("“{alias}”应统一为“{name}”"),
        format!("`{alias}` is registered as `{name}`; call it so everywhere"),
    )
}
