"""Nothing from a document or a user leaves as a script, a template or a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.web.escape import csv_text, escaped, safe_cell


@given(st.text())
def test_nothing_that_opens_a_tag_an_attribute_or_a_template_is_left(text: str) -> None:
    assert not set(escaped(text)) & set("<>\"'{}$")


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", ' =HYPERLINK("http://x")', "-x"]
)
def test_a_formula_leaves_as_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1,200", "+3.5", "-", "▲5", "1,240千円", "", "R4.4.1", "-12%"])
def test_figures_and_words_stay(text: str) -> None:
    assert safe_cell(text) == text


@given(
    st.lists(
        st.lists(
            st.text(alphabet=st.characters(blacklist_characters="\r\n\0", blacklist_categories=["Cs"])),
            min_size=2,
            max_size=2,
        )
    )
)
def test_a_csv_reads_back_as_it_was_written(rows: list[list[str]]) -> None:
    text = csv_text(("甲", "乙"), rows)
    assert text.startswith("\ufeff")
    back = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert back == [["甲", "乙"], *([safe_cell(cell) for cell in row] for row in rows)]
