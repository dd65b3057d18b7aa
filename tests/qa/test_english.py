"""English column names answer to the Japanese a question uses, and not to anything else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from qa.english import named_by, stems

WORDS = tomllib.loads((Path(qa.__file__).parent / "english.toml").read_text("utf-8"))["words"]


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("incomeAmount", "収入額"),
        ("adjustedAmount", "調定額"),
        ("taxItem", "税目"),
        ("fiscal_year", "年度"),
        ("BudgetAmount", "予算額"),
        ("startDate", "開始日"),
        ("youthPopulation", "年少人口"),
        ("oldPopulation", "老年人口"),
    ],
)
def test_a_header_is_named_in_japanese(label: str, wanted: str) -> None:
    assert named_by(label, wanted) > 0.6


@pytest.mark.parametrize(
    ("label", "wanted"),
    [("incomeAmount", "天文教室"), ("incomeAmount", "支出"), ("収入額", "収入額"), ("xyz", "収入額"), ("incomeAmount", ""), ("", "収入")],
)  # fmt: skip
def test_a_header_is_not_named_by_another_word(label: str, wanted: str) -> None:
    assert named_by(label, wanted) == 0.0


def test_the_header_that_says_just_this_is_named_better() -> None:
    assert named_by("incomeAmount", "収入額") > named_by("unpaidIncomeAmount", "収入額")


@given(
    st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=4), st.sampled_from(["額", "収入", "年度", "件数"])
)
def test_how_well_is_a_share(words: list[str], wanted: str) -> None:
    camel = words[0] + "".join(word.capitalize() for word in words[1:])
    assert 0.0 <= named_by(camel, wanted) <= 1.0
    assert named_by(camel, wanted) == named_by("_".join(words), wanted)


@given(st.sampled_from(sorted(WORDS)))
def test_every_word_of_the_table_is_read_and_names_its_stems(word: str) -> None:
    assert stems(word) == (tuple(WORDS[word]),)
    for stem in WORDS[word]:
        assert named_by(word, stem) == 1.0


def test_words_are_written_as_they_are_looked_up() -> None:
    for word, known in WORDS.items():
        assert word == word.lower()
        assert word.isascii()
        assert word.replace("_", "").isalpha()
        assert known
        assert all(known), word
