"""What a reader is shown of a citation is what stands in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Origin
from index import Store, build, open_store
from qa import Answer, answer
from qa.web.source import AROUND, LINES_AROUND, SourceView, line_citation, row_citation, source_view


def views(text: str, store: Store) -> tuple[Answer, list[SourceView]]:
    given = answer(text, store)
    assert given.answered
    return given, [source_view(store, c) for c in given.citations]


@pytest.mark.parametrize(
    "text",
    ["市民合唱祭の予算額は？", "観光案内所運営の決算額は？", "訪問団は何人でしたか？", "改修補助の金額はいくらですか？", "伝統織物体験工房の備考は？"],
)  # fmt: skip
def test_raw_lines_are_those_of_the_file_with_the_quote_marked(text: str, town: Store) -> None:
    for view in views(text, town)[1]:
        raw = town.documents[view.citation.document].text.split("\n")
        cited = [line.number for line in view.lines if line.cited]
        assert cited == list(range(view.citation.line_start, view.citation.line_end + 1))
        assert all("".join(line.pieces) == raw[line.number - 1] for line in view.lines)
        assert len(view.lines) <= len(cited) + 2 * LINES_AROUND
        assert "\n".join(line.pieces[1] for line in view.lines if line.pieces[1]) == view.citation.quote


def test_the_cited_cell_is_marked_in_its_row(town: Store) -> None:
    _, (view,) = views("湖畔野外劇の令和4年度当初予算額はいくらですか？", town)
    table = view.table
    assert table is not None
    (row,) = (row for row in table.rows if row.cited)
    assert row.line == 7
    (at,) = (i for i, cell in enumerate(row.cells) if cell.cited)
    assert (table.header[at], row.cells[at].text) == ("R4 当初予算額 (千円)", "8,610千円")
    assert not any(cell.cited for other in table.rows if other is not row for cell in other.cells)


def test_neighbours_are_shown_and_it_is_said_how_many_rows_are_not(town: Store) -> None:
    _, (first,) = views("市民合唱祭 予算 R5", town)
    _, (middle,) = views("湖畔野外劇の参加者は何名ですか？", town)
    assert first.table is not None
    assert middle.table is not None
    assert [row.line for row in first.table.rows] == list(range(6, 6 + AROUND + 1))
    assert (first.table.before, middle.table.before) == (0, 0)
    rows = len(town.documents[first.citation.document].tables[0].rows)
    assert first.table.before + len(first.table.rows) + first.table.after == rows


def test_a_cell_filled_from_above_is_shown_where_it_is_printed_and_where_it_was_filled_in(town: Store) -> None:
    given, found = views("こども能楽教室の担当課は？", town)
    view = found[[c.quote for c in given.citations].index("文化課")]
    assert view.table is not None
    marked = [(row.line, cell.origin) for row in view.table.rows for cell in row.cells if cell.cited]
    assert marked == [(6, Origin.EXPLICIT), (8, Origin.FILLED)]


def test_prose_is_shown_in_its_context_and_has_no_table(town: Store) -> None:
    for text in ("観光案内所運営の決算額は？", "訪問団は何人でしたか？"):
        assert [view.table for view in views(text, town)[1]] == [None]
    _, (view,) = views("姉妹都市ロセルダム市からの訪問団はいつ来ましたか？", town)
    assert "訪問団 14人" in view.after


def test_a_document_that_is_gone_or_shorter_leaves_its_citation(town: Store) -> None:
    given, _ = views("市民合唱祭 予算 R5", town)
    (citation,) = given.citations
    for other in (replace(citation, document="nowhere"), replace(citation, line_start=9999, line_end=9999)):
        view = source_view(town, other)
        assert view.gone
        assert (view.table, view.lines) == (None, ())


def test_a_row_and_a_line_can_be_opened_and_what_is_not_there_cannot(town: Store) -> None:
    document = town.documents["shirane-bunka-r4r5"]
    table = document.tables[0]
    citation = row_citation(town, document.id, table.id, 1)
    assert citation is not None
    assert citation.line_start == 7
    assert source_view(town, citation).table is not None
    for wrong in ((document.id, table.id, 999), (document.id, "t", 0), ("x", table.id, 0), (document.id, table.id, -1)):
        assert row_citation(town, *wrong) is None
    line = line_citation(town, document.id, 1, None, None)
    assert line is not None
    assert line.quote in document.text
    assert line_citation(town, document.id, 2, None, None) is None  # an empty line holds nothing to show
    assert line_citation(town, "x", 1, None, None) is None


def test_a_figure_that_stands_twice_in_a_row_is_marked_in_its_own_column(tmp_path: Path) -> None:
    (tmp_path / "niji.csv").write_text(
        "事業名,R4予算額(千円),R5予算額(千円)\n虹まつり,700,700\n星まつり,10,20\n", "utf-8"
    )
    build(tmp_path, tmp_path / "i")
    store = open_store(tmp_path / "i")
    given = answer("虹まつりの令和5年度の予算額は？", store)
    view = source_view(store, given.citations[0])
    assert [line.pieces for line in view.lines if line.cited] == [("虹まつり,700,", "700", "")]


def test_every_source_of_the_shipped_documents_can_be_shown(store: Store) -> None:
    for text in (
        "JETプログラム 予算 R3",
        "上海事務所の情報発信のフォロワー数は？",
        "上海事務所が開設されたのはいつですか？",
    ):
        for view in views(text, store)[1]:
            assert any(line.cited for line in view.lines)
