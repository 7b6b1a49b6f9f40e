//! What somebody may do to a portal between two builds.
//!
//! Not here: what an edit does to the sources (`model`).

use proptest::prelude::*;

/// One change that somebody makes between two builds.
#[derive(Clone, Debug)]
pub enum Edit {
    NameEnterprise(usize, u8),
    MoveEnterprise(usize, usize),
    AddressEnterprise(usize, u8),
    Level(usize, usize),
    Status(usize, usize),
    Reassign(usize, usize),
    Licence(usize, usize),
    AddEnterprise(u8, usize),
    NameCadre(usize, u8),
    CadreLeaves(usize, usize),
    AddVisit(usize, usize, usize),
    CloseProblem(usize),
    AddSample(usize, usize, bool),
    AddDisposal(usize, usize),
    Withdraw(usize, usize),
    TakeBackWithdrawal(usize),
    Correct(u8),
    Until(usize, usize, usize),
    Delete(usize, usize),
    NameRegion(usize, u8),
    Station(usize, u8),
    AddRegion(u8),
    Article(usize, u8),
    AddArticle(u8, usize),
    Draft(usize),
    DeleteFile(usize),
    Page(u8),
    AddPage(u8),
    Chapter(usize, u8),
    Book(u8),
    Asset(u8),
    Portal(usize, u8),
    Template(usize, u8),
    Word(u8),
    Static(u8),
    DropTheme,
    Day(usize),
}

/// Days to which an as-of date may be set: around every date on which something of the small portal changes.
pub const DAYS: [&str; 12] = [
    "2026-11-22",
    "2026-11-30",
    "2026-12-01",
    "2026-12-05",
    "2026-12-06",
    "2026-12-15",
    "2026-12-21",
    "2026-12-29",
    "2027-01-01",
    "2027-03-01",
    "2026-10-01",
    "2026-09-25",
];

/// Words that are put into names and texts.
pub const WORDS: [&str; 8] = ["甲", "乙", "丙", "A&B", "<丁>", "“戊”", "己'己", "庚\"庚"];

/// Any edit.
pub fn any_edit() -> impl Strategy<Value = Edit> {
    use Edit::*;
    let (n, w, d) = (|| 0usize..12, || 0u8..8, || 0..DAYS.len());
    prop_oneof![
        (n(), w()).prop_map(|(a, b)| NameEnterprise(a, b)),
        (n(), n()).prop_map(|(a, b)| MoveEnterprise(a, b)),
        (n(), w()).prop_map(|(a, b)| AddressEnterprise(a, b)),
        (n(), n()).prop_map(|(a, b)| Level(a, b)),
        (n(), n()).prop_map(|(a, b)| Status(a, b)),
        (n(), n()).prop_map(|(a, b)| Reassign(a, b)),
        (n(), d()).prop_map(|(a, b)| Licence(a, b)),
        (w(), n()).prop_map(|(a, b)| AddEnterprise(a, b)),
        (n(), w()).prop_map(|(a, b)| NameCadre(a, b)),
        (n(), d()).prop_map(|(a, b)| CadreLeaves(a, b)),
        (n(), n(), d()).prop_map(|(a, b, c)| AddVisit(a, b, c)),
        n().prop_map(CloseProblem),
        (n(), n(), any::<bool>()).prop_map(|(a, b, c)| AddSample(a, b, c)),
        (n(), n()).prop_map(|(a, b)| AddDisposal(a, b)),
        (n(), n()).prop_map(|(a, b)| Withdraw(a, b)),
        n().prop_map(TakeBackWithdrawal),
        w().prop_map(Correct),
        (n(), n(), d()).prop_map(|(a, b, c)| Until(a, b, c)),
        (n(), n()).prop_map(|(a, b)| Delete(a, b)),
        (n(), w()).prop_map(|(a, b)| NameRegion(a, b)),
        (n(), w()).prop_map(|(a, b)| Station(a, b)),
        w().prop_map(AddRegion),
        (n(), w()).prop_map(|(a, b)| Article(a, b)),
        (w(), d()).prop_map(|(a, b)| AddArticle(a, b)),
        n().prop_map(Draft),
        n().prop_map(DeleteFile),
        w().prop_map(Page),
        w().prop_map(AddPage),
        (n(), w()).prop_map(|(a, b)| Chapter(a, b)),
        w().prop_map(Book),
        w().prop_map(Asset),
        (n(), w()).prop_map(|(a, b)| Portal(a, b)),
        (n(), w()).prop_map(|(a, b)| Template(a, b)),
        w().prop_map(Word),
        w().prop_map(Static),
        Just(DropTheme),
        d().prop_map(Day),
    ]
}
