"""Statistics and settlements as towns print them: groups with their 計, headers of several levels, changes, what is left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document
from index import build, open_store
from qa.changes import change_columns
from qa.frames import Frame
from qa.framing import table_frame
from qa.tabular import Proposal, propose
from qa.tell import tell
from qa.types import Operation
from qa.understand import understand
from tests.qa.conftest import turned

WARDS = """町別世帯数及び人口,,,,,,
地区,町名,令和６年,,,令和５年,対前年
,,世帯数,人口,,人口,増減数
,,,総数,女,,
川東,一番町,300,720,370,735,△ 15
,二番町,210,505,260,500,5
,三番町,120,260,140,262,△ 2
,川東地区　計,630,"1,485",770,"1,497",△ 12
川西,若草,410,980,505,960,20
,本郷,150,390,200,398,△ 8
,川西地区　計,560,"1,370",705,"1,358",12
"""
SPENDING = """款,予算現額(円),支出済額(円),執行率(%)
議会費,"120,000","118,000",98.3
土木費,"900,000","610,000",67.8
公債費,"400,000","399,000",99.8
予備費,"30,000",0,0.0
歳出合計,"1,450,000","1,127,000",77.7
"""
AGES = """区,年次,子ども,おとな,高齢者
全市,平成26年,100,600,300
,令和元年,90,590,320
,令和6年,80,570,350
北,平成26年,10,70,20
,令和元年,9,66,25
,令和6年,8,60,32
"""
RATIOS = """指標,令和５年度(％),令和４年度(％)
将来負担比率,48.3,55.7
経常収支比率,92.5,92.1
"""
LONG = """年度,費目,金額(千円)
2017,教育費,4799501
2018,教育費,4959036
2019,教育費,4105052
2017,土木費,4800000
"""


@pytest.fixture
def frames(read: Callable[[str, str], Document]) -> dict[str, Frame]:
    texts = {"wards": WARDS, "spending": SPENDING, "ages": AGES, "ratios": RATIOS, "long": LONG}
    return {name: table_frame(read(f"{name}.csv", text), 0) for name, text in texts.items()}


@pytest.fixture
def ask(frames: dict[str, Frame]) -> Callable[[str, str], Proposal]:
    return lambda name, text: propose(understand(text), (frames[name],))[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("人口が一番多い町はどこですか。", ["若草"]),
        ("川東地区で人口が最も多い町はどこですか。", ["一番町"]),
        ("川東地区の町をすべて挙げてください。", ["一番町", "二番町", "三番町"]),
        ("川東地区の町のうち、前年より人口が減ったところはいくつありますか。", ["一番町", "三番町"]),
        ("前の年と比べて人口が一番減った町はどこですか。", ["一番町"]),
    ],
)
def test_a_group_with_its_total(text: str, names: list[str], ask: Callable[[str, str], Proposal]) -> None:
    result = ask("wards", text).result
    assert [result.plan.frame.label(row) for row in result.things] == names


def test_two_totals_side_by_side_are_compared_themselves(ask: Callable[[str, str], Proposal]) -> None:
    result = ask("wards", "川東地区と川西地区では、令和6年の人口はどちらが何人多いですか。").result
    assert (result.kind, result.value) == ("difference", 115)


def test_the_total_under_a_header_is_that_header(frames: dict[str, Frame]) -> None:
    assert [c.core for c in frames["wards"].columns if c.years == (2024,)] == ["世帯数", "人口", "人口 女"]


def test_a_change_is_known_by_what_tables_call_it(frames: dict[str, Frame]) -> None:
    frame = frames["wards"]
    assert [frame.columns[c].label for c in change_columns(frame, False)] == ["対前年 増減数"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("予備費を除いて執行率が最も低いのはどれですか。", "土木費"),
        ("予備費と土木費を別にすると、執行率が一番低かったのは何費ですか。", "議会費"),
        ("予備費以外で執行率が一番低い款はどれですか。", "土木費"),
        ("執行率が最も低い款はどれですか。", "予備費"),
    ],
)
def test_what_is_left_out_takes_no_part(text: str, name: str, ask: Callable[[str, str], Proposal]) -> None:
    result = ask("spending", text).result
    assert [result.plan.frame.label(row) for row in result.things] == [name]


@pytest.mark.parametrize("text", ["土木費で使った金額はいくらですか。", "土木費の使ったお金は？"])
def test_what_was_spent_is_the_settled_figure(text: str, ask: Callable[[str, str], Proposal]) -> None:
    proposal = ask("spending", text)
    assert [proposal.plan.frame.cells[o.row][o.column] for o in proposal.result.operands] == ["610,000"]


def test_years_of_different_things_are_no_pair(frames: dict[str, Frame]) -> None:
    other = turned(frames["ages"])
    assert other is not None
    assert {c.core for c in other.columns if c.years} == {"全市", "北"}


def test_a_name_that_ends_in_a_ratio_asks_for_none(ask: Callable[[str, str], Proposal]) -> None:
    result = ask("ratios", "将来負担比率は前の年より何ポイント下がりましたか。").result
    assert (result.kind, str(result.value), result.unit) == ("difference", "-7.4", "ポイント")


def test_things_above_a_bound_are_told_with_their_figures(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "long.csv").write_text(LONG, "utf-8")
    build(tmp_path / "corpus", tmp_path / "index", workers=1)
    store = open_store(tmp_path / "index")
    question = understand("教育費の金額が47億円を超えた年度はいくつありましたか。")
    (best, *_) = propose(question, (table_frame(store.documents["long"], 0),))
    said = tell(store, question, best.result, 1.0).text
    assert "2017年度 (4,799,501千円)、2018年度 (4,959,036千円)" in said


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("減少率が最も大きかった費目はどれですか。その率は？", Operation.MAXIMUM),
        ("花火大会の補助金はいくら増えますか。またその理由は？", Operation.DIFFERENCE),
        ("その理由は？", Operation.FOLLOW_UP),
    ],
)
def test_what_a_question_itself_names_is_no_follow_up(text: str, operation: Operation) -> None:
    assert understand(text).operation is operation
