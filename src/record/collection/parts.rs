//! Makes the fields of a collection from its definition.
//!
//! In: the list `fields` of a definition. Out: fields as a built-in kind has them, and findings where a word does not
//! go with the type: choices without `type: choice`, a link to nowhere, a list by a field that has no few values.
//!
//! Not here: keys (`names`), and what the whole kind says of its fields (`rules`).

use super::{Maker, leak, leak_all, step};
use crate::diagnostic::{Code, Message, Step};
use crate::record::definition::{self as table, option, part};
use crate::record::field::{Choice, Field, Home, Link, Mask, Public, Slot as _, Strength, Type, Visibility};
use crate::record::value::{Value, View};
use crate::route::RecordId;
use crate::text::{excerpt, nearest};

/// A word of a definition that does not go with the type of its field.
pub const COLLECTION_TYPE: Code = Code("E-COLLECTION-TYPE");

/// The greatest weight in search.
const MOST_WEIGHT: i64 = 9;

/// The step to a word of a field.
fn word(slot: Public) -> Step {
    Step::Key(part::FIELDS.get(slot.index()).map_or("", |field| field.key))
}

/// The objects of a list by its key, with their places.
pub(super) fn members<'a>(view: View<'a>, slot: Public) -> Vec<(u32, View<'a>)> {
    let fields: &'static [Field] = match view.fields.get(slot.index()).map(|field| field.ty) {
        Some(Type::List(Type::Object(fields))) => fields,
        _ => &[],
    };
    let objects = (0u32..).zip(view.list(slot)).filter_map(|(at, member)| match member {
        Value::Object(values) => Some((at, View { fields, values })),
        _ => None,
    });
    objects.collect()
}

impl Maker<'_> {
    /// The fields of the collection.
    pub(super) fn fields(&mut self, view: View<'_>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for (at, written) in members(view, table::OWN_FIELDS) {
            let path = [step(table::OWN_FIELDS), Step::Item(at)];
            let Some(mut field) = self.field(written, &fields, &path) else { continue };
            self.marks(&mut field, written, &path);
            if field.facet && !matches!(field.ty, Type::Choice(_) | Type::RegionCode) {
                let facet = [path.as_slice(), &[Step::Key("facet")]].concat();
                self.ill_typed(
                    &facet,
                    ("只有选项和地区字段能分列表", "only a choice or a region makes lists"),
                );
            }
            fields.push(field);
        }
        self.masks(&fields, view);
        fields
    }

    /// How a field is searched and listed.
    fn marks(&mut self, field: &mut Field, written: View<'_>, path: &[Step]) {
        let marks = |slot| written.flag(slot).unwrap_or_default();
        let weight = written.count(table::field::SEARCHED).unwrap_or_default();
        field.searched = weight.clamp(0, MOST_WEIGHT) as u8;
        field.facet = marks(table::field::FACET);
        field.listed = marks(table::field::LISTED);
        let at = |key| [path, &[Step::Key(key)]].concat();
        if weight > MOST_WEIGHT {
            self.ill_typed(
                &at("searched"),
                ("检索权重是1至9，不搜就不写", "the weight in search is 1 to 9; leave it out for none"),
            );
        }
        let shown = [("searched", weight > 0), ("facet", field.facet), ("listed", field.listed)];
        if field.visibility == Visibility::Internal
            && let Some((key, _)) = shown.iter().find(|(_, is)| *is)
        {
            self.ill_typed(
                &at(key),
                (
                    "内部字段不公开，不能检索、分列表或作列表的一栏",
                    "an internal field is not published; it can neither be searched nor make or stand in lists",
                ),
            );
        }
    }

    /// One field; the tables of fields and of those inside an object begin alike.
    fn field(&mut self, view: View<'_>, earlier: &[Field], path: &[Step]) -> Option<Field> {
        let key = leak(view.text(part::KEY)?);
        let at = |slot| [path, &[word(slot)]].concat();
        self.key(key, earlier, &at(part::KEY));
        let en = view.text(part::EN).map_or_else(|| leak(&key.replace('_', " ")), leak);
        let single = self.single_type(view, path)?;
        let is_list = view.flag(part::LIST).unwrap_or_default();
        let ty = if is_list { Type::List(Box::leak(Box::new(single))) } else { single };
        let mut field = Field::new(key, leak(view.text(part::ZH).unwrap_or_default()), en, ty).signed();
        field.required = view.flag(part::REQUIRED).unwrap_or_default();
        field.link = self.link(view, path);
        field.visibility = match (view.choice(part::VISIBILITY), view.text(part::UNLESS)) {
            (Some("internal"), None) => Visibility::Internal,
            (Some("masked"), unless) => {
                if !matches!(ty, Type::Text) || field.link.is_some() {
                    self.ill_typed(
                        &at(part::VISIBILITY),
                        ("只有单个文字字段能遮挡", "only a single field of text can be masked"),
                    );
                }
                Visibility::Masked(unless.map_or(Mask::Name, |key| Mask::NameUnless(leak(key))))
            }
            (_, Some(_)) => {
                self.ill_typed(
                    &at(part::UNLESS),
                    ("unless 只用于 visibility: masked", "`unless` goes with `visibility: masked` only"),
                );
                Visibility::Public
            }
            _ => Visibility::Public,
        };
        Some(field)
    }

    fn single_type(&mut self, view: View<'_>, path: &[Step]) -> Option<Type> {
        let ty = view.choice(part::TYPE)?;
        let given = |key| !view.by_key(key).is_absent();
        let goes_with =
            [("choices", "choice"), ("fields", "object"), ("to", "link"), ("by", "link"), ("may", "link")];
        for (key, wanted) in goes_with {
            let at = [path, &[Step::Key(key)]].concat();
            if given(key) && ty != wanted {
                self.blame(
                    COLLECTION_TYPE,
                    &at,
                    Message::new(
                        format!("`{key}` 只用于 type: {wanted}，这里是 type: {ty}"),
                        format!("`{key}` goes with `type: {wanted}`; here stands `type: {ty}`"),
                    ),
                );
            } else if !given(key) && ty == wanted && !matches!(key, "by" | "may") {
                self.blame(
                    COLLECTION_TYPE,
                    path,
                    Message::new(
                        format!("type: {ty} 的字段要写 `{key}`"),
                        format!("a field of `type: {ty}` needs `{key}`"),
                    ),
                );
            }
        }
        Some(match ty {
            "date" => Type::Date,
            "moment" => Type::Moment,
            "period" => Type::Period,
            "count" => Type::Count,
            "decimal" => Type::Decimal,
            "money" => Type::Money,
            "flag" => Type::Flag,
            "choice" => Type::Choice(self.choices(view, path)),
            "uscc" => Type::Uscc,
            "licence_no" => Type::LicenceNo,
            "region" => Type::RegionCode,
            "doc_no" => Type::DocNo,
            "phone" => Type::Phone,
            "url" => Type::Url,
            "object" => Type::Object(self.inside(view, path)),
            _ => Type::Text,
        })
    }

    /// The fields of an object; objects do not hold objects.
    fn inside(&mut self, view: View<'_>, path: &[Step]) -> &'static [Field] {
        let mut fields: Vec<Field> = Vec::new();
        // Fields inside an object have no slot for fields of their own.
        if view.fields.len() == part::FIELDS.len() {
            self.ill_typed(path, ("若干字段里面不能再有 object", "an object cannot hold an object"));
            return &[];
        }
        for (at, written) in members(view, table::field::FIELDS_INSIDE) {
            let path = [path, &[Step::Key("fields"), Step::Item(at)]].concat();
            fields.extend(self.field(written, &fields, &path));
        }
        leak_all(fields)
    }

    fn choices(&mut self, view: View<'_>, path: &[Step]) -> &'static [Choice] {
        let mut choices: Vec<Choice> = Vec::new();
        for (at, written) in members(view, part::CHOICES) {
            let Some(key) = written.text(option::KEY) else { continue };
            let path = [path, &[word(part::CHOICES), Step::Item(at), Step::Key("key")]].concat();
            if choices.iter().any(|choice| choice.key == key) {
                self.twice(key, &path);
            }
            if self.plain_word(key, &path) && RecordId::parse(&key.replace('_', "-")).is_err() {
                let shown = excerpt(key, 40);
                let message = Message::new(
                    format!("选项的写法“{shown}”应为英文字母、数字、连字符或下划线"),
                    format!("the choice `{shown}` must be letters, digits, hyphens or underscores"),
                );
                self.blame(super::COLLECTION_NAME, &path, message);
            }
            let zh = leak(written.text(option::ZH).unwrap_or_default());
            choices.push(Choice { key: leak(key), zh, en: written.text(option::EN).map_or(zh, leak) });
        }
        leak_all(choices)
    }

    fn link(&mut self, view: View<'_>, path: &[Step]) -> Option<Link> {
        if view.choice(part::TYPE) == Some("region") {
            return Some(Link { kind: "regions", by: "id", strength: Strength::Must });
        }
        let to = view.text(part::TO)?;
        let by = view.text(part::BY).unwrap_or("id");
        let at = |slot| [path, &[word(slot)]].concat();
        let known = self.kinds.index(to).and_then(|at| self.kinds.at(at));
        let is_named = known.is_some_and(|kind| matches!(kind.home, Home::Ledger | Home::Inside(..)));
        if !is_named && !self.plurals.contains(&to) && !self.kinds.is_left_out(to) {
            let plurals = self.kinds.all().map(|kind| kind.plural).chain(self.plurals.iter().copied());
            let near = nearest(to, plurals).map(str::to_string);
            let shown = excerpt(to, 40);
            let message = Message::new(
                format!("没有名为 `{shown}` 的台账类别可指"),
                format!("there is no kind `{shown}` to link to"),
            );
            self.blame(COLLECTION_TYPE, &at(part::TO), message).hint = near
                .map(|near| Message::new(format!("是否应为 `{near}`？"), format!("did you mean `{near}`?")));
        }
        if self.counted.contains(&to) {
            self.ill_typed(
                &at(part::TO),
                (
                    "该类别只公布数量，不能指向它的记录",
                    "only numbers are published of this kind; its records cannot be linked to",
                ),
            );
        }
        if let Some(kind) = known.filter(|kind| by != "id" && kind.slot(by).is_none()) {
            self.field_of(kind.fields, by, &at(part::BY));
        }
        let may = view.flag(part::MAY).unwrap_or_default();
        let strength = if may { Strength::May } else { Strength::Must };
        Some(Link { kind: leak(to), by: leak(by), strength })
    }

    /// Proves that the field under which a name is not masked is there.
    fn masks(&mut self, fields: &[Field], view: View<'_>) {
        for (at, written) in members(view, table::OWN_FIELDS) {
            let path = [step(table::OWN_FIELDS), Step::Item(at), word(part::UNLESS)];
            if let Some(key) = written.text(part::UNLESS) {
                self.field_of(fields, key, &path);
            }
        }
    }

    pub(super) fn ill_typed(&mut self, path: &[Step], (zh, en): (&str, &str)) {
        self.blame(COLLECTION_TYPE, path, Message::new(zh, en));
    }
}
