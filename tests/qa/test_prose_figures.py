"""A figure belongs to the words near it, and to the year said last before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.prose_figures import Word, own_period, pulls, quantity_at, topic_of
from qa.prose_reading import Spot, read


def spot(text: str, part: str) -> Spot:
    at = read(text).folded.index(part)
    return at, at + len(part)


LIST = "相談は1,240件、講座は18回、見学は7回でした。"


@pytest.mark.parametrize(("word", "nearest"), [("相談", 0), ("講座", 1), ("見学", 2)])
def test_the_figure_right_behind_a_word_is_pulled_most(word: str, nearest: int) -> None:
    spots = [spot(LIST, part) for part in ("1,240件", "18回", "7回")]
    pulled = pulls(read(LIST), [Word(0, 1.0, spot(LIST, word))], spots)
    assert max(range(3), key=pulled.__getitem__) == nearest


def test_the_end_of_a_sentence_keeps_words_away() -> None:
    near, far = "相談が多く、18回", "相談が多い。18回"
    one, other = (pulls(read(t), [Word(0, 1.0, spot(t, "相談"))], [spot(t, "18回")])[0] for t in (near, far))
    assert other < one / 2


@given(st.integers(1, 60), st.floats(0.1, 1.0), st.integers(1, 4))
def test_a_pull_is_a_share_of_the_words(gap: int, share: float, times: int) -> None:
    text = "相談" + "あ" * gap + "18回"
    word = Word(0, share, spot(text, "相談"))
    (pulled,) = pulls(read(text), [word] * times, [spot(text, "18回")])
    assert 0.0 < pulled <= share  # one word counts once, however often it stands there


def test_the_year_said_last_before_a_figure_governs_it() -> None:
    text = "令和3年は4,627件、令和2年は13,062件でした。ほかに5件。"
    years = [own_period(read(text), spot(text, part)[0]) for part in ("4,627", "13,062", "5件。")]
    assert [one.year if one else None for one in years] == [2021, 2020, None]


def test_a_figure_is_found_by_its_place() -> None:
    found = quantity_at(read(LIST), spot(LIST, "18回"))
    assert found is not None
    assert (found.value, found.unit) == (18, "回")
    assert quantity_at(read(LIST), spot(LIST, "講座")) is None


SPEECH = "まず、歳入では、市税につきましては、固定資産税で増収が見込まれるものの、法人の分で減収となることから、2.2%、3億円減の135億円を見込み、繰入金は、8億円としました。"


@pytest.mark.parametrize(("figure", "topic"), [("135億円", "市税"), ("8億円", "繰入金")])
def test_a_figure_is_told_of_the_last_topic_before_it(figure: str, topic: str) -> None:
    found = topic_of(SPEECH, SPEECH.index(figure))
    assert found is not None
    assert SPEECH[slice(*found)] == topic


def test_a_topic_is_near_to_its_figures_however_much_stands_between() -> None:
    word = Word(0, 1.0, spot(SPEECH, "市税"))
    own, other = pulls(read(SPEECH), [word], [spot(SPEECH, "135億円"), spot(SPEECH, "8億円")])
    assert other < own / 2


def test_a_year_is_no_topic() -> None:
    assert topic_of("令和3年度は、500円", 7) is None
