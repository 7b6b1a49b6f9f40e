//! A small JSON Schema validator: the words that our schemas use, and no others.
//!
//! A word that is not known fails, so that a schema cannot come to say more than is tested. External validators read the
//! same schemas in `scripts/readers`.

use fancy_regex::Regex;
use serde_json::Value;

/// Everything that is wrong with a value, with its place.
pub fn breaches(schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut breach = |what: String| found.push(format!("{place}: {what}"));
    for (word, rule) in schema.as_object().unwrap() {
        match word.as_str() {
            "$schema" | "$id" | "title" | "description" | "then" | "else" => {}
            "type" => {
                if !is_of_type(rule.as_str().unwrap(), value) {
                    breach(format!("{value} is no {rule}"));
                }
            }
            "properties" => {
                for (key, inner) in rule.as_object().unwrap() {
                    if let Some(member) = value.get(key) {
                        for inner in breaches(inner, member, &format!("{place}/{key}")) {
                            breach(inner);
                        }
                    }
                }
            }
            "required" => {
                for key in rule.as_array().unwrap() {
                    if value.get(key.as_str().unwrap()).is_none() {
                        breach(format!("{key} is missing"));
                    }
                }
            }
            "additionalProperties" => {
                assert_eq!(rule, &Value::Bool(false));
                for key in value.as_object().unwrap().keys() {
                    if schema["properties"].get(key).is_none() {
                        breach(format!("{key} is not known"));
                    }
                }
            }
            "items" => {
                for (at, member) in value.as_array().into_iter().flatten().enumerate() {
                    for inner in breaches(rule, member, &format!("{place}/{at}")) {
                        breach(inner);
                    }
                }
            }
            "oneOf" => {
                let fits = rule.as_array().unwrap().iter().filter(|one| one["const"] == *value);
                if fits.count() != 1 {
                    breach(format!("{value} is none of the words"));
                }
            }
            "const" => assert_eq!(value, rule),
            "enum" => {
                if !rule.as_array().unwrap().contains(value) {
                    breach(format!("{value} is not in {rule}"));
                }
            }
            "pattern" => {
                let pattern = Regex::new(rule.as_str().unwrap()).unwrap();
                if !pattern.is_match(value.as_str().unwrap_or_default()).unwrap() {
                    breach(format!("{value} does not match {rule}"));
                }
            }
            "format" => {
                let text = value.as_str().unwrap_or_default();
                let fits = match rule.as_str().unwrap() {
                    "date" => gongshi::calendar::Date::parse(text).is_some(),
                    "uri" => text.starts_with("http://") || text.starts_with("https://"),
                    other => panic!("{other}: a form that is not known"),
                };
                if !fits {
                    breach(format!("{value} is no {rule}"));
                }
            }
            "minimum" => {
                if value.as_f64() < rule.as_f64() {
                    breach(format!("{value} is less than {rule}"));
                }
            }
            "minLength" => {
                if (value.as_str().unwrap_or_default().chars().count() as u64) < rule.as_u64().unwrap() {
                    breach(format!("{value} is too short"));
                }
            }
            "if" => {
                let branch = if breaches(rule, value, place).is_empty() { "then" } else { "else" };
                for inner in breaches(&schema[branch], value, place) {
                    breach(inner);
                }
            }
            other => panic!("{other}: a word that is not known"),
        }
    }
    found
}

fn is_of_type(ty: &str, value: &Value) -> bool {
    match ty {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        other => panic!("{other}: a type that is not known"),
    }
}
