//! The field table: the one declaration of a kind, from which reading, checks, data files, facets and the
//! reference page all come.
//!
//! A kind lists its [`Field`]s once. A field has a key, a Chinese and an English label, a type, and says
//! whether it is required, who may see it, whether it is searched and whether it sorts lists.
//! `field_table!` writes the table and one slot constant a field; the slot's type carries the visibility, so
//! that code behind the gate cannot even name an internal field.
//!
//! Not here: what else a kind declares (`kind`), the kinds themselves (one file each beside this one) and the
//! reading of values (`read`).

pub use super::kind::{ALWAYS, BASE, Constraint, Face, Home, Identity, Kind, Period, Stub, Volume};

/// The place of a field that the public may see, masked or not, in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Public(pub u16);

/// The place of a field that never leaves the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Internal(pub u16);

/// A place in a field table.
pub trait Slot: Copy {
    /// Index of the field in its table.
    fn index(self) -> usize;
}

impl Slot for Public {
    fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl Slot for Internal {
    fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Who may see a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Published as it stands.
    Public,
    /// Published behind a mask.
    Masked(Mask),
    /// Never published; does not exist behind the gate.
    Internal,
}

/// How a value is hidden in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// A person's name: the first character stays, each other one becomes `*`; left whole when the field
    /// named here, beside it, shows that the party is an organisation.
    NameUnless(&'static str),
    /// A person's name, always.
    Name,
}

/// One allowed value of a field, with its labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As written in the sources.
    pub key: &'static str,
    /// Chinese label.
    pub zh: &'static str,
    /// English label.
    pub en: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A line of text.
    Text,
    /// The permanent id of a record.
    Id,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A day with a time, `YYYY-MM-DD HH:MM`.
    Moment,
    /// A whole number, 0 or more.
    Count,
    /// A number in decimal digits, kept as written.
    Decimal,
    /// An amount in yuan with up to two decimals, kept as written.
    Money,
    /// A year, quarter, month or week: `2026`, `2026Q4`, `2026-11`, `2026-W47`; kept as written.
    Period,
    /// `true` or `false`.
    Flag,
    /// One of a list of words.
    Choice(&'static [Choice]),
    /// 统一社会信用代码.
    Uscc,
    /// 许可证编号.
    LicenceNo,
    /// 行政区划代码: 4, 6, 9 or 12 digits.
    RegionCode,
    /// 文号.
    DocNo,
    /// 抽样编号.
    SampleNo,
    /// Office telephone.
    Phone,
    /// An absolute http or https address.
    Url,
    /// Several fields.
    Object(&'static [Field]),
    /// Values of one type in their order.
    List(&'static Type),
    /// Records of another kind that stand inside this one; each becomes a record of its own.
    Records(&'static str),
}

/// Stands for the kind in a [`Link`] whose kind is written beside it, under the key `kind`.
pub const BY_KIND: &str = "*";

/// Which record a value names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Plural of the kind, or [`BY_KIND`].
    pub kind: &'static str,
    /// The key whose value equals this one; `id` for the record's id.
    pub by: &'static str,
    /// Whether a missing target is a mistake.
    pub strength: Strength,
}

/// Whether the target of a link has to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// A missing target is an error.
    Must,
    /// Linked if there is such a record.
    May,
}

/// What a field of a kind that is published as numbers only counts of the records behind a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// All of them.
    All,
    /// Those that are done: the second day of the kind's deadline has come.
    Done,
    /// Those that are late: the first day of the deadline is over, and the second one has not come.
    Late,
}

/// One field of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key in sources and data files.
    pub key: &'static str,
    /// Chinese label.
    pub zh: &'static str,
    /// English label.
    pub en: &'static str,
    /// What it holds.
    pub ty: Type,
    /// Whether a record without it is a mistake.
    pub required: bool,
    /// Who may see it.
    pub visibility: Visibility,
    /// Weight in search; 0 is not searched.
    pub searched: u8,
    /// Whether lists are made by its values.
    pub facet: bool,
    /// Whether it is a column of the kind's lists.
    pub listed: bool,
    /// The record it names.
    pub link: Option<Link>,
    /// What it says in the words of schema.org, in the JSON-LD of the record's page, several parted by a blank: `telephone`, with the
    /// type of the thing that it names `worksFor/Organization`, of the part that one plays in that thing `worksFor.startDate`; empty
    /// where these have no word for it.
    pub says: &'static str,
    /// Whether a record without it tells that there was none, rather than that it is not published.
    pub may_be_none: bool,
    /// Whether its number may lie below zero.
    pub signed: bool,
    /// What the gate counts into it, in a kind of which only numbers are published.
    pub counts: Option<Counts>,
    /// Whether it is the id of a record whose kind stands beside it, under the key `kind`.
    pub is_id_of_kind: bool,
}

impl Field {
    /// A public, optional field that is neither searched nor listed.
    pub const fn new(key: &'static str, zh: &'static str, en: &'static str, ty: Type) -> Field {
        Field {
            key,
            zh,
            en,
            ty,
            required: false,
            visibility: Visibility::Public,
            searched: 0,
            facet: false,
            listed: false,
            link: None,
            says: "",
            may_be_none: false,
            signed: false,
            counts: None,
            is_id_of_kind: false,
        }
    }

    /// Its number may lie below zero.
    pub const fn signed(mut self) -> Field {
        self.signed = true;
        self
    }

    /// The id of a record whose kind stands beside it, under the key `kind`.
    pub const fn id_of_kind(mut self) -> Field {
        self.is_id_of_kind = true;
        self
    }

    /// A record without it is a mistake.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// Never leaves the office.
    pub const fn internal(mut self) -> Field {
        self.visibility = Visibility::Internal;
        self
    }

    /// Published behind a mask.
    pub const fn masked(mut self, mask: Mask) -> Field {
        self.visibility = Visibility::Masked(mask);
        self
    }

    /// Found by search with this weight.
    pub const fn searched(mut self, weight: u8) -> Field {
        self.searched = weight;
        self
    }

    /// Lists are made by its values.
    pub const fn facet(mut self) -> Field {
        self.facet = true;
        self
    }

    /// A column of the kind's lists.
    pub const fn listed(mut self) -> Field {
        self.listed = true;
        self
    }

    /// A record without it tells that there was none.
    pub const fn or_none(mut self) -> Field {
        self.may_be_none = true;
        self
    }

    /// Says this in the words of schema.org.
    pub const fn says(mut self, property: &'static str) -> Field {
        self.says = property;
        self
    }

    /// Names a record that must exist.
    pub const fn names(mut self, kind: &'static str) -> Field {
        self.link = Some(Link { kind, by: "id", strength: Strength::Must });
        self
    }

    /// Names a record, by the value of one of its keys, if there is one.
    pub const fn may_name(mut self, kind: &'static str, by: &'static str) -> Field {
        self.link = Some(Link { kind, by, strength: Strength::May });
        self
    }
}

/// Writes a field table and a typed slot constant for each field.
macro_rules! field_table {
    ($table:ident { $( $visibility:ident $slot:ident = $field:expr; )* }) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[allow(dead_code)]
        enum Order { $($slot),* }
        $( $crate::record::field::field_table!(@slot $visibility $slot); )*
        /// The fields in their order.
        pub static $table: &[$crate::record::field::Field] =
            &[ $( $crate::record::field::field_table!(@field $visibility $field) ),* ];
    };
    (@slot internal $slot:ident) => {
        #[allow(missing_docs)]
        pub const $slot: $crate::record::field::Internal = $crate::record::field::Internal(Order::$slot as u16);
    };
    (@slot public $slot:ident) => {
        #[allow(missing_docs)]
        pub const $slot: $crate::record::field::Public = $crate::record::field::Public(Order::$slot as u16);
    };
    (@field internal $field:expr) => { $field.internal() };
    (@field public $field:expr) => { $field };
}
pub(crate) use field_table;
