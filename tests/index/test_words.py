"""Words stand where they say, in the one segmentation that index and question share."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from corpus.folding import searchable
from index.words import bigram_terms, content_terms, content_words, segmentation_name, segmented, words

NASTY = [
    "",
    " ",
    "\u3000",
    "\n\n",
    "東の桟橋を直した。",
    "東の桟橋を\n直した\r\n。",
    "令和3年度の予算額はいくらですか。",
    "  前後に 空白  ",
    "全角\u3000空白\u3000だけ",
    "タブ\tと\t改行\n",
    "(株)港建設 ㈱港建設 ①②③",
    "ｶﾞｲﾄﾞﾌﾞｯｸ ﾊﾟｰｷﾝｸﾞ",
    "か\u3099き\u3099く\u3099",
    "👨‍👩‍👧‍👦と🇯🇵と🍣",
    "𠮷野家と𩸽",
    "ｗｗｗｗｗ草生える",
    "EOS",
    "EOS EOS\nEOS",
    "BOS/EOS,*,*,*",
    "a,b,\"c\"\t'd'",
    "---——…・・・",
    "ーーーーー",
    "〒100-8111 東京都千代田区千代田1-1",
    "https://example.jp/計画?年=令和3&q=%E3%81%82#節",
    "x\u200by\u200dz\ufeff",
    "\x00頭\x01\x1b[31m赤\x7f",
    "\x0b\x0c縦\x85横\u2028行\u2029段",
    "١٢٣ שלום Ωμέγα привет 한국어 ภาษาไทย",
    "すもももももももものうち" * 30,
    "あ" * 3000,
    "12,345,678.90円▲5△6−7",
    '<ul style="list-style-type: none">・2回</ul>',
]


def check(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.surface and word.surface for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    between = [(0, 0), *((word.start, word.end) for word in found), (len(text), len(text))]
    gaps = "".join(text[end:start] for (_, end), (start, _) in pairwise(between))
    assert not gaps.replace("\x00", " ").strip()


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_words_round_trip_over_nasty_text(text: str) -> None:
    check(text)


@given(st.text(max_size=80))
def test_words_round_trip_over_any_text(text: str) -> None:
    check(text)


@given(st.text("県の予算は令和3年度 \n。、ーアｱA9,千円（）", max_size=80))
def test_words_round_trip_over_japanese(text: str) -> None:
    check(text)


def test_words_round_trip_over_the_shipped_documents(documents: dict[str, Document]) -> None:
    for document in documents.values():
        check(document.text)


def test_a_long_text_is_cut_without_losing_anything() -> None:
    check("港まつりの予算は令和3年度に1,200千円です。" * 1000)


def test_particles_auxiliaries_and_signs_carry_no_content() -> None:
    assert [word.surface for word in content_words("東の桟橋は、いつ壊しましたか?")] == ["東", "桟橋", "壊し"]


def test_inflected_forms_meet_in_their_normal_form() -> None:
    forms = ["直した", "直さない", "直せば", "直す"]
    assert len({words(form)[0].normal for form in forms}) == 1


def test_numerals_are_known() -> None:
    assert [word.surface for word in words("参加者は30人") if word.is_number] == ["30"]


@pytest.mark.parametrize(
    "spelling", ["令和3年度の予算", "R3予算", "Ｒ３年度 予算", "2021年度の予算", "令和 3 年度の予算"]
)
def test_spellings_of_a_year_are_one_term(spelling: str) -> None:
    terms = content_terms(spelling)
    assert "y2021" in terms
    assert "予算" in terms
    assert not {"令和", "3", "r", "2021"} & set(terms)


def test_terms_do_not_depend_on_width_or_spelling() -> None:
    assert content_terms("ぐ ん ま 広 報") == content_terms("ぐんま広報")
    assert content_terms("二百五十億円を追加") == content_terms("250億円を追加")
    assert content_terms("ＪＥＴプログラム") == content_terms("JETプログラム") == content_terms("jetプログラム")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("桟橋修繕", ["桟橋", "橋修", "修繕"]),
        ("港、海", ["港", "海"]),
        ("ＪＥＴ", ["je", "et"]),
        ("コーヒー", ["コー", "ーヒ", "ヒー"]),
        ("", []),
        ("。、()", []),
    ],
)
def test_bigram_terms(text: str, terms: list[str]) -> None:
    assert bigram_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("桟橋を修繕した", "桟橋 修繕"),
        ("受け入れた / 受入れる", "受け入れる 受け入れる"),
        ("東京と上海", "東京 上海"),
        ("予算は1,250千円", "予算 円"),
        ("それは、です。", ""),
    ],
)
def test_the_model_reads_content_words_and_no_figures(text: str, read: str) -> None:
    assert segmented(text) == read


@given(st.text("港まつりの予算は12千円、ABｱ 。", max_size=40))
def test_what_the_model_reads_does_not_depend_on_width_or_outer_blanks(text: str) -> None:
    assert segmented(f" {text}\u3000") == segmented(text) == segmented(searchable(text))


def test_segmentation_is_named_with_its_versions() -> None:
    name = segmentation_name()
    assert "fugashi" in name
    assert "unidic-lite" in name
    assert any(letter.isdigit() for letter in name)


def test_what_is_talked_about_is_a_noun_before_the_colloquial_particle() -> None:
    for text in ("観光協議会って、去年はやらなかったの", "交流祭って何人来たの", "第3回って何人?"):
        found = words(text)
        assert "".join(word.surface for word in found) == text
        behind = next(word for word in found if word.surface in ("会", "回", "祭"))
        assert behind.pos != "動詞"
    for text, verb in (
        ("知事に会って何を話した", "会う"),
        ("予算を上回っていますか", "上回る"),
        ("駅で出会って", "出会う"),
    ):
        assert verb in {word.normal for word in words(text)}
