//! The words that synthetic records are put together from.
//!
//! Every given name begins with a character that says "sample", every county with 样 or 示: no person or
//! place of the output can be taken for a real one.
//!
//! Not here: sentences of articles and of the pocket book, which are in `prose`.

pub const SURNAMES: &str = "张王李赵陈刘杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤";
pub const GIVEN_FIRST: &str = "示样演试拟虚假范";
pub const GIVEN_SECOND: &str =
    "例本用想构板一明华平安静芳磊洋勇军杰娟涛超强鹏飞玲桂英兰红霞丽敏燕辉斌宇浩凯健俊帆雪琳欣怡佳瑶";
pub const PLACE_FIRST: &str = "云青白长永清石金东南西北新大平龙凤福和柳";
pub const PLACE_SECOND: &str = "溪山河湖坪岭泉桥塘田林沙关店坝湾口集";
pub const COUNTY: &str =
    "云青白长永清石金东南西北新大平龙凤福和柳溪山河湖坪岭泉桥塘田林沙关店坝湾口集松竹梅兰荷枫杨梧桐桂";
pub const BRAND_FIRST: &str = "云禾丰乐鲜悦康味家旺聚香满福顺源绿佳盛惠";
pub const BRAND_SECOND: &str = "禾谷源香家园味丰缘客乐记鲜居坊佳实朗穗果";
pub const ROADS: &[&str] =
    &["示范路", "样板街", "演示大道", "试用巷", "范例路", "样本街", "集贸路", "文明路", "学府路", "沿河路"];

/// Goods of producers: category digits of the licence, scope, the word in the firm's name.
pub const PRODUCTS: &[(&str, &str, &str)] = &[
    ("101", "粮食加工品", "粮油"),
    ("102", "食用油", "油脂"),
    ("103", "调味品", "调味品"),
    ("104", "肉制品", "肉制品"),
    ("105", "乳制品", "乳业"),
    ("106", "饮料", "饮品"),
    ("107", "方便食品", "方便食品"),
    ("111", "速冻食品", "速冻食品"),
    ("115", "酒类", "酒业"),
    ("116", "蔬菜制品", "菜品"),
    ("124", "糕点", "糕点"),
    ("125", "豆制品", "豆制品"),
];

/// Shops: kind of business, end of the name, leading digits of the credit code.
pub const SHOPS: &[(&str, &str, &str)] = &[
    ("小食杂店", "便利店", "92"),
    ("小食杂店", "食品店", "92"),
    ("小食杂店", "副食店", "92"),
    ("小食杂店", "粮油店", "92"),
    ("大型商超", "超市有限公司", "91"),
    ("农贸市场", "生鲜店", "92"),
    ("批发市场", "食品批发部", "92"),
    ("网络销售", "食品商行", "91"),
];

/// Kitchens: kind of business, end of the name, leading digits of the credit code, first digit of the licence.
pub const KITCHENS: &[(&str, &str, &str, &str)] = &[
    ("小餐饮", "小吃店", "92", "2"),
    ("小餐饮", "面馆", "92", "2"),
    ("小餐饮", "早餐店", "92", "2"),
    ("小餐饮", "餐馆", "92", "2"),
    ("小餐饮", "火锅店", "92", "2"),
    ("网络餐饮", "快餐店", "92", "2"),
    ("学校食堂", "学校食堂", "12", "3"),
    ("养老机构食堂", "养老院食堂", "12", "3"),
    ("医院食堂", "医院食堂", "12", "3"),
    ("工地食堂", "建设项目食堂", "91", "3"),
    ("集体用餐配送", "餐饮配送有限公司", "91", "2"),
];

/// Foods: category, name, specification, whether it comes packed.
pub const FOODS: &[(&str, &str, &str, bool)] = &[
    ("食用农产品", "韭菜", "散装", false),
    ("食用农产品", "豇豆", "散装", false),
    ("食用农产品", "芹菜", "散装", false),
    ("食用农产品", "鲫鱼", "散装", false),
    ("食用农产品", "乌鸡", "散装", false),
    ("食用农产品", "香蕉", "散装", false),
    ("食用农产品", "生姜", "散装", false),
    ("食用农产品", "鸡蛋", "散装", false),
    ("肉制品", "酱卤肉", "200g/袋", true),
    ("肉制品", "腊肠", "400g/袋", true),
    ("糕点", "绿豆糕", "150g/盒", true),
    ("糕点", "桃酥", "散装称重", true),
    ("粮食加工品", "挂面", "1kg/袋", true),
    ("粮食加工品", "小麦粉", "5kg/袋", true),
    ("食用油", "花生油", "5L/桶", true),
    ("调味品", "黄豆酱", "500g/瓶", true),
    ("调味品", "陈醋", "420mL/瓶", true),
    ("饮料", "桶装水", "18.9L/桶", true),
    ("酒类", "高粱酒", "500mL/瓶", true),
    ("蔬菜制品", "酸豆角", "300g/袋", true),
    ("豆制品", "腐竹", "250g/袋", true),
    ("方便食品", "辣条", "102g/袋", true),
    ("餐饮食品", "油条", "散装", false),
    ("餐饮食品", "凉拌菜", "散装", false),
];

/// What fails: food category, item, limit in hundredths of its unit (0: must not be found), unit.
pub const FAILURES: &[(&str, &str, u64, &str)] = &[
    ("食用农产品", "腐霉利", 20, "mg/kg"),
    ("食用农产品", "毒死蜱", 2, "mg/kg"),
    ("食用农产品", "噻虫胺", 20, "mg/kg"),
    ("食用农产品", "恩诺沙星", 10_000, "μg/kg"),
    ("食用农产品", "氟苯尼考", 0, "μg/kg"),
    ("食用农产品", "镉", 5, "mg/kg"),
    ("肉制品", "山梨酸", 8, "g/kg"),
    ("糕点", "脱氢乙酸", 50, "g/kg"),
    ("糕点", "过氧化值", 25, "g/100g"),
    ("粮食加工品", "玉米赤霉烯酮", 6_000, "μg/kg"),
    ("食用油", "苯并芘", 1_000, "μg/kg"),
    ("调味品", "苯甲酸", 100, "g/kg"),
    ("饮料", "溴酸盐", 1, "mg/L"),
    ("酒类", "甜蜜素", 0, "g/kg"),
    ("蔬菜制品", "二氧化硫残留量", 10, "g/kg"),
    ("豆制品", "铝的残留量", 20_000, "mg/kg"),
    ("方便食品", "酸价", 300, "mg/g"),
    ("餐饮食品", "阴离子合成洗涤剂", 0, "mg/100cm²"),
];

/// What a cadre finds on a visit; internal, so none of these may stand in any page.
pub const PROBLEMS: &[&str] = &[
    "进货台账有一日未登记",
    "冷藏柜温度计读数偏高",
    "一名从业者证明临近到期",
    "原料与清洁剂同架存放",
    "留样盒标签缺时间",
    "防蝇帘局部破损",
    "索证资料归档不全",
    "周排查表缺负责人落款",
];

/// Breaches of law: text, kinds of penalty, severity.
pub const BREACHES: &[(&str, bool)] = &[
    ("经营超过保质期的食品", false),
    ("经营标签不符合规定的预包装食品", false),
    ("未按规定建立并遵守进货查验记录制度", false),
    ("经营农药残留超过食品安全标准限量的食用农产品", false),
    ("超范围使用食品添加剂", false),
    ("使用非食品原料生产经营食品", true),
    ("生产经营营养成分严重不符合标准的特殊食品", true),
];

pub const CITY_POSTS: &[&str] = &["市长", "副市长", "市委副书记", "市人大常委会副主任", "市政协副主席"];
pub const COUNTY_POSTS: &[&str] = &["县长", "副县长", "县委常委", "县人大常委会副主任", "县政协副主席"];
pub const TOWNSHIP_POSTS: &[&str] = &["党委书记", "党委副书记", "党委委员", "武装部长", "分管负责人"];
pub const VILLAGE_POSTS: &[&str] = &["党支部书记", "主任", "副主任", "委员"];
