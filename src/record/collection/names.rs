//! The names that a collection gives: of itself, of its fields, of its choices.
//!
//! In: a word of a definition. Out: findings where it has another form than `a_small_word`, is read as true or false
//! by other YAML readers, or is taken by a kind, a folder or a page of the site.
//!
//! Not here: what the names stand for.

use super::{Maker, leak, step};
use crate::diagnostic::{Code, Message, Step};
use crate::record::Kinds;
use crate::record::definition as table;
use crate::record::field::{Face, Field};
use crate::record::value::Value;
use crate::record::values::Values;
use crate::text::excerpt;

/// A name of a collection, a field or a choice that cannot be used.
pub const COLLECTION_NAME: Code = Code("E-COLLECTION-NAME");

/// Words that some YAML readers take for true, false or nothing.
const SPOILT_WORDS: [&str; 9] = ["no", "yes", "on", "off", "true", "false", "null", "y", "n"];

/// Folders and pages of the site, and of the sources.
const TAKEN: [&str; 22] = [
    "404",
    "articles",
    "assets",
    "books",
    "changes",
    "collections",
    "corrections",
    "data",
    "feeds",
    "home",
    "index",
    "ledgers",
    "manifest",
    "pages",
    "plan",
    "portal",
    "progress",
    "schema",
    "search",
    "site",
    "sitemap",
    "theme",
];

/// Keys that a page's map of a record has besides its fields.
const TAKEN_KEYS: [&str; 7] = ["as_producer", "coming", "day", "disposals", "href", "late", "place"];

/// Names that are taken, with the kind that has them.
pub(super) struct Names(Vec<(String, String)>);

impl Names {
    /// The names that the kinds have so far.
    pub(super) fn of(kinds: &Kinds) -> Names {
        let mut names = Vec::new();
        for kind in kinds.all() {
            let folder = match kind.face {
                Face::Pages { folder, .. } => Some(folder),
                _ => None,
            };
            names.extend(
                [Some(kind.plural), Some(kind.singular), folder]
                    .into_iter()
                    .flatten()
                    .map(|name| (name.to_string(), kind.zh.to_string())),
            );
        }
        names.extend(TAKEN.iter().map(|name| ((*name).to_string(), String::new())));
        Names(names)
    }

    fn owner(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, owner)| owner.as_str())
    }
}

/// `weekly_report` of `weekly_reports`, as far as an ending tells.
pub(super) fn singular(plural: &str) -> &'static str {
    let word = match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s').unwrap_or(plural).to_string(),
    };
    leak(&word)
}

/// Whether a value that the table demands is missing, or one given could not be read.
pub(super) fn is_incomplete(fields: &[Field], values: &Values) -> bool {
    use crate::record::field::Type;
    fields.iter().zip(values).any(|(field, value)| match (field.ty, value) {
        (_, Value::Absent) => field.required,
        (_, Value::Spoilt) => true,
        (Type::List(Type::Object(fields)), Value::List(members)) => {
            members.iter().any(|member| match member {
                Value::Object(values) => is_incomplete(fields, values),
                _ => true,
            })
        }
        (Type::List(_), Value::List(members)) => members.contains(&Value::Spoilt),
        _ => false,
    })
}

impl Maker<'_> {
    /// Proves the names of the collection and takes them.
    pub(super) fn kind_names(&mut self, names: &mut Names, plural: &str, singular: &str) {
        let zh = self.definition.view().text(table::ZH).unwrap_or_default().to_string();
        for (slot, name) in [(table::PLURAL, plural), (table::SINGULAR, singular)] {
            if slot == table::SINGULAR && name == plural {
                continue;
            }
            let path = [step(slot)];
            self.name(name, &path);
            if let Some(owner) = names.owner(name) {
                let (whose_zh, whose_en) = match owner {
                    "" => ("网站的文件夹或页面".to_string(), "a folder or page of the site".to_string()),
                    kind => (format!("记录类别“{kind}”"), format!("the kind {kind}")),
                };
                let message = Message::new(
                    format!("`{name}` 已是{whose_zh}的名字"),
                    format!("`{name}` is already the name of {whose_en}"),
                );
                self.blame(COLLECTION_NAME, &path, message)
                    .hint(Message::new("请换一个名字", "choose another name"));
            }
        }
        names.0.extend([(plural.to_string(), zh.clone()), (singular.to_string(), zh)]);
    }

    /// Proves the key of a field among those before it.
    pub(super) fn key(&mut self, key: &str, earlier: &[Field], path: &[Step]) {
        self.name(key, path);
        if earlier.iter().any(|field| field.key == key) {
            self.twice(key, path);
        }
        if TAKEN_KEYS.contains(&key) {
            let message = Message::new(
                format!("`{key}` 是页面自己的名字，不能作字段名"),
                format!("`{key}` is a name of the page's own and cannot be a field"),
            );
            self.blame(COLLECTION_NAME, path, message)
                .hint(Message::new("请换一个名字", "choose another name"));
        }
    }

    /// Reports a key that stands twice.
    pub(super) fn twice(&mut self, key: &str, path: &[Step]) {
        let message = Message::new(format!("`{key}` 写了两次"), format!("`{key}` is given twice"));
        self.blame(COLLECTION_NAME, path, message)
            .hint(Message::new("请改名或删去其中一个", "rename or delete one of them"));
    }

    /// Proves that a word is no word of other YAML readers.
    pub(super) fn plain_word(&mut self, word: &str, path: &[Step]) -> bool {
        let spoilt = SPOILT_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known));
        if spoilt {
            let message = Message::new(
                format!("`{word}` 会被别的程序读成“是、否”或空值，不能作名字"),
                format!("other programs read `{word}` as true, false or nothing; it cannot be a name"),
            );
            self.blame(COLLECTION_NAME, path, message).hint(Message::new(
                "请换一个词，如 passed、failed",
                "choose another word, such as passed or failed",
            ));
        }
        !spoilt
    }

    fn name(&mut self, name: &str, path: &[Step]) {
        let formed = name.len() <= 40
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if formed {
            self.plain_word(name, path);
            return;
        }
        let shown = excerpt(name, 40);
        let message = Message::new(format!("“{shown}”不能作名字"), format!("`{shown}` cannot be a name"));
        self.blame(COLLECTION_NAME, path, message).hint(Message::new(
            "名字用小写英文字母、数字和下划线，以字母开头，最多40个字符，如 weekly_reports",
            "a name is small letters, digits and underscores, begins with a letter, and has 40 characters at the most, such as weekly_reports",
        ));
    }
}
