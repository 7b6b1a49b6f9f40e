//! docs/reference.md: every kind with its fields and every rule, written from the tables of the program itself.
//!
//! `GONGSHI_UPDATE=1 cargo test --test tidy reference` writes the page anew.

use gongshi::check::explanations;
use gongshi::record::KINDS;
use gongshi::record::field::{Constraint, Field, Home, Kind, Mask, Strength, Type, Visibility};

use gongshi::record::measure::{MEASURES, NAMES, Rhythm};

use crate::tree::{read, root};

const PAGE: &str = "docs/reference.md";

const HEAD: &str = "# Reference: kinds, fields, rules\n\n\
    Made from the program's own tables by a test; do not edit. Keys are written in ledgers and data files, labels on pages.\n\
    \\* a record without it is an error. *internal*: never leaves the office. *masked*: published behind a mask.\n";

fn kind(kind: &Kind) -> String {
    let mut page =
        format!("\n### {} · {}\n\n{}\n\n{}.\n\n", kind.plural, kind.zh, kind.about.0, kind.about.1);
    page += &match kind.home {
        Home::Ledger => format!("Written in ledgers under `{}:`.", kind.plural),
        Home::Inside(parent, _) => format!("Written inside its record of `{parent}`."),
        Home::Book => "Written as `books/<id>/book.yaml`.".to_string(),
        Home::Chapter => {
            "Written as `books/<book>/NN-<slug>.md`; the fields are its front matter.".to_string()
        }
        Home::Article => "Written as `articles/<column>/**.md`; the fields are its front matter.".to_string(),
        Home::Page => "Written as `pages/**.md`; the fields are its front matter.".to_string(),
        Home::Computed => "Written nowhere: the portal counts them.".to_string(),
    };
    for (key, what) in [(kind.period.from, "from"), (kind.period.until, "until the end of")] {
        page += &key.map_or(String::new(), |key| format!(" Public {what} `{key}`."));
    }
    page += "\n\n| key | 名称 | label | type | |\n| --- | --- | --- | --- | --- |\n";
    rows("", kind.fields, &mut page);
    for constraint in kind.constraints {
        page += &format!("\nRule of the table: {}.\n", constraint_words(constraint));
    }
    page
}

fn constraint_words(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Order(first, second) => format!("`{first}` is not later than `{second}`"),
        Constraint::AtMost(part, whole) => format!("`{part}` is at most `{whole}`"),
        Constraint::Sum(total, parts) => format!("`{}` add up to `{total}`", parts.join("`, `")),
        Constraint::Sequence(period, None) => format!("no `{period}` is left out"),
        Constraint::Sequence(period, Some(by)) => format!("no `{period}` is left out within one `{by}`"),
        Constraint::Unique(keys) => format!("no two records share `{}`", keys.join("`, `")),
        Constraint::NotAhead(day) => format!("`{day}` is not later than the as-of date"),
        Constraint::NotAheadIn(outer, day) => format!("`{outer}.{day}` is not later than the as-of date"),
        Constraint::Expires(day) => format!("a `{day}` that is over is warned of"),
        Constraint::Late(due, done) => format!("a `{due}` that is over without a `{done}` is shown as late"),
        Constraint::Due(due, done) => format!("a `{due}` that is over without a `{done}` is warned of"),
    }
}

fn rows(prefix: &str, fields: &[Field], page: &mut String) {
    for field in fields {
        let key = format!("{prefix}{}", field.key);
        let mut notes = Vec::new();
        match field.visibility {
            Visibility::Public => {}
            Visibility::Internal => notes.push("*internal*".to_string()),
            Visibility::Masked(Mask::Name) => notes.push("*masked*".to_string()),
            Visibility::Masked(Mask::NameUnless(key)) => {
                notes.push(format!("*masked* unless `{key}` is given"))
            }
        }
        if let Some(link) = field.link {
            let may = if link.strength == Strength::May { ", if there is one" } else { "" };
            notes.push(format!("names one of `{}` by `{}`{may}", link.kind, link.by));
        }
        let star = if field.required { " \\*" } else { "" };
        let (ty, inside) = type_words(field.ty);
        page.push_str(&format!(
            "| `{key}`{star} | {} | {} | {ty} | {} |\n",
            field.zh,
            field.en,
            notes.join("; ")
        ));
        rows(&format!("{key}."), inside, page);
    }
}

fn type_words(ty: Type) -> (String, &'static [Field]) {
    match ty {
        Type::List(member) => {
            let (words, inside) = type_words(*member);
            (format!("list of: {words}"), inside)
        }
        Type::Object(fields) => ("fields".into(), fields),
        Type::Choice(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{}` {}", word.key, word.zh)).collect();
            (words.join(", "), &[])
        }
        Type::Records(plural) => (format!("records of `{plural}`"), &[]),
        other => (format!("{other:?}"), &[]),
    }
}

fn page() -> String {
    let kinds: String = KINDS.iter().map(|one| kind(one)).collect();
    let rules: String = explanations()
        .map(|rule| format!("| `{}` | {} | {} |\n", rule.code, rule.title_zh, rule.title_en))
        .collect();
    let figures = figures();
    format!(
        "{HEAD}\n## Kinds\n{kinds}\n## Figures\n\n[figures.md](figures.md) says how they are counted.\n\n{figures}\n## Rules\n\n`gongshi explain CODE` tells the whole of one.\n\n| code | 含义 | meaning |\n| --- | --- | --- |\n{rules}"
    )
}

/// The measures: what is counted, out of what, when and by which classes.
fn figures() -> String {
    let mut page = "| name | 指标 | numerator | denominator | told | by | target |\n| --- | --- | --- | --- | --- | --- | --- |\n".to_string();
    for (measure, name) in MEASURES.iter().zip(NAMES) {
        let told = match measure.rhythm {
            Rhythm::Now => "as things stand",
            Rhythm::Quarter => "by quarter",
            Rhythm::PastQuarter => "by quarter that is over",
            Rhythm::MonthAndYear => "by month and year",
            Rhythm::Year => "by year",
        };
        let classes: Vec<String> =
            measure.classes.iter().map(|class| format!("`{}`", class.choice().key)).collect();
        page += &format!(
            "| `{}` | {} | {} | {} | {told} | {} | {} |\n",
            measure.key,
            name.zh,
            measure.num.1,
            measure.den.map_or("", |den| den.1),
            classes.join(", "),
            measure.target.map_or(String::new(), |target| format!("`{target}`"))
        );
    }
    page
}

#[test]
fn the_reference_is_what_the_tables_say() {
    let page = page();
    if std::env::var_os("GONGSHI_UPDATE").is_some() {
        std::fs::write(root().join(PAGE), &page).unwrap();
    }
    assert!(
        read(PAGE) == page,
        "{PAGE} is not up to date: GONGSHI_UPDATE=1 cargo test --test tidy reference"
    );
}
