"""Which columns are asked for: named ones first, siblings by year together, then those that hold the kind of thing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from corpus import Document
from qa.frames import Frame
from qa.framing import table_frame
from qa.targets import plainly_named, targets
from qa.understand import understand

Framed = Callable[..., Frame]


def chosen(frame: Frame, text: str, named: dict[str, float], at: tuple[str, ...] = ()) -> list[tuple[list[str], bool]]:
    columns = {c.label: c.index for c in frame.columns}
    found = targets(
        frame, understand(text), tuple(columns[a] for a in at), {columns[n]: w for n, w in named.items()},
        np.ones(len(frame), dtype=np.bool_),
    )  # fmt: skip
    return [([frame.columns[c].label for c in one], guessed) for one, guessed in found]


def test_a_named_column_is_asked_for_and_not_guessed(frame: Framed) -> None:
    assert chosen(frame("shisetsu"), "体育館の利用者数は？", {"利用者数(人)": 1.0})[0] == (["利用者数(人)"], False)


def test_columns_that_differ_in_their_year_stay_together(frame: Framed) -> None:
    found = chosen(frame("koumin_kouza"), "予算の合計は？", {"R5 当初予算額 (千円)": 1.0})
    assert found == [(["R4 当初予算額 (千円)", "R5 当初予算額 (千円)"], False)]


def test_a_header_that_introduces_a_condition_is_not_asked_for(frame: Framed) -> None:
    found = chosen(
        frame("shisetsu"), "備考に休館とある施設の利用者数は？", {"備考": 1.0, "利用者数(人)": 1.0}, ("備考",)
    )
    assert found[0] == (["利用者数(人)"], False)


def test_only_columns_of_figures_are_calculated_with(frame: Framed) -> None:
    found = chosen(frame("shisetsu"), "施設の利用者数の合計は？", {"施設名": 0.9, "利用者数(人)": 1.0})
    assert found == [(["利用者数(人)"], False)]


@pytest.mark.parametrize(
    ("name", "text", "labels"),
    [
        ("shisetsu", "港町公民館は何人？", ["利用者数(人)"]),
        ("shisetsu", "港町公民館はいつ？", ["開設年"]),
        ("koumin_kouza", "天文教室はいくら？", ["R4 当初予算額 (千円)", "R5 当初予算額 (千円)"]),
        ("koumin_kouza", "天文教室はいつから？", ["開始年度"]),
    ],
)
def test_without_a_name_the_kind_of_thing_decides(name: str, text: str, labels: list[str], frame: Framed) -> None:
    found = chosen(frame(name), text, {})
    assert (labels, True) in found
    assert all(guessed for _, guessed in found)


def test_money_is_not_looked_for_among_head_counts(frame: Framed) -> None:
    assert (["利用者数(人)"], True) not in chosen(frame("shisetsu"), "港町公民館はいくら？", {})


def test_a_header_too_plain_to_be_a_term_may_still_be_named(read: Callable[[str, str], Document]) -> None:
    own = table_frame(read("hojo.csv", "区分,件数(件),金額(千円)\n改修,17,5950\n処分,9,804\n"), 0)

    def named(text: str) -> list[str]:
        return [own.columns[c].core for c in plainly_named(own, understand(text))]

    assert named("改修の件数は？") == ["件数"]
    assert named("改修の金額を教えて") == ["金額"]
    assert named("改修の件数と金額は？") == ["件数", "金額"]
    assert named("補助金額は？") == []
    assert named("改修は？") == []
