//! Makes kinds of the collections that a portal declares.
//!
//! In: definitions as the reader took them. Out: kinds in [`Kinds`], behind the built-in ones, and findings at the
//! very word that is wrong. A definition with a mistake makes no kind; its records are passed over, so that one wrong
//! word does not call every record of the collection wrong.
//!
//! Not here: the words of a definition (`definition`), reading them (`read`), what a field's type and mark mean
//! (`parts` makes fields, `rules` constraints).

mod counted;
mod names;
mod parts;
mod rules;

pub use names::COLLECTION_NAME;
pub use parts::COLLECTION_TYPE;
pub use rules::COLLECTION_FIELD;

use super::Kinds;
use super::definition as table;
use super::field::{BASE, Face, Field, Identity, Kind, Period, Public, Slot as _, Type, Visibility, Volume};
use super::value::View;
use super::values::Values;
use crate::diagnostic::{Code, Finding, Findings, Message, Origin, Place, Step};

/// One definition and where it stands.
#[derive(Debug)]
pub struct Definition {
    /// `portal.yaml`, or its own file.
    pub origin: Origin,
    /// The steps from there to the definition.
    pub path: Vec<Step>,
    /// Its values, in the order of the table.
    pub values: Values,
}

impl Definition {
    fn view(&self) -> View<'_> {
        View { fields: table::FIELDS, values: &self.values }
    }
}

/// Adds the kinds that these definitions make.
pub fn declare(kinds: &mut Kinds, definitions: &[Definition], findings: &mut Findings) {
    let plurals: Vec<&str> = definitions.iter().filter_map(|one| one.view().text(table::PLURAL)).collect();
    let is_counted = |one: &&Definition| !one.view().value(table::COUNTED_BY).is_absent();
    let counted: Vec<&str> =
        definitions.iter().filter(is_counted).filter_map(|one| one.view().text(table::PLURAL)).collect();
    let mut names = names::Names::of(kinds);
    let mut made = Vec::new();
    for definition in definitions {
        let mut maker =
            Maker { kinds, plurals: &plurals, counted: &counted, definition, findings, sound: true };
        let kind = maker.kind(&mut names);
        match kind.filter(|_| maker.sound) {
            Some(kind) => made.push(kind),
            None => {
                let plural = definition.view().text(table::PLURAL).unwrap_or_default();
                let singular = definition.view().text(table::SINGULAR);
                kinds.leave_out(plural);
                kinds.leave_out(singular.unwrap_or_else(|| names::singular(plural)));
            }
        }
    }
    // What names a collection that could not be made cannot be followed either.
    while let Some(at) = made.iter().position(|kind| names_one_of(kind, &kinds.left_out)) {
        let kind = made.remove(at);
        kinds.leave_out(kind.plural);
        kinds.leave_out(kind.singular);
    }
    for kind in made {
        // Kinds are named by reference all over the program, as the built-in ones are statics. A portal's own are
        // made once a reading and must live as long, which a leak of some kilobytes gives them.
        kinds.add(Box::leak(Box::new(kind)));
    }
}

fn names_one_of(kind: &Kind, plurals: &[String]) -> bool {
    let names = |field: &Field| field.link.is_some_and(|link| plurals.iter().any(|one| one == link.kind));
    kind.fields.iter().any(|field| {
        let inside: &[Field] = match field.ty {
            Type::Object(fields) => fields,
            Type::List(Type::Object(fields)) => fields,
            _ => &[],
        };
        names(field) || inside.iter().any(names)
    })
}

/// A text of a definition, for as long as its kind lives.
fn leak(text: &str) -> &'static str {
    Box::leak(text.into())
}

/// Members of a list, for as long as their kind lives.
fn leak_all<T>(members: Vec<T>) -> &'static [T] {
    Vec::leak(members)
}

/// The making of one kind.
struct Maker<'a> {
    kinds: &'a Kinds,
    /// Plurals of all collections.
    plurals: &'a [&'a str],
    /// Plurals of those of which only numbers are published.
    counted: &'a [&'a str],
    definition: &'a Definition,
    findings: &'a mut Findings,
    /// Whether nothing wrong was found yet.
    sound: bool,
}

impl<'a> Maker<'a> {
    fn kind(&mut self, names: &mut names::Names) -> Option<Kind> {
        let view = self.definition.view();
        // What the reader could not take, or did not find, it has reported.
        self.sound = !names::is_incomplete(table::FIELDS, view.values);
        let text = |slot: Public| view.text(slot).map(leak);
        let plural = text(table::PLURAL)?;
        let singular = text(table::SINGULAR).unwrap_or_else(|| names::singular(plural));
        self.kind_names(names, plural, singular);
        let zh = text(table::ZH).unwrap_or_default();
        let mut fields = self.fields(view);
        let counted_by = self.counted_by(view, &mut fields);
        let identity = self.identity(view, &mut fields);
        let fields = leak_all(fields);
        let title = self.title(view, fields);
        let lists = fields.iter().filter(|field| field.facet).map(|field| field.key).collect();
        let face = match view.flag(table::PAGES) {
            Some(false) => Face::Inline,
            _ => Face::Pages { folder: plural, template: "record.html", lists: Some(leak_all(lists)) },
        };
        let from = self.day(view, table::FROM, fields);
        let period = Period { from, until: self.day(view, table::UNTIL, fields) };
        Some(Kind {
            plural,
            singular,
            zh,
            en: text(table::EN).unwrap_or_else(|| leak(&plural.replace('_', " "))),
            fields,
            identity,
            title,
            dated: self.day(view, table::DATED, fields),
            fixed_days: leak_all(from.into_iter().collect()),
            face,
            period,
            column_type: text(table::COLUMN_TYPE).unwrap_or(BASE.column_type),
            about: (text(table::ABOUT).unwrap_or_default(), text(table::ABOUT_EN).unwrap_or_default()),
            volume: match view.choice(table::VOLUME) {
                Some("many") => Volume::Many,
                _ => Volume::Few,
            },
            schema_org: text(table::SCHEMA_ORG).unwrap_or_default(),
            feed: view.flag(table::FEED).unwrap_or_default(),
            constraints: self.counted_constraints(view, fields),
            counted_by,
            ..BASE
        })
    }

    /// The field that is the id: the one named, else `id`, which is added when the definition does not list it.
    fn identity(&mut self, view: View<'_>, fields: &mut Vec<Field>) -> Identity {
        let Some(key) = view.text(table::ID_FROM) else {
            match fields.iter_mut().find(|field| field.key == "id") {
                Some(own)
                    if matches!(own.ty, Type::Text)
                        && own.link.is_none()
                        && own.visibility == Visibility::Public =>
                {
                    own.required = true;
                    own.ty = Type::Id;
                }
                Some(_) => self.unfit(
                    &[step(table::OWN_FIELDS)],
                    "id",
                    ("公开的文字字段（type: text）作编号", "a public field of text (`type: text`) as the id"),
                ),
                None => fields.insert(0, Field::new("id", "编号", "id", Type::Id).required()),
            }
            return Identity::Key("id");
        };
        let field = self.field_of(fields, key, &[step(table::ID_FROM)]);
        if let Some(field) = field {
            let fits = field.required
                && field.visibility == Visibility::Public
                && matches!(
                    field.ty,
                    Type::Text | Type::Uscc | Type::LicenceNo | Type::RegionCode | Type::Period
                );
            if !fits {
                self.unfit(
                    &[step(table::ID_FROM)],
                    key,
                    ("必填、公开的文字或代码字段", "a required public field of text or of a code"),
                );
            }
        }
        Identity::Key(field.map_or("id", |field| field.key))
    }

    fn title(&mut self, view: View<'_>, fields: &'static [Field]) -> &'static str {
        let usual = ["name", "title"].into_iter().find(|key| fields.iter().any(|field| field.key == *key));
        let Some(key) = view.text(table::TITLE).or(usual) else { return "id" };
        let Some(field) = self.field_of(fields, key, &[step(table::TITLE)]) else { return "id" };
        if key != "title" && fields.iter().any(|field| field.key == "title") {
            let message = Message::new(
                "有名为 `title` 的字段时，它就是标题",
                "where there is a field `title`, it is the title",
            );
            self.blame(COLLECTION_NAME, &[step(table::TITLE)], message)
                .hint(Message::new("请给那个字段另起名字", "give that field another name"));
        }
        let text = matches!(
            field.ty,
            Type::Text | Type::Id | Type::Period | Type::Uscc | Type::LicenceNo | Type::DocNo
        );
        if !text || field.link.is_some() || field.visibility == Visibility::Internal {
            self.unfit(&[step(table::TITLE)], key, ("公开的文字字段", "a public field of text"));
        }
        field.key
    }

    /// The key of a day that a slot of the definition names.
    fn day(&mut self, view: View<'_>, slot: Public, fields: &'static [Field]) -> Option<&'static str> {
        let key = view.text(slot)?;
        let field = self.field_of(fields, key, &[step(slot)])?;
        if !matches!(field.ty, Type::Date | Type::Moment) {
            self.unfit(&[step(slot)], key, ("日期字段", "a field of a day"));
        }
        Some(field.key)
    }

    /// Reports what a path inside the definition leads to; no kind will be made.
    fn blame(&mut self, code: Code, path: &[Step], message: Message) -> &mut Finding {
        self.sound = false;
        let whole = self.definition.path.iter().chain(path).copied().collect();
        let finding = self.findings.add(code, Place::Value(self.definition.origin, whole), message);
        finding.field = path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some((*key).to_string()),
            Step::Item(_) => None,
        });
        finding.record = self.definition.view().text(table::PLURAL).map(str::to_string);
        finding
    }
}

/// The step to a slot of the definition.
fn step(slot: Public) -> Step {
    Step::Key(table::FIELDS.get(slot.index()).map_or("", |field| field.key))
}
