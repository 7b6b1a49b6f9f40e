//! What the tool has to say about the author's sources: one mistake, its place, and how to mend it.
//!
//! Two stages. A reader or a check makes a [`Finding`]: it names the file by number and the value either by
//! its span or by record and path, since spans are not kept with the records. `source::locate` turns
//! findings into [`Diagnostic`]s with file name, line and column, sorted.
//!
//! Not here: failures of the world (disk, permission), which are `anyhow` errors at the edges; the text of
//! `gongshi explain`, which is `check::explain`.

use std::fmt;

use crate::calendar::Date;

/// How much a finding weighs: an error stops publication, a warning does so under `--strict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// False whatever the day; stops publication.
    Error,
    /// Reported; stops publication only under `--strict`.
    Warning,
    /// Said in passing.
    Note,
}

impl Severity {
    /// The word used in JSON and in English messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    /// The word used in Chinese messages.
    pub fn zh(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Note => "提示",
        }
    }
}

/// The stable name of a rule, such as `E-USCC-CHECK`; its first letter is its severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl Code {
    /// Error, warning or note by the first letter.
    pub fn severity(self) -> Severity {
        match self.0.as_bytes().first() {
            Some(b'W') => Severity::Warning,
            Some(b'I') => Severity::Note,
            _ => Severity::Error,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 中文.
    Zh,
    /// English.
    En,
}

/// One message in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Puts the two languages together.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Message {
        Message { zh: zh.into(), en: en.into() }
    }

    /// The text in one language.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// The number of a source file in `source::Sources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A place in a source file: 1-based line and column, the column counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
}

/// Where a record stands: its file and the number of its node in the file's node list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The source file.
    pub file: FileId,
    /// The record's mapping in the file's node list; 0 is the root.
    pub node: u32,
}

/// One step from a record's node to the value that is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The value of this key, or the mapping itself when the key is not there.
    Key(&'static str),
    /// The n-th member of a list, from 0.
    Item(u32),
}

/// What a finding points at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A known position.
    At(FileId, Position),
    /// A value inside a record; the position is looked up only when the finding is shown.
    Value(Origin, Vec<Step>),
    /// A whole file.
    File(FileId),
    /// The portal as a whole.
    Portal,
}

/// One mistake as a reader or a check sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// The rule.
    pub code: Code,
    /// What is to blame.
    pub place: Place,
    /// Id of the record, when there is one.
    pub record: Option<String>,
    /// Key of the field, when there is one.
    pub field: Option<String>,
    /// What was found and what was wanted.
    pub message: Message,
    /// How to mend it.
    pub hint: Option<Message>,
    /// A second place that explains the first, such as the earlier of two equal ids.
    pub other: Option<(Place, Message)>,
    /// Why and until when it may stand.
    pub allowed: Option<Allowed>,
    /// What tells it from others of its rule at the same value, such as the quarter it is about.
    pub apart: Option<String>,
    /// The personal number that was found, masked: by it a finding is known again whose value must not be kept.
    pub masked: Option<String>,
    /// The words about a person that were found: few bits of their hash tell them from others of the same field.
    pub words: Option<String>,
    /// Kind and id of the record, as they are known outside its file.
    pub subject: Option<String>,
    /// The township in which the record lies.
    pub township: Option<Township>,
}

/// A township, or what stands above it where a record lies in no township.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Township {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// By what a finding is known again after lines were moved: never by its line, and with nothing of the value it quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// Kind and id of the record, else the file.
    pub subject: String,
    /// Keys that lead to the value, with points between them; what else tells the finding apart.
    pub path: String,
    /// 32 bits of a hash of the value, personal numbers masked before: enough to tell values of one field apart.
    pub value: u32,
}

/// Why and until when a finding may stand in its record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Allowed {
    /// The last day.
    pub until: Date,
    /// The reason that the office gave.
    pub reason: String,
}

/// Collects findings; a check never returns early.
#[derive(Debug, Default)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Adds one finding and hands it back, so that record, field, hint and second place can be set.
    pub fn add(&mut self, code: Code, place: Place, message: Message) -> &mut Finding {
        self.0.push_mut(Finding {
            code,
            place,
            record: None,
            field: None,
            message,
            hint: None,
            other: None,
            allowed: None,
            apart: None,
            masked: None,
            words: None,
            subject: None,
            township: None,
        })
    }
}

impl Finding {
    /// Names the record.
    pub fn record(&mut self, id: &str) -> &mut Finding {
        self.record = Some(id.to_string());
        self
    }

    /// Names the field.
    pub fn field(&mut self, key: &str) -> &mut Finding {
        self.field = Some(key.to_string());
        self
    }

    /// Says how to mend it.
    pub fn hint(&mut self, hint: Message) -> &mut Finding {
        self.hint = Some(hint);
        self
    }

    /// Tells it from others of its rule at the same value.
    pub fn apart(&mut self, word: impl Into<String>) -> &mut Finding {
        self.apart = Some(word.into());
        self
    }

    /// Says by which masked number it is known again.
    pub fn masked(&mut self, masked: &str) -> &mut Finding {
        self.masked = Some(masked.to_string());
        self
    }

    /// Points at a second place.
    pub fn other(&mut self, place: Place, label: Message) -> &mut Finding {
        self.other = Some((place, label));
        self
    }
}

/// A finding with its place looked up: what is printed, as text or JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Path relative to the portal folder, `/` between folders; empty for the portal as a whole.
    pub file: String,
    /// 1-based line; 0 when the whole file is meant.
    pub line: u32,
    /// 1-based column in characters; 0 when the whole file is meant.
    pub column: u32,
    /// The rule.
    pub code: Code,
    /// Error, warning or note.
    pub severity: Severity,
    /// Id of the record.
    pub record: Option<String>,
    /// Key of the field.
    pub field: Option<String>,
    /// What was found and what was wanted.
    pub message: Message,
    /// How to mend it.
    pub hint: Option<Message>,
    /// File, line, column and label of a second place.
    pub other: Option<(String, u32, u32, Message)>,
    /// Why and until when it may stand; it then counts neither as error nor as warning.
    pub allowed: Option<Allowed>,
    /// The township in which the record lies.
    pub township: Option<Township>,
    /// By what it is known again.
    pub fingerprint: Fingerprint,
}
