"""What strangers asked of documents nobody here had seen: months, wholes, units and kinds taken for what they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.statements.lines import _LEAF
from index import Store
from qa import answer
from qa.boundaries import found_apart
from qa.moments import only_by_its_end
from qa.municipalities import without_our_place
from qa.numbered import kind_behind, number_left_out
from qa.prose_told import only_counts
from qa.stages import of_another_stage
from qa.types import Operation
from qa.understand import understand

VISITORS = """観光入込客数（観光地点別・月別）,,,,,,,
,,,,,,（単位：人、％）,
エリア,地点,年,4月,5月,6月,年計,前年比
灯台,潮見灯台,令和4年,100,110,120,330,
,,令和5年,130,140,150,420,127.3
,君ヶ浜海水浴場,令和4年,200,210,220,630,
,,令和5年,230,240,250,720,114.3
港,名浜海水浴場,令和4年,300,310,320,930,
,,令和5年,330,340,350,1020,109.7
"""
SCHOOLS = """<html><body><h1>児童生徒数</h1><table>
<tr><th rowspan="2">地区</th><th rowspan="2">学校名</th><th colspan="2">1年</th><th colspan="2">2年</th><th colspan="2">合計</th></tr>
<tr><th>生徒数(人)</th><th>学級</th><th>生徒数(人)</th><th>学級</th><th>生徒数(人)</th><th>学級</th></tr>
<tr><td>北</td><td>高根中学校</td><td>102</td><td>3</td><td>113</td><td>4</td><td>215</td><td>7</td></tr>
<tr><td>北</td><td>千石中学校</td><td>21</td><td>1</td><td>24</td><td>1</td><td>45</td><td>2</td></tr>
<tr><td>南</td><td>港南中学校</td><td>95</td><td>3</td><td>103</td><td>3</td><td>198</td><td>6</td></tr>
</table></body></html>"""
REVIEWED = """# 計画の進捗

## 総括

| 基本目標 | A | B | D | 計 |
|---|---|---|---|---|
| 資源循環 | 1 | 0 | 1 | 2 |
| 自然共生 | 0 | 1 | 0 | 1 |

## 指標の達成状況

| 指標 | 実績 | 評価 |
|---|---|---|
| リサイクル率 | 18 | D |
| 河川BODの達成割合 | 66 | A |
| 捕獲数 | 203 | B |
"""
CONTESTS = """# 応援びと

## 投稿コンテストの開催

| 回 | テーマ | 投稿数 |
|---|---|---|
| 第1回（通年） | 風景 | 164件 |
| 第2回（短期） | 公園 | 73件 |
| 第3回（短期） | 郷土 | 158件 |
"""
FAIR = """<html><body><h1>国際化事業一覧</h1><table>
<tr><th rowspan="2">事業名</th><th colspan="2">令和2年度実績</th><th colspan="2">令和3年度予定</th></tr>
<tr><th>事業内容</th><th>参加者</th><th>事業内容</th><th>継続・新規</th></tr>
<tr><td>海の町フェア</td><td>展示</td><td>40名</td><td>展示を行うとともに、港大臣とのオンライン対談を実施する。</td><td>継続</td></tr>
<tr><td>山の町フェア</td><td>展示</td><td>50名</td><td>動画を配信する。</td><td>新規</td></tr>
</table></body></html>"""


def said(text: str) -> str:
    return text.replace(" ", "")


@pytest.fixture(scope="module")
def visitors(indexed: Callable[..., Store]) -> Store:
    return indexed({"irikomi.csv": VISITORS})


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("潮見灯台の令和5年5月の入込客数は何人ですか", "140"), ("潮見灯台の令和4年4月の客数", "100"),
        ("令和5年6月の君ヶ浜海水浴場の客数は", "250"), ("潮見灯台の令和5年の年計は", "420"),
    ],
)  # fmt: skip
def test_a_month_of_a_year_is_a_column_and_a_row(visitors: Store, question: str, figure: str) -> None:
    assert f"は{figure}" in said(answer(question, visitors).answer)


def test_how_many_places_there_are_names_no_month(visitors: Store) -> None:
    given = answer("市内に2か所ある海水浴場の令和5年の年計を合計すると", visitors)
    assert not given.answered or "1,740" in given.answer


def test_of_the_same_measure_under_several_heads_the_whole_is_meant(indexed: Callable[..., Store]) -> None:
    store = indexed({"gakko.html": SCHOOLS})
    assert "215人" in said(answer("高根中学校の生徒数は何人ですか", store).answer)
    assert "102人" in said(answer("高根中学校の1年の生徒数は何人ですか", store).answer)
    assert "260人" in said(answer("北地区の中学校の生徒数を足すと何人ですか", store).answer)


def test_what_is_listed_is_of_the_kind_a_header_names(indexed: Callable[..., Store]) -> None:
    given = answer("「D」評価の指標をすべて挙げてください", indexed({"keikaku.md": REVIEWED}))
    assert "リサイクル率" in given.answer
    assert "資源循環" not in given.answer
    assert "BOD" not in given.answer


def test_one_round_named_is_not_all_of_them_counted(indexed: Callable[..., Store]) -> None:
    store = indexed({"contest.md": CONTESTS})
    assert "73件" in said(answer("応援びとの第2回コンテストの投稿数は何件ですか？", store).answer)
    assert not answer("応援びとの第5回コンテストの投稿数は何件ですか？", store).answered


def test_a_word_over_several_columns_names_none_of_them(indexed: Callable[..., Store]) -> None:
    given = answer(
        "令和3年度の海の町フェアではどの大臣とのオンライン対談をする予定ですか", indexed({"fair.html": FAIR})
    )
    assert "港大臣" in given.answer


def test_what_one_of_something_comes_to_may_be_said(indexed: Callable[..., Store]) -> None:
    rows = "| 事業名 | 参加者(社) |\n|---|---|\n| 合同説明会 | 参加企業:14社 参加者:57名 |\n| 見学会 | 参加企業:3社 参加者:9名 |\n"
    store = indexed({"setsumei.md": f"# 就職支援\n\n{rows}"})
    assert "約4.1名" in said(answer("合同説明会の参加者は参加企業1社あたり何人ですか", store).answer)


def test_what_a_text_says_for_each_is_not_divided(indexed: Callable[..., Store]) -> None:
    text = "木造住宅の耐震改修への補助は、上限額を一戸当たり百万円から百五十万円に引き上げ、年間の補助戸数も八十戸から百四十戸に増やします。"
    given = answer(
        "耐震改修補助の上限額は1戸当たりいくらになりますか",
        indexed({"houshin.md": f"# 施政方針\n\n## 住宅\n\n{text}\n"}),
    )
    assert "18,750" not in given.answer


def test_a_date_is_nobody(indexed: Callable[..., Store]) -> None:
    text = "フォーラムに出た動画の再生回数は117,947回(令和4年6月30日現在)である。フォーラムは秋に開いた。"
    given = answer(
        "フォーラムに登壇した有識者は誰ですか", indexed({"forum.md": f"# 報告\n\n## フォーラム\n\n{text}\n"})
    )
    assert not given.answered


@pytest.mark.parametrize(
    ("question", "unit"),
    [("当初予算額は円でいくらですか", "円"), ("合計は万円で何円ですか", "万円"), ("100円でいくつ買えますか", None)],
)
def test_the_unit_to_tell_in(question: str, unit: str | None) -> None:
    assert understand(question).told == unit


@pytest.mark.parametrize(
    ("question", "wants", "unit"),
    [
        ("ごみの量は何tですか", "count", "t"), ("排出量は何gですか", "count", "g"),
        ("動画が配信された日を教えてください", "date", None),
    ],
)  # fmt: skip
def test_kinds_asked_for(question: str, wants: str, unit: str | None) -> None:
    asked = understand(question)
    assert (asked.wants, asked.unit) == (wants, unit)


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("甲と乙、R3の予算は2つでいくら?", Operation.SUM), ("合計所得の多い人の保険料は年額いくらですか", Operation.VALUE),
        ("合計特殊出生率はいくつですか", Operation.VALUE), ("予算は何割カットされた?", Operation.DIFFERENCE),
    ],
)  # fmt: skip
def test_what_is_to_be_done(question: str, operation: Operation) -> None:
    assert understand(question).operation is operation


def test_slower_is_a_bound() -> None:
    found = understand("10.0分より遅い署所は何か所ありますか").comparisons
    assert [(one.sign, float(one.value or 0)) for one in found] == [(">", 10.0)]


def test_a_number_and_what_it_counts() -> None:
    assert kind_behind("第9期の", 2) == 3
    assert kind_behind("第9の", 2) == 2
    assert [t.surface for t in understand("第9期の基準額は").terms][:1] == ["第9期"]
    assert number_left_out("第2回の投稿数は何件", ["第1回", "第2回"], (0, 1))
    assert not number_left_out("第2回の投稿数は何件", ["第1回", "第2回"], (1,))
    assert not number_left_out("第1回から第2回まで何件", ["第1回", "第2回", "第3回"], (0, 1))


@pytest.mark.parametrize(
    ("word", "text", "there"), [("d", "河川bod", False), ("d", "評価d", True), ("sns", "sns運営", True)]
)
def test_short_latin_words_stand_apart(word: str, text: str, there: bool) -> None:
    assert found_apart(word, text) is there


@pytest.mark.parametrize(
    ("asked", "header", "another"),
    [
        ("斎場の管理にいくら使いますか", "本年度予算額", False), ("斎場の管理にいくら使いましたか", "予算額", True),
        ("テスト販売でいくら売り上げましたか", "当初予算額", True),
    ],
)  # fmt: skip
def test_the_stage_of_money(asked: str, header: str, another: bool) -> None:
    assert of_another_stage(asked, header) is another


def test_by_the_end_of_a_month_is_not_in_it() -> None:
    assert only_by_its_end("10月の件数は何件", "10月末現在で147件")
    assert not only_by_its_end("10月の件数は何件", "10月は62件、10月末現在で147件")
    assert not only_by_its_end("10月の残高は", "10月末現在で147千円")


def test_a_text_that_only_counts_what_is_to_be_listed() -> None:
    asked = understand("設計を行う小学校をすべて挙げてください")
    assert only_counts(asked, "市内3つの小学校の体育館への空調設備の設置に係る設計費を計上しました。")
    assert not only_counts(asked, "朝霧小学校、桐ヶ丘小学校、南原小学校の3つの小学校を改修します。")


def test_whose_budget_is_said_by_nothing_in_the_documents(indexed: Callable[..., Store]) -> None:
    ours = indexed(
        {
            "yosan.md": "# 予算\n\n| 事業名 | 予算額(千円) |\n|---|---|\n| 生ごみ処理機購入費補助金 | 1,400 |\n| 道路 | 20 |\n"
        }
    )
    shared = indexed(
        {"futan.md": "# 負担\n\n| 事業名 | 国費 | 市費 |\n|---|---|---|\n| 道路 | 10 | 20 |\n| 河川 | 5 | 5 |\n"}
    )
    assert without_our_place(ours, "補助、市の予算は全部でいくら") == "補助、予算は全部でいくら"
    assert without_our_place(shared, "道路は、市の負担はいくら") == "道路は、市の負担はいくら"


def test_a_name_that_begins_with_a_figure_has_no_amount_before_it() -> None:
    assert _LEAF.match("1か月児健康診査(新規)") is None
    assert _LEAF.match("2号炉改修工事") is None
    assert (_LEAF.match("600国際交流事業費補助金") or {})["amount"] == "600"


def test_the_cost_of_a_project_is_what_its_row_gives_as_money(indexed: Callable[..., Store]) -> None:
    rows = "| 事業名 | 当初予算額(千円) |\n|---|---|\n| ウェブサイト管理 | 460 |\n| 交流員の配置 | 752 |\n"
    given = answer("ウェブサイト管理費はいくらですか", indexed({"jigyo.md": f"# 事業一覧\n\n{rows}"}))
    assert "460千円" in given.answer
