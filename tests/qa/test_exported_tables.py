"""Questions on a table as a database exports it, and what of it answers none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa import answer
from tests.corpus.test_exported import EXPORT


@pytest.fixture(scope="module")
def export(indexed: Callable[..., Store]) -> Store:
    return indexed({"kessan_export.csv": EXPORT})


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("北浜町の地方交付税はいくらですか。", "3,885"),
        ("湯ノ里市の2031年度決算の歳入合計はいくらですか。", "14,573"),
        ("北浜町の2031年度の地方債はいくらですか。", "619"),
    ],
)
def test_a_figure_is_found_by_its_label_without_the_code(export: Store, question: str, value: str) -> None:
    said = answer(question, export)
    assert said.answered
    assert value in searchable(said.answer)


@pytest.mark.parametrize(
    "question",
    [
        "湯ノ里市の2031年度決算の歳出合計はいくらですか。",
        "北浜町の2031年度の支出の合計はいくらですか。",
        "湯ノ里市の地方譲与税の内訳のうち、0でないものをすべて挙げてください。",
    ],
)
def test_the_other_side_and_a_list_are_not_answered_by_a_figure(export: Store, question: str) -> None:
    assert not answer(question, export).answered


def test_a_share_is_not_that_of_another_thing(export: Store) -> None:
    said = answer("北浜町の歳入合計に占める地方交付税の割合は何％ですか。", export)
    assert not said.answered or "35.5" in said.answer
