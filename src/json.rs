//! JSON whose members keep the order in which they were given: schemas, catalogue, indexes.
//!
//! In: texts, numbers, lists and members. Out: bytes, the same each time, two blanks a step. Data files, which are large,
//! are written without it.
//!
//! Not here: reading JSON, which `serde_json` does.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A JSON value; members keep their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Members in their order.
    Members(Vec<(String, Json)>),
}

impl Json {
    /// An object of these members.
    pub fn of<const N: usize>(members: [(&str, Json); N]) -> Json {
        Json::Members(members.into_iter().map(|(key, value)| (key.to_string(), value)).collect())
    }

    /// A list of texts.
    pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Json {
        Json::List(texts.into_iter().map(Json::from).collect())
    }

    /// Adds a member to an object; anything else stays as it is.
    pub fn with(mut self, key: &str, value: impl Into<Json>) -> Json {
        if let Json::Members(members) = &mut self {
            members.push((key.to_string(), value.into()));
        }
        self
    }

    /// Adds the members of another object behind those of this one.
    pub fn and(mut self, other: Json) -> Json {
        if let (Json::Members(members), Json::Members(more)) = (&mut self, other) {
            members.extend(more);
        }
        self
    }

    /// Adds a member when there is something to say.
    pub fn with_some<T: Into<Json>>(self, key: &str, value: Option<T>) -> Json {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The value as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Writing to memory cannot fail.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_string())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Json {
        Json::Flag(flag)
    }
}

impl From<usize> for Json {
    fn from(number: usize) -> Json {
        Json::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Json {
        Json::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Vec<Json>> for Json {
    fn from(members: Vec<Json>) -> Json {
        Json::List(members)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_none(),
            Json::Flag(flag) => serializer.serialize_bool(*flag),
            Json::Number(number) => serializer.serialize_i64(*number),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(members) => serializer.collect_seq(members),
            Json::Members(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_the_order_in_which_they_were_given() {
        let json = Json::of([("b", 1_u64.into()), ("a", Json::texts(["甲"]))]).with_some("c", None::<bool>);
        assert_eq!(json.to_bytes(), "{\n  \"b\": 1,\n  \"a\": [\n    \"甲\"\n  ]\n}\n".as_bytes());
    }
}
