"""Questions about the documents themselves, and about where an answer stands."""

from __future__ import annotations

import pytest

from index import Store
from qa.holdings import source_question
from qa.pipeline import answer
from qa.verify import quote_stands


@pytest.mark.parametrize(
    "text", ["どんな資料がありますか？", "資料はいくつありますか", "何年度の資料がありますか", "資料の一覧を見せて"]
)
def test_the_documents_are_told_by_title_and_year(text: str, town: Store) -> None:
    given = answer(text, town)
    assert given.answered
    assert all(f"「{document.title}」" in given.answer for document in town.documents.values())
    assert "2件" in given.answer
    assert "令和5年度" in given.answer
    assert all(quote_stands(town.documents[c.document], c) for c in given.citations)


@pytest.mark.parametrize(
    "text", ["観光案内所の資料は何部ありますか", "資料館の予算はいくらですか", "資料費の決算額は？"]
)
def test_other_uses_of_the_word_are_not_meant(text: str, town: Store) -> None:
    assert "件の資料があります" not in answer(text, town).answer


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("空き家活用の決算額の出典は？", "空き家活用の決算額"),
        ("空き家活用の決算額はどの資料に書いてありますか", "空き家活用の決算額"),
        ("空き家活用の決算額はどこに載っていますか？", "空き家活用の決算額"),
    ],
)
def test_where_something_stands(text: str, asked: str, town: Store) -> None:
    assert source_question(text) == f"「{asked}」の出典は"
    given = answer(text, town)
    assert "白嶺市 主要施策の成果(令和5年度)" in given.answer
    assert "行目" in given.answer
    assert [c.quote for c in given.citations] == [c.quote for c in answer(f"{asked}は？", town).citations]


@pytest.mark.parametrize("text", ["出典は？", "案内所はどこにありますか", "空き家活用の決算額は？"])
def test_other_questions_ask_for_no_source(text: str) -> None:
    assert source_question(text) is None
