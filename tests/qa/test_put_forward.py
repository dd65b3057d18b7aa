"""Questions that put something forward: that one has the most, that something took place, that it grew this year."""

from __future__ import annotations

import pytest

from index import Store
from qa import answer


@pytest.mark.parametrize(
    ("question", "opens", "says"),
    [
        ("産業部でR6の予算が最も大きいのは輸出入門講座ですか", "いいえ、", ("海外人材定着支援", "760千円")),
        ("産業部でR6の予算が一番多いのは海外人材定着支援でしたか？", "はい、", ("760千円",)),
        ("英会話サロンは令和5年度に開催されましたか？", "いいえ、", ("中止",)),
        ("英会話サロンはR5に実施した？", "いいえ、", ("中止",)),
        ("輸出入門講座の予算は令和6年度に増えていますか", "はい、", ("150千円", "210千円")),
        ("海外人材定着支援の予算、R6は増えてる？", "いいえ、", ("900千円", "760千円")),
    ],
)
def test_what_is_put_forward_is_confirmed_or_denied(
    question: str, opens: str, says: tuple[str, ...], fair: Store
) -> None:
    given = answer(question, fair)
    assert given.answered
    assert given.answer.startswith(opens)
    assert all(part in given.answer for part in says)


@pytest.mark.parametrize(
    "question",
    [
        "産業部でR6の予算が最も大きいのは星祭りですか",
        "令和7年度の交流まつりの来場者数は何人ですか",
        "英会話サロンは令和4年度に開催されましたか",
    ],
)
def test_nothing_is_said_of_what_no_document_tells(question: str, fair: Store) -> None:
    assert not answer(question, fair).answered


def test_a_row_that_dates_itself_is_of_no_other_year(fair: Store) -> None:
    """交流まつり（令和6年10月5日～6日） says nothing of 令和7年度."""
    assert "4,120" in answer("令和6年度の交流まつりの来場者数は延べ何人ですか", fair).answer
    assert "4,120" not in answer("令和7年度の交流まつりの来場者数は延べ何人ですか", fair).answer


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("海外人材活用支援は令和6年度の継続・新規が継続ですか？", "はい、"),
        ("留学生インターンは令和6年度の継続・新規が継続ですか？", "いいえ、"),
        ("留学生インターンは令和6年度の継続・新規が新規ですか？", "はい、"),
    ],
)
def test_a_state_put_forward_with_a_question_mark(question: str, opens: str, fair: Store) -> None:
    """The word was once read with its ですか, which no cell says."""
    assert answer(question, fair).answer.startswith(opens)
