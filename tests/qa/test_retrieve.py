"""Hits → evidence: all they hold, each once, and what stands beside them."""

from __future__ import annotations

from collections import Counter

import pytest

from index import Store
from qa.retrieve import DEPTH, evidence, members, retrieve, row_name
from qa.understand import understand

QUESTIONS = [
    "市民合唱祭の予算額は？",
    "駅前案内所の来所者数",
    "姉妹都市から訪問団を迎えたのはいつですか？",
    "決算額",
    "参加者",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_each_piece_comes_once_and_with_words_in_it(text: str, town: Store) -> None:
    found = evidence(town, retrieve(town, understand(text)))
    times = Counter((e.document, e.kind, e.table, e.position, e.column) for e in found)
    assert set(times.values()) == {1}
    assert all(e.value.strip() for e in found)


@pytest.mark.parametrize("text", QUESTIONS)
def test_hits_are_ranked_from_1_and_not_too_many(text: str, town: Store) -> None:
    hits = retrieve(town, understand(text))
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len(hits) <= DEPTH


def test_every_filled_cell_of_a_row_is_evidence_with_its_unit(town: Store) -> None:
    found = evidence(town, retrieve(town, understand("湖畔野外劇")))
    row = {e.attribute[0]: (e.value, e.unit) for e in found if e.name == "湖畔野外劇"}
    assert row["R4 当初予算額 (千円)"] == ("8,610", "千円")
    assert row["参加者"] == ("1,904名", None)
    assert row["担当課"] == ("文化課", None)
    assert len(row) == 8


def test_what_stands_under_the_same_heading_comes_along(town: Store) -> None:
    """The sentence with the words asked for introduces the list that holds the figure."""
    found = evidence(town, retrieve(town, understand("ロセルダム市")))
    values = [e.value for e in found]
    assert any("訪問団 14人" in value for value in values)
    assert "3,219 千円" in values


def test_a_figure_is_no_name_of_a_row(town: Store) -> None:
    for document in town.documents.values():
        for table in document.tables:
            for row in table.rows:
                name = row_name(table, row)
                assert name is None or not name.replace(",", "").isdigit()


def test_members_hold_everything_under_a_heading(town: Store) -> None:
    document = town.documents["shirane-houkoku-r5"]
    by_path = members(document)
    (path,) = (p for p in by_path if p[-1] == "(1) 空き家活用")
    assert Counter(kind for kind, _, _ in by_path[path]) == {"row": 3, "fact": 1, "passage": 1}


def test_nothing_is_found_for_words_that_stand_nowhere(town: Store) -> None:
    assert evidence(town, ()) == ()
