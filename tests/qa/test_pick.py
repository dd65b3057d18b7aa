"""Of several figures in one text the one that was asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.pick import picked
from qa.understand import understand

TEXT = "相談 1,240件、講座 18回(参加者 312名)、経費 5,950千円"


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("相談は何件ですか？", 1240, "件"),
        ("講座は何回開きましたか？", 18, "回"),
        ("講座の参加者は何人ですか？", 312, "名"),
        ("経費はいくらですか？", 5950, "千円"),
    ],
)
def test_the_figure_of_the_kind_asked_for(question: str, value: int, unit: str) -> None:
    found = picked(understand(question), TEXT)
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("name", "value"),
    [("小学校", 12), ("中学校", 5), ("高校", 3)],
)
def test_of_one_kind_the_figure_right_behind_the_words(name: str, value: int) -> None:
    found = picked(understand(f"{name}は何校ですか？"), "小学校 12校、中学校 5校、高校 3校")
    assert found is not None
    assert found.value == value


def test_a_text_without_figures_has_none() -> None:
    assert picked(understand("相談は何件ですか？"), "相談の実績なし") is None


def test_a_text_without_that_kind_has_none() -> None:
    assert picked(understand("経費はいくらですか？"), "相談 1,240件、講座 18回") is None


@given(st.lists(st.integers(2, 99_999), min_size=1, max_size=5, unique=True), st.sampled_from("件回名校"))
def test_what_is_picked_stands_in_the_text(figures: list[int], unit: str) -> None:
    text = "、".join(f"{name} {n:,}{unit}" for name, n in zip("東西南北上", figures, strict=False))
    found = picked(understand(f"東は何{unit}ですか？"), text)
    assert found is not None
    assert found.value in {Decimal(n) for n in figures}
    assert found.text in text
