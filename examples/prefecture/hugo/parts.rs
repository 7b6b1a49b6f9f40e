//! Pages of records whose longest table has more rows than one page shows, and their pagers.
//!
//! In: a name and a number of rows. Out: names of the parts, the rows of each, what its pager prints.

use serde_json::{Value, json};

use super::joins::ROWS;

/// How many pages on each side of the present one a pager names.
const AROUND: usize = 2;

/// The parts of one page.
pub struct Parts {
    stem: String,
    rows: usize,
}

impl Parts {
    pub fn new(stem: &str, rows: usize) -> Parts {
        Parts { stem: stem.to_string(), rows }
    }

    pub fn count(&self) -> usize {
        self.rows.div_ceil(ROWS).max(1)
    }

    /// The file name of a part without ending, counted from nought.
    pub fn name(&self, at: usize) -> String {
        if at == 0 { self.stem.clone() } else { format!("{}-{}", self.stem, at + 1) }
    }

    /// The pager of a part; nothing where there is but one.
    pub fn pager(&self, at: usize) -> Value {
        let count = self.count();
        if count == 1 {
            return Value::Null;
        }
        let link = |at: usize| format!("{}.html", self.name(at));
        let mut pages = Vec::new();
        let mut before = None;
        for number in
            (0..count).filter(|number| [0, count - 1].contains(number) || number.abs_diff(at) <= AROUND)
        {
            match number - before.map_or(number, |before: usize| before + 1) {
                0 => {}
                1 => pages.push(json!({"number": number, "href": link(number - 1)})),
                _ => pages.push(json!({})),
            }
            let href = (number != at).then(|| link(number));
            pages.push(json!({"number": number + 1, "href": href}));
            before = Some(number);
        }
        json!({
            "prev": at.checked_sub(1).map(link), "next": (at + 1 < count).then(|| link(at + 1)), "pages": pages,
            "words": format!("第{}页，共{count}页，{}条", at + 1, self.rows),
        })
    }
}

/// What keeps a page out of the lists that Hugo makes.
pub fn unlisted() -> Value {
    json!({"list": "never"})
}

/// The rows of a part.
pub fn part<T>(rows: &[T], at: usize) -> &[T] {
    let from = (at * ROWS).min(rows.len());
    rows.get(from..(from + ROWS).min(rows.len())).unwrap_or(&[])
}
