//! `portal.yaml`: the identity that government pages must print, the hotline, the columns.
//!
//! In: the settings and the articles. Source: 国办发〔2017〕47号 (site code, domain, columns). Not here: telephone and
//! address forms (`forms`), the portal's region (`places`), the statement of sampling notices (`notices`).

use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::article;
use crate::record::portal::{self as table, column, site};
use crate::record::read::ID_FORM;
use crate::record::value::View;
use crate::text::{excerpt, nearest};

use super::Context;
use super::subject::{Subject, item, members, step};

/// A site code that is neither ten digits nor `bm` and eight.
pub const SITE_CODE: Code = Code("E-SITE-CODE");
/// A domain with scheme, slash or blanks.
pub const SITE_DOMAIN: Code = Code("E-SITE-DOMAIN");
/// Another hotline than 12315 or 12345.
pub const HOTLINE: Code = Code("E-HOTLINE");
/// A folder of articles that is no column.
pub const COLUMN_UNKNOWN: Code = Code("E-COLUMN-UNKNOWN");
/// A rule that does not exist or may not be switched off.
pub const RULE_OFF: Code = Code("E-RULE-OFF");
/// A column without a public article.
pub const COLUMN_EMPTY: Code = Code("W-COLUMN-EMPTY");

fn portal<'l>(context: &Context<'l>) -> Option<(Subject<'l>, View<'l>)> {
    let values = context.ledger.portal_values.as_ref()?;
    Some((Subject::portal(context.ledger.portal_origin?), View { fields: table::FIELDS, values }))
}

/// E-SITE-CODE, E-SITE-DOMAIN, E-HOTLINE.
pub(super) fn identity(context: &Context<'_>, findings: &mut Findings) {
    let Some((subject, view)) = portal(context) else { return };
    if let Some(site) = view.object(table::SITE) {
        if let Some(code) = site.text(site::ID_CODE)
            && !is_site_code(code)
        {
            let path = [step(view, table::SITE), step(site, site::ID_CODE)];
            let shown = excerpt(code, 30);
            let message = Message::new(
                format!("网站标识码“{shown}”应为10位数字，或 bm 加8位数字"),
                format!("the site code `{shown}` must be ten digits, or `bm` and eight digits"),
            );
            subject.blame(findings, SITE_CODE, &path, message).hint(Message::new(
                "见网站页脚“网站标识码”；要加引号，免得开头的0丢失",
                "it stands in the footer of the government site; keep it in quotes so that a leading 0 stays",
            ));
        }
        if let Some(domain) = site.text(site::DOMAIN)
            && !is_bare_domain(domain)
        {
            let path = [step(view, table::SITE), step(site, site::DOMAIN)];
            let shown = excerpt(domain, 60);
            let message = Message::new(
                format!("域名“{shown}”应只写域名，如 www.example.gov.cn，不带 http:// 和斜杠"),
                format!(
                    "`{shown}` must be the bare domain, as in www.example.gov.cn, without http:// and slashes"
                ),
            );
            subject.blame(findings, SITE_DOMAIN, &path, message);
        }
    }
    if let Some(hotline) = view.text(table::HOTLINE)
        && !matches!(hotline, "12315" | "12345")
    {
        let shown = excerpt(hotline, 30);
        let message = Message::new(
            format!("投诉举报电话应为12315（或12345），现为“{shown}”"),
            format!("the hotline is 12315 (or 12345), not `{shown}`"),
        );
        let path = [step(view, table::HOTLINE)];
        subject.blame(findings, HOTLINE, &path, message).hint(hotline_hint(hotline));
    }
}

/// What is to be written instead of a number: the old one has gone into 12315, and others were never for complaints about food.
pub(super) fn hotline_hint(number: &str) -> Message {
    match number {
        "12331" => Message::new("12331 已并入12315，请改为12315", "12331 was merged into 12315: write that"),
        _ => Message::new(
            "食品投诉举报写12315，或政务服务热线12345；这个号码是别的事用的，请在句子里写明是什么事；办公电话另写在 phone_office",
            "complaints about food go to 12315, or to 12345 for all matters of government; if this number is for another matter, name it in the sentence; an office line is written as `phone_office`",
        ),
    }
}

fn is_site_code(code: &str) -> bool {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    digits(code, 10) || code.strip_prefix("bm").is_some_and(|rest| digits(rest, 8))
}

fn is_bare_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c == '-' || c.is_alphanumeric() && !c.is_uppercase())
        })
}

/// E-ID-FORM of what names a folder: columns and the theme.
pub(super) fn names(context: &Context<'_>, findings: &mut Findings) {
    let Some((subject, view)) = portal(context) else { return };
    for (at, entry) in members(view, table::COLUMNS) {
        let Some(id) = entry.text(column::ID) else { continue };
        if !id.is_empty() && id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')) {
            continue;
        }
        let shown = excerpt(id, 40);
        let message = Message::new(
            format!("栏目编号“{shown}”不能用作文件夹名"),
            format!("the column id `{shown}` cannot be the name of a folder"),
        );
        let path = [step(view, table::COLUMNS), item(at), step(entry, column::ID)];
        subject.blame(findings, ID_FORM, &path, message).hint(Message::new(
            "栏目编号只用小写英文字母、数字和连字符，如 notices",
            "a column id is of small letters, digits and hyphens, such as notices",
        ));
    }
    let Some(theme) = view.text(table::THEME) else { return };
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if theme.is_empty() || !theme.bytes().all(is_plain) {
        let shown = excerpt(theme, 40);
        let message = Message::new(
            format!("主题名“{shown}”不可用：这里只写 themes/ 里的文件夹名"),
            format!("`{shown}` cannot be a theme: name a folder in themes/, no path"),
        );
        subject.blame(findings, ID_FORM, &[step(view, table::THEME)], message).hint(Message::new(
            "主题名只用英文字母、数字、连字符和下划线；别处的主题用 --theme 指定",
            "a theme's name is of letters, digits, hyphens and underscores; use --theme for a folder elsewhere",
        ));
    }
}

/// The codes that `rules_off` names and that may be switched off.
pub(super) fn switched_off<'l>(context: &Context<'l>) -> Vec<&'l str> {
    context.ledger.rules_off().filter(|code| may_be_switched_off(code)).collect()
}

/// Warnings of rules, and the errors that rest on common practice alone.
fn may_be_switched_off(code: &str) -> bool {
    known_codes().any(|known| known.0 == code && (code.starts_with('W') || super::BY_CUSTOM.contains(known)))
}

/// The codes of all rules.
fn known_codes() -> impl Iterator<Item = &'static Code> {
    super::RULES
        .iter()
        .flat_map(|rule| rule.codes)
        .chain(&super::OF_SOURCES)
        .chain(&super::OF_ALLOWANCES)
        .chain(&crate::inspection::WARNINGS)
}

/// E-RULE-OFF.
pub(super) fn rules_off(context: &Context<'_>, findings: &mut Findings) {
    let Some((subject, view)) = portal(context) else { return };
    for (at, code) in view.list(table::RULES_OFF).iter().enumerate() {
        let Some(code) = code.as_text().filter(|code| !may_be_switched_off(code)) else { continue };
        let shown = excerpt(code, 40);
        let message = if known_codes().any(|known| known.0 == code) {
            Message::new(format!("规则 {shown} 不能停用"), format!("the rule {shown} cannot be switched off"))
        } else {
            Message::new(
                format!("没有名为“{shown}”、可以停用的规则"),
                format!("there is no rule `{shown}` that could be switched off"),
            )
        };
        let path = [step(view, table::RULES_OFF), item(at)];
        let finding = subject.blame(findings, RULE_OFF, &path, message);
        finding.hint = nearest(code, known_codes().map(|known| known.0).filter(|near| *near != code))
            .map(|near| Message::new(format!("是否应为 {near}？"), format!("did you mean {near}?")));
    }
}

/// E-COLUMN-UNKNOWN, W-COLUMN-EMPTY.
pub(super) fn columns(context: &Context<'_>, findings: &mut Findings) {
    let Some((subject, view)) = portal(context) else { return };
    let mut filled = std::collections::HashSet::new();
    let ids = || members(view, table::COLUMNS).filter_map(|(_, entry)| entry.text(column::ID));
    let spoilt = super::subject::is_spoilt(view.value(table::COLUMNS));
    for (_, record, article) in context.ledger.records(&article::KIND) {
        let Some(prose) = &record.prose else { continue };
        let column = prose.folder.split('/').next().unwrap_or_default();
        if is_public(article, context.as_of) {
            filled.insert(column);
        }
        if spoilt || ids().any(|id| id == column) {
            continue;
        }
        let shown = excerpt(column, 40);
        let message = if column.is_empty() {
            Message::new(
                "文章要放在栏目文件夹里：articles/<栏目>/文件名.md",
                "an article lies in the folder of its column: articles/<column>/name.md",
            )
        } else {
            Message::new(
                format!("没有名为“{shown}”的栏目"),
                format!("there is no column `{shown}` in portal.yaml"),
            )
        };
        let hint = match nearest(column, ids()) {
            Some(near) => Message::new(format!("是否应为 `{near}`？"), format!("did you mean `{near}`?")),
            None => Message::new(
                "在 portal.yaml 的 columns 里加上这个栏目，或把文章移到已有栏目",
                "add the column under `columns` in portal.yaml, or move the article",
            ),
        };
        Subject::of(&article::KIND, record).blame(findings, COLUMN_UNKNOWN, &[], message).hint(hint);
    }
    for (at, entry) in members(view, table::COLUMNS) {
        let Some(id) = entry.text(column::ID).filter(|id| !filled.contains(id)) else { continue };
        // An article that could not be read may be public: its own mistake is reported.
        let ledger = context.ledger;
        let unread = |path: &String| {
            path.strip_prefix("articles/")
                .and_then(|path| path.strip_prefix(id))
                .is_some_and(|path| path.starts_with('/') && path.ends_with(".md"))
                && !ledger.targets.contains_key(path)
        };
        if ledger.paths.iter().any(unread) {
            continue;
        }
        let name = entry.text(column::NAME).unwrap_or(id);
        let message = Message::new(
            format!("栏目“{name}”没有可公开的文章（空白栏目）"),
            format!("the column `{name}` has no public article"),
        );
        let path: [Step; 3] = [step(view, table::COLUMNS), item(at), step(entry, column::ID)];
        subject.blame(findings, COLUMN_EMPTY, &path, message).hint(Message::new(
            format!("在 articles/{id}/ 下发布文章，或先从 columns 里去掉这个栏目"),
            format!("publish an article in articles/{id}/, or take the column out of `columns`"),
        ));
    }
}

fn is_public(article: View<'_>, as_of: Date) -> bool {
    let published = article.text(article::PUBLISHED).and_then(|moment| Date::parse(moment.get(..10)?));
    article.flag(article::DRAFT) != Some(true)
        && published.is_none_or(|day| day <= as_of)
        && article.date(article::PUBLISH_UNTIL).is_none_or(|last| as_of <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_codes_and_domains_keep_their_form() {
        assert!(is_site_code("1304000009") && is_site_code("bm01000001"));
        assert!(!is_site_code("130400000") && !is_site_code("BM01000001") && !is_site_code("bm1"));
        assert!(is_bare_domain("www.example.gov.cn") && is_bare_domain("示例.政务.中国"));
        for wrong in ["https://www.example.gov.cn", "www.example.gov.cn/", "example", "a b.cn", "www..cn"] {
            assert!(!is_bare_domain(wrong), "{wrong}");
        }
    }
}
