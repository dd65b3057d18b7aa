"""What a table tells in words: its text cells, found and judged like sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import tidy
from index import Store
from qa.prose import ProseAnswer
from qa.prose_cells import answers_from_cells
from qa.retrieve import retrieve
from qa.understand import understand

Asked = Callable[[str], tuple[ProseAnswer, ...]]


@pytest.fixture(scope="module")
def asked(town: Store) -> Asked:
    def run(text: str) -> tuple[ProseAnswer, ...]:
        question = understand(text)
        return answers_from_cells(town, question, retrieve(town, question))

    return run


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("移動図書館ひまわり号はどのような集落を巡回しますか？", "山あいの集落"),
        ("湖畔野外劇では何を上演しますか？", "市民劇団が新作を上演"),
        ("伝統織物体験工房の指定管理者は？", "白嶺織保存会"),
    ],
)
def test_the_cell_that_tells_it_comes_first(question: str, part: str, asked: Asked) -> None:
    assert part in asked(question)[0].evidence[0].value


def test_cells_are_whole_and_of_words_and_their_chances_share_one(asked: Asked, town: Store) -> None:
    found = asked("郷土資料デジタル化では何を電子化しますか？")
    assert found
    chances = [one.probability for one in found]
    assert chances == sorted(chances, reverse=True)
    assert min(chances) >= 0.0
    assert sum(chances) <= 1.0 + 1e-6
    for one in found:
        (evidence,) = one.evidence
        (value,) = one.values
        assert evidence.table is not None
        assert evidence.column is not None
        cell = town.documents[evidence.document].tables[evidence.table].rows[evidence.position].cells[evidence.column]
        assert (evidence.value, value.text, value.value) == (cell.text, tidy(cell.text or ""), None)
        assert len(evidence.value) >= 6
        assert not evidence.value.replace(",", "").isdigit()


def test_without_rows_there_are_no_cells(town: Store) -> None:
    assert answers_from_cells(town, understand("市民合唱祭の内容は？"), ()) == ()
