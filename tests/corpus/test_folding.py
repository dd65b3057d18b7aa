"""Folding makes spellings equal and always knows the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold, fold_with_origins, join_spelled, searchable, strip_tags, tidy

# Letters that folding changes, among ones that it leaves alone.
JAPANESE = st.text("ｶﾞﾊﾟｱｰＡｚ０９（）％〜～－‐①⑳㎡㈱か゛がぐんま広報県 　\n\t\u200b\u0301…１2年", max_size=40)


@given(JAPANESE | st.text(max_size=40))
def test_every_folded_letter_comes_from_a_raw_one(raw: str) -> None:
    folded = fold_with_origins(raw)
    assert len(folded.origins) == len(folded.text)
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= origin < len(raw) for origin in folded.origins)


@given(JAPANESE | st.text(max_size=40))
def test_a_letter_alone_folds_as_it_does_in_the_text(raw: str) -> None:
    folded = fold_with_origins(raw)
    for at, origin in enumerate(folded.origins):
        following = next((o for o in folded.origins[at:] if o > origin), len(raw))
        first = folded.origins.index(origin)
        assert fold(raw[origin:following])[at - first] == folded.text[at]


@given(JAPANESE | st.text(max_size=40))
def test_folding_with_and_without_origins_is_the_same(raw: str) -> None:
    assert fold(raw) == fold_with_origins(raw).text


@given(JAPANESE | st.text(max_size=40))
def test_folding_twice_is_folding_once(raw: str) -> None:
    once = fold(raw)
    assert fold(once) == once


@given(JAPANESE)
def test_joining_and_tidying_twice_changes_nothing_more(raw: str) -> None:
    assert join_spelled(join_spelled(raw)) == join_spelled(raw)
    assert tidy(tidy(raw)) == tidy(raw)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ｶﾞｲﾄﾞﾌﾞｯｸ", "ガイドブック"),
        ("ﾊﾟｰｷﾝｸﾞ", "パーキング"),
        ("ＪＥＴプログラム", "JETプログラム"),
        ("２，５００千円", "2,500千円"),
        ("（単位：千円）", "(単位:千円)"),
        ("4月〜6月", "4月~6月"),
        ("4月～6月", "4月~6月"),
        ("−5", "-5"),
        ("100㎡", "100m2"),
        ("か\u3099", "が"),
        ("予算　額", "予算 額"),
        ("①養成", "①養成"),
        ("⑫2回", "⑫2回"),
        ("a\u200bb\x00c", "a b c"),
    ],
)
def test_one_spelling(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@given(st.text("県ＡｂＣ１２３％（）㎡年度", min_size=1, max_size=20), st.data())
def test_a_folded_stretch_leads_back_to_its_raw_letters(raw: str, data: st.DataObject) -> None:
    folded = fold_with_origins(raw)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    begin, stop = folded.raw(start, end)
    assert folded.text[start:end] in fold(raw[begin:stop])


@pytest.mark.parametrize("raw", ["ｶﾞ", "道路ｶﾞｲﾄﾞ", "か\u3099"])
def test_the_way_back_keeps_a_closing_voicing_mark(raw: str) -> None:
    folded = fold_with_origins(raw)
    assert folded.raw(0, len(folded.text)) == (0, len(raw))


@pytest.mark.parametrize(
    ("spelled", "joined"),
    [
        ("ぐ ん ま 広 報", "ぐんま広報"),
        ("動 画", "動画"),
        ("テ キ ス ト", "テキスト"),
        ("t s u l u n o s P L U S", "tsulunosPLUS"),
        ("第 2 知 事 戦 略", "第 2 知事戦略"),
        ("音 楽 C D", "音楽CD"),
    ],
)
def test_spelled_words_are_joined(spelled: str, joined: str) -> None:
    assert join_spelled(spelled) == joined


@pytest.mark.parametrize(
    "text", ["上海 香港", "台湾フェア in 群馬", "3 年 10 月", "広報 紙", "LINE スタンプ", "県 内外"]
)
def test_words_that_stand_apart_stay_apart(text: str) -> None:
    assert join_spelled(text) == text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("情報\n発信", "情報発信"),
        ("情報 \n  発信", "情報発信"),
        ("SNS\nPR", "SNS PR"),
        ('<ul style="list-style-type: none"> ・2回開催', "・2回開催"),
        ("  予算　額\t ", "予算 額"),
        ("1 < 2 かつ 3 > 2", "1 < 2 かつ 3 > 2"),
    ],
)
def test_tidy(raw: str, shown: str) -> None:
    assert tidy(raw) == shown


def test_tags_are_left_out_but_comparisons_are_not() -> None:
    assert strip_tags("<br/>20<b>人</b>").split() == ["20", "人"]
    assert strip_tags("5<10") == "5<10"


@pytest.mark.parametrize("spelling", ["ぐ ん ま 広 報", "ぐんま広報", "ぐんま\n広報", "<b>ぐんま広報</b>"])
def test_spellings_of_one_name_are_searched_alike(spelling: str) -> None:
    assert searchable(spelling) == "ぐんま広報"


def test_per_cent_spelled_out_is_the_sign() -> None:
    raw = "1.3 パーセントの増、何パーセント"
    folded = fold_with_origins(raw)
    assert fold(raw) == folded.text == "1.3%の増、何パーセント"
    assert raw[slice(*folded.raw(3, 4))] == " パーセント"
    assert fold("二・四パーセントの減") == "二・四%の減"
