"""Operations carried out over a table: checked against figures counted here by hand or from the file itself."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, read_document
from qa.calculate import calculate
from qa.framing import table_frame
from qa.plan import plans
from qa.results import Result, value_of
from qa.runs import phrases
from qa.tabular import Proposal, propose
from qa.understand import understand

Best = Callable[..., Proposal]
HERE = Path(__file__).parent


def names(result: Result) -> list[str]:
    return [result.plan.frame.cells[r][result.plan.listed] or "" for r in result.things]


@pytest.mark.parametrize(
    ("name", "text", "value", "unit", "written"),
    [
        ("koumin_kouza", "文化課の令和4年度予算の合計は？", 630, "千円", "310 + 120 + 200 = 630 (千円)"),
        ("koumin_kouza", "福祉課の令和5年度予算の合計は？", 595, "千円", "415 + 180 = 595 (千円)"),
        ("sainyuu", "市税の本年度の合計は？", 8445, "千円", "5,200 + 3,100 + 145 = 8,445 (千円)"),
        ("sainyuu", "使用料の前年度の合計は？", 490, "千円", "400 + 90 = 490 (千円)"),
        ("shisetsu", "公民館の利用者数の合計は？", 14130, "人", "8,020 + 6,110 = 14,130 (人)"),
        ("jinkou", "令和2年度の人口の合計は？", 2100, "人", "1,250 + 850 = 2,100 (人)"),
        ("jinkou", "令和2年度の女性の人口の合計は？", 1060, "人", "640 + 420 = 1,060 (人)"),
    ],
)
def test_sums(name: str, text: str, value: int, unit: str, written: str, best: Best) -> None:
    result = best(name, text).result
    assert (result.kind, result.value, result.unit, result.written) == ("sum", value, unit, written)
    assert result.value == sum(value_of(one) for one in result.operands)
    assert not any(result.plan.frame.totals[one.row] for one in result.operands) or name == "jinkou"


@pytest.mark.parametrize(
    ("name", "text", "value", "written"),
    [
        ("koumin_kouza", "福祉課の令和5年度予算の平均は？", "297.5", "(415 + 180) ÷ 2 = 297.5 (千円)"),
        ("sainyuu", "市税の本年度の平均は？", "2815", "(5,200 + 3,100 + 145) ÷ 3 = 2,815 (千円)"),
        ("shisetsu", "生涯学習課の利用者数の平均は？", "6176.7", "(8,020 + 6,110 + 4,400) ÷ 3 ≒ 6,176.7 (人)"),
    ],
)
def test_averages(name: str, text: str, value: str, written: str, best: Best) -> None:
    result = best(name, text).result
    assert (result.kind, result.value, result.written) == ("average", Decimal(value), written)
    assert (result.note == "約") == ("≒" in written)


@pytest.mark.parametrize(
    ("name", "text", "kind", "found"),
    [
        ("shisetsu", "利用者数が最も多い施設は？", "maximum", ["緑ヶ丘体育館"]),
        ("shisetsu", "利用者数が最も少ない施設は？", "minimum", ["郷土資料館"]),
        ("shisetsu", "生涯学習課で利用者数が最も多い施設は？", "maximum", ["港町公民館"]),
        ("shisetsu", "利用者数の上位2つの施設は？", "maximum", ["緑ヶ丘体育館", "港町公民館"]),
        ("haisui", "配水量が最も多かったのは何年度？", "maximum", ["令和2年度"]),
        ("haisui", "普及率が最も低かったのは何年度？", "minimum", ["平成29年"]),
        ("sainyuu", "前年度が最も多い項は？", "maximum", ["個人市民税"]),
        ("koumin_kouza", "令和4年度予算が最も多い事業は？", "maximum", ["手話講座"]),
    ],
)
def test_extremes(name: str, text: str, kind: str, found: list[str], best: Best) -> None:
    result = best(name, text).result
    assert (result.kind, names(result)) == (kind, found)
    assert result.value == value_of(result.operands[0])


def test_a_tie_is_told_whole(read: Callable[[str, str], Document]) -> None:
    own = table_frame(read("kai.csv", "会名,会員数(人)\n東の会,12\n西の会,30\n南の会,30\n北の会,5\n"), 0)
    result = propose(understand("会員数が最も多い会は？"), (own,))[0].result
    assert sorted(names(result)) == ["南の会", "西の会"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("shisetsu", "生涯学習課の施設をすべて教えて", ["港町公民館", "川辺公民館", "郷土資料館"]),
        ("koumin_kouza", "福祉課の事業の一覧", ["手話講座", "点字講座"]),
        ("koumin_kouza", "参加者が50名以上の事業をすべて教えて", ["天文教室", "手話講座"]),
        ("koumin_kouza", "令和4年度予算が200千円未満の事業をすべて教えて", ["絵本の広場"]),
        ("koumin_kouza", "令和4年度予算が20万円以上の事業をすべて教えて", ["天文教室", "写真講座", "手話講座"]),
        ("shisetsu", "開設年が2000年より前の施設をすべて教えて", ["緑ヶ丘体育館", "港町公民館", "市民プール"]),
        ("koumin_kouza", "予算が増えた事業をすべて教えて", ["天文教室", "手話講座"]),
        ("sainyuu", "比較が200千円以上の項をすべて教えて", ["個人市民税"]),
    ],
)
def test_lists(name: str, text: str, found: list[str], best: Best) -> None:
    result = best(name, text).result
    assert (result.kind, names(result)) == ("list", found)


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("shisetsu", "生涯学習課の施設はいくつありますか？", 3),
        ("shisetsu", "所管課はいくつありますか？", 2),
        ("shisetsu", "利用者数が6,000人以上の施設はいくつありますか？", 3),
        ("koumin_kouza", "文化課の事業はいくつありますか？", 3),
        ("jinkou", "地区はいくつありますか？", 2),
    ],
)
def test_counts_are_of_different_things(name: str, text: str, count: int, best: Best) -> None:
    result = best(name, text).result
    assert (result.kind, result.value, len(result.things)) == ("count", count, count)


def test_the_column_of_a_bound_is_not_the_column_asked_for(best: Best) -> None:
    result = best("koumin_kouza", "参加者が90名以上の事業の令和5年度予算の合計は？").result
    assert (result.value, result.unit) == (735, "千円")


def test_a_bound_no_column_can_be_compared_with_gives_nothing(best: Best) -> None:
    found = best("sainyuu", "市税の項をすべて教えて")
    asked = understand("市税の5人以上の項をすべて教えて")
    assert asked.comparisons
    assert calculate(found.plan, asked) is None


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("天文教室の参加者は？", ["312名"]),
        ("天文教室と手話講座の参加者は？", ["312名", "96名"]),
        ("写真講座の予算は？", ["200", "200"]),
        ("手話講座の事業内容は？", ["手話を学ぶ。"]),
        ("点字講座の参加者は？", ["実績なし"]),
    ],
)
def test_cells_are_given_as_printed(text: str, cells: list[str], best: Best) -> None:
    result = best("koumin_kouza", text).result
    assert result.kind == "value"
    assert [result.plan.frame.cells[one.row][one.column] for one in result.operands] == cells
    assert (result.value, result.written) == (None, None)


FIGURES = st.lists(st.integers(2_100, 99_999), min_size=3, max_size=12)


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[int], str, bool], Result | None]:
    """What a question comes to over rows with these figures, in a table written for it; with a row of totals or without."""

    def run(figures: list[int], text: str, with_total: bool) -> Result | None:
        lines = [
            "講座名,課,経費(千円)",
            *(f"講座{chr(0x30A2 + 2 * i)},{'東課' if i % 2 else '西課'},{n}" for i, n in enumerate(figures)),
        ]
        lines += [f"合計,,{sum(figures)}"] if with_total else []
        path = tmp_path_factory.mktemp("over") / "keihi.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        found = propose(understand(text), (table_frame(read_document(path), 0),))
        return found[0].result if found and not found[0].missing else None

    return run


@settings(max_examples=25)
@given(figures=FIGURES, with_total=st.booleans())
def test_totals_never_enter_a_calculation(
    figures: list[int], with_total: bool, over: Callable[[list[int], str, bool], Result | None]
) -> None:
    """With a row of totals or without: the same sum, the same largest, the same average."""
    added = over(figures, "経費の合計は？", with_total)
    most, least = (
        over(figures, "経費が最も多い講座は？", with_total),
        over(figures, "経費が最も少ない講座は？", with_total),
    )
    mean = over(figures, "経費の平均は？", with_total)
    assert added is not None
    assert most is not None
    assert mean is not None
    assert (added.value, most.value) == (sum(figures), max(figures))
    assert least is None or least.value == min(figures)
    assert mean.value is not None
    assert abs(mean.value * len(figures) - sum(figures)) <= Decimal("0.05") * len(figures)


@settings(max_examples=25)
@given(figures=FIGURES)
def test_the_sums_of_the_parts_are_the_sum_of_the_whole(
    figures: list[int], over: Callable[[list[int], str, bool], Result | None]
) -> None:
    whole = over(figures, "経費の合計は？", False)
    parts = [over(figures, f"{part}の経費の合計は？", False) for part in ("東課", "西課")]
    assert whole is not None
    if all(part is not None for part in parts):
        assert sum(part.value for part in parts if part and part.value) == whole.value


@pytest.mark.parametrize("name", ["jinkou", "sainyuu", "shisetsu", "haisui", "nouzei"])
def test_every_operand_is_the_figure_of_the_file(name: str, best: Best) -> None:
    """Read again here by the csv module: no figure comes from anywhere else."""
    with (HERE / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        printed = list(csv.reader(file))[1:]
    frame = best(name, "合計は？").plan.frame
    asked = understand("合計は？")
    for column in [c for c in frame.columns if c.kind == "number"]:
        plan = replace(plans(frame, asked, phrases(asked))[0], columns=(column.index,), rows=tuple(range(len(frame))))
        result = calculate(plan, asked)
        if result is None:  # rates are not added up
            assert {q.unit for q in frame.quantities(column.index) if q} == {"%"}
            continue
        for one in result.operands:
            text = printed[one.row][column.place or 0].replace("△", "-")
            assert value_of(one) == Decimal(text)
