//! The small portal as values that can be edited like a clerk would, and written back as sources.
//!
//! In: an [`Edit`], most of them with numbers that are taken modulo what there is. Out: source files. An edit
//! may well make a mistake, such as a visit by a cadre who is gone: then every build must refuse alike.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::edit::{DAYS, Edit, WORDS};
use super::{DAY, Project, Tree, small};

/// Sources: records by kind, other files as they are.
#[derive(Clone, Debug)]
pub struct Model {
    records: BTreeMap<String, Vec<Value>>,
    files: Tree,
    pub day: String,
}

impl Model {
    /// The small portal.
    pub fn small() -> Model {
        let mut model = Model { records: BTreeMap::new(), files: Tree::new(), day: DAY.to_string() };
        for (path, bytes) in small() {
            if !path.starts_with("content/ledgers/") {
                model.files.insert(path, bytes);
                continue;
            }
            let ledger: BTreeMap<String, Vec<Value>> = serde_yaml::from_slice(&bytes).unwrap();
            for (kind, records) in ledger {
                model.records.entry(kind).or_default().extend(records);
            }
        }
        model
    }

    /// The small portal with more of everything than one page holds.
    pub fn crowded() -> Model {
        let mut model = Model::small();
        for at in 0..130 {
            model.edit(&Edit::AddEnterprise(at as u8 % 8, at % 4 + 2));
        }
        for at in 0..60 {
            // Days in the past only: a visit ahead is a mistake.
            model.edit(&Edit::AddVisit(0, 1, [10, 11][at % 2]));
            model.edit(&Edit::AddSample(0, at % 5, at % 7 == 0));
        }
        for at in 0..8 {
            model.edit(&Edit::AddArticle(at, 10));
        }
        model
    }

    /// The source files.
    pub fn files(&self) -> Tree {
        let mut files = self.files.clone();
        for (kind, records) in &self.records {
            let lines: Vec<String> = records.iter().map(|record| format!("  - {record}\n")).collect();
            // JSON is YAML, so every record is one line of flow style.
            files.insert(
                format!("content/ledgers/{kind}.yaml"),
                format!("{kind}:\n{}", lines.concat()).into_bytes(),
            );
        }
        files
    }

    /// Writes what changed since `before` into a project.
    pub fn write_over(&self, before: &Model, project: &Project) {
        let (old, new) = (before.files(), self.files());
        for path in old.keys().filter(|path| !new.contains_key(*path)) {
            std::fs::remove_file(project.path(path)).unwrap();
        }
        for (path, bytes) in new.iter().filter(|(path, bytes)| old.get(*path) != Some(bytes)) {
            project.write(path, bytes);
        }
    }

    fn of(&mut self, kind: &str) -> &mut Vec<Value> {
        self.records.entry(kind.to_string()).or_default()
    }

    fn pick(&mut self, kind: &str, at: usize) -> &mut Value {
        let records = self.of(kind);
        if records.is_empty() {
            records.push(json!({}));
        }
        let count = records.len();
        &mut records[at % count]
    }

    fn id(&mut self, kind: &str, at: usize) -> String {
        let record = self.pick(kind, at);
        ["id", "uscc", "code", "sample_no"]
            .iter()
            .find_map(|key| record[key].as_str())
            .unwrap_or("none")
            .to_string()
    }

    fn notices(&mut self, at: usize) -> &mut Vec<Value> {
        self.pick("sampling_notices", at)["samples"].as_array_mut().unwrap()
    }

    fn sources(&self, folder: &str) -> Vec<String> {
        self.files.keys().filter(|path| path.starts_with(folder)).cloned().collect()
    }

    fn replace(&mut self, path: &str, edit: impl Fn(String) -> String) {
        if let Some(bytes) = self.files.get_mut(path) {
            *bytes = edit(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
        }
    }

    fn append(&mut self, folder: &str, at: usize, line: String) {
        let paths: Vec<String> =
            self.sources(folder).into_iter().filter(|path| path.ends_with(".md")).collect();
        if let Some(path) = paths.get(at % paths.len().max(1)) {
            self.replace(path, |text| text + &line);
        }
    }

    /// Makes one change.
    pub fn edit(&mut self, edit: &Edit) {
        let word = |at: &u8| WORDS[usize::from(*at)];
        match edit {
            Edit::NameEnterprise(at, w) => {
                self.pick("enterprises", *at)["name"] = json!(format!("样例改名{}食品店", word(w)));
            }
            Edit::AddressEnterprise(at, w) => {
                self.pick("enterprises", *at)["address"] = json!(format!("样例县新址{}号", word(w)));
            }
            Edit::MoveEnterprise(at, region) => {
                let region = self.id("regions", *region);
                self.pick("enterprises", *at)["region"] = json!(region);
            }
            Edit::Level(at, level) => {
                let (level, cadre) = [("A", "city-0001"), ("B", "county-0007"), ("C", "town-0012"), ("D", "village-0021")]
                    [level % 4];
                let enterprise = self.pick("enterprises", *at);
                enterprise["coverage_level"] = json!(level);
                enterprise["covered_by"] = json!([{"cadre": cadre, "role": "lead", "from": "2026-07-02"}]);
            }
            Edit::Status(at, status) => {
                self.pick("enterprises", *at)["status"] =
                    json!(["active", "suspended", "closed", "zombie"][status % 4]);
            }
            Edit::Reassign(at, cadre) => {
                let cadre = self.id("cadres", *cadre);
                let enterprise = self.pick("enterprises", *at);
                enterprise["covered_by"] = json!([
                    {"cadre": enterprise["covered_by"][0]["cadre"], "role": "assist", "from": "2026-01-20"},
                    {"cadre": cadre, "role": "lead", "from": "2026-08-01", "basis": "样食安委〔2026〕30号"},
                ]);
            }
            Edit::Licence(at, day) => {
                self.pick("enterprises", *at)["licences"][0]["valid_to"] = json!(DAYS[*day]);
            }
            Edit::AddEnterprise(w, region) => {
                let region = self.id("regions", *region);
                let id = format!("own-{}", self.of("enterprises").len());
                self.of("enterprises").push(json!({
                    "id": id, "name": format!("样例新店{}", word(w)), "sector": "sales", "region": region,
                    "address": "样例县集市", "fs_officers": [{"name": "安新样"}], "coverage_level": "D", "status": "active",
                    "covered_by": [{"cadre": "village-0021", "role": "lead", "from": "2026-10-02"}],
                }));
            }
            Edit::NameCadre(at, w) => self.pick("cadres", *at)["name"] = json!(format!("改名示例{}", word(w))),
            Edit::CadreLeaves(at, day) => self.pick("cadres", *at)["to"] = json!(DAYS[*day]),
            Edit::AddVisit(at, cadre, day) => {
                let (enterprise, cadre) = (self.id("enterprises", *at), self.id("cadres", *cadre));
                let id = format!("v-new-{}", self.of("visits").len());
                self.of("visits").push(json!({
                    "id": id, "enterprise": enterprise, "cadre": cadre, "date": DAYS[*day], "mode": "onsite",
                    "problems": [{"text": "新发现的一处内部问题", "due": "2027-01-05"}],
                }));
            }
            Edit::CloseProblem(at) => {
                self.pick("visits", *at)["problems"] =
                    json!([{"text": "改完的一处内部问题", "due": "2026-08-10", "closed_on": "2026-08-09"}]);
            }
            Edit::AddSample(notice, enterprise, unqualified) => {
                let enterprise = self.id("enterprises", *enterprise);
                let samples = self.notices(*notice);
                let no = format!("XBJ269901010000009{notice:02}{}", samples.len());
                samples.push(json!({
                    "sample_no": no, "enterprise": enterprise, "food_name": "新样品", "sampled_on": "2026-07-22",
                    "reported_on": "2026-08-05", "conclusion": if *unqualified { "unqualified" } else { "qualified" },
                    "items": [{"item": "腐霉利", "value": if *unqualified { "1.5 mg/kg" } else { "0.1 mg/kg" }, "limit": "≤0.2 mg/kg"}],
                }));
                let count = |wanted: &str| samples.iter().filter(|s| s["conclusion"] == wanted).count();
                let declared = json!({
                    "batches": samples.len(), "qualified": count("qualified"), "unqualified": count("unqualified"),
                });
                self.pick("sampling_notices", *notice)["declared"] = declared;
            }
            Edit::AddDisposal(notice, penalty) => {
                let penalty = self.id("penalties", *penalty);
                let sample = self.notices(*notice)[0]["sample_no"].clone();
                self.of("disposals").retain(|disposal| disposal["sample"] != sample);
                self.of("disposals").push(json!({
                    "sample": sample, "organ": "样例县市场监督管理局", "status": "open", "penalty": penalty,
                    "published_on": "2026-11-01",
                }));
            }
            Edit::Withdraw(kind, at) => {
                let kinds = ["penalties", "blacklist", "enterprises", "visits", "sampling_notices", "cadres"];
                let kind = kinds[kind % kinds.len()];
                let id = self.id(kind, *at);
                self.of("withdrawals").push(json!({"kind": kind, "id": id, "on": "2026-11-03", "reason": "信用修复"}));
            }
            Edit::TakeBackWithdrawal(at) => {
                let withdrawals = self.of("withdrawals");
                if !withdrawals.is_empty() {
                    withdrawals.remove(at % withdrawals.len());
                }
            }
            Edit::Correct(w) => self.of("corrections").push(json!({
                "kind": "enterprise", "id": "91990101MA0DEM013U", "field": "名称", "was": word(w), "now": "样例",
                "on": "2026-11-04", "reason": "录入有误",
            })),
            Edit::Until(kind, at, day) => {
                self.pick(["penalties", "blacklist"][kind % 2], *at)["publish_until"] = json!(DAYS[*day]);
            }
            Edit::Delete(kind, at) => {
                let kinds: Vec<String> = self.records.keys().cloned().collect();
                let records = self.of(&kinds[kind % kinds.len()]);
                if !records.is_empty() {
                    records.remove(at % records.len());
                }
            }
            Edit::NameRegion(at, w) => self.pick("regions", *at)["name"] = json!(format!("改名{}镇", word(w))),
            Edit::Station(at, w) => {
                self.pick("regions", *at)["station"] = json!({"org": "样例县市场监督管理局", "name": format!("{}所", word(w))});
            }
            Edit::AddRegion(w) => self.of("regions").push(
                json!({"code": format!("9901011012{:02}", 10 + w), "name": format!("新村{}", word(w)), "level": "village"}),
            ),
            Edit::Article(at, w) => self.append("content/articles", *at, format!("\n改了一句{}。\n", word(w))),
            Edit::AddArticle(w, day) => {
                let text = format!(
                    "---\ntitle: 新文章{w}\npublished: {} 08:00\nsource: 样例县食安办\nsummary: 摘要\n---\n\n见[季度](2026-q3.md)。\n",
                    DAYS[*day]
                );
                self.files.insert(format!("content/articles/news/new-{w}.md"), text.into_bytes());
            }
            Edit::Draft(at) => {
                let paths = self.sources("content/articles");
                if let Some(path) = paths.get(at % paths.len().max(1)) {
                    self.replace(path, |text| {
                        if text.contains("draft: true\n") {
                            text.replace("draft: true\n", "")
                        } else {
                            text.replacen("source:", "draft: true\nsource:", 1)
                        }
                    });
                }
            }
            Edit::DeleteFile(at) => {
                let paths: Vec<String> =
                    self.files.keys().filter(|path| !path.ends_with("portal.yaml")).cloned().collect();
                if let Some(path) = paths.get(at % paths.len().max(1)) {
                    self.files.remove(path);
                }
            }
            Edit::Page(w) => self.replace("content/pages/about.md", |text| {
                text.replacen("title: 关于本站", &format!("title: 关于本站第{w}版"), 1)
            }),
            Edit::AddPage(w) => {
                let text = format!(
                    "---\ntitle: 新页面{w}\npublished: 2026-09-01 09:00\nsource: 样例县食安办\n---\n\n正文。\n"
                );
                self.files.insert(format!("content/pages/new-{w}.md"), text.into_bytes());
            }
            Edit::Chapter(at, w) => self.append("content/books", *at, format!("\n## 补一节{}\n\n补。\n", word(w))),
            Edit::Book(w) => self.replace("content/books/2026-village/book.yaml", |text| {
                text.replacen("（村级）", &format!("（村级第{w}版）"), 1)
            }),
            Edit::Asset(w) => {
                self.files.insert("content/assets/more.txt".into(), format!("附件{}", word(w)).into_bytes());
            }
            Edit::Portal(at, w) => {
                let w = format!("{w}");
                self.replace("content/portal.yaml", |text| match at % 5 {
                    0 => text.replacen("name: 示范市食品", &format!("name: 示范市第{w}版食品"), 1),
                    1 => text.replacen("12315", "12345", 1),
                    2 => text.replacen("name: 工作动态", &format!("name: 动态{w}"), 1),
                    3 => text.replacen("- {id: notices", "- {id: science, name: 科普, type: 科普知识, description: 科普, keywords: [科普]}\n  - {id: notices", 1),
                    _ => text.replacen("region: \"9901\"", "region: \"990101\"", 1),
                });
            }
            Edit::Template(at, w) => {
                let name = ["footer", "sample", "tombstone", "list"][at % 4];
                let text = format!(
                    "{{% if page %}}<h1>{{{{ page.title }}}}</h1>{{% endif %}}<p>改版{}</p>{{% for p in pages | default(value=[]) %}}{{{{ p.title }}}}{{% endfor %}}",
                    word(w)
                );
                self.files.insert(format!("themes/default/templates/{name}.html"), text.into_bytes());
            }
            Edit::Word(w) => {
                let words = std::fs::read_to_string(super::repository().join("themes/default/locales/zh-CN.yaml"));
                let words = words.unwrap().replacen("home: ", &format!("home: 第{w}版"), 1);
                self.files.insert("themes/default/locales/zh-CN.yaml".into(), words.into_bytes());
            }
            Edit::Static(w) => {
                self.files.insert("themes/default/static/own.css".into(), format!("p{{margin:{w}px}}").into_bytes());
            }
            Edit::DropTheme => self.files.retain(|path, _| !path.starts_with("themes/")),
            Edit::Day(day) => self.day = DAYS[*day].to_string(),
        }
    }
}
