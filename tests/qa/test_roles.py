"""What a stretch of a question can mean in a table: rows whose cells hold it, columns whose header names it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.frames import Frame
from qa.lookup import letters
from qa.roles import Option, is_only_soft, is_soft, options, spelled
from qa.runs import Phrase, phrases
from qa.synonyms import synonyms_of
from qa.understand import understand

Framed = Callable[..., Frame]
NAMES = ["haisui", "jinkou", "koumin_kouza", "nouzei", "sainyuu", "shisetsu"]
WORDS = [
    "文化課", "天文教室", "講座", "東地区", "女性", "人口", "市税", "使用料", "公民館", "港町", "利用者数", "所管課", "固定資産税",
    "調定額", "予算", "配水量", "普及率", "備考", "休館", "廃止", "参加者", "火星", "川原市",
]  # fmt: skip


def stretches(text: str) -> list[tuple[str, bool]]:
    asked = understand(text)
    return [(asked.folded[p.start : p.end], p.joined) for p in phrases(asked)]


def best(frame: Frame, text: str) -> Option:
    asked = understand(text)
    (phrase,) = phrases(asked)
    return options(frame, phrase, asked)[0]


def rows(option: Option) -> list[int] | None:
    return None if option.rows is None else np.flatnonzero(option.rows).tolist()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("天文教室の参加者は？", [("天文教室", False), ("参加者", False)]),
        ("天文教室と手話講座の参加者は？", [("天文教室", False), ("手話講座", True), ("参加者", False)]),
        ("天文教室、手話講座及び写真講座", [("天文教室", False), ("手話講座", True), ("写真講座", True)]),
        ("令和3年度の天文教室の予算の合計は？", [("天文教室", False), ("予算", False)]),
        ("「港町 公民館」の所在地", [("港町 公民館", False), ("所在地", False)]),
    ],
)
def test_phrases_are_runs_without_a_particle(text: str, found: list[tuple[str, bool]]) -> None:
    assert stretches(text) == found


@given(
    st.lists(
        st.sampled_from([*WORDS, "の", "と", "は", "、", "令和3年度", "合計", "いくら", "？"]), min_size=1, max_size=8
    )
)
def test_phrases_lie_in_order_and_hold_every_term_once(parts: list[str]) -> None:
    asked = understand("".join(parts) + "講座")
    found = phrases(asked)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(p.terms for p in found)
    held = [t for p in found for t in p.terms]
    assert len(held) == len(set(held))
    assert set(held) <= set(asked.terms)


@settings(max_examples=60)
@given(name=st.sampled_from(NAMES), word=st.sampled_from(WORDS))
def test_a_mask_holds_only_rows_that_hold_the_word(name: str, word: str, frame: Framed) -> None:
    own, asked = frame(name), understand(word)
    for phrase in phrases(asked):
        for option in options(own, phrase, asked):
            assert len(option.strengths) == len(phrase.terms)
            assert all(0.0 <= s <= 1.0 for s in option.strengths)
            if option.rows is None:
                assert not option.at
                continue
            assert option.rows.any()
            assert option.at
            forms = {letters(t.surface) for t in phrase.terms} | {letters(t.normal) for t in phrase.terms}
            forms |= {other for form in {letters(word), *forms} for other in synonyms_of(form)}
            for r in rows(option) or ():
                cells = [letters(own.cells[r][c] or "") for c in option.at]
                assert any(form in cell for form in forms for cell in cells), (option.how, r)


@settings(max_examples=60)
@given(name=st.sampled_from(NAMES), word=st.sampled_from(WORDS))
def test_ways_are_different_and_the_best_comes_first(name: str, word: str, frame: Framed) -> None:
    own, asked = frame(name), understand(word)
    for phrase in phrases(asked):
        ways = options(own, phrase, asked)
        strengths = [way.strength for way in ways]
        assert strengths == sorted(strengths, reverse=True)
        assert len({(way.columns, None if way.rows is None else way.rows.tobytes()) for way in ways}) == len(ways)
        assert any(way.rows is None and not way.columns for way in ways), "a phrase may set no condition"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("koumin_kouza", "文化課", [0, 1, 2]),
        ("koumin_kouza", "天文教室", [0]),
        ("jinkou", "女性", [2, 5, 8, 11, 14, 17]),
        ("sainyuu", "市税", [0, 1, 2]),
        ("shisetsu", "公民館", [1, 2]),
        ("shisetsu", "休館", [1]),
        ("nouzei", "固定資産税", [1, 3]),
    ],
)
def test_a_word_in_cells_is_a_condition_on_their_rows(name: str, text: str, found: list[int], frame: Framed) -> None:
    assert rows(best(frame(name), text)) == found


@pytest.mark.parametrize(
    ("name", "text", "labels"),
    [
        ("koumin_kouza", "参加者", ["参加者"]),
        ("koumin_kouza", "予算", ["R4 当初予算額 (千円)", "R5 当初予算額 (千円)"]),
        ("nouzei", "調定額", ["adjustedAmount"]),
        ("nouzei", "税目", ["taxItem"]),
        ("shisetsu", "所在地", ["所在地"]),
        ("shisetsu", "場所", ["所在地"]),
        ("koumin_kouza", "所管課", ["担当課"]),
    ],
)
def test_a_word_of_a_header_names_its_columns(name: str, text: str, labels: list[str], frame: Framed) -> None:
    option = best(frame(name), text)
    assert [frame(name).columns[c].label for c in option.columns] == labels
    assert option.rows is None


def test_a_whole_cell_explains_better_than_a_part_of_it(frame: Framed) -> None:
    shisetsu = frame("shisetsu")
    whole, part = best(shisetsu, "市民プール"), best(shisetsu, "プール")
    assert rows(whole) == rows(part) == [3]
    assert whole.strengths[0] == 1.0 > part.strengths[0]


def test_what_the_table_belongs_to_explains_without_a_condition(frame: Framed) -> None:
    option = best(frame("koumin_kouza"), "川原市")
    assert (option.rows, option.columns, option.how) == (None, (), "context")


def test_what_stands_nowhere_is_unexplained(frame: Framed) -> None:
    for name in NAMES:
        assert not any(best(frame(name), "火星").strengths)


@pytest.mark.parametrize(
    ("document", "text", "expected"),
    [
        ("takamatsu_ippankaikei", "高松", True),
        ("takamatsu_ippankaikei", "一般会計", True),
        ("tokyo-r3", "東京", True),
        ("tokyometro_r3", "京都", False),
        ("jinkou", "人口", True),
        ("jinkou", "世帯", False),
        ("r3", "天文", False),
    ],
)
def test_a_file_name_may_spell_a_word(document: str, text: str, expected: bool) -> None:
    (phrase,) = phrases(understand(text))
    assert spelled(document, phrase.words) is expected


def test_soft_words_set_no_condition() -> None:
    def only(text: str) -> Phrase:
        (phrase,) = phrases(understand(text))
        return phrase

    assert is_only_soft(only("事業"))
    assert not is_only_soft(only("天文教室"))
    assert not any(is_soft(term) for term in only("天文教室").terms)
