"""A figure put forward is compared with the one the documents give, in whatever text they give it."""

from __future__ import annotations

import pytest

from index import Store
from qa.pipeline import answer


@pytest.mark.parametrize(
    ("text", "opening", "figure"),
    [
        ("湖畔案内所の来所者数は18,502人だったんですよね？", "いいえ", "18,052"),
        ("湖畔案内所の来所者数は18,052人だったんですよね？", "はい", "18,052"),
        ("姉妹都市から来た訪問団は41人でしたよね？", "いいえ", "14人"),
        ("姉妹都市から来た訪問団は14人でしたよね？", "はい", "14人"),
    ],
)
def test_a_figure_put_forward_is_borne_out_or_not(text: str, opening: str, figure: str, town: Store) -> None:
    given = answer(text, town)
    assert given.answer.startswith(opening)
    assert figure in given.answer


@pytest.mark.parametrize(
    "text", ["駅裏案内所の来所者数は18,052人ですよね？", "姉妹都市の9月の会は無料だったんですよね？"]
)
def test_of_what_is_not_told_nothing_is_borne_out(text: str, town: Store) -> None:
    given = answer(text, town)
    assert not given.answer.startswith(("はい", "いいえ"))
