//! Line and column of every value, in every style of writing it.

use crate::diagnostic::{Code, FileId, Findings, Language, Message, Origin, Place, Position, Step};
use crate::source::{
    Document, Limits, NodeKind, Role, ScalarStyle, SourceFile, Sources, display, locate, parse_yaml,
    position_of, split_front_matter, to_json_line,
};

fn parsed(text: &str) -> Document {
    let mut findings = Findings::default();
    let document = parse_yaml(FileId(0), text, &Limits::default(), &mut findings);
    assert_eq!(findings.0, []);
    document
}

/// `text @line:column` of every scalar, in order.
fn scalars(document: &Document) -> String {
    let nodes = (0..document.len() as u32).filter_map(|number| document.node(number));
    let shown = nodes.filter_map(|node| {
        let Position { line, column } = node.position();
        Some(format!("{}@{line}:{column}", node.text()?.replace('\n', "/")))
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn columns_count_characters_also_behind_chinese_and_pictures() {
    let text = "名称: {示例: 甲, 😀: \"乙\", 丙: '丁'}\n- x: 1\n";
    let document = parsed(text.split_once('-').unwrap().0);
    assert_eq!(scalars(&document), "名称@1:1 示例@1:6 甲@1:10 😀@1:13 乙@1:16 丙@1:21 丁@1:24");
}

#[test]
fn every_style_of_text_keeps_its_place_and_its_words() {
    let text = "a: |\n  一\n  二\nb: >-\n  三\n  四\nc: \"五\\n六\"\nd: 七\n  八\ne:\n- 九\n-   十\n";
    assert_eq!(
        scalars(&parsed(text)),
        "a@1:1 一/二/@2:3 b@4:1 三 四@5:3 c@7:1 五/六@7:4 d@8:1 七 八@8:4 e@10:1 九@11:3 十@12:5"
    );
}

#[test]
fn a_value_left_out_stands_at_the_colon_or_behind_the_dash() {
    let document = parsed("a:\nb: # 注\n\nc:\n  -\n  - {d: , e}\nf:\n");
    assert_eq!(scalars(&document), "a@1:1 @1:2 b@2:1 @2:2 c@4:1 @5:4 d@6:6 @6:7 e@6:11 @6:12 f@7:1 @7:2");
}

#[test]
fn nothing_a_tilde_and_null_without_quotes_are_null_and_no_other_word_is() {
    let document = parsed("[~, null, Null, NULL, '', '~', \"null\", no, nil, 0, \"\"]");
    let nulls: Vec<bool> = document.root().unwrap().items().map(|item| item.is_null()).collect();
    assert_eq!(nulls, [true, true, true, true, false, false, false, false, false, false, false]);
}

#[test]
fn scalars_stay_as_they_were_typed() {
    let text = "[0012, 1e3, 0x1F, 1_000, 12:30, +8613800000000, 3.10, no, 91990101MA0DEM013U]";
    let document = parsed(text);
    let texts: Vec<&str> = document.root().unwrap().items().filter_map(|item| item.text()).collect();
    assert_eq!(format!("[{}]", texts.join(", ")), text);
}

#[test]
fn an_alias_repeats_all_that_it_names_at_its_own_place() {
    let document = parsed("a: &x {k: [1, {n: 2}]}\nb: *x\nc: [*x, *x]\n");
    let root = document.root().unwrap();
    let twice = root.value_of("c").unwrap();
    for copy in [root.value_of("b").unwrap(), twice.items().nth(1).unwrap()] {
        let list = copy.value_of("k").unwrap();
        let inner = list.items().nth(1).unwrap().value_of("n").unwrap();
        assert_eq!(inner.text(), Some("2"));
        assert_eq!(inner.position(), Position { line: 1, column: 19 });
    }
    assert_eq!(root.value_of("b").unwrap().position(), Position { line: 2, column: 4 });
    assert_eq!(twice.items().len(), 2);
}

#[test]
fn a_mapping_gives_its_entries_in_order_and_a_list_none() {
    let document = parsed("{b: 1, a: [2], c: {d: 3}}");
    let root = document.root().unwrap();
    let keys: Vec<_> = root.entries().filter_map(|(key, _)| key.text()).collect();
    assert_eq!(keys, ["b", "a", "c"]);
    assert_eq!(root.items().count(), 0);
    let list = root.value_of("a").unwrap();
    assert_eq!((list.kind(), list.entries().count()), (NodeKind::Sequence, 0));
    let one = root.value_of("b").unwrap();
    assert_eq!(one.kind(), NodeKind::Scalar { text: "1", style: ScalarStyle::Plain });
}

#[test]
fn a_path_leads_to_the_value_or_as_far_as_it_can() {
    let document = parsed(
        "enterprises:\n  - id: x\n    covered_by:\n      - {cadre: a}\n      - {cadre: b, role: lead}\n",
    );
    let record = document.root().unwrap().value_of("enterprises").unwrap().items().next().unwrap();
    let at = |steps: &[Step]| {
        let Position { line, column } = position_of(&document, record.number(), steps).unwrap();
        format!("{line}:{column}")
    };
    let role = [Step::Key("covered_by"), Step::Item(1), Step::Key("role")];
    assert_eq!(at(&[]), "2:5");
    assert_eq!(at(&role), "5:26");
    assert_eq!(at(&[Step::Key("covered_by"), Step::Item(0), Step::Key("role")]), "4:9");
    assert_eq!(at(&[Step::Key("name")]), "2:5");
    assert_eq!(at(&[Step::Key("covered_by"), Step::Item(7)]), "4:7");
}

#[test]
fn positions_in_front_matter_are_those_of_the_file() {
    let text = "---\ntitle: 标题\nkeywords: [甲, 乙]\n---\n\n正文\n";
    let mut findings = Findings::default();
    let parts = split_front_matter(FileId(0), text, &Limits::default(), &mut findings);
    assert_eq!(scalars(&parts.yaml.unwrap()), "title@2:1 标题@2:8 keywords@3:1 甲@3:12 乙@3:15");
    assert_eq!((parts.body, parts.body_line), ("\n正文\n", 5));
    assert_eq!(text.get(parts.body_offset..), Some(parts.body));
}

#[test]
fn front_matter_may_be_absent_empty_unclosed_or_broken() {
    let said = |text: &str| {
        let mut findings = Findings::default();
        let parts = split_front_matter(FileId(0), text, &Limits::default(), &mut findings);
        let yaml = parts.yaml.map(|yaml| (yaml.is_broken(), yaml.len()));
        (yaml, parts.body_line, findings.0.first().map(|f| (f.code.0, f.place.clone())))
    };
    let at = |line, column| Place::At(FileId(0), Position { line, column });
    assert_eq!(said("# 标题\n\n---\n"), (None, 1, None));
    assert_eq!(said(""), (None, 1, None));
    assert_eq!(said("----\na: 1\n---\n"), (None, 1, None));
    assert_eq!(said("---\n---\n正文"), (Some((false, 0)), 3, None));
    assert_eq!(said("---\na: 1\n...\n正文"), (Some((false, 3)), 4, None));
    assert_eq!(said("---\na: 1\n"), (Some((true, 0)), 1, Some(("E-FRONT-MATTER", at(1, 1)))));
    assert_eq!(said("---\na: \"1\n---\n"), (Some((true, 0)), 4, Some(("E-YAML-SYNTAX", at(2, 4)))));
    let long = format!("---\n{}---\n", "a: 1\n".repeat(20_000));
    assert_eq!(said(&long), (Some((true, 0)), 1, Some(("E-LIMIT", at(1, 1)))));
}

/// A portal folder with one ledger `ledgers/a.yaml`.
fn with_ledger(text: &str) -> (tempfile::TempDir, Sources) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("ledgers")).unwrap();
    std::fs::write(folder.path().join("ledgers/a.yaml"), text).unwrap();
    let file = SourceFile { path: "ledgers/a.yaml".to_string(), role: Role::Ledger, size: 0 };
    let sources = Sources { root: folder.path().to_path_buf(), files: vec![file], ..Sources::default() };
    (folder, sources)
}

#[test]
fn a_long_line_is_cut_and_a_missing_value_has_a_caret_at_its_colon() {
    let (_folder, sources) =
        with_ledger(&format!("a: [{}, 超, {}]\nb:\n", "字".repeat(300), "x, ".repeat(200_000)));
    let mut findings = Findings::default();
    for (line, column) in [(1, 307), (2, 2), (1, 500_000), (9, 9)] {
        let place = Place::At(FileId(0), Position { line, column });
        findings.add(Code("W-X"), place, Message::new("某", "some"));
    }
    let diagnostics = locate(&sources, &Limits::default(), &crate::cache::Cache::none(), findings.0);
    let shown = format!("{}{}", "字".repeat(38), ", ");
    let behind = "x, ".repeat(19);
    let expected = format!(
        "\
ledgers/a.yaml:1:307: warning[W-X] some
  |
1 | …{shown}超, {behind}…
  | {}^^
ledgers/a.yaml:1:500000: warning[W-X] some
ledgers/a.yaml:2:2: warning[W-X] some
  |
2 | b:
  |  ^
ledgers/a.yaml:9:9: warning[W-X] some
",
        " ".repeat(1 + 38 * 2 + 2)
    );
    assert_eq!(display(&diagnostics, Language::En, &sources, ""), expected);
}

#[test]
fn carets_line_up_under_chinese_and_hints_follow() {
    let text = "cadres:\n  - {name: 张示例, level: 县级, phone: \"\u{202e}1\"}\n";
    let (_folder, sources) = with_ledger(text);
    let mut findings = Findings::default();
    let place = Place::Value(Origin { file: FileId(0), node: 3 }, vec![Step::Key("level")]);
    findings
        .add(Code("E-ENUM"), place, Message::new("“县级”不是级别", "`县级` is no level"))
        .hint(Message::new("请写 county。", "Write county."))
        .other(Place::File(FileId(0)), Message::new("此文件", "this file"));
    let diagnostics = locate(&sources, &Limits::default(), &crate::cache::Cache::none(), findings.0);
    let expected = "\
ledgers/a.yaml:2:24: 错误[E-ENUM] “县级”不是级别
  |
2 |   - {name: 张示例, level: 县级, phone: \"<U+202E>1\"}
  |                           ^^^^
  相关：ledgers/a.yaml: 此文件
  改法：请写 county。
";
    assert_eq!(display(&diagnostics, Language::Zh, &sources, ""), expected);
    let json = r#"{"code":"E-ENUM","severity":"error","file":"ledgers/a.yaml","line":2,"column":24,"record":null,"field":null,"message":"`县级` is no level","hint":"Write county."}"#;
    assert_eq!(to_json_line(&diagnostics[0], Language::En), json);
}
