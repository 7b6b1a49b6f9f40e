//! Words, days and addresses as a page prints them.
//!
//! In: keys of the world. Out: labels, days in Chinese, relative addresses. Not here: which page says what.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::world::Tier;

/// Where the site stands.
pub const BASE: &str = "https://spaq.example.gov.cn/gongshi/";

/// A day as it is read.
pub fn zh(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A day both ways, for `<time>`.
pub fn both(date: Date) -> Value {
    json!({"iso": date.to_string(), "zh": zh(date)})
}

/// A quarter as it is read.
pub fn quarter(year: i16, number: usize) -> String {
    format!("{year}年第{}季度", ["一", "二", "三"].get(number).copied().unwrap_or("四"))
}

pub fn role(key: &str) -> &'static str {
    if key == "lead" { "主包保" } else { "协助包保" }
}

pub fn sector(key: &str) -> &'static str {
    match key {
        "production" => "食品生产",
        "sales" => "食品销售",
        _ => "餐饮服务",
    }
}

pub fn status(key: &str) -> &'static str {
    match key {
        "active" => "在营",
        "suspended" => "歇业",
        "closed" => "已注销",
        _ => "失联",
    }
}

/// Whether of an enterprise nothing but its name and status is shown.
pub fn is_stub(status: &str) -> bool {
    matches!(status, "closed" | "zombie")
}

pub fn level(tier: Tier) -> String {
    format!("包保{}级", tier.letter())
}

pub fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::City => "市级",
        Tier::County => "县级",
        Tier::Township => "乡级",
        Tier::Village => "村级",
    }
}

pub fn mode(key: &str) -> &'static str {
    if key == "video" { "视频" } else { "现场" }
}

pub fn date_kind(key: &str) -> &'static str {
    if key == "production" { "生产日期" } else { "购进日期" }
}
