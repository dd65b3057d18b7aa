"""What a file's name in Latin letters says of whose document it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.file_names import place_names, spells
from qa.understand import understand

LIBRARY = """# 図書館のあらまし

令和6年度の図書館の貸出冊数は12,345冊でした。移動図書館は4つの地区を回りました。
"""


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("みどり市の予算はいくらですか", {"みどり市"}),
        ("木津川市の人口", {"木津川市"}),
        ("図書館の貸出冊数", set()),
    ],
)
def test_the_words_of_a_place_belong_together(question: str, names: set[str]) -> None:
    assert set(place_names(understand(question)).values()) == names


@pytest.mark.parametrize(
    ("document", "place"), [("a1_midori_r6", "みどり市"), ("kanonji_yosan", "観音寺市"), ("b_ebino_r5", "えびの市")]
)
def test_a_file_name_spells_a_place(document: str, place: str) -> None:
    assert spells(document, place)
    assert not spells("c_otaru_r5", place)


def test_a_place_that_only_the_file_names_is_no_unknown_place(indexed: Callable[..., Store]) -> None:
    store = indexed({"a1_ebino_r6.md": LIBRARY})
    given = answer("えびの市の図書館の貸出冊数は何冊ですか", store)
    assert given.answered
    assert "12,345冊" in given.answer
    assert not answer("桜井市の図書館の貸出冊数は何冊ですか", store).answered
