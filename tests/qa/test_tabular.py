"""Proposals from frames: the best first, how sure, what nothing explains, and which rows fit as well."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus import Document
from index import Store
from qa.frames import Frame
from qa.framing import table_frame
from qa.retrieve import retrieve
from qa.tabular import MOST_FRAMES, Proposal, frames_of, propose
from qa.understand import understand

ENOUGH_TABULAR = 0.75  # between what is sure and what a rival or a lost word leaves doubtful
Best = Callable[..., Proposal]
Framed = Callable[..., Frame]

SURE = [
    ("koumin_kouza", "天文教室の参加者は？"), ("koumin_kouza", "文化課の令和4年度予算の合計は？"), ("jinkou", "令和2年度の東地区の人口は？"),
    ("shisetsu", "生涯学習課の施設はいくつありますか？"), ("haisui", "配水量が最も多かったのは何年度？"), ("nouzei", "2021年の市民税の収入額は？"),
]  # fmt: skip
UNSURE = [
    ("koumin_kouza", "火星の天文教室の参加者は？"), ("koumin_kouza", "文化課の手話講座の参加者は？"),
    ("koumin_kouza", "令和9年度の天文教室の予算は？"), ("jinkou", "令和9年度の東地区の人口は？"), ("jinkou", "南地区の人口は？"),
    ("shisetsu", "緑ヶ丘体育館の職員数は？"), ("nouzei", "2019年の市民税の収入額は？"), ("koumin_kouza", "点字講座の参加者は何円？"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), SURE)
def test_what_all_words_explain_is_sure(name: str, text: str, best: Best) -> None:
    found = best(name, text)
    assert found.probability >= ENOUGH_TABULAR
    assert found.missing == ()
    assert found.rivals == ()


@pytest.mark.parametrize(("name", "text"), UNSURE)
def test_what_a_word_or_year_speaks_against_is_not(name: str, text: str, frame: Framed) -> None:
    found = propose(understand(text), (frame(name),))
    assert all(one.probability < ENOUGH_TABULAR for one in found)


@pytest.mark.parametrize(("name", "text"), SURE + UNSURE)
def test_proposals_are_few_and_their_sureness_is_a_share(name: str, text: str, frame: Framed) -> None:
    found = propose(understand(text), (frame(name),))
    assert len(found) <= 6
    assert all(0.0 <= one.probability <= 0.99 for one in found)
    assert [one.plan.score for one in found] == sorted((one.plan.score for one in found), reverse=True)


@pytest.mark.parametrize(("name", "text"), SURE)
def test_the_right_table_is_found_among_others(name: str, text: str, frame: Framed, tables: Store) -> None:
    frames = tuple(frame(other) for other in sorted(tables.documents))
    assert propose(understand(text), frames)[0].plan.frame is frame(name)


def test_two_tables_that_fit_alike_are_rivals(read: Callable[[str, str], Document]) -> None:
    text = "講座名,参加者(人)\n天文教室,{}\n写真講座,{}\n"
    frames = tuple(
        table_frame(read(f"{name}.csv", text.format(*row)), 0) for name, row in (("a", (31, 20)), ("b", (44, 25)))
    )
    asked = understand("天文教室の参加者は？")
    found = propose(asked, frames)[0]
    assert found.rivals
    assert found.probability < ENOUGH_TABULAR
    assert propose(asked, frames[:1])[0].rivals == ()


def test_two_tables_that_say_the_same_are_no_rivals(read: Callable[[str, str], Document]) -> None:
    text = "講座名,参加者(人)\n天文教室,31\n写真講座,20\n"
    frames = tuple(table_frame(read(f"{name}.csv", text), 0) for name in ("a", "b"))
    assert propose(understand("天文教室の参加者は？"), frames)[0].probability >= ENOUGH_TABULAR


def test_a_figure_of_a_part_is_not_that_of_the_whole(town: Store) -> None:
    asked = understand("観光振興の決算額は？")
    found = propose(asked, frames_of(town, retrieve(town, asked)))
    assert all(one.probability < ENOUGH_TABULAR for one in found)


def test_frames_are_those_the_hits_stand_in_nearest_first(tables: Store) -> None:
    for text, name in (
        ("緑ヶ丘体育館の利用者数", "shisetsu"),
        ("配水量と普及率", "haisui"),
        ("天文教室", "koumin_kouza"),
    ):
        frames = frames_of(tables, retrieve(tables, understand(text)))
        assert frames[0].document.id == name
        assert len(frames) == len({(f.document.id, f.table) for f in frames}) <= MOST_FRAMES


def test_headers_are_counted_and_compared_as_names(read: Callable[[str, str], Document]) -> None:
    own = table_frame(
        read(
            "kubun.csv",
            "年度,市税(千円),使用料(千円),寄附金(千円)\n令和2年度,5100,2300,3400\n令和3年度,5200,2250,6600\n",
        ),
        0,
    )
    found = propose(understand("令和3年度に最も多いのは何ですか？"), (own,))[0]
    assert [found.plan.frame.name(r) for r in found.result.things] == ["寄附金(千円)"]
    assert found.result.value == 6600
