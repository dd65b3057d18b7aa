"""Whether a cell holds the kind of thing asked for: yes, no, an empty one, or nothing can be said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cell_kinds import cell_kind
from qa.frames import Frame
from qa.understand import understand

Framed = Callable[..., Frame]


def kind(frame: Frame, text: str, row: int, label: str) -> float:
    (column,) = (c.index for c in frame.columns if c.label == label)
    return cell_kind(frame, understand(text), row, column)


@pytest.mark.parametrize(
    ("text", "row", "label", "expected"),
    [
        ("いくらですか？", 0, "R4 当初予算額 (千円)", 1.0),
        ("何人ですか？", 0, "参加者", 1.0),
        ("いつ始まりましたか？", 0, "開始年度", 1.0),
        ("いくらですか？", 0, "参加者", -1.0),
        ("何人ですか？", 0, "R4 当初予算額 (千円)", -1.0),
        ("いくらですか？", 0, "事業内容", -1.0),
        ("いくらですか？", 4, "参加者", -1.0),
        ("講座の内容は？", 0, "事業内容", 0.0),
    ],
)
def test_the_kind_of_a_cell(text: str, row: int, label: str, expected: float, frame: Framed) -> None:
    assert kind(frame("koumin_kouza"), text, row, label) == expected


def test_a_mark_for_nothing_is_neither_yes_nor_no(frame: Framed) -> None:
    assert 0.0 < kind(frame("koumin_kouza"), "いくらですか？", 1, "R5 当初予算額 (千円)") < 1.0
    assert 0.0 < kind(frame("shisetsu"), "何人ですか？", 3, "利用者数(人)") < 1.0


def test_a_bare_number_may_be_what_is_asked_for(frame: Framed) -> None:
    assert 0.0 < kind(frame("nouzei"), "いくらですか？", 0, "incomeAmount") < 1.0


@given(
    name=st.sampled_from(["koumin_kouza", "shisetsu", "sainyuu", "jinkou"]),
    text=st.sampled_from(["いくら？", "何人？", "いつ？", "誰？", "どこ？", "なぜ？", "何件？", "何？"]),
    row=st.integers(0, 4),
)
def test_how_well_is_between_no_and_yes(name: str, text: str, row: int, frame: Framed) -> None:
    own = frame(name)
    for column in own.columns:
        assert -1.0 <= cell_kind(own, understand("天文教室は" + text), row, column.index) <= 1.0
