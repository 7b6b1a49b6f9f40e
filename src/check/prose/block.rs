//! A Markdown text cut into blocks of plain characters that remember where they stood.
//!
//! In: the body of a text. Out: headings, paragraphs, list items and table rows, without code, emphasis marks, link
//! targets and pictures. Not here: rendering; what a rule makes of the words.

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Heading,
    Paragraph,
    /// A list item of Markdown, with its depth and, when it is numbered, the number written.
    Item(usize, Option<u32>),
    /// A row of a table.
    Row,
}

/// A run of characters with the byte at which each stands in the body.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) chars: Vec<char>,
    at: Vec<usize>,
    /// Where the lines behind the first begin, among the characters.
    pub(super) lines: Vec<Line>,
}

/// A line of a block, behind its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its first character.
    pub(super) at: usize,
    /// Whether the author asked for the break: two blanks or a backslash before it.
    pub(super) is_broken: bool,
}

impl Block {
    /// The byte of the body at which a character stands.
    pub(super) fn offset(&self, at: usize) -> usize {
        self.at.get(at).or(self.at.last()).copied().unwrap_or(0)
    }

    /// The characters of a range, as text.
    pub(super) fn text(&self, range: std::ops::Range<usize>) -> String {
        self.chars.get(range).unwrap_or(&[]).iter().collect()
    }

    /// The whole as text.
    pub(super) fn whole(&self) -> String {
        self.chars.iter().collect()
    }

    /// Whether these characters stand at a place.
    pub(super) fn has(&self, at: usize, word: &str) -> bool {
        let rest = self.chars.get(at..).unwrap_or(&[]);
        let mut length = 0;
        word.chars().zip(rest).all(|(a, b)| {
            length += 1;
            a == *b
        }) && length == word.chars().count()
    }

    /// The sentences: ranges that end behind 。！？；or at the end.
    pub(super) fn sentences(&self) -> Vec<std::ops::Range<usize>> {
        let mut ranges = Vec::new();
        let mut from = 0;
        for (at, c) in self.chars.iter().enumerate() {
            if matches!(c, '。' | '！' | '？' | '；') {
                ranges.push(from..at + 1);
                from = at + 1;
            }
        }
        if from < self.chars.len() {
            ranges.push(from..self.chars.len());
        }
        ranges
    }
}

/// Cuts a body into blocks.
pub(super) fn blocks(body: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut open = false;
    let mut is_broken = false;
    let mut offset = 0;
    for line in body.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let text = line.trim_end();
        let inner = text.trim_start();
        let indent = text.len() - inner.len();
        let mark = ["```", "~~~"].into_iter().find(|mark| inner.starts_with(mark));
        if let Some(mark) = mark
            && fence.is_none_or(|open| open == mark)
        {
            fence = if fence.is_some() { None } else { Some(mark) };
            open = false;
            continue;
        }
        if fence.is_some() || inner.is_empty() {
            open = open && fence.is_none() && !inner.is_empty();
            continue;
        }
        let (kind, skipped) = kind_of(inner, indent);
        let begins = start + indent + skipped;
        let words = inner.get(skipped..).unwrap_or_default();
        let goes_on = kind == BlockKind::Paragraph && open;
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => {
                block.lines.push(Line { at: block.chars.len(), is_broken });
                append(block, words, begins);
            }
            None => {
                let mut block = Block { kind, chars: Vec::new(), at: Vec::new(), lines: Vec::new() };
                append(&mut block, words, begins);
                blocks.push(block);
            }
        }
        open = matches!(kind, BlockKind::Paragraph | BlockKind::Item(..));
        is_broken = text.ends_with('\\') || line.trim_end_matches(['\r', '\n']).ends_with("  ");
    }
    blocks.retain(|block| !block.chars.is_empty());
    blocks
}

/// What a line is, and how many bytes of marks stand before its words.
fn kind_of(inner: &str, indent: usize) -> (BlockKind, usize) {
    let hashes = inner.len() - inner.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && inner.get(hashes..).is_some_and(|rest| rest.starts_with(' ')) {
        return (BlockKind::Heading, hashes + 1);
    }
    if inner.starts_with('|') {
        return (BlockKind::Row, 0);
    }
    if ["- ", "* ", "+ "].iter().any(|mark| inner.starts_with(mark)) {
        return (BlockKind::Item(indent / 2, None), 2);
    }
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let behind = inner.get(digits..).unwrap_or_default();
    if (1..=9).contains(&digits) && (behind.starts_with(". ") || behind.starts_with(") ")) {
        let number = inner.get(..digits).and_then(|digits| digits.parse().ok());
        return (BlockKind::Item(indent / 2, number), digits + 2);
    }
    let quotes = inner.len() - inner.trim_start_matches(['>', ' ']).len();
    (BlockKind::Paragraph, quotes)
}

/// Digits and letters of full width as what they stand for: １００ is a number, Ａ级 a grade.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c)
        }
        _ => c,
    }
}

/// Adds the words of a line: no emphasis marks, no code, no targets of links.
fn append(block: &mut Block, words: &str, begins: usize) {
    let mut chars = words.char_indices().peekable();
    let mut push = |at: usize, c: char| {
        block.chars.push(narrow(c));
        block.at.push(begins + at);
    };
    while let Some((at, c)) = chars.next() {
        match c {
            '`' => {
                // What stands in code is quoted, not said: a blank keeps its neighbours apart.
                while chars.next_if(|(_, c)| *c != '`').is_some() {}
                chars.next();
                push(at, ' ');
            }
            '*' | '~' => {}
            '\\' => {
                if let Some((at, c)) = chars.next() {
                    push(at, c);
                }
            }
            '[' | '!' if c == '[' || chars.peek().is_some_and(|(_, next)| *next == '[') => {}
            ']' => {
                if chars.next_if(|(_, next)| *next == '(').is_some() {
                    while chars.next_if(|(_, c)| *c != ')').is_some() {}
                    chars.next();
                }
            }
            _ => push(at, c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_words_and_know_where_they_stood() {
        let body = "## 一、目标\n\n建立**四项**机制：`甲、乙`和[丙](x.md)。\n续行。\n\n- 项\n1. 一\n\n```\n代码\n```\n| 甲 | 1 |\n";
        let found: Vec<(BlockKind, String)> =
            blocks(body).iter().map(|block| (block.kind, block.whole())).collect();
        assert_eq!(
            found,
            [
                (BlockKind::Heading, "一、目标".to_string()),
                (BlockKind::Paragraph, "建立四项机制： 和丙。续行。".to_string()),
                (BlockKind::Item(0, None), "项".to_string()),
                (BlockKind::Item(0, Some(1)), "一".to_string()),
                (BlockKind::Row, "| 甲 | 1 |".to_string()),
            ]
        );
        let all = blocks(body);
        let block = all.get(1).unwrap();
        let at = block.chars.iter().position(|c| *c == '四').unwrap();
        assert!(body.get(block.offset(at)..).unwrap().starts_with("四项"));
        assert_eq!(block.sentences().len(), 2);
        let line = block.lines.first().unwrap();
        assert_eq!((block.text(line.at..block.chars.len()), line.is_broken), ("续行。".to_string(), false));
        let broken: Vec<bool> = blocks("甲  \n乙\\\n丙\n丁\n")
            .iter()
            .flat_map(|block| block.lines.iter().map(|line| line.is_broken))
            .collect();
        assert_eq!(broken, [true, true, false]);
    }
}
