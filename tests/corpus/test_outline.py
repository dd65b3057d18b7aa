"""Headings form paths, and figures printed on or under a heading are found in every layout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document, Fact, read_document
from corpus.folding import fold

Read = Callable[..., Document]


def paths(document: Document) -> list[tuple[str, ...]]:
    return [section.path for section in document.sections]


def facts(document: Document) -> list[tuple[str, str, str]]:
    return [(fact.subject[-1], fact.attribute, fact.text) for fact in document.facts]


def test_headings_nest_by_their_numbering(read: Read) -> None:
    document = read(
        "第2 みなと戦略\n\n1 港湾費\n\n(1) 桟橋\n\n① 修繕\n\nア 東桟橋\n\nイ 西桟橋\n\n② 点検\n\n(2) 海岸\n\n2 観光費\n\n(1) 誘致\n"
    )
    top = "第2 みなと戦略"
    assert paths(document) == [
        (top,),
        (top, "1 港湾費"),
        (top, "1 港湾費", "(1) 桟橋"),
        (top, "1 港湾費", "(1) 桟橋", "① 修繕"),
        (top, "1 港湾費", "(1) 桟橋", "① 修繕", "ア 東桟橋"),
        (top, "1 港湾費", "(1) 桟橋", "① 修繕", "イ 西桟橋"),
        (top, "1 港湾費", "(1) 桟橋", "② 点検"),
        (top, "1 港湾費", "(2) 海岸"),
        (top, "2 観光費"),
        (top, "2 観光費", "(1) 誘致"),
    ]
    assert [section.level for section in document.sections] == [len(path) for path in paths(document)]


def test_levels_may_be_left_out(read: Read) -> None:
    document = read("1 港湾費\n\n① 修繕\n\n(1) 桟橋\n\nア 東桟橋\n")
    assert paths(document) == [
        ("1 港湾費",),
        ("1 港湾費", "① 修繕"),
        ("1 港湾費", "(1) 桟橋"),
        ("1 港湾費", "(1) 桟橋", "ア 東桟橋"),
    ]


def test_a_bracket_heading_ends_where_the_numbering_begins_again(read: Read) -> None:
    document = read("第1 総務\n\n【重点施策】\n\n1 発信\n\n2 外交\n\n1 総務費\n\n2 企画費\n")
    assert paths(document)[2:] == [
        ("第1 総務", "【重点施策】", "1 発信"),
        ("第1 総務", "【重点施策】", "2 外交"),
        ("第1 総務", "1 総務費"),
        ("第1 総務", "2 企画費"),
    ]


def test_a_running_head_is_no_new_section(read: Read) -> None:
    document = read(
        "第2 みなと戦略\n\n第 2 み な と 戦 略\n\n1 港湾費\n\n桟橋を直した。\n\n第2 みなと戦略\n\n(1) 桟橋\n\n杭を打った。\n"
    )
    assert paths(document) == [
        ("第2 みなと戦略",),
        ("第2 みなと戦略", "1 港湾費"),
        ("第2 みなと戦略", "1 港湾費", "(1) 桟橋"),
    ]
    assert [passage.section for passage in document.passages] == [paths(document)[1], paths(document)[2]]


def test_a_heading_may_print_several_figures(read: Read) -> None:
    document = read(
        "第7款 商工費\n\n1目 港湾振興費　　予算現額　３４５,６００千円　　決算額　３３８,１１０千円\n\n港を直した。\n\n"
        "2目 灯台費　予算現額　１,２００千円　決算額　９８７千円\n\n灯を替えた。\n"
    )
    assert [path[-1] for path in paths(document)[1:]] == ["1目 港湾振興費", "2目 灯台費"]
    assert facts(document) == [
        ("1目 港湾振興費", "予算現額", "３４５,６００千円"),
        ("1目 港湾振興費", "決算額", "３３８,１１０千円"),
        ("2目 灯台費", "予算現額", "１,２００千円"),
        ("2目 灯台費", "決算額", "９８７千円"),
    ]


@pytest.mark.parametrize(
    "layout",
    [
        ["(1) 広報活動 決算額 7,897 千円"],
        ["(1) 広報活動", "決算額 7,897 千円"],
        ["(1) 広報活動", "決算額: 7,897千円"],
        ["(1) 広報活動", "決算額", "7,897 千円"],
        ["(1) 広報活動", "決 算 額", "7,897 千円"],
        ["(1) 広報活動 決算額　７，８９７ 千円"],
        ["(1) 広報活動", "決 算 額 7,897 千円"],
    ],
    ids=["behind the heading", "own line", "colon", "two lines", "spelled over two lines", "full width", "spelled"],
)
def test_a_figure_is_found_in_every_layout(read: Read, layout: list[str]) -> None:
    document = read(["1 総務費", "", *(part for line in layout for part in (line, "")), "広報紙を発行した。"])
    (fact,) = document.facts
    assert (fact.subject, fact.attribute) == (("1 総務費", "(1) 広報活動"), "決算額")
    assert fold(fact.text).replace(" ", "") == "7,897千円"
    assert fact.text in document.quote(fact.span)
    assert [document.quote(p.span) for p in document.passages] == ["広報紙を発行した。"]


@pytest.mark.parametrize("value", ["4 千円", "1,704,845 千円", "12億3,400万円", "▲5,000円", "約 8,600 人", "67 回"])
def test_figures_of_many_kinds(read: Read, value: str) -> None:
    document = read(f"1 総務費\n\n実績額 {value}\n\n続きの文。\n")
    assert facts(document) == [("1 総務費", "実績額", value)]


def test_a_title_in_half_width_kana_is_kept_whole(read: Read) -> None:
    document = read("1 道路ｶﾞｲﾄﾞ 決算額 5 千円\n\n本を作った。\n")
    assert paths(document) == [("1 道路ｶﾞｲﾄﾞ",)]


@pytest.mark.parametrize(
    "line",
    [
        "決算額は7,897千円であった。",
        "4 月に 3 回開催し、参加者は 40 人だった。",
        "決算額",
        "7,897 千円",
    ],
)
def test_prose_and_halves_are_no_figures(read: Read, line: str) -> None:
    document = read(f"1 総務費\n\n{line}\n\n次の文。\n")
    assert document.facts == ()
    assert line in [document.quote(p.span) for p in document.passages]


def test_a_figure_above_any_heading_has_no_subject_and_stays_prose(read: Read) -> None:
    document = read(
        "市の決算についての長いまえがきがここにあり、六十字を超えるところまで続いていくので、これは題ではなく本文として読まれるべき文である。\n\n決算額 5 千円\n"
    )
    assert document.facts == ()
    assert "決算額 5 千円" in [document.quote(p.span) for p in document.passages]


# --- the shipped report ----------------------------------------------------------------------------------------------

REPORT = "gunma-chijisenryaku-r3"
SETTLED = {
    # line of the file: the figure printed there, read by eye
    50: "7,897 千円",
    60: "4 千円",
    69: "1,444 千円",
    80: "2,599 千円",
    86: "55,536 千円",
    149: "53,679千円",
    212: "5,479 千円",
    224: "25,260 千円",
    234: "11,597 千円",
    267: "298,153 千円",
    361: "244,394 千円",
    384: "34,251千円",
    409: "6,503千円",
    421: "74,304 千円",
    467: "28,222 千円",
    484: "237,216 千円",
    498: "1,704,845 千円",
    532: "32,525 千円",
    540: "15,351 千円",
    551: "214,007 千円",
    597: "13,292 千円",
}


@pytest.fixture(scope="module")
def settled(documents: dict[str, Document]) -> dict[int, Fact]:
    report = documents[REPORT]
    return {report.place(f.span).line_start: f for f in report.facts if f.attribute == "決算額"}


def test_report_settled_amounts(settled: dict[int, Fact]) -> None:
    assert {line: fact.text for line, fact in settled.items()} == SETTLED
    assert len(settled) == 21
    assert all(fact.text.endswith("千円") for fact in settled.values())


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        (50, ("第2 知事戦略", "1 知事戦略管理費", "(2) 総務調整費")),
        (267, ("第2 知事戦略", "2 メディアプロモーション費", "(2)コンテンツ推進")),
        (421, ("第2 知事戦略", "3 デジタル化推進費", "(1) デジタルトランスフォーメーション推進")),
        (540, ("第2 知事戦略", "5 地域外交費", "(2) 上海事務所運営")),
    ],
)
def test_report_settled_amounts_belong_to_their_heading(
    settled: dict[int, Fact], line: int, subject: tuple[str, ...]
) -> None:
    assert settled[line].subject == subject


def test_report_settled_amount_over_two_lines_is_quoted_whole(
    documents: dict[str, Document], settled: dict[int, Fact]
) -> None:
    report = documents[REPORT]
    fact = settled[421]
    assert (report.place(fact.span).line_start, report.place(fact.span).line_end) == (421, 423)
    assert report.quote(fact.span).split() == ["決算額", "74,304", "千円"]


def test_report_headings(documents: dict[str, Document]) -> None:
    report = documents[REPORT]
    by_line = {report.place(section.span).line_start: section.path for section in report.sections}
    assert by_line[34] == ("第2 知事戦略", "【令和3年度に実施した重点施策及び主な取組】", "5 戦略的な地域外交")
    assert by_line[127] == (
        "第2 知事戦略",
        "1 知事戦略管理費",
        "(6) 連携推進",
        "② 教育イノベーション・プロジェクト",
        "オ グローバル始動人育成PJ",
    )
    assert by_line[580] == (
        "第2 知事戦略",
        "5 地域外交費",
        "(3) 国際交流推進",
        "③ 語学指導を行う海外青年招致（JETプログラム）",
    )
    assert 5 not in by_line, "the running head repeats line 3"


@pytest.mark.parametrize("name", ["gunma-kokusaika-r2r3", REPORT])
def test_everything_stands_under_a_heading_that_is_there(documents: dict[str, Document], name: str) -> None:
    document = documents[name]
    known = {section.path for section in document.sections}
    assert all(path[:-1] in known | {()} for path in known)
    under = [f.subject for f in document.facts] + [p.section for p in document.passages]
    under += [row.section for table in document.tables for row in table.rows]
    assert set(under) <= known | {()}


def test_budget_headings_nest_and_a_line_may_print_two(tmp_path: Path) -> None:
    path = tmp_path / "setsumei.txt"
    path.write_text("７款 商工費 １項 商工費\n説明です。\n８款 土木費\n１項 土木管理費\n別の説明です。\n", "utf-8")
    document = read_document(path)
    assert [p.section for p in document.passages] == [
        ("７款 商工費", "１項 商工費"),
        ("８款 土木費", "１項 土木管理費"),
    ]


def test_a_stage_direction_is_no_heading(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("会議録です。\n〔43番議員登壇，拍手〕\n質問します。\n", "utf-8")
    assert read_document(path).sections == ()


def test_a_short_line_with_a_mark_alone_above_its_text_is_a_heading(read: Read) -> None:
    document = read(
        "たより\n\n■決算を認定\n決算は認定されました。\n\n【会計別】\n・水道 歳入3億円\n\n■行事\n・夏祭り\n・秋祭り\n"
    )
    assert paths(document) == [("■決算を認定",), ("■決算を認定", "【会計別】"), ("■行事",)]


@pytest.mark.parametrize(
    "lines",
    [
        "■夏祭り\n■秋祭り\n■冬祭り\n",  # a list
        "■夏祭り 参加者 120人\n本文です。\n",  # it tells a figure
        "■夏祭りを開きました。\n本文です。\n",  # a sentence
    ],
)
def test_other_lines_with_a_mark_are_no_headings(read: Read, lines: str) -> None:
    assert paths(read(f"たより\n\n{lines}")) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [("学校給食無償化", 3), ("旧大沢小学校サテライトオフィス整備事業", 3), ("給食を無償にします。ほか", 0)],
)
def test_items_of_one_list_are_all_items_or_all_figures(tmp_path: Path, name: str, told: int) -> None:
    items = (f"<li>{one} {n}億円</li>" for n, one in enumerate(("町道改良事業", name, "除雪機械購入"), 1))
    page = tmp_path / "page.html"
    page.write_text(f"<h1>補正予算</h1><p>主な内容です。</p><ul>{''.join(items)}</ul>", "utf-8")
    assert len(facts(read_document(page))) == told


BILLS = """市長 補正予算提案説明

令和2年8月3日　市議会臨時会
議案第44号　令和2年度みなと市一般会計補正予算（第4号）
今回の補正予算は、国や県の補正予算等を最大限活用し、事業継続支援などのための経費を計上するものです。なお、完了が見込めない事業につきましては、繰越明許費を設定いたします｡
補正予算の規模といたしましては、歳入歳出それぞれ16億1千194万8千円を増額し、総額を924億7千637万9千円とするものです。

令和2年9月　市議会定例会
議案第47号　令和2年度みなと市一般会計補正予算（第5号）
今回の補正予算は、昨年度の決算をもとに、繰越金及び返還金の整理等を行うとともに、待機児童の解消などに取り組むものです。
"""


def test_bills_and_sessions_head_what_explains_them(read: Read) -> None:
    first, second = "令和2年8月3日 市議会臨時会", "令和2年9月 市議会定例会"
    assert paths(read(BILLS)) == [
        (first,),
        (first, "議案第44号 令和2年度みなと市一般会計補正予算（第4号）"),
        (second,),
        (second, "議案第47号 令和2年度みなと市一般会計補正予算（第5号）"),
    ]


def test_a_list_of_bills_heads_nothing(read: Read) -> None:
    assert not paths(
        read("議事日程\n\n議案第1号　一般会計予算\n議案第2号　港湾特別会計予算\n議案第3号　条例の一部改正\n")
    )


def test_an_amount_behind_a_heading_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "koho.html"
    path.write_text(
        "<h1>主な事業</h1><h2>◇防災行政無線の整備<span class='yen'>7億2,310万円</span></h2><p>市内全域に整えます。</p>"
        "<h2>◇新庁舎の建設 (15億8,630万円)</h2><p>庁舎を建設します。</p>",
        "utf-8",
    )
    document = read_document(path)
    assert [path[-1] for path in paths(document)] == ["主な事業", "◇防災行政無線の整備", "◇新庁舎の建設"]
    assert [(subject, text) for subject, _, text in facts(document)] == [
        ("◇防災行政無線の整備", "7億2,310万円"),
        ("◇新庁舎の建設", "15億8,630万円"),
    ]


def test_a_label_led_to_its_value_is_no_heading(read: Read) -> None:
    document = read(
        "1 集落協定の概要\n\n(1) 対象農地…傾斜度8度以上の農地\n\n(2) 交付額…623,557円\n\n2 実施状況\n\n適正です。\n"
    )
    assert [path[-1] for path in paths(document)] == ["1 集落協定の概要", "2 実施状況"]


def test_a_figure_cut_at_the_end_of_its_line_is_one_sentence(read: Read) -> None:
    document = read(
        "1 一般会計\n\n平成 27 年度の歳入決算額は 1 兆 586 億 8,055 万円であり、予算現額 1 兆 957 億\n1,453 万円に対する割合は 96.6%となっている。\n"
    )
    sentences = [document.text[p.span.start : p.span.end] for p in document.passages]
    assert len(sentences) == 1
    assert sentences[0].endswith("96.6%となっている。")
