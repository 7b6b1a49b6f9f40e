//! Cuts prose into passages that search can show and prove: docs/search.md, section 4.
//!
//! In: the plain text of a page, one block a line. Out: passages of some hundred characters, in order, nothing lost but
//! blank space. Not here: where the text comes from.

/// The most characters of a passage.
const MOST: usize = 600;

/// The passages of a plain text; none of an empty one.
pub fn passages(plain: &str) -> Vec<Box<str>> {
    let mut passages: Vec<String> = Vec::new();
    let mut length = MOST;
    for piece in plain.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(pieces) {
        let more = piece.chars().count();
        match passages.last_mut().filter(|_| length + 1 + more <= MOST) {
            Some(last) => {
                last.push('\n');
                last.push_str(piece);
                length += 1 + more;
            }
            None => {
                passages.push(piece.to_string());
                length = more;
            }
        }
    }
    passages.into_iter().map(String::into_boxed_str).collect()
}

/// A block in pieces that fit into a passage, each but the last ending a sentence where there is one.
fn pieces(block: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = block;
    while let Some((limit, _)) = rest.char_indices().nth(MOST) {
        let head = rest.get(..limit).unwrap_or(rest);
        let sentence = head.rfind(['。', '！', '？', '；', '!', '?', ';']);
        let end = sentence.and_then(|at| head.get(at..)?.chars().next().map(|c| at + c.len_utf8()));
        let (piece, after) = rest.split_at_checked(end.unwrap_or(limit)).unwrap_or((rest, ""));
        pieces.push(piece.trim());
        rest = after.trim_start();
    }
    pieces.push(rest);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_hold_all_of_a_text_and_break_between_blocks_or_sentences() {
        let sentence = format!("{}。", "食".repeat(99));
        let text = format!("标题\n{}\n{}\n\n末段", sentence.repeat(5), sentence.repeat(14));
        let cut = passages(&text);
        let lengths: Vec<usize> = cut.iter().map(|passage| passage.chars().count()).collect();
        assert_eq!(lengths, [503, 600, 600, 203]);
        let all = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(all(&cut.concat()), all(&text));
        assert!(passages(" \n").is_empty());
        assert_eq!(passages(&"字".repeat(601)).len(), 2);
    }
}
