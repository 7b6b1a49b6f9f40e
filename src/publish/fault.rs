//! Failures on purpose: dies or fails at the n-th file-system call, so that tests can try every n.
//!
//! In: a plan such as `abort:37`. Out: what [`Disk`](super::Disk) does instead of the n-th call.
//!
//! Not here: the calls themselves. Without a plan nothing is counted.

use std::{
    io,
    sync::atomic::{AtomicU64, Ordering},
};

/// What befalls the n-th call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The process dies, as by `kill -9`; half of a write is on the disk.
    Abort,
    /// No room: the n-th call fails, and so does every later one that takes room.
    NoSpace,
    /// The n-th call alone fails with an input/output error.
    Broken,
}

/// Which call fails, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultPlan {
    /// The call, counted from 1.
    pub at: u64,
    /// What befalls it.
    pub fault: Fault,
}

impl FaultPlan {
    /// Reads `abort:N`, `nospace:N` or `broken:N`.
    pub fn parse(text: &str) -> Option<FaultPlan> {
        let (name, at) = text.split_once(':')?;
        let fault = match name {
            "abort" => Fault::Abort,
            "nospace" => Fault::NoSpace,
            "broken" => Fault::Broken,
            _ => return None,
        };
        Some(FaultPlan { at: at.parse().ok().filter(|n| *n > 0)?, fault })
    }
}

/// What a call does to the disk, which decides whether a full disk stops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Look,
    Grow,
    Move,
    Remove,
}

/// Counts calls and picks the one that fails.
#[derive(Debug)]
pub(crate) struct Faults {
    plan: FaultPlan,
    calls: AtomicU64,
}

impl Faults {
    pub(crate) fn new(plan: FaultPlan) -> Faults {
        Faults { plan, calls: AtomicU64::new(0) }
    }

    /// Counts one call; the fault that is due on it, if any.
    pub(crate) fn due(&self, call: Call) -> Option<Fault> {
        let now = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        let due = match (self.plan.fault, call) {
            (Fault::NoSpace, Call::Grow) => now >= self.plan.at,
            (Fault::NoSpace, Call::Look | Call::Remove) => false,
            _ => now == self.plan.at,
        };
        due.then_some(self.plan.fault)
    }
}

/// Lets the fault happen.
pub(crate) fn strike(fault: Fault) -> io::Error {
    match fault {
        Fault::Abort => std::process::abort(),
        Fault::NoSpace => io::Error::from(io::ErrorKind::StorageFull),
        Fault::Broken => io::Error::other("input/output error on purpose"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_a_name_and_a_number_from_one() {
        assert_eq!(FaultPlan::parse("abort:37"), Some(FaultPlan { at: 37, fault: Fault::Abort }));
        assert_eq!(FaultPlan::parse("nospace:1"), Some(FaultPlan { at: 1, fault: Fault::NoSpace }));
        for text in ["", "abort", "abort:0", "abort:x", "burn:3", "nospace:-1"] {
            assert_eq!(FaultPlan::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_full_disk_stays_full_for_what_takes_room_and_lets_the_rest_pass() {
        let faults = Faults::new(FaultPlan { at: 2, fault: Fault::NoSpace });
        let calls = [Call::Grow, Call::Look, Call::Grow, Call::Move, Call::Remove, Call::Grow];
        let due: Vec<bool> = calls.into_iter().map(|call| faults.due(call).is_some()).collect();
        assert_eq!(due, [false, false, true, false, false, true]);
        let faults = Faults::new(FaultPlan { at: 1, fault: Fault::NoSpace });
        assert_eq!(faults.due(Call::Move), Some(Fault::NoSpace));
    }
}
