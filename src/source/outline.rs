//! A rough reading of YAML text around an error: lines, indentation, open quotes and brackets.
//!
//! In: text and a byte offset. Out: plain facts for `syntax` to explain the error with. It may be wrong on
//! rare YAML, since it runs only where the parser has failed and decides nothing but the words and the caret.
//!
//! Not here: any judgement, and any reading of sound files.

/// One line that holds more than blanks or a comment.
#[derive(Clone, Copy)]
pub(super) struct Content<'t> {
    /// Byte where the line begins.
    pub(super) start: usize,
    /// Blanks before its text.
    pub(super) indent: usize,
    /// The line without its blanks.
    pub(super) text: &'t str,
    /// The whole line.
    pub(super) whole: &'t str,
}

/// A quote or bracket that is open, by its byte.
#[derive(Clone, Copy)]
pub(super) struct Unclosed {
    pub(super) offset: usize,
}

/// What is open at the end of a stretch of text.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) unclosed: Vec<Unclosed>,
    /// Where the last quoted text began, closed or not.
    pub(super) last_quote: Option<usize>,
}

/// The line a byte stands in.
pub(super) fn content_of(text: &str, offset: usize) -> Content<'_> {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let whole = text.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or("");
    Content::new(start, whole)
}

/// The nearest line above with content.
pub(super) fn content_before(text: &str, offset: usize) -> Option<Content<'_>> {
    lines_above(text, content_of(text, offset).start).next()
}

fn lines_above(text: &str, start: usize) -> impl Iterator<Item = Content<'_>> {
    let mut end = start;
    let all = std::iter::from_fn(move || {
        let above = text.get(..end.checked_sub(1)?)?;
        end = above.rfind('\n').map_or(0, |at| at + 1);
        Some(Content::new(end, above.get(end..)?))
    });
    all.filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
}

impl<'t> Content<'t> {
    fn new(start: usize, whole: &'t str) -> Content<'t> {
        let text = whole.trim_start_matches(' ');
        Content { start, indent: whole.len() - text.len(), text: text.trim_end(), whole }
    }

    /// The text behind dashes and a word of ASCII letters; empty when there is no such word.
    pub(super) fn after_word(&self) -> &'t str {
        let text = self.text.trim_start_matches(['-', ' ']);
        let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        if rest.len() < text.len() { rest } else { "" }
    }

    /// The columns at which a following line may begin: the line's own, and behind each of its dashes.
    fn levels(&self) -> impl Iterator<Item = usize> {
        let (mut at, mut rest) = (self.indent, Some(self.text));
        std::iter::from_fn(move || {
            let text = rest?;
            let level = at;
            rest = text.strip_prefix("- ").map(|behind| {
                let behind_blanks = behind.trim_start_matches(' ');
                at += text.len() - behind_blanks.len();
                behind_blanks
            });
            Some(level)
        })
    }
}

/// How far above an error indentation is looked for.
const LINES_ABOVE: usize = 2000;

impl Outline {
    /// Reads from a byte where a token begins.
    pub(super) fn of(text: &str, from: usize, to: usize) -> Outline {
        let mut outline = Outline::default();
        let bytes = text.as_bytes().get(..to).unwrap_or(&[]);
        let (mut at, mut fresh) = (from, true);
        while let Some(byte) = bytes.get(at).copied() {
            let behind = bytes.get(at + 1).copied();
            match byte {
                b'"' | b'\'' if fresh => {
                    outline.last_quote = Some(at);
                    let Some(end) = quote_end(bytes, at) else {
                        outline.unclosed.push(Unclosed { offset: at });
                        return outline;
                    };
                    at = end;
                    fresh = false;
                }
                b'#' if at == from || bytes.get(at - 1).is_some_and(|b| b.is_ascii_whitespace()) => {
                    at += bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'\n')).unwrap_or(0);
                    fresh = true;
                }
                b'[' | b'{' if fresh => outline.unclosed.push(Unclosed { offset: at }),
                b']' | b'}' => {
                    outline.unclosed.pop();
                    fresh = false;
                }
                b'\n' => fresh = true,
                b',' => fresh = !outline.unclosed.is_empty() || fresh,
                b' ' | b'\t' | b'\r' => {}
                b':' | b'-' | b'?' => fresh = behind.is_none_or(|b| b.is_ascii_whitespace()),
                _ => fresh = false,
            }
            at += 1;
        }
        outline
    }

    /// The first backslash behind the opening quote that YAML does not know; the quote itself if all are known.
    pub(super) fn wrong_escape(text: &str, quote: usize) -> usize {
        let mut rest = text.get(quote..).unwrap_or("").char_indices();
        while let Some((at, c)) = rest.next() {
            if c != '\\' {
                continue;
            }
            let Some((_, escaped)) = rest.next() else { return quote + at };
            let digits = match escaped {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ if "0abtnvfre \"/\\N_LP\t\n".contains(escaped) => 0,
                _ => return quote + at,
            };
            let digits_follow = rest.clone().take(digits).filter(|(_, c)| c.is_ascii_hexdigit()).count();
            let surrogate = escaped == 'u'
                && rest.clone().next().is_some_and(|(_, c)| c.eq_ignore_ascii_case(&'d'))
                && rest.clone().nth(1).is_some_and(|(_, c)| matches!(c, '8' | '9' | 'a'..='f' | 'A'..='F'));
            if digits_follow < digits || surrogate {
                return quote + at;
            }
        }
        quote
    }

    /// The columns of the levels that enclose a line, innermost first.
    pub(super) fn levels_above(text: &str, line_start: usize) -> Vec<usize> {
        let mut levels: Vec<usize> = Vec::new();
        for line in lines_above(text, line_start).take(LINES_ABOVE) {
            if levels.last().is_some_and(|outer| line.indent >= *outer) {
                continue;
            }
            let outer = levels.last().copied().unwrap_or(usize::MAX);
            let mut own: Vec<usize> = line.levels().filter(|level| *level < outer).collect();
            own.reverse();
            levels.append(&mut own);
            if line.indent == 0 {
                break;
            }
        }
        levels
    }
}

fn quote_end(bytes: &[u8], start: usize) -> Option<usize> {
    let quote = *bytes.get(start)?;
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            _ if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            _ if byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}
