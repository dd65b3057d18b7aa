"""Which columns are asked for: named ones first, siblings by year together, then those that hold the kind of thing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from corpus import Document
from qa.frames import Frame
from qa.framing import table_frame
from qa.targets import bounded_column, plainly_named, targets
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


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("shisetsu", "利用者数が5000人以上の施設は？", "利用者数(人)"),
        ("shisetsu", "利用者数が5000以上の施設は？", "利用者数(人)"),
        ("shisetsu", "開設年が2000年より前の施設は？", "開設年"),
        ("koumin_kouza", "参加者が90名以上の事業の令和5年度予算の合計は？", "参加者"),
        ("koumin_kouza", "参加者が90人以上の事業は？", "参加者"),
        ("koumin_kouza", "令和4年度予算が200千円未満の事業は？", "R4 当初予算額 (千円)"),
        ("koumin_kouza", "令和5年度予算が20万円以上の事業は？", "R5 当初予算額 (千円)"),
        ("koumin_kouza", "予算が20万円以上の事業は？", "R5 当初予算額 (千円)"),
        ("koumin_kouza", "参加者が50校以上の事業は？", None),
    ],
)
def test_a_bound_is_put_on_the_column_named_before_it(name: str, text: str, label: str | None, frame: Framed) -> None:
    asked = understand(text)
    (bound,) = asked.comparisons
    found = bounded_column(frame(name), bound, asked)
    assert (None if found is None else frame(name).columns[found].label) == label


def test_of_two_columns_the_one_said_last_before_the_bound(read: Callable[[str, str], Document]) -> None:
    own = table_frame(read("kan.csv", "館名,来館者数(人),会員数(人)\n東館,850,120\n西館,920,80\n南館,700,95\n"), 0)
    for text, label in [
        ("会員数が90人以上の館の来館者数の合計は？", "会員数(人)"),
        ("来館者数が800人以上の館の会員数の合計は？", "来館者数(人)"),
        ("館のうち来館者数の会員数が90人以上のものは？", "会員数(人)"),
    ]:
        asked = understand(text)
        (bound,) = asked.comparisons
        found = bounded_column(own, bound, asked)
        assert found is not None
        assert own.columns[found].label == label
