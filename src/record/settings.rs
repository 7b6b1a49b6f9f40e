//! The settings of a portal, typed, from the values of `portal.yaml`.
//!
//! A setting that is left out has its default here and nowhere else. Not here: what the command line sets
//! (`config`), and the field table (`portal`).

use super::inspection_settings::InspectionSettings;
use super::portal as table;
use super::privacy::PrivacySettings;
use super::rule_sets::RuleSets;
use super::value::{Value, View};
use super::values::Values;
use crate::calendar::{Date, Quarter};
use crate::pii::Detector;

/// A column of articles.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Folder below `articles/`.
    pub id: String,
    /// Name in the navigation.
    pub name: String,
    /// Meta tag ColumnType.
    pub column_type: String,
    /// Meta tag ColumnDescription.
    pub description: String,
    /// Meta tag ColumnKeywords.
    pub keywords: Vec<String>,
    /// Days after which the column counts as stale.
    pub max_age_days: Option<i64>,
}

/// What is published besides the data files that every portal has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSettings {
    /// `county`, `township` or `none`: down to which tier files by region are made.
    pub by_region: &'static str,
    /// Whether each enterprise has a data file and a badge.
    pub per_enterprise: bool,
    /// Address of the licence under which the data may be used.
    pub licence: Option<String>,
    /// How many files of changes are kept.
    pub keep_changes: usize,
}

impl Default for DataSettings {
    fn default() -> DataSettings {
        DataSettings { by_region: "county", per_enterprise: false, licence: None, keep_changes: 30 }
    }
}

impl DataSettings {
    fn of(view: Option<View<'_>>) -> DataSettings {
        use table::data::{BY_REGION, KEEP_CHANGES, LICENCE, PER_ENTERPRISE};
        let usual = DataSettings::default();
        let Some(view) = view else { return usual };
        DataSettings {
            by_region: view.choice(BY_REGION).unwrap_or(usual.by_region),
            per_enterprise: view.flag(PER_ENTERPRISE).unwrap_or(usual.per_enterprise),
            licence: view.text(LICENCE).map(str::to_string),
            keep_changes: view
                .count(KEEP_CHANGES)
                .and_then(|count| usize::try_from(count).ok())
                .unwrap_or(usual.keep_changes),
        }
    }
}

/// Who speaks, for which place, and by which local rules.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Name of the platform.
    pub name: String,
    /// 主办单位.
    pub organ: String,
    /// Region code of the portal.
    pub region: String,
    /// `province`, `city` or `county`.
    pub authority: String,
    /// Absolute address, ending in `/`.
    pub base_url: String,
    /// SiteName, SiteDomain, SiteIDCode.
    pub site: (String, String, String),
    /// Language of the pages, such as `zh-CN`.
    pub language: String,
    /// 联系地址.
    pub address: Option<String>,
    /// 联系电话.
    pub phone_office: String,
    /// 邮箱.
    pub mailbox: Option<String>,
    /// 投诉举报电话.
    pub hotline: String,
    /// ICP备案编号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police_record: Option<String>,
    /// 党政机关网站标识: the page that proves the mark.
    pub mark_url: Option<String>,
    /// 找错入口.
    pub report_error_url: Option<String>,
    /// Tier that covers level A, B, C and D, when portal.yaml says so for all days.
    pub level_map: Option<[(&'static str, &'static str); 4]>,
    /// Most enterprises a cadre.
    pub max_load: i64,
    /// Visits a year an enterprise is owed, when portal.yaml says so for all days.
    pub visits_per_year: Option<i64>,
    /// What the law or the office may change, dated.
    pub rule_sets: RuleSets,
    /// Columns in the order of the navigation.
    pub columns: Vec<Column>,
    /// Name of the theme.
    pub theme: String,
    /// Keys and values that it sets of the theme.
    pub theme_settings: Vec<(String, String)>,
    /// The pinned as-of date.
    pub as_of: Option<Date>,
    /// Sentence of sampling notices, where it is not that of the theme.
    pub disclaimer: Option<String>,
    /// What is published as data.
    pub data: DataSettings,
    /// How names are masked and personal numbers are looked for.
    pub privacy: PrivacySettings,
    /// What the lint of the finished site goes by.
    pub inspection: InspectionSettings,
}

impl Settings {
    /// Takes the settings from the values of `portal.yaml`.
    pub fn from_values(values: &Values) -> Settings {
        let view = View { fields: table::FIELDS, values };
        let own = |text: Option<&str>| text.map(str::to_string);
        let text = |text: Option<&str>| text.unwrap_or_default().to_string();
        let site = view.object(table::SITE);
        let contact = view.object(table::CONTACT);
        let footer = view.object(table::FOOTER);
        let coverage = view.object(table::COVERAGE);
        let map = coverage.and_then(|coverage| coverage.object(table::coverage::MAP));
        let level_map = map.map(|map| {
            use table::map::{A, B, C, D};
            [("A", A), ("B", B), ("C", C), ("D", D)]
                .map(|(level, slot)| (level, map.choice(slot).unwrap_or_default()))
        });
        let mut base_url = text(view.text(table::BASE_URL));
        if !base_url.ends_with('/') {
            base_url.push('/');
        }
        Settings {
            name: text(view.text(table::NAME)),
            organ: text(view.text(table::ORGAN)),
            region: text(view.text(table::REGION)),
            authority: text(view.choice(table::AUTHORITY)),
            base_url,
            site: (
                text(site.and_then(|site| site.text(table::site::NAME))),
                text(site.and_then(|site| site.text(table::site::DOMAIN))),
                text(site.and_then(|site| site.text(table::site::ID_CODE))),
            ),
            language: view.text(table::LANGUAGE).unwrap_or("zh-CN").to_string(),
            address: own(contact.and_then(|contact| contact.text(table::contact::ADDRESS))),
            phone_office: text(contact.and_then(|contact| contact.text(table::contact::PHONE_OFFICE))),
            mailbox: own(contact.and_then(|contact| contact.text(table::contact::MAILBOX))),
            hotline: text(view.text(table::HOTLINE)),
            icp: own(footer.and_then(|footer| footer.text(table::footer::ICP))),
            police_record: own(footer.and_then(|footer| footer.text(table::footer::POLICE_RECORD))),
            mark_url: own(footer.and_then(|footer| footer.text(table::footer::MARK_URL))),
            report_error_url: own(footer.and_then(|footer| footer.text(table::footer::REPORT_ERROR_URL))),
            level_map,
            max_load: coverage.and_then(|coverage| coverage.count(table::coverage::MAX_LOAD)).unwrap_or(30),
            visits_per_year: coverage.and_then(|coverage| coverage.count(table::coverage::VISITS_PER_YEAR)),
            rule_sets: RuleSets::default(),
            columns: view.objects(table::COLUMNS).map(column).collect(),
            theme: view.text(table::THEME).unwrap_or("default").to_string(),
            theme_settings: view.objects(table::THEME_SETTINGS).map(theme_setting).collect(),
            as_of: view.date(table::AS_OF),
            disclaimer: own(view.text(table::DISCLAIMER)),
            data: DataSettings::of(view.object(table::DATA)),
            privacy: view.object(table::PRIVACY).map(PrivacySettings::of).unwrap_or_default(),
            inspection: view.object(table::INSPECTION).map(InspectionSettings::of).unwrap_or_default(),
        }
    }

    /// What looks for personal numbers in sources and outputs of a day.
    pub fn detector(&self, day: Date) -> Detector {
        Detector::new(day.year().unsigned_abs(), &self.privacy.id_prefixes)
    }

    /// The tier whose cadres cover enterprises of a level, for coverage that begins on a day.
    pub fn tier_of(&self, level: &str, day: Date) -> Option<&'static str> {
        match &self.level_map {
            Some(map) => map.iter().find(|(known, _)| *known == level).map(|(_, tier)| *tier),
            None => self.rule_sets.tier_of(level, day),
        }
    }

    /// Visits a year that an enterprise of a level is owed on a day.
    pub fn visits_owed(&self, level: Option<&str>, day: Date) -> i64 {
        self.visits_per_year.unwrap_or_else(|| self.rule_sets.visits_per_year(level, day))
    }

    /// Visits that an enterprise of a level is owed in a quarter; none where fewer than one a quarter are.
    pub fn visits_in(&self, level: Option<&str>, quarter: Quarter) -> u32 {
        let a_year = u32::try_from(self.visits_owed(level, quarter.last_day())).unwrap_or(0);
        if a_year >= 4 { quarter.share_of(a_year) } else { 0 }
    }

    /// Every text the settings print.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (site, domain, code) = &self.site;
        let optional = [
            &self.address,
            &self.mailbox,
            &self.icp,
            &self.police_record,
            &self.mark_url,
            &self.report_error_url,
            &self.data.licence,
            &self.disclaimer,
        ];
        let columns = self.columns.iter().flat_map(|column| {
            [&column.id, &column.name, &column.column_type, &column.description]
                .into_iter()
                .chain(&column.keywords)
        });
        [
            &self.name,
            &self.organ,
            &self.region,
            &self.base_url,
            site,
            domain,
            code,
            &self.phone_office,
            &self.hotline,
        ]
        .into_iter()
        .chain(optional.into_iter().flatten())
        .chain(columns)
        .map(String::as_str)
    }

    /// A column by its id.
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }
}

fn theme_setting(view: View<'_>) -> (String, String) {
    use table::theme_setting::{KEY, VALUE};
    let text = |slot| view.text(slot).unwrap_or_default().to_string();
    (text(KEY), text(VALUE))
}

fn column(view: View<'_>) -> Column {
    let text = |slot| view.text(slot).unwrap_or_default().to_string();
    Column {
        id: text(table::column::ID),
        name: text(table::column::NAME),
        column_type: text(table::column::COLUMN_TYPE),
        description: text(table::column::DESCRIPTION),
        keywords: view
            .list(table::column::KEYWORDS)
            .iter()
            .filter_map(Value::as_text)
            .map(str::to_string)
            .collect(),
        max_age_days: view.count(table::column::MAX_AGE_DAYS),
    }
}
