//! Words that tell where a person lives or of what he is ill.
//!
//! In: the text of a source. Out: the places of such words, strict enough for a warning: an address counts only where a house or a
//! group of a village follows the word, an illness only in a sentence that names or counts a person. Rules, handbooks and the
//! names of offices (疾病预防控制, 病死畜禽) stay silent.
//!
//! Not here: numbers (`glyphs`).

use memchr::memmem::Finder;

/// What a word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// Where somebody lives.
    Home,
    /// What somebody is ill of.
    Health,
}

/// Words before an address.
const HOMES: [&str; 6] = ["住址", "家住", "户籍地", "户籍所在地", "现住", "居住地"];
/// What an address ends in, behind a number.
const HOUSES: [&str; 8] = ["号", "室", "组", "栋", "幢", "单元", "楼", "弄"];
/// Characters of what stands behind a word that are looked at.
const LONGEST: usize = 44;
/// Words of illness.
const ILLNESSES: [&str; 8] = ["确诊", "诊断为", "诊断：", "病历", "病史", "患有", "住院治疗", "患病"];
/// What an office writes when it speaks of everybody.
const RULES: [&str; 6] = ["不得", "应当", "禁止", "人员", "人群", "者应"];
/// The commonest surnames: before 某 or a star they make a name.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚\
    沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常";

/// Whether a character is one of the commonest surnames.
pub fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// Looks for the words; made once, used for many texts.
#[derive(Debug)]
pub struct Words {
    finders: Vec<(Told, Finder<'static>)>,
}

impl Default for Words {
    fn default() -> Words {
        let homes = HOMES.iter().map(|word| (Told::Home, Finder::new(*word)));
        let illnesses = ILLNESSES.iter().map(|word| (Told::Health, Finder::new(*word)));
        Words { finders: homes.chain(illnesses).collect() }
    }
}

impl Words {
    /// The places of such words in a text, in order, one a sentence.
    pub fn all(&self, text: &str) -> Vec<(usize, Told)> {
        let mut found: Vec<(usize, Told)> = Vec::new();
        for (told, finder) in &self.finders {
            for at in finder.find_iter(text.as_bytes()) {
                let counts = match told {
                    Told::Home => has_house(text.get(at + finder.needle().len()..).unwrap_or("")),
                    Told::Health => has_person(sentence(text, at)),
                };
                if counts {
                    found.push((at, *told));
                }
            }
        }
        found.sort_unstable();
        found.dedup_by(|later, first| {
            later.1 == first.1 && !text.get(first.0..later.0).unwrap_or("").contains(is_end)
        });
        found
    }
}

/// What stands from a word on, to the end of its sentence: what is told of there.
pub fn clause(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let end =
        rest.char_indices().take(LONGEST + 1).enumerate().find(|(no, (_, c))| *no == LONGEST || is_end(*c));
    rest.get(..end.map_or(rest.len(), |(_, (end, _))| end)).unwrap_or("")
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '\n')
}

/// The sentence around a place.
fn sentence(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or("");
    let start = before.rfind(is_end).map_or(0, |end| {
        end + before.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    let rest = text.get(start..).unwrap_or("");
    let offset = at - start;
    let end = rest.get(offset..).and_then(|rest| rest.find(is_end)).map_or(rest.len(), |end| offset + end);
    rest.get(..end).unwrap_or("")
}

/// Whether an address down to the house follows.
fn has_house(behind: &str) -> bool {
    let near: String = behind.chars().take(LONGEST).take_while(|c| !is_end(*c)).collect();
    let is_number =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c);
    HOUSES.iter().any(|house| {
        near.match_indices(house)
            .any(|(at, _)| near.get(..at).is_some_and(|before| before.ends_with(is_number)))
    })
}

/// Whether a sentence names a person, in part or by age, and is no rule for everybody.
fn has_person(sentence: &str) -> bool {
    let is_surname = |c: char| SURNAMES.contains(c);
    let mut before = (' ', ' ');
    let mut named = false;
    for c in sentence.chars() {
        let star = matches!(c, '*' | '＊') && !is_han(before.0);
        named |= is_surname(before.1) && (c == '某' || star);
        before = (before.1, c);
    }
    let titled = ["先生", "女士"].iter().any(|title| {
        sentence
            .match_indices(title)
            .any(|(at, _)| sentence.get(..at).is_some_and(|b| b.ends_with(is_surname)))
    });
    let aged = ['男', '女'].iter().any(|sex| {
        let rests = sentence.split(*sex).skip(1).filter_map(|rest| rest.strip_prefix(['，', ',', '、']));
        rests.into_iter().any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    (named || titled || aged) && !RULES.iter().any(|word| sentence.contains(word))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<Told> {
        Words::default().all(text).into_iter().map(|(_, told)| told).collect()
    }

    #[test]
    fn an_address_down_to_the_house_is_found() {
        for text in [
            "当事人住址：样例县样板镇示例村3组12号",
            "家住示范路１２号",
            "户籍地为样例县假想街道示例小区二栋301室。",
            "{name: 孙**, 住址: 样例县示范路5号}",
        ] {
            assert_eq!(told(text), [Told::Home], "{text}");
        }
        for silent in [
            "住址只写到县（区）",
            "不得公布家庭住址、电话",
            "户籍地样例县",
            "住址不公开。联系地址：示范路1号",
            "现住院观察",
            "家住附近的居民反映夜间异味",
        ] {
            assert_eq!(told(silent), [], "{silent}");
        }
    }

    #[test]
    fn the_illness_of_somebody_is_found_and_that_of_nobody_is_not() {
        for text in [
            "食用者张某被确诊为沙门氏菌感染",
            "其中李某某，男，45岁，患有高血压。",
            "王女士住院治疗三天",
            "经医院诊断为急性肠胃炎的（女，7岁）已出院",
            "孙** 患有肝炎",
        ] {
            assert_eq!(told(text), [Told::Health], "{text}");
        }
        for silent in [
            "疾病预防控制中心",
            "病死畜禽无害化处理",
            "患有国务院卫生行政部门规定的有碍食品安全疾病的人员，不得从事接触直接入口食品的工作",
            "食源性疾病病例诊断为主",
            "**患有**慢性病的老人要少吃盐",
            "高血压**患病率**",
            "某地确诊三例",
            "张某应当办理健康证明，患有消化道传染病的人员不得上岗",
            "诊断：用快检试剂判断",
        ] {
            assert_eq!(told(silent), [], "{silent}");
        }
    }

    #[test]
    fn a_sentence_is_told_of_once() {
        let found = Words::default().all("张某确诊，患有肝炎，住院治疗。李某确诊。");
        assert_eq!(found.iter().map(|(_, told)| *told).collect::<Vec<_>>(), [Told::Health; 2]);
        assert_eq!(found.first().map(|(at, _)| *at), Some(6));
    }
}
