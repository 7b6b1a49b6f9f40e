//! Articles, the pocket book and the standing pages, put together from stock sentences.
//!
//! In: the world and a number. Out: Markdown without front matter, two to four kilobytes an article, every
//! fourth with a table. No bare percentages, counts of things listed or letters of a scale stand in it, so
//! the rules on text stay silent.

use jiff::civil::{Date, date};

use crate::seed::{Prng, Stream};
use crate::words;
use crate::world::{Tier, World, day};

/// An article.
pub struct Article {
    pub column: &'static str,
    pub slug: String,
    pub title: String,
    pub published: Date,
    pub minute: i64,
    pub source: &'static str,
    pub summary: String,
    pub keywords: [&'static str; 2],
    pub body: String,
}

/// The columns: id, name, what it is for.
pub const COLUMNS: &[(&str, &str, &str)] = &[
    ("notices", "通知公告", "面向经营者和包保干部的通知"),
    ("news", "工作动态", "各县区督导和抽检的进展"),
    ("policy", "政策文件", "本市印发的制度和解读"),
    ("science", "科普知识", "选购、储存和烹调的常识"),
];

const SUBJECTS: &[(&str, &str)] = &[
    ("季度包保督导", "督导"),
    ("校园食堂排查", "校园"),
    ("农产品快检服务", "快检"),
    ("散装食品标签规范", "标签"),
    ("夏季冷链储存", "冷链"),
    ("小餐饮提升改造", "餐饮"),
    ("节令食品抽检", "抽检"),
    ("食品安全员培训", "培训"),
];

const OPENERS: &[&str] = &[
    "为把责任落到每一家经营主体，{place}对{subject}作了安排。",
    "近期，{place}围绕{subject}开展了一轮现场核对。",
    "入季以来气温变化较大，{subject}成为{place}的重点。",
    "根据年度计划，{place}本月启动{subject}。",
    "群众来电中提到较多的问题，与{subject}有关，{place}据此调整了安排。",
];

const BODY: &[&str] = &[
    "包保干部到店先看许可证是否张挂，再看进货台账是否连续，最后与食品安全员当面核对记录。",
    "对照任务清单逐项查看，能当场改的当场改，不能当场改的写明期限，由原督导人复看。",
    "原料到店时应核对供货方名称、批次和日期，记录保存到保质期满后至少半年。",
    "冷藏与冷冻设施每日读数两次，读数异常时停止使用相应批次，并报告负责人。",
    "从业人员上岗前洗手更衣，有不适症状的应当调离接触直接入口食品的岗位。",
    "散装食品的容器外应标明名称、生产日期或批号、保质期以及经营者的联系方式。",
    "消毒记录写明时间、方式和操作人，餐具存放柜保持干燥并与杂物分开。",
    "发现标签缺项的预包装食品，应当下架并联系供货方，处理结果记入台账。",
    "乡镇市场监管所安排了值守人员，经营者可以预约到所里咨询办理变更的材料。",
    "本次检查共走访经营主体{a}家，现场指导{b}家，其余安排在下一个月。",
    "参加人员分成{c}个小组，每组由一名监管人员和一名村级干部带队。",
    "检验机构在当日收样后完成登记，样品按照保存条件分区存放。",
    "消费者购买时请索要凭证，遇到变质或者标签不清的食品，可以拨打12315反映。",
    "家庭储存叶菜宜当天食用，需要过夜的应当密封冷藏，食用前充分加热。",
    "腌制类食品在家制作时注意盐度和容器清洁，出现胀气和异味的不要食用。",
    "学校食堂应当公示带量食谱和食材来源，家长委员会可以约定时间进入后厨查看。",
    "集体聚餐前向所在村报备，承办者使用经过登记的厨师和餐具，剩余食品不再销售。",
    "对多次出现同类情况的单位，县级部门约谈负责人，并增加下一季度的走访。",
    "培训采用案例讲解加现场答题的方式，未参加的人员另行安排补训。",
    "各地把公示牌张贴在醒目位置，扫描二维码可以看到包保干部和最近一次督导的日期。",
    "连锁门店由总部统一建立追溯档案，门店负责核对到货清单并留存影像。",
    "油炸用油应当定期检测极性组分，颜色明显加深或起泡增多时及时更换。",
    "水产品经营者应当保留产地证明，暂养用水保持清洁，不使用来源不明的药品。",
    "豆制品当天配送当天销售，运输车辆每次装货前清洗并做好温度记录。",
    "监管人员提醒，网络订餐平台上的经营地址应当与许可证一致，变更后及时更新。",
    "检查结束后，结果在平台公布，经营者对记录有疑问的可以书面提出。",
];

const HEADINGS: &[&str] = &["主要安排", "现场情况", "对经营者的提醒", "对消费者的建议", "下一步工作", "问答"];

/// Chapters of the pocket book: slug and title.
pub const CHAPTERS: &[(&str, &str)] = &[
    ("what", "干什么"),
    ("how", "如何干"),
    ("steps", "督导的步骤"),
    ("documents", "看证照"),
    ("kitchen", "看后厨"),
    ("shop", "看货架"),
    ("records", "看台账"),
    ("contacts", "找谁问"),
];

/// Standing pages: file name, title, text.
pub const PAGES: &[(&str, &str, &str)] = &[
    (
        "about",
        "关于本站",
        "本站公布示范市食品经营主体的包保责任人、抽检结果和信用信息，由示范市食品安全委员会办公室主办。",
    ),
    ("complain", "投诉举报", "发现食品安全问题，请拨打12315，或者到经营者所在地的市场监管所反映。"),
    ("data-notes", "数据说明", "各项记录由县级部门填报，按日核对。同一主体的名称以营业执照为准。"),
    ("accessibility", "无障碍声明", "本站页面不依赖脚本即可阅读，可以用键盘浏览，文字可以放大。"),
];

impl World {
    pub fn article(&self, number: u64) -> Article {
        let mut prng = self.prng(Stream::Article, number);
        let (column, _, _) = prng.pick(COLUMNS);
        let (subject, keyword) = prng.pick(SUBJECTS);
        let place = self.region(Tier::County, prng.below(self.counties)).name;
        // The newest stands a few days before the as-of date, so that no column is stale.
        let published = day(date(2026, 11, 19), -(number as i64 * 900 / self.articles as i64));
        Article {
            column: if number < COLUMNS.len() as u64 {
                COLUMNS.get(number as usize).map_or(column, |known| known.0)
            } else {
                column
            },
            slug: format!("a-{:05}", number + 1),
            title: format!("{place}{subject}情况（第{}期）", number + 1),
            published,
            minute: prng.between(0, 500),
            source: "示范市食品安全委员会办公室",
            summary: format!("{place}{subject}的安排、现场情况和提醒。"),
            keywords: ["食品安全", keyword],
            body: self.body(&mut prng, &place, subject, number.is_multiple_of(4)),
        }
    }

    fn body(&self, prng: &mut Prng, place: &str, subject: &str, with_table: bool) -> String {
        let mut text = sentence(prng, OPENERS, place, subject);
        let start = prng.below(HEADINGS.len() as u64) as usize;
        for section in 0..4 {
            let heading = HEADINGS.get((start + section) % HEADINGS.len()).copied().unwrap_or("其他");
            text.push_str(&format!("\n\n## {heading}\n\n"));
            if section == 2 {
                for _ in 0..4 {
                    text.push_str(&format!("- {}\n", sentence(prng, BODY, place, subject)));
                }
            } else {
                for _ in 0..prng.between(4, 8) {
                    text.push_str(&sentence(prng, BODY, place, subject));
                }
                text.push_str("\n\n");
                for _ in 0..prng.between(1, 4) {
                    text.push_str(&sentence(prng, BODY, place, subject));
                }
            }
            if with_table && section == 1 {
                text.push_str("\n\n| 地区 | 走访家数 | 指导家数 |\n| --- | ---: | ---: |\n");
                for row in 0..5 {
                    let county = self.region(Tier::County, row % self.counties).name;
                    text.push_str(&format!(
                        "| {county} | {} | {} |\n",
                        prng.between(20, 90),
                        prng.between(2, 19)
                    ));
                }
            }
        }
        text.push('\n');
        text
    }

    /// The text of a chapter of the pocket book.
    pub fn chapter(&self, number: u64) -> String {
        let mut prng = self.prng(Stream::Article, 1 << 40 | number);
        let (_, title) = CHAPTERS.get(number as usize).copied().unwrap_or(("end", "附页"));
        let mut text = format!("这一章说的是“{title}”，供乡镇和村级包保干部随身查看。\n");
        for part in ["进门之前", "现场怎么看", "发现情况以后"] {
            text.push_str(&format!("\n## {part}\n\n"));
            for _ in 0..4 {
                text.push_str(&sentence(&mut prng, BODY, "各乡镇", "督导"));
            }
            text.push_str("\n\n");
            for item in 1..=4 {
                text.push_str(&format!("{item}. {}\n", sentence(&mut prng, BODY, "各乡镇", "督导")));
            }
        }
        let food = prng.pick(words::FOODS).1;
        text.push_str(&format!("\n| 看什么 | 怎样算好 |\n| --- | --- |\n| {food} | 来源清楚，记录齐全 |\n| 公示牌 | 张贴醒目，信息一致 |\n"));
        text
    }
}

fn sentence(prng: &mut Prng, pool: &[&'static str], place: &str, subject: &str) -> String {
    let text = prng.pick(pool);
    if !text.contains('{') {
        return text.to_string();
    }
    text.replace("{place}", place)
        .replace("{subject}", subject)
        .replace("{a}", &prng.between(40, 160).to_string())
        .replace("{b}", &prng.between(5, 39).to_string())
        .replace("{c}", &prng.between(3, 9).to_string())
}
