"""Tables as cities print them: changes beside figures, groups of totals, marks of one letter, reasons; made-up documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import read_document
from index import Store
from qa.apart import lacks
from qa.frames import Frame
from qa.framing import table_frame
from qa.marks import marked
from qa.pipeline import answer
from qa.tabular import Proposal, propose
from qa.types import Draft, Operation, Value
from qa.understand import understand

PROJECTS = (
    "令和7年度 主要事業一覧,,,,,,\n,,,,,(単位:千円),\n部,課,No.,事業名,予算額 R7当初,予算額 増減,区分\n"
    "産業部,農政課,1,獣害対策事業,140,-10,継\n産業部,農政課,2,藻場再生事業,50,50,新\n産業部,観光課,3,花火大会補助金,180,0,継\n"
    "福祉部,福祉課,4,居場所づくり事業,30,30,新\n福祉部,福祉課,5,見守り事業,70,20,拡\n"
)
TAXES = (
    "令和5年度 市税の決算状況,,,,\n,,,,(単位:円)\n税目,区分,収入済額,令和4年度収入済額,主な増減理由\n"
    "市民税,現年課税分,900,800,給与所得の伸び\n市民税,滞納繰越分,30,40,\n市民税,計,930,840,\n"
    "固定資産税,現年課税分,700,710,地価の下落\n固定資産税,滞納繰越分,60,50,\n固定資産税,計,760,760,\n"
    "軽自動車税,現年課税分,80,70,\n軽自動車税,滞納繰越分,5,5,\n軽自動車税,計,85,75,\n"
    "市税 合計,現年課税分,1680,1580,\n市税 合計,滞納繰越分,95,95,\n市税 合計,計,1775,1675,\n"
)
BY_YEAR = "事業名,R5決算額(千円),R6決算額(千円),R7当初予算額(千円)\n国際交流祭,165,178,220\n日本語教室,90,95,99\n"


def _frame(folder: Path, text: str, name: str = "t") -> Frame:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return table_frame(read_document(path), 0)


def _best(frame: Frame, question: str) -> Proposal:
    return propose(understand(question), (frame,))[0]


@pytest.fixture(scope="module")
def city(indexed: Callable[..., Store]) -> Store:
    return indexed({"zeisei_r5.csv": TAXES})


def test_a_change_is_no_figure_of_the_year(tmp_path: Path) -> None:
    assert _best(_frame(tmp_path, PROJECTS), "農政課の令和7年度の予算額を合計するといくら").result.value == 190


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("産業部の新規事業をすべて挙げて", ["藻場再生事業"]),
        ("拡充された事業をすべて挙げて", ["見守り事業"]),
        ("新規の事業はいくつありますか", ["藻場再生事業", "居場所づくり事業"]),
    ],
)
def test_a_mark_of_one_letter_says_the_word(tmp_path: Path, question: str, names: list[str]) -> None:
    result = _best(_frame(tmp_path, PROJECTS), question).result
    assert [result.plan.frame.name(row) for row in result.things] == names


def test_one_letter_alone_is_no_system_of_marks(tmp_path: Path) -> None:
    assert marked(_frame(tmp_path, "町名,地図,人口\n東町,新,30\n西町,古い図,20\n南町,無し,10\n")) == {}


def test_an_undated_column_beside_last_years_is_this_years(tmp_path: Path) -> None:
    frame = _frame(tmp_path, TAXES)
    assert [column.years for column in frame.columns[2:4]] == [(2023,), (2022,)]
    result = _best(frame, "令和5年度の市民税の計の収入済額は前年度と比べていくら増えましたか").result
    assert (result.value, result.written) == (90, "930 − 840 = 90 (円)")


def test_the_total_of_a_group_is_no_member(tmp_path: Path) -> None:
    result = _best(_frame(tmp_path, TAXES), "収入済額が最も大きい税目はどれですか").result
    assert result.plan.frame.label(result.things[0]) == "市民税 計"
    result = _best(_frame(tmp_path, TAXES), "収入済額が最も大きい税目・区分はどれですか(計・合計の行を除く)").result
    assert result.plan.frame.label(result.things[0]) == "市民税 現年課税分"


def test_what_fell_below_last_year_is_counted_by_its_change(tmp_path: Path) -> None:
    result = _best(_frame(tmp_path, TAXES), "現年課税分で収入済額が前年度を下回った税目はいくつありますか").result
    assert (result.value, [result.plan.frame.cells[r][0] for r in result.things]) == (1, ["固定資産税"])


def test_two_measures_are_compared_each_in_its_own_year(tmp_path: Path) -> None:
    result = _best(_frame(tmp_path, BY_YEAR), "国際交流祭はR6決算額と比べてR7当初予算額でいくら増えますか").result
    assert (result.value, result.written) == (42, "220 − 178 = 42 (千円)")


def test_years_that_are_not_there_are_not_those_that_are(tmp_path: Path) -> None:
    frame = _frame(tmp_path, BY_YEAR)
    found = propose(understand("国際交流祭の決算額は令和3年度から令和6年度にかけていくら増えましたか"), (frame,))
    assert all(one.probability == 0.0 for one in found)


def test_how_much_and_at_which_rate(tmp_path: Path) -> None:
    question = "市民税の計の収入済額は前年度と比べてどうなりましたか。金額と増減率で教えて"
    assert "÷ 840 × 100" in (_best(_frame(tmp_path, TAXES), question).result.written or "")


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("令和7年度一般会計予算の総額はいくらですか", Operation.VALUE),
        ("歳入合計はいくらですか", Operation.VALUE),
        ("歳入を合計するといくらですか", Operation.SUM),
        ("補助金の総額はいくらですか", Operation.SUM),
        ("1日平均の利用者数は何人ですか", Operation.VALUE),
        ("利用者数の平均は何人ですか", Operation.AVERAGE),
        ("教育費が前年度より減った理由は何ですか", Operation.VALUE),
        ("前年度より増えた費目はどれですか", Operation.LIST),
        ("教育費は前年度よりいくら増えましたか", Operation.DIFFERENCE),
    ],
)
def test_what_is_printed_is_looked_up_and_what_changed_is_listed(question: str, operation: Operation) -> None:
    assert understand(question).operation is operation


def test_why_a_figure_changed_is_read_from_the_column_of_reasons(city: Store) -> None:
    given = answer("令和5年度の固定資産税の現年課税分が前年度より減った理由は何ですか", city)
    assert not given.answered or "地価の下落" in given.answer


@pytest.mark.parametrize(
    ("question", "said", "lacking"),
    [
        ("移住支援金の決算額と世帯数を教えて", "移住支援金の決算額は7,200千円です。", True),
        ("移住支援金の決算額を教えて", "移住支援金の決算額は7,200千円です。", False),
        ("補助金はいくら増えましたか。またその理由は?", "補助金は7,200千円です。", True),
        ("補助金はいくら増えましたか。またその理由は?", "警備費の増により7,200千円です。", False),
    ],
)
def test_half_an_answer_is_told_by_what_itlacks(question: str, said: str, lacking: bool) -> None:
    draft = Draft(said, "", "value", (Value(7200, "千円", "7,200"),), None, (), 1.0)
    assert lacks(draft, question) is lacking
