"""Tables of settled accounts: members named by their total, stages of one amount, a year's column without its year; made-up."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from index import Store
from qa.premises import under_another_year
from qa.retrieve import retrieve
from qa.subtotals import made_of
from qa.tabular import frames_of
from qa.types import Citation, Draft
from qa.understand import understand

Surest = Callable[[str, Store], Draft]
TAXES = (
    "<html><body><h1>令和5年度 みさき市 市税と保険料の決算</h1><table>"
    "<tr><th>税目等</th><th>区分</th><th>調定額</th><th>収入済額</th><th>収入未済額</th><th>令和4年度収入済額</th></tr>"
    + "".join(
        f"<tr><td>{name}</td><td>{kind}</td>{''.join(f'<td>{n}</td>' for n in figures)}</tr>"
        for name, kind, figures in (
            ("町民税", "現年課税分", (510, 500, 10, 480)),
            ("町民税", "滞納繰越分", (40, 12, 28, 13)),
            ("固定資産税", "現年課税分", (905, 900, 5, 930)),
            ("固定資産税", "滞納繰越分", (60, 21, 39, 20)),
            ("市税 合計", "現年課税分", (1415, 1400, 15, 1410)),
            ("市税 合計", "滞納繰越分", (100, 33, 67, 33)),
            ("保険料", "現年課税分", (330, 300, 30, 310)),
            ("保険料", "滞納繰越分", (90, 8, 82, 9)),
        )
    )
    + "</table></body></html>"
)


@pytest.fixture(scope="module")
def taxes(indexed: Callable[..., Store]) -> Store:
    return indexed({"misaki_r5_kessan.html": TAXES})


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("市税のうち収入未済額が最も大きいのはどれですか", "固定資産税.*滞納繰越分.*39"),
        ("市税の現年課税分で収入済額が前年度を下回った税目等はいくつありますか", "固定資産税"),
        ("町民税の滞納繰越分の収入済額は前年度よりいくら減りましたか", "1減りました|1減"),
    ],
)
def test_it_is_told(taxes: Store, surest: Surest, question: str, words: str) -> None:
    draft = surest(question, taxes)
    assert re.search(words, draft.text)
    assert "保険料" not in draft.text


def test_a_word_is_made_of_the_rows_above_its_total(taxes: Store) -> None:
    asked = understand("市税の収入済額")
    frame = frames_of(taxes, retrieve(taxes, asked))[0]
    found = made_of(frame, "市税")
    assert found is not None
    assert {frame.name(row) for row in found[1]} & {"保険料"} == set()
    assert len(found[1]) == 6
    assert made_of(frame, "町民税") is None


def test_a_column_without_a_year_is_of_no_other_year() -> None:
    def cited(column: str) -> Citation:
        return Citation("d", "題", 3, 3, None, None, (), "町民税", (column,), "480")

    def draft(*columns: str) -> Draft:
        return Draft("480", "480", "value", (), None, tuple(cited(c) for c in columns), 0.9)

    asked = understand("令和5年度の町民税の収入済額は前年度よりいくら増えたか")
    assert under_another_year(asked, draft("令和4年度収入済額"))
    assert not under_another_year(asked, draft("令和4年度収入済額", "収入済額"))
