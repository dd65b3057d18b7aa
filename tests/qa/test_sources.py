"""What a reader is shown of a citation is what stands in the file."""

from __future__ import annotations

import pytest

from index import Store
from qa import Answer, answer
from qa.sources import AROUND, LINES_AROUND, SourceView, source_view


def views(text: str, store: Store) -> tuple[Answer, list[SourceView]]:
    given = answer(text, store)
    assert given.answered
    return given, [source_view(store, c) for c in given.citations]


@pytest.mark.parametrize(
    "text",
    ["市民合唱祭の予算額は？", "観光案内所運営の決算額は？", "訪問団は何人でしたか？", "改修補助の金額はいくらですか？", "伝統織物体験工房の備考は？"],
)  # fmt: skip
def test_raw_lines_are_those_of_the_file(text: str, town: Store) -> None:
    for view in views(text, town)[1]:
        raw = town.documents[view.citation.document].text.split("\n")
        cited = [number for number, _, is_cited in view.lines if is_cited]
        assert cited == list(range(view.citation.line_start, view.citation.line_end + 1))
        assert all(shown == raw[number - 1] for number, shown, _ in view.lines)
        assert len(view.lines) <= len(cited) + 2 * LINES_AROUND


def test_the_cited_cell_is_marked_in_its_row(town: Store) -> None:
    given, (view,) = views("湖畔野外劇の令和4年度当初予算額はいくらですか？", town)
    table = view.table
    assert table is not None
    assert table.cited_column is not None
    assert table.cited_line == given.citations[0].line_start == 7
    row = dict(table.rows)[7]
    assert len(row) == len(table.header)
    assert (table.header[table.cited_column], row[table.cited_column]) == ("R4 当初予算額 (千円)", "8,610千円")


def test_neighbours_are_shown_but_not_beyond_the_table(town: Store) -> None:
    _, (first,) = views("市民合唱祭 予算 R5", town)
    _, (middle,) = views("湖畔野外劇の参加者は何名ですか？", town)
    assert first.table is not None
    assert middle.table is not None
    assert [line for line, _ in first.table.rows] == [6, 7]
    assert [line for line, _ in middle.table.rows] == list(range(7 - AROUND, 7 + AROUND + 1))


def test_prose_and_figures_under_a_heading_have_no_table(town: Store) -> None:
    for text in ("観光案内所運営の決算額は？", "訪問団は何人でしたか？"):
        assert [view.table for view in views(text, town)[1]] == [None]


def test_every_source_of_the_shipped_documents_can_be_shown(store: Store) -> None:
    for text in (
        "JETプログラム 予算 R3",
        "上海事務所の情報発信のフォロワー数は？",
        "上海事務所が開設されたのはいつですか？",
    ):
        for view in views(text, store)[1]:
            assert any(is_cited for _, _, is_cited in view.lines)
