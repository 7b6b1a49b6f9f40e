//! Lists of allowed words that several kinds share, with their labels.
//!
//! A key is written in sources, addresses and data files and never changes; a label may. Not here: words that are
//! free text in the field, such as 业态, and words that only one kind uses.

use super::field::Choice;

const fn choice(key: &'static str, zh: &'static str, en: &'static str) -> Choice {
    Choice { key, zh, en }
}

/// 包保等级: A is covered by the highest cadre; says nothing of risk.
pub static COVERAGE_LEVELS: [Choice; 4] = [
    choice("A", "包保A级", "coverage level A"),
    choice("B", "包保B级", "coverage level B"),
    choice("C", "包保C级", "coverage level C"),
    choice("D", "包保D级", "coverage level D"),
];

/// 风险等级: A is the lowest risk (食品生产经营监督检查管理办法, article 21).
pub static RISK_GRADES: [Choice; 4] = [
    choice("A", "风险等级A", "risk grade A"),
    choice("B", "风险等级B", "risk grade B"),
    choice("C", "风险等级C", "risk grade C"),
    choice("D", "风险等级D", "risk grade D"),
];

/// 量化等级, yearly.
pub static CATERING_GRADES: [Choice; 3] = [
    choice("A", "量化等级A（优秀）", "catering grade A (excellent)"),
    choice("B", "量化等级B（良好）", "catering grade B (good)"),
    choice("C", "量化等级C（一般）", "catering grade C (fair)"),
];

/// 量化等级, of the last visit.
pub static CATERING_FACES: [Choice; 3] = [
    choice("big_smile", "大笑（优秀）", "big smile (excellent)"),
    choice("smile", "微笑（良好）", "smile (good)"),
    choice("flat", "平脸（一般）", "flat face (fair)"),
];

/// Tiers of government, highest first.
pub static TIERS: [Choice; 5] = [
    choice("province", "省级", "province"),
    choice("city", "市级", "city"),
    choice("county", "县级", "county"),
    choice("township", "乡级", "township"),
    choice("village", "村级", "village"),
];

/// 环节.
pub static SECTORS: [Choice; 3] = [
    choice("production", "食品生产", "production"),
    choice("sales", "食品销售", "sales"),
    choice("catering", "餐饮服务", "catering"),
];

/// 信用等级 (信用风险分类): A is the lowest credit risk.
pub static CREDIT_CLASSES: [Choice; 4] = [
    choice("A", "信用等级A", "credit class A"),
    choice("B", "信用等级B", "credit class B"),
    choice("C", "信用等级C", "credit class C"),
    choice("D", "信用等级D", "credit class D"),
];

/// 特殊食品 (food safety law, article 74).
pub static SPECIAL_FOODS: [Choice; 3] = [
    choice("health", "保健食品", "health food"),
    choice("medical", "特殊医学用途配方食品", "formula for medical purposes"),
    choice("infant", "婴幼儿配方食品", "infant formula"),
];

/// Place of an enterprise in a chain.
pub static CHAIN_ROLES: [Choice; 2] =
    [choice("head", "连锁总部", "head office"), choice("branch", "连锁门店", "branch")];

/// 企业规模.
pub static SCALES: [Choice; 3] =
    [choice("large", "大型", "large"), choice("medium", "中型", "medium"), choice("small", "小型", "small")];

/// 经营状态.
pub static STATUSES: [Choice; 4] = [
    choice("active", "在营", "active"),
    choice("suspended", "歇业", "suspended"),
    choice("closed", "已注销", "closed"),
    choice("zombie", "失联", "not to be found"),
];

/// 明厨亮灶.
pub static KITCHENS: [Choice; 4] = [
    choice("none", "未建", "none"),
    choice("glass", "透明厨房", "glass"),
    choice("video", "视频厨房", "video"),
    choice("online", "网络厨房", "online"),
];

/// Role of a cadre for an enterprise.
pub static ROLES: [Choice; 2] = [choice("lead", "主包保", "lead"), choice("assist", "协助包保", "assisting")];

/// 班子.
pub static BODIES: [Choice; 4] = [
    choice("party", "党委", "party committee"),
    choice("government", "政府", "government"),
    choice("congress", "人大", "people's congress"),
    choice("consultative", "政协", "consultative conference"),
];

/// How a visit was made.
pub static VISIT_MODES: [Choice; 3] = [
    choice("onsite", "现场", "on site"),
    choice("video", "视频", "video"),
    choice("meeting", "座谈", "meeting"),
];

/// Result of a task of a visit.
pub static TASK_RESULTS: [Choice; 3] = [
    choice("ok", "符合", "in order"),
    choice("problem", "有问题", "problem"),
    choice("na", "不适用", "not applicable"),
];

/// Result of a re-check.
pub static RECHECK_RESULTS: [Choice; 2] =
    [choice("ok", "已整改到位", "put right"), choice("problem", "未整改到位", "not put right")];

/// 任务类别 of a sampling notice.
pub static SAMPLING_TASKS: [Choice; 4] = [
    choice("监督抽检", "监督抽检", "supervision sampling"),
    choice("评价性抽检", "评价性抽检", "evaluation sampling"),
    choice("专项抽检", "专项抽检", "special sampling"),
    choice("风险监测", "风险监测", "risk monitoring"),
];

/// 检验结论.
pub static CONCLUSIONS: [Choice; 2] =
    [choice("qualified", "合格", "passed"), choice("unqualified", "不合格", "failed")];

/// 抽样环节.
pub static STAGES: [Choice; 4] = [
    choice("production", "生产环节", "production"),
    choice("sales", "流通环节", "sales"),
    choice("catering", "餐饮环节", "catering"),
    choice("online", "网络", "online"),
];

/// What the date of a sample is.
pub static SAMPLE_DATES: [Choice; 4] = [
    choice("production", "生产日期", "production date"),
    choice("purchase", "购进日期", "purchase date"),
    choice("processing", "加工日期", "processing date"),
    choice("batch", "批号", "batch"),
];

/// Whether a follow-up is finished.
pub static DISPOSAL_STATES: [Choice; 2] =
    [choice("open", "处置中", "open"), choice("closed", "已完成", "closed")];

/// Rule sets that give the term of publication.
pub static REGIMES: [Choice; 4] = [
    choice("samr44", "市场监管总局令第44号", "SAMR order 44"),
    choice("samr2025", "市场监督管理信用修复管理办法", "SAMR credit repair rule of 2025"),
    choice("ndrc36", "信用修复管理办法（国家发展改革委令第36号）", "NDRC order 36"),
    choice("local", "地方规定", "local rule"),
];

/// 失信行为等级 (NDRC order 36).
pub static SEVERITIES: [Choice; 3] = [
    choice("minor", "轻微", "minor"),
    choice("ordinary", "一般", "ordinary"),
    choice("serious", "严重", "serious"),
];

/// 处罚种类.
pub static PENALTY_KINDS: [Choice; 9] = [
    choice("warning", "警告", "warning"),
    choice("criticism", "通报批评", "criticism"),
    choice("fine", "罚款", "fine"),
    choice("confiscate", "没收", "confiscation"),
    choice("downgrade", "降低资质等级", "lowered grade"),
    choice("suspend", "责令停产停业", "suspension"),
    choice("restrict", "限制开展生产经营活动", "restriction"),
    choice("revoke", "吊销许可证", "revoked licence"),
    choice("ban", "限制从业", "practice ban"),
];

/// Down to which tier data files by region are made.
pub static DATA_REGIONS: [Choice; 3] = [
    choice("county", "县级", "county"),
    choice("township", "乡级", "township"),
    choice("none", "不分地区", "none"),
];

/// How much of a masked name is shown, strictest first.
pub static NAME_MASKS: [Choice; 4] = [
    choice("star", "姓加一个星号（张*）", "surname and one star"),
    choice("stars", "姓加等长星号（张**）", "surname and a star for each other character"),
    choice("first_last", "遮中间（张*甲）", "first and last character"),
    choice("full", "不遮挡", "not masked"),
];

/// Who a portal speaks for.
pub static AUTHORITIES: [Choice; 3] = [
    choice("province", "省级", "province"),
    choice("city", "市级", "city"),
    choice("county", "县级", "county"),
];

/// 禁业期限 (food safety law, article 135).
pub static BAN_TERMS: [Choice; 2] = [choice("5y", "五年", "five years"), choice("life", "终身", "for life")];

/// 召回级别: within how many hours of knowing a recall begins.
pub static RECALL_LEVELS: [Choice; 3] = [
    choice("1", "一级召回（24小时内启动）", "level 1 (within 24 hours)"),
    choice("2", "二级召回（48小时内启动）", "level 2 (within 48 hours)"),
    choice("3", "三级召回（72小时内启动）", "level 3 (within 72 hours)"),
];

/// How an inspection came about.
pub static INSPECTION_FORMS: [Choice; 4] = [
    choice("daily", "日常监督检查", "routine inspection"),
    choice("unannounced", "飞行检查", "unannounced inspection"),
    choice("special", "专项检查", "special inspection"),
    choice("system", "体系检查", "inspection of the system"),
];

/// 监督检查结果.
pub static INSPECTION_RESULTS: [Choice; 3] = [
    choice("ok", "符合", "in order"),
    choice("rectify", "基本符合，限期整改", "to be put right"),
    choice("fail", "不符合", "not in order"),
];

/// A cell of the quarterly table of a wall notice.
pub static BOARD_RESULTS: [Choice; 3] = [
    choice("ok", "未发现问题", "no problem"),
    choice("rectify", "有问题，已责令整改", "to be put right"),
    choice("none", "未督导", "not visited"),
];

/// 督查结论.
pub static AUDIT_RESULTS: [Choice; 3] = [
    choice("done", "履职到位", "duties done"),
    choice("partly", "基本到位", "mostly done"),
    choice("lacking", "履职不到位", "duties neglected"),
];

/// Whether a target is a floor or a ceiling.
pub static BOUNDS: [Choice; 2] =
    [choice("ge", "不低于目标值", "at least the target"), choice("le", "不高于目标值", "at most the target")];

/// How a training was held.
pub static TRAINING_MODES: [Choice; 3] = [
    choice("classroom", "现场授课", "classroom"),
    choice("video", "视频", "video"),
    choice("meeting", "会议", "meeting"),
];

/// Who is trained and assessed.
pub static TRAINEES: [Choice; 7] = [
    choice("cadre", "包保干部", "cadres"),
    choice("supervisor", "监管人员", "supervisors"),
    choice("principal", "企业主要负责人", "heads of enterprises"),
    choice("fs_director", "食品安全总监", "food-safety directors"),
    choice("fs_officer", "食品安全员", "food-safety officers"),
    choice("staff", "从业人员", "staff"),
    choice("public", "社会公众", "the public"),
];

/// What a text beside a book is.
pub static BOOK_PARTS: [Choice; 2] =
    [choice("chapter", "章节", "chapter"), choice("letter", "一封信", "letter")];

/// 题型.
pub static QUESTION_FORMS: [Choice; 3] = [
    choice("single", "单选题", "one answer"),
    choice("multi", "多选题", "several answers"),
    choice("judge", "判断题", "true or false"),
];

/// Answers of a question; `T` and `F` of a statement to be judged stand as `right` and `wrong`.
pub static ANSWERS: [Choice; 8] = [
    choice("A", "A", "A"),
    choice("B", "B", "B"),
    choice("C", "C", "C"),
    choice("D", "D", "D"),
    choice("E", "E", "E"),
    choice("F", "F", "F"),
    choice("right", "正确", "true"),
    choice("wrong", "错误", "false"),
];

/// How an indicator stands to its target; in the words of the figures on the dashboards.
pub static TARGET_STATES: [Choice; 3] = [
    choice("met", "达标", "met"),
    choice("missed", "未达标", "missed"),
    choice("running", "未到期", "period not over"),
];

/// Types of columns (国办发〔2017〕47号, annex, ColumnType), known by their Chinese names.
pub static COLUMN_TYPES: [Choice; 12] = [
    choice("home", "首页", "home page"),
    choice("overview", "概况信息", "overview"),
    choice("disclosure", "信息公开", "information disclosure"),
    choice("catalogue", "信息公开目录", "catalogue of what is disclosed"),
    choice("people", "负责人信息", "people in charge"),
    choice("data", "数据发布", "published data"),
    choice("open_data", "数据开放", "open data"),
    choice("news", "工作动态", "news of the work"),
    choice("policy", "政策解读", "policies explained"),
    choice("dialogue", "互动交流", "dialogue"),
    choice("services", "办事服务", "services"),
    choice("complaints", "咨询投诉", "questions and complaints"),
];

/// Types of columns whose pages are guides to a service.
pub const GUIDES: [&str; 2] = ["办事服务", "咨询投诉"];
