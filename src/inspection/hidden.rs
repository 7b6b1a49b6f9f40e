//! Whether an inline style hides what it stands on: the marks of 暗链, links that are there for search engines alone.
//!
//! In: the value of a `style` attribute. Out: yes or no. Not here: style sheets, which the theme ships and everybody can read.

/// Further than this beside or above the page nobody sees a thing.
const FAR: f32 = -500.0;

/// Whether the declarations hide an element.
pub(super) fn hides(style: &str) -> bool {
    let compact: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let declarations = || compact.split(';').filter_map(|one| one.split_once(':'));
    let of = |name: &str| declarations().rfind(|(own, _)| *own == name).map(|(_, value)| value);
    let value = |text: &str| text.trim_end_matches("!important").to_string();
    let alone = declarations().any(|(name, written)| {
        let written = value(written);
        match name {
            "display" => written == "none",
            "visibility" => written == "hidden" || written == "collapse",
            "font-size" | "width" | "height" | "max-width" | "max-height" | "line-height" => {
                is_zero(&written)
            }
            "opacity" => is_zero(&written),
            "text-indent" | "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top" => {
                is_far(&written)
            }
            "clip" => written.starts_with("rect(0") || written.starts_with("rect(1px"),
            "clip-path" => written.starts_with("inset(50%") || written.starts_with("inset(100%"),
            "transform" => written == "scale(0)",
            _ => false,
        }
    });
    let behind = of("background-color").or_else(|| of("background"));
    let color = of("color").map(value);
    alone || color.as_deref() == Some("transparent") || color.is_some() && color == behind.map(value)
}

/// The number at the beginning of a length.
fn number(text: &str) -> Option<f32> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

fn is_zero(text: &str) -> bool {
    number(text).is_some_and(|number| number.abs() < 0.02)
}

fn is_far(text: &str) -> bool {
    let far = if text.ends_with("em") { FAR / 16.0 } else { FAR };
    number(text).is_some_and(|number| number <= far)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_hide_are_told_from_styles_that_do_not() {
        for hidden in [
            "display:none",
            "DISPLAY : None !important",
            "visibility: hidden",
            "font-size:0",
            "font-size:0px;color:red",
            "height:0;overflow:hidden",
            "position:absolute;left:-9999px",
            "text-indent:-99em",
            "opacity:0",
            "color:#fff;background:#fff",
            "color:#fff;background-color:#FFF",
            "color:transparent",
            "clip:rect(0 0 0 0)",
        ] {
            assert!(hides(hidden), "{hidden}");
        }
        for shown in [
            "",
            "display:block",
            "font-size:0.9em",
            "opacity:0.5",
            "left:-1px",
            "margin-left:-2em",
            "color:#fff;background:#036",
            "width:0.5em",
        ] {
            assert!(!hides(shown), "{shown}");
        }
    }
}
