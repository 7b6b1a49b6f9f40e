//! The template engine of a theme.
//!
//! In: the templates of a theme and what all pages share. Out: bytes. A page looks hundreds of words up that are the same on every
//! page, so `{{ t.word }}` and the like are written into the templates before they are compiled. What goes wrong is told by the
//! templates as they were written: a page that fails is made once more with those, compiled only then.
//!
//! Not here: values of a single page (`values`), and which template makes which page.

use std::collections::BTreeMap;
use std::io::Write;

use tera::{Context, Tera, TeraResult, Value};

use crate::theme::Theme;

/// What every page may use, by name.
pub(super) type Globals = Vec<(&'static str, Value)>;

/// What the templates need besides their texts.
type Prepare<'t> = Box<dyn Fn(&mut Tera) + Send + Sync + 't>;

/// Compiled templates.
pub(super) struct Engine<'t> {
    theme: &'t Theme,
    globals: Globals,
    prepare: Prepare<'t>,
    folded: Tera,
}

impl<'t> Engine<'t> {
    /// Compiles the templates of a theme.
    pub(super) fn new(theme: &'t Theme, globals: Globals, prepare: Prepare<'t>) -> TeraResult<Engine<'t>> {
        let texts = || theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let folded: BTreeMap<&str, String> = if texts().any(|(_, text)| takes_a_name(text, &globals)) {
            BTreeMap::new()
        } else {
            texts().filter_map(|(name, text)| Some((name, fold(name, text, &globals)?))).collect()
        };
        let both = texts().map(|(name, text)| (name, folded.get(name).map_or(text, String::as_str)));
        // A text that is no template once folded is used as it was written, and fails in its own words when it is none either.
        let folded = compiled(both, &globals, &prepare).or_else(|_| compiled(texts(), &globals, &prepare))?;
        Ok(Engine { theme, globals, prepare, folded })
    }

    /// Runs a template.
    pub(super) fn render(&self, template: &str, context: &Context) -> TeraResult<Vec<u8>> {
        let mut bytes = Vec::with_capacity(16 << 10);
        if self.folded.render_to(template, context, &mut bytes).is_ok() {
            return Ok(bytes);
        }
        bytes.clear();
        let texts = self.theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let written = compiled(texts, &self.globals, &self.prepare)?;
        written.render_to(template, context, &mut bytes).map(|()| bytes)
    }
}

fn compiled<'x>(
    texts: impl Iterator<Item = (&'x str, &'x str)>,
    globals: &Globals,
    prepare: &Prepare<'_>,
) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    prepare(&mut tera);
    tera.add_raw_templates(texts)?;
    for (name, value) in globals {
        tera.global_context().insert_value(*name, value.clone());
    }
    Ok(tera)
}

/// A stretch of a template.
enum Piece<'t> {
    /// What is printed as it is, and comments.
    Text(&'t str),
    /// `{{ … }}` with its braces.
    Print(&'t str),
    /// `{% … %}` with its signs.
    Tag(&'t str),
}

/// The stretches of a template, in order.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = ["{{", "{%", "{#"].iter().filter_map(|sign| rest.find(sign)).min() {
        let (before, from) = rest.split_at(open);
        pieces.push(Piece::Text(before));
        let (piece, after) = from.split_at(end_of_tag(from));
        pieces.push(match piece.as_bytes().get(1) {
            Some(b'{') => Piece::Print(piece),
            Some(b'%') => Piece::Tag(piece),
            _ => Piece::Text(piece),
        });
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// How long the tag is that begins here; a closing sign inside quotes closes nothing, but in a comment.
fn end_of_tag(text: &str) -> usize {
    let close = match text.as_bytes().get(1) {
        Some(b'{') => "}}",
        Some(b'%') => "%}",
        _ => return text.find("#}").map_or(text.len(), |at| at + 2),
    };
    let mut quote = None;
    for (at, c) in text.char_indices().skip(2) {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if text.get(at..).is_some_and(|rest| rest.starts_with(close)) => return at + 2,
            None => {}
        }
    }
    text.len()
}

fn words(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// Whether a template gives one of the shared names a meaning of its own, which then holds in what it includes as well; or
/// prints braces as they are.
fn takes_a_name(text: &str, globals: &Globals) -> bool {
    let is_global = |word: &str| globals.iter().any(|(name, _)| *name == word);
    pieces(text).iter().any(|piece| {
        let (Piece::Print(tag) | Piece::Tag(tag)) = piece else { return false };
        let mut binds = false;
        let mut words = words(tag).peekable();
        if words.peek() == Some(&"raw") {
            return true;
        }
        while let Some(word) = words.next() {
            match word {
                "set" | "set_global" if words.peek().is_some_and(|name| is_global(name)) => return true,
                "for" => binds = true,
                "in" => binds = false,
                _ if binds && is_global(word) => return true,
                _ => {}
            }
        }
        false
    })
}

/// The template with shared texts in place; `None` when it stays as it is. A template of components stays: what they are
/// handed has names of their own.
fn fold(name: &str, text: &str, globals: &Globals) -> Option<String> {
    let pieces = pieces(text);
    let has_components =
        pieces.iter().any(|piece| matches!(piece, Piece::Tag(tag) if words(tag).next() == Some("component")));
    if !name.ends_with(".html") || has_components {
        return None;
    }
    let mut folded = Vec::with_capacity(text.len());
    for piece in pieces {
        let (Piece::Text(text) | Piece::Print(text) | Piece::Tag(text)) = piece;
        match piece {
            Piece::Print(tag) => match shared_text(tag, globals) {
                Some(shared) => tera::escape_html(shared, &mut folded).ok()?,
                None => folded.write_all(text.as_bytes()).ok()?,
            },
            _ => folded.write_all(text.as_bytes()).ok()?,
        }
    }
    String::from_utf8(folded).ok()
}

/// The text that `{{ name.key }}` prints on every page, if it is one; not when the blanks beside it could be taken for blanks of the
/// template, or its signs for those of a tag.
fn shared_text<'s>(tag: &'s str, globals: &'s Globals) -> Option<&'s str> {
    let path = tag.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let (name, keys) = path.split_once('.')?;
    if !keys.split('.').all(|key| key.starts_with(|c: char| c.is_ascii_alphabetic()) && words(key).eq([key]))
    {
        return None;
    }
    let (_, value) = globals.iter().find(|(known, _)| *known == name)?;
    let value = value.get_from_path(keys).filter(|value| !value.is_safe())?;
    let text = value.as_str()?;
    let is_plain = !text.is_empty() && text.trim() == text && !text.contains(['{', '}', '%', '#']);
    is_plain.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::values::object;
    use super::*;

    fn globals() -> Globals {
        let words = object([
            ("name", "名称".into()),
            ("marks", "<b>&\"".into()),
            ("blank", ", ".into()),
            ("brace", "{{ x }}".into()),
            ("none", "".into()),
        ]);
        let site = object([("name", "示范市".into()), ("code", 7.into())]);
        vec![("t", words), ("portal", object([("site", site)]))]
    }

    fn folded(text: &str) -> String {
        fold("a.html", text, &globals()).unwrap()
    }

    #[test]
    fn words_that_all_pages_share_are_written_into_the_template() {
        for (text, wanted) in [
            ("<b>{{ t.name }}</b>{{t.name}}", "<b>名称</b>名称"),
            ("<a title=\"{{ t.marks }}\">", "<a title=\"&lt;b&gt;&amp;&quot;\">"),
            ("{{ portal.site.name }}", "示范市"),
        ] {
            assert_eq!(folded(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_could_come_out_otherwise_stays_as_it_is() {
        for text in [
            "{{ t.blank }}{{ t.brace }}{{ t.none }}{{ t.unknown }}{{ portal.site.code }}{{ portal.site }}",
            "{{- t.name }}{{ t.name | upper }}{{ t[\"name\"] }}{{ t.name ~ x }}{{ r.name }}",
            "{% if t.name %}{% endif %}{# {{ t.name }} #}",
            "{% set a = \"{{ t.name }} %}\" %}",
        ] {
            assert_eq!(folded(text), text);
        }
        assert_eq!(fold("a.txt", "{{ t.name }}", &globals()), None);
        let component = "{% component shown(v, t) %}{{ t.name }}{% endcomponent shown %}";
        assert_eq!(fold("components.html", component, &globals()), None);
    }

    #[test]
    fn a_theme_that_takes_a_shared_name_for_something_else_is_not_folded() {
        for text in [
            "{% set t = r %}",
            "{%- set_global portal = 1 %}",
            "{% for t in rows %}",
            "{% for key, t in rows %}",
            "{{ [t for t in rows] | length }}",
            "{% raw %}{{ t.name }}{% endraw %}",
        ] {
            assert!(takes_a_name(text, &globals()), "{text}");
        }
        for text in ["{% set a = t.name %}", "{% for x in t.rows %}{{ t.name }}{% endfor %}", "set t = 1"] {
            assert!(!takes_a_name(text, &globals()), "{text}");
        }
    }

    #[test]
    fn folded_templates_print_what_the_written_ones_print_and_fail_in_their_words() {
        let text = "{% extends \"base.html\" %}{% block main -%}\n {{ t.name }} {{ r.title }}{{ t.blank }}\n{%- if r.bad %}{{ t.name }}{{ r.bad.worse.worst }}{% endif %}{% endblock %}";
        let mut theme = Theme::default();
        theme.templates.insert(
            "base.html".into(),
            "<h1>{{ portal.site.name }}</h1>{% block main %}{% endblock %}".into(),
        );
        theme.templates.insert("page.html".into(), text.into());
        let engine = Engine::new(&theme, globals(), Box::new(|_| {})).unwrap();
        let mut context = Context::new();
        context.insert_value("r", object([("title", "<样例>".into()), ("bad", Value::none())]));
        let page = String::from_utf8(engine.render("page.html", &context).unwrap()).unwrap();
        assert_eq!(page, "<h1>示范市</h1>名称 &lt;样例&gt;, ");
        let texts = theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let mut written = Vec::new();
        let as_written = compiled(texts, &engine.globals, &engine.prepare).unwrap();
        as_written.render_to("page.html", &context, &mut written).unwrap();
        assert_eq!(page.as_bytes(), written);
        context.insert_value("r", object([("title", "".into()), ("bad", object([("worse", "".into())]))]));
        let error = engine.render("page.html", &context).unwrap_err().to_string();
        assert!(error.contains("{{ t.name }}{{ r.bad.worse.worst }}"), "{error}");
    }
}
