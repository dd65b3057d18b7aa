"""Open data that say the month in a column of its own: 年, 月, 種別, 性別, 数."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa import answer

KINDS = ("出生", "死亡", "転入", "転出")
COUNTS = {1: (84, 97, 210, 188), 2: (71, 88, 195, 243), 3: (90, 79, 402, 455), 4: (66, 92, 388, 301)}
MOVEMENT = "年（和暦）,年（西暦）,月,種別,性別,数\n" + "".join(
    f"令和6,2024,{month},{kind},{sex},{part}\n"
    for month, counts in COUNTS.items()
    for kind, count in zip(KINDS, counts, strict=True)
    for sex, part in (("総数", count), ("男", count // 2), ("女", count - count // 2))
)


@pytest.fixture(scope="module")
def movement(indexed: Callable[..., Store]) -> Store:
    return indexed({"minatono_doutai.csv": MOVEMENT})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("令和6年3月の転入（総数）は何人ですか。", ["402"]),
        ("2024年2月の転出（女）は何人ですか。", ["122"]),
        ("令和6年1月から4月までのうち、死亡（総数）が最も多かったのは何月ですか。", ["1月", "97"]),
        ("令和6年1月から3月までのうち、転出（総数）が200人以上の月をすべて挙げてください。", ["2月", "3月"]),
    ],
)
def test_rows_are_chosen_and_named_by_their_month(movement: Store, question: str, said: list[str]) -> None:
    given = answer(question, movement)
    assert given.answered
    assert all(one in searchable(given.answer) for one in said), given.answer


@pytest.mark.parametrize(
    "question", ["令和6年5月の転入（総数）は何人ですか。", "令和5年3月の転入（総数）は何人ですか。"]
)
def test_a_month_that_is_not_there_has_no_answer(movement: Store, question: str) -> None:
    assert not answer(question, movement).answered
