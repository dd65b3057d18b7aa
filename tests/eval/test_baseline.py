"""The baseline quotes one line of a document, whatever was asked."""

from __future__ import annotations

import pytest

from corpus.folding import tidy
from eval.baseline import quote_best_line
from index import Store


@pytest.mark.parametrize("text", ["棚田オーナーの会員数は何人ですか？", "黒部市の棚田保全の決算額は？", "わさび"])
def test_it_quotes_what_stands_there(text: str, village: Store) -> None:
    given = quote_best_line(text, village)
    (citation,) = given.citations
    lines = village.documents[citation.document].text.split("\n")
    assert citation.quote in "\n".join(lines[citation.line_start - 1 : citation.line_end])
    assert given.answer == tidy(citation.quote)
    assert given.answered


def test_it_has_nothing_to_quote_for_words_that_stand_nowhere(village: Store) -> None:
    given = quote_best_line("タージマハル", village)
    assert (given.answered, given.answer, given.citations) == (False, "", ())


def test_it_finds_the_line_with_the_words(village: Store) -> None:
    assert "138人" in quote_best_line("棚田オーナー 会員数", village).answer
