"""A frame reads what a table prints: names, figures with their units, years counted on, wholes and their parts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from corpus import Document
from index import Store
from qa.cite import cite
from qa.frames import TOTAL, Frame
from qa.framing import table_frame
from qa.lookup import letters

Framed = Callable[..., Frame]
ALL = ["haisui", "jinkou", "koumin_kouza", "nouzei", "sainyuu", "shisetsu"]


def column(frame: Frame, label: str) -> int:
    (found,) = (c.index for c in frame.columns if c.label == label)
    return found


@pytest.mark.parametrize("name", ALL)
def test_cells_are_those_of_the_document(name: str, frame: Framed) -> None:
    own = frame(name)
    table = own.document.tables[0]
    assert len(own) == sum(row.understood for row in table.rows)
    for r in range(len(own)):
        for c in own.columns:
            ref = own.refs[r][c.index]
            assert (ref.table, ref.column) == (0, c.place)
            if ref.column is not None:
                assert own.cells[r][c.index] == table.rows[ref.position].cells[ref.column].text


@pytest.mark.parametrize("name", ALL)
def test_every_cell_is_evidence_whose_quotes_stand(name: str, frame: Framed, tables: Store) -> None:
    own = frame(name)
    for r in range(len(own)):
        for c in own.columns:
            if own.cells[r][c.index] and c.place is not None:
                evidence = own.evidence(r, c.index)
                assert evidence.value == own.cells[r][c.index]
                quotes = {quote.quote for quote in cite(tables, evidence)}
                assert evidence.value in quotes or own.inferred(r, c.index)
                assert any(quote in evidence.value for quote in quotes)


@pytest.mark.parametrize("name", ALL)
def test_figures_are_read_from_cells_of_one_figure(name: str, frame: Framed) -> None:
    own = frame(name)
    for c in own.columns:
        for r, figure in enumerate(own.quantities(c.index)):
            if figure is not None:
                digits = "".join(ch for ch in letters(own.cells[r][c.index] or "") if ch.isdigit() or ch == ".")
                assert Decimal(digits) == abs(figure.value)
        shown = [None if q is None else q.value for q in own.quantities(c.index)]
        assert own.numbers(c.index).to_list() == shown


def test_units_come_from_the_cell_or_what_governs_it(frame: Framed) -> None:
    kouza, sainyuu = frame("koumin_kouza"), frame("sainyuu")
    figures = kouza.quantities(column(kouza, "参加者"))
    assert [q and (q.value, q.unit) for q in figures] == [(312, "名"), (48, "名"), (26, "名"), (96, "名"), None]
    change = sainyuu.quantity(1, column(sainyuu, "比較(千円)"))
    assert change is not None
    assert (change.value, change.unit) == (-200, "千円")


def test_a_mark_a_blank_and_words_are_no_figure_and_zero_is(frame: Framed) -> None:
    kouza, sainyuu = frame("koumin_kouza"), frame("sainyuu")
    later, people = column(kouza, "R5 当初予算額 (千円)"), column(kouza, "参加者")
    assert kouza.quantity(1, later) is None
    assert kouza.says_nothing(1, later)
    assert kouza.quantity(4, people) is None
    zero = sainyuu.quantity(4, column(sainyuu, "比較(千円)"))
    assert zero is not None
    assert zero.value == 0
    assert not sainyuu.says_nothing(4, column(sainyuu, "比較(千円)"))


def test_merged_cells_are_filled_and_names_are_names(frame: Framed) -> None:
    kouza = frame("koumin_kouza")
    assert [kouza.name(r) for r in range(len(kouza))] == ["天文教室", "絵本の広場", "写真講座", "手話講座", "点字講座"]
    assert [kouza.cells[r][0] for r in range(len(kouza))] == ["文化課"] * 3 + ["福祉課"] * 2
    assert [kouza.label(r) for r in range(len(kouza))] == [kouza.name(r) for r in range(len(kouza))]


@pytest.mark.parametrize("name", [name for name in ALL if name != "sainyuu"])
def test_no_two_rows_are_called_the_same(name: str, frame: Framed) -> None:
    own = frame(name)
    labels = [own.label(r) for r in range(len(own))]
    assert len(set(labels)) == len(labels)
    for r, label in enumerate(labels):
        assert own.name(r) in label


def test_years_are_counted_on_from_the_era_above(frame: Framed) -> None:
    haisui = frame("haisui")
    assert haisui.year_cells == {2017 + r: {0: (r,)} for r in range(5)}
    assert [haisui.year(r) for r in range(5)] == [2017, 2018, 2019, 2020, 2021]


@pytest.mark.parametrize(
    ("first", "rows", "years"),
    [
        ("年度", ["平成30", "令和元年", "2"], [2018, 2019, 2020]),
        ("年度", ["昭和63年", "平成元年", "2", "3"], [1988, 1989, 1990, 1991]),
        ("年度", ["平成29年度", "30", "31", "令和2年度"], [2017, 2018, 2019, 2020]),
        ("年度", ["2018", "2019", "2020"], [2018, 2019, 2020]),
        ("号", ["1", "2", "3"], [None, None, None]),
    ],
)
def test_what_is_counted_on_and_what_is_not(
    first: str, rows: list[str], years: list[int | None], read: Callable[[str, str], Document]
) -> None:
    lines = [f"{first},配水量(千m3)", *(f"{name},{100 + 7 * i}" for i, name in enumerate(rows))]
    own = table_frame(read("haisui.csv", "\n".join(lines) + "\n"), 0)
    assert [own.year(r) for r in range(len(rows))] == years


def test_months_are_read_from_cells_that_are_just_a_month(read: Callable[[str, str], Document]) -> None:
    own = table_frame(read("raijou.csv", "月,来場者(人)\n4月,120\n5月分,98\n12月,77\n月計,295\n"), 0)
    assert own.month_cells == {4: (0,), 5: (1,), 12: (2,)}


def test_a_whole_and_its_parts_split_a_figure(frame: Framed) -> None:
    jinkou = frame("jinkou")
    (wholes,) = jinkou.splits.values()
    names = [jinkou.name(r) for r in range(len(jinkou))]
    assert [name == "計" for name in names] == wholes.tolist() == jinkou.collapsible_totals.tolist()
    assert not frame("sainyuu").splits


def test_only_rows_that_print_a_change_are_change_rows(read: Callable[[str, str], Document]) -> None:
    own = table_frame(
        read("kaiin.csv", "会,年度,会員数(人)\n東,令和3年度,10\n東,増減,2\n西,令和3年度,7\n西,増減,1\n"), 0
    )
    assert own.change_rows.tolist() == [False, True, False, True]


def test_rows_under_one_merged_name_are_one_thing(store: Store) -> None:
    found = 0
    for document in store.documents.values():
        for number in range(len(document.tables)):
            own = table_frame(document, number)
            for r, first in enumerate(own.things):
                assert first <= r
                assert own.things[first] == first
                assert own.name(first) == own.name(r) or first == r
                found += first < r
    assert found > 0


def test_names_that_recur_are_told_apart_by_their_groups(read: Callable[[str, str], Document]) -> None:
    text = "団体名\t区分\t金額 (千円)\n合唱団\t運営費\t120\n\t事業費\t80\n劇団\t運営費\t60\n\t事業費\t50\n"
    own = table_frame(read("hojo.txt", "補助金\n\n" + text), 0)
    assert [own.cells[r][0] for r in range(4)] == ["合唱団", "合唱団", "劇団", "劇団"]
    assert [own.label(r) for r in range(4)] == ["合唱団 運営費", "合唱団 事業費", "劇団 運営費", "劇団 事業費"]
    assert own.things == (0, 1, 2, 3)


@pytest.mark.parametrize("text", ["計", "合計", "総計", "小計", "総数", "合計額", "全体"])
def test_words_for_a_total(text: str) -> None:
    assert TOTAL.fullmatch(text)


@pytest.mark.parametrize("text", ["計画", "会計", "設計", "総務", "統計調査"])
def test_words_that_only_look_like_a_total(text: str) -> None:
    assert not TOTAL.fullmatch(text)
