"""Tables and labelled figures laid out as frames, and turned so that headers are names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, read_document
from index import Store
from qa.cite import cite
from qa.frames import Frame
from qa.framing import fact_frame, table_frame
from tests.qa.conftest import turned

Framed = Callable[..., Frame]


def test_a_frame_is_made_once(tables: Store) -> None:
    document = tables.documents["jinkou"]
    assert table_frame(document, 0) is table_frame(document, 0)


def test_kinds_and_roles_of_columns(frame: Framed) -> None:
    columns = {c.label: (c.kind, c.role, c.years) for c in frame("koumin_kouza").columns}
    assert columns["担当課"] == ("text", "group", ())
    assert columns["事業名"] == ("text", "key", ())
    assert columns["開始年度"] == ("date", "data", ())
    assert columns["事業内容"] == ("text", "data", ())
    assert columns["R4 当初予算額 (千円)"] == ("number", "data", (2022,))
    assert columns["R5 当初予算額 (千円)"] == ("number", "data", (2023,))


def test_totals_are_known(frame: Framed) -> None:
    assert frame("sainyuu").totals == (False,) * 5 + (True,)


def test_headings_inside_a_table_become_a_column(read: Callable[[str, str], Document]) -> None:
    text = (
        "山海市の講座\n\n担当課\t事業名\tR5 予算額 (千円)\n1 学びの場\n文化課\t天文教室\t320\n文化課\t写真講座\t150\n"
        "2 くらしの場\n福祉課\t手話講座\t130\n福祉課\t点字講座\t90\n"
    )
    own = table_frame(read("yama.txt", text), 0)
    assert [c.role for c in own.columns] == ["heading", "group", "key", "data"]
    assert [own.cells[r][0] for r in range(4)] == ["1 学びの場"] * 2 + ["2 くらしの場"] * 2


def test_facts_are_rows_of_headings_and_columns_of_labels(tables: Store) -> None:
    own = fact_frame(tables.documents["koumin_kouza"])
    assert own is not None
    assert [(own.name(r), own.cells[r][-1]) for r in range(len(own))] == [
        ("(1) 講座運営", "1,032 千円"),
        ("(2) 広報", "310 千円"),
    ]
    assert own.columns[-1].label == "決算額"
    evidence = own.evidence(0, len(own.columns) - 1)
    assert evidence.kind == "fact"
    assert [c.quote for c in cite(tables, evidence)] == ["決算額 1,032 千円"]


def test_a_document_without_facts_has_no_such_frame(tables: Store) -> None:
    assert fact_frame(tables.documents["jinkou"]) is None


def test_turned_figures_are_the_same_figures(tmp_path: Path) -> None:
    rows = ("館,4月,5月,6月", "東館,10,20,30", "西館,5,7,9", "南館,1,2,4")
    (tmp_path / "kan.csv").write_text("\n".join(rows), encoding="utf-8")
    own = table_frame(read_document(tmp_path / "kan.csv"), 0)
    other = turned(own)
    assert other is not None
    figures = [c.index for c in own.columns if c.kind == "number"]
    named = [r for r in range(len(own)) if own.name(r)]
    data = [c.index for c in other.columns if c.role == "data"]
    assert (len(other), len(data)) == (len(figures), len(named))
    for i, c in enumerate(figures):
        assert other.name(i) == own.columns[c].label
        for j, r in zip(data, named, strict=True):
            assert other.refs[i][j] == own.refs[r][c]
            assert other.quantity(i, j) == own.quantity(r, c)
            assert other.evidence(i, j) == own.evidence(r, c)
            assert other.columns[j].label == own.label(r)


CELLS = st.integers(0, 1_700) | st.integers(2_200, 10**6)  # figures that could be years: see below


@settings(max_examples=25)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=3, max_size=6))
def test_turning_twice_reads_the_same_cells(
    rows: list[tuple[int, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("turned") / "suii.csv"
    head = "区分,東(人),西(人),南(人),北(人)"
    path.write_text(
        "\n".join([head, *(f"第{i}会場,{','.join(map(str, row))}" for i, row in enumerate(rows, 1))]) + "\n", "utf-8"
    )
    own = table_frame(read_document(path), 0)
    once = turned(own)
    assert once is not None
    twice = turned(once)
    assert twice is not None
    data = [c.index for c in own.columns if c.role == "data"]
    back = [c.index for c in twice.columns if c.role == "data"]
    assert [[twice.cells[r][c] for c in back] for r in range(len(twice))] == [
        [own.cells[r][c] for c in data] for r in range(len(own))
    ]
    assert [[twice.refs[r][c] for c in back] for r in range(len(twice))] == [
        [own.refs[r][c] for c in data] for r in range(len(own))
    ]


def test_head_counts_that_could_be_years_are_figures(read: Callable[[str, str], Document]) -> None:
    own = table_frame(read("riyou.csv", "施設名,利用者数(人)\n東館,1850\n西館,1920\n南館,2010\n"), 0)
    assert own.columns[-1].kind == "number"


def test_different_facts_are_not_turned(frame: Framed) -> None:
    """A head-count, a year and a remark are not members of one group."""
    assert turned(frame("shisetsu")) is None
    assert turned(frame("haisui")) is None


def test_years_of_one_figure_are_not_members_of_a_group(frame: Framed) -> None:
    assert turned(frame("sainyuu")) is None


def test_turned_years_stay_years(frame: Framed, read: Callable[[str, str], Document]) -> None:
    own = turned(
        table_frame(
            read("zei.csv", "年度,市税(千円),使用料(千円),寄附金(千円)\n令和2年度,10,20,30\n令和3年度,11,19,33\n"), 0
        )
    )
    assert own is not None
    assert [c.years for c in own.columns if c.role == "data"] == [(2020,), (2021,)]


def test_an_amount_at_several_stages_is_no_group_of_members(frame: Framed) -> None:
    assert turned(frame("nouzei")) is None
