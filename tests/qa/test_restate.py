"""Words that no document holds, asked in the documents' own; names stay what they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.restate import in_known_words

REPORT = """磯原町 窓口業務の報告(令和5年度)

1 旅券の交付

旅券の交付件数は1,214件であった。

2 給与支払

会計年度任用職員の給与の総額は38,200千円であった。

3 ワークショップ

まちづくりワークショップを4回開いた。
"""


@pytest.fixture(scope="module")
def counter(indexed: Callable[..., Store]) -> Store:
    return indexed({"isohara-r5.txt": REPORT})


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("パスポートの交付件数は？", "旅券"),
        ("会計年度任用職員の給料の総額は？", "給与"),
        ("まちづくりワークシッョプは何回？", "ワークショップ"),
    ],
)
def test_an_unknown_noun_becomes_the_documents_own(asked: str, word: str, counter: Store) -> None:
    assert word in in_known_words(counter, asked)


@pytest.mark.parametrize(
    "asked", ["旅券の交付件数は？", "大阪の交付件数は？", "花火の予算は？", "旅券の交付件数は9,999件？"]
)
def test_known_words_names_and_other_things_stay(asked: str, counter: Store) -> None:
    assert in_known_words(counter, asked) == asked


def test_the_answer_is_cited_and_the_question_stays_as_asked(counter: Store) -> None:
    given = answer("パスポートの交付件数は？", counter)
    assert given.answered
    assert "1,214件" in given.answer
    assert given.question == "パスポートの交付件数は？"
    assert given.citations[0].line_start == 5
