//! Values that many pages share, made once and cloned into each: choices, days, the fields of kinds, and links to the
//! records that many others name.
//!
//! In: the [`Portal`]. Out: Tera values, the same for whoever asks first. Not here: values of one page (`values`).

use std::sync::OnceLock;

use tera::Value as Tera;

use super::values::{choice, list, object};
use super::year::Strip;
use crate::calendar::Date;
use crate::disclose::Portal;
use crate::locale::Locale;
use crate::record::edges::Handle;
use crate::record::field::{Choice, Field, Type, Visibility};
use crate::record::region;

/// Values made once and cloned into pages.
pub struct Shared {
    /// By the address of the choice, in that order.
    choices: Vec<(usize, Tera)>,
    first_day: Date,
    days: Vec<Tera>,
    fields: Vec<Tera>,
    links: [OnceLock<FarLinks>; LINK_DEPTHS],
    /// The months of an enterprise's strip.
    pub(super) strip: Strip,
}

/// Links from pages of one depth to records that stand in another folder than the page: they begin alike, so that
/// all these pages see the same values. By kind and record; none of kinds with many records.
struct FarLinks {
    /// `{id, title, href}`.
    plain: Vec<Box<[OnceLock<Tera>]>>,
    /// `{id, title, href, place}`, of regions.
    regions: Box<[OnceLock<Tera>]>,
}

impl FarLinks {
    fn new(portal: &Portal) -> FarLinks {
        let room = |kind: u16| -> Box<[OnceLock<Tera>]> {
            let count = portal.count(kind);
            (0..if count > MOST_LINKED { 0 } else { count }).map(|_| OnceLock::new()).collect()
        };
        let kinds = (0u16..).zip(portal.kinds.all());
        FarLinks {
            plain: kinds.map(|(kind, _)| room(kind)).collect(),
            regions: room(portal.kind(&region::KIND)),
        }
    }
}

/// Days whose values are made beforehand, about eighteen years around the as-of date.
const DAYS_BEFORE: i64 = 4400;
const DAYS_BEHIND: i64 = 2200;

/// Folders above a page up to which links are kept.
const LINK_DEPTHS: usize = 4;

/// A kind with more records than this would fill the memory with links that few pages show.
const MOST_LINKED: usize = 8192;

impl Shared {
    /// Makes the values of a portal; links are made when they are first asked for.
    pub fn new(portal: &Portal) -> Shared {
        let mut choices = Vec::new();
        let locale = &portal.locale;
        portal.kinds.all().for_each(|kind| collect_choices(kind.fields, locale, &mut choices));
        choices.sort_by_key(|(address, _)| *address);
        choices.dedup_by_key(|(address, _)| *address);
        let first_day = portal.as_of.plus_days(-DAYS_BEFORE);
        let days = (0..DAYS_BEFORE + DAYS_BEHIND)
            .map(|after| make_date(first_day.plus_days(after), locale))
            .collect();
        let fields = portal.kinds.all().map(|kind| {
            let public = kind.fields.iter().filter(|field| field.visibility != Visibility::Internal);
            list(public.map(|field| described(field, locale)).collect())
        });
        Shared {
            choices,
            first_day,
            days,
            fields: fields.collect(),
            links: Default::default(),
            strip: Strip::of(portal),
        }
    }

    /// A day as `{iso, label}`.
    pub fn date(&self, day: Date, locale: &Locale) -> Tera {
        self.known_date(day).cloned().unwrap_or_else(|| make_date(day, locale))
    }

    /// A day as `{iso, label}`, if it is one of those made beforehand.
    pub fn known_date(&self, day: Date) -> Option<&Tera> {
        self.days.get(usize::try_from(day.days_since(self.first_day)).ok()?)
    }

    /// A choice as `{key, label}`.
    pub fn choice(&self, choice: &'static Choice) -> Option<&Tera> {
        let at = self.choices.binary_search_by_key(&address(choice), |(address, _)| *address).ok()?;
        self.choices.get(at).map(|(_, value)| value)
    }

    /// The fields of a kind as `[{key, label, is_phone, inside, none}]`.
    pub fn fields(&self, kind: u16) -> Tera {
        self.fields.get(usize::from(kind)).cloned().unwrap_or_else(Tera::none)
    }

    /// Where the link to a record is kept for pages of a depth in other folders.
    pub fn far_link(&self, portal: &Portal, depth: usize, to: Handle) -> Option<&OnceLock<Tera>> {
        self.far(portal, depth)?.plain.get(usize::from(to.kind))?.get(to.no as usize)
    }

    /// Where the link to a region with its place is kept for pages of a depth in other folders.
    pub fn far_region(&self, portal: &Portal, depth: usize, to: Handle) -> Option<&OnceLock<Tera>> {
        self.far(portal, depth)?.regions.get(to.no as usize)
    }

    fn far(&self, portal: &Portal, depth: usize) -> Option<&FarLinks> {
        Some(self.links.get(depth)?.get_or_init(|| FarLinks::new(portal)))
    }
}

fn address(choice: &'static Choice) -> usize {
    std::ptr::from_ref(choice) as usize
}

/// A field as `{key, label, is_phone, inside, none}`: inside are the fields of an object or of a list of objects, none is what is
/// said where it is absent.
fn described(field: &Field, locale: &Locale) -> Tera {
    let inside: &[Field] = match field.ty {
        Type::Object(fields) => fields,
        Type::List(Type::Object(fields)) => fields,
        _ => &[],
    };
    let public = inside.iter().filter(|field| field.visibility != Visibility::Internal);
    object([
        ("key", field.key.into()),
        ("label", field.label_in(locale).into()),
        ("is_phone", matches!(field.ty, Type::Phone | Type::List(Type::Phone)).into()),
        ("none", locale.word(if field.may_be_none { "not_any" } else { "missing" }).into()),
        ("inside", list(public.map(|field| described(field, locale)).collect())),
    ])
}

fn collect_choices(fields: &'static [Field], locale: &Locale, choices: &mut Vec<(usize, Tera)>) {
    for field in fields {
        let mut ty = field.ty;
        while let Type::List(member) = ty {
            ty = *member;
        }
        match ty {
            Type::Choice(list) => {
                choices.extend(list.iter().map(|known| (address(known), choice(known, locale))))
            }
            Type::Object(fields) => collect_choices(fields, locale, choices),
            _ => {}
        }
    }
}

/// A day as `{iso, label}`: the label in the words of the site, whose language it has its name from.
pub fn make_date(day: Date, locale: &Locale) -> Tera {
    object([("iso", day.to_string().into()), ("label", locale.date(day).into())])
}
