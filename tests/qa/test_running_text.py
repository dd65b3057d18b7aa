"""Speeches and newsletters: years named from where the text stands, paragraphs about one thing, lists of figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa.asked_kinds import kinds, lacks_reason, told
from qa.offer_features import _change_given
from qa.offers import Offer, offers
from qa.parts import parts
from qa.parts_asked import wish
from qa.parts_reckon import chosen
from qa.pipeline import answer
from qa.prose import answers_from_prose
from qa.prose_candidates import candidate_at, candidates
from qa.prose_features import period_fit
from qa.retrieve import retrieve
from qa.spoken_years import agrees, topics, year_at
from qa.tabular import frames_of
from qa.types import Draft, Evidence, Operation
from qa.understand import understand
from qa.verify import failures

NEWSLETTER = """あさぎり市議会だより 第12号

■令和5年度決算を認定
市税は42億1,800万円となりました。市税の収納率は98.1%で、前年度を上回りました。

■会場ごとの様子
意見を伺う会を市内3会場で開きました。会場別の参加者は次のとおりです。
・北公民館 31人
・南公民館 52人
・港公民館 18人

■健全化判断比率
・将来負担比率 41.5%(前年度47.0%)
・実質公債費比率 7.2%(前年度6.9%)

■答弁から
除雪の状況につきまして、まず昨年度と今年度の出動回数につきましては、昨年度は12月が14回、1月が22回、累計回数は61回でした。今年度は12月が9回、1月が25回、累計回数は48回となっています。

■観光
観光につきましては、灯台公園「しおさい」を令和8年度までに改修いたします。展望台と売店を設けます。整備費は3億4,000万円を見込んでいます。

■会計
水道事業会計につきましては、二つの支出を合わせて6億2,000万円、下水道事業会計につきましては9億1,000万円を計上しました。

■方針
新年度は、次の3つの暮らしの柱に沿って進めます。
第1の柱は「学び」です。
学校を建て替えます。
第2の柱は「守り」です。
堤防を直します。
第3の柱は「商い」です。
"""


@pytest.fixture(scope="module")
def town_news(indexed: Callable[..., Store]) -> Store:
    return indexed({"asagiri-dayori-r6.txt": NEWSLETTER})


Offers = Callable[[str], list[Offer]]


@pytest.fixture(scope="module")
def all_offers(town_news: Store) -> Offers:
    def run(text: str) -> list[Offer]:
        question = understand(text)
        hits = retrieve(town_news, question)
        return offers(town_news, question, hits, frames_of(town_news, hits), lambda name, step: step())

    return run


def _draft(store: Store, offer: Offer) -> Draft:
    draft = offer.draft(store)
    assert draft is not None
    assert failures(store, draft) == ()
    return draft


@pytest.mark.parametrize(
    ("sentence", "offsets"),
    [
        ("昨年度と今年度の回数につきましては、昨年度は12件でした。", {-1}),
        ("今年度の件数は5件です。", {0}),
        ("前年度と比べて3件の増となりました。", set()),
        ("前年度比で2.0%の減です。", set()),
        ("来年度は開館します。", {1}),
    ],
)
def test_the_topic_says_which_year_a_sentence_is_about(sentence: str, offsets: set[int]) -> None:
    assert topics(sentence) == offsets


def test_a_sentence_about_another_year_does_not_agree() -> None:
    assert agrees("今年度の1月の回数は", "昨年度は1月が22回でした。") is False
    assert agrees("今年度の1月の回数は", "今年度は1月が25回です。") is True
    assert agrees("1月の回数は", "昨年度は1月が22回でした。") is None


def test_a_figure_is_of_the_year_named_last_before_it() -> None:
    text = "予算は昨年度は3億円、今年度は4億円です。"
    assert [year_at(text, text.index(figure)) for figure in ("3億", "4億")] == [-1, 0]


def test_a_sentence_of_the_year_before_is_of_another_period(town_news: Store) -> None:
    (document,) = town_news.documents.values()
    place = next(i for i, p in enumerate(document.passages) if "61回" in document.quote(p.span))
    assert period_fit(understand("今年度の1月の出動回数は何回ですか"), candidate_at(document, place, 1)) == -1.0
    assert period_fit(understand("今年度の1月の出動回数は何回ですか"), candidate_at(document, place + 1, 1)) == 0.0


def test_two_years_of_one_thing_are_compared_across_their_sentences(town_news: Store, all_offers: Offers) -> None:
    found = all_offers("今年度の出動の累計回数は、昨年度と比べて何回少ないですか")
    (made,) = [o for o in found if o.way == "prose" and getattr(o.source, "calculation", None)]
    assert _draft(town_news, made).calculation == "61 − 48 = 13 (回)"


def test_figures_under_months_keep_the_year_that_stands_as_topic() -> None:
    found = parts("昨年度は12月が14回、1月が22回、2月は 17 日現在で8回、累計回数は61回でした。")
    assert [(p.when, p.label, int(p.value)) for p in found] == [
        ("昨年度は12月", "", 14), ("昨年度 1月", "", 22), ("昨年度 2月は 17 日現在で", "", 8), ("昨年度", "累計回数", 61),
    ]  # fmt: skip


def _comes_to(question: str, text: str) -> list[str]:
    asked = wish(understand(question))
    assert asked is not None
    return [one.shown for one in chosen(asked, parts(text), (), "")]


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("将来負担比率は前年度と比べて何ポイント下がりましたか", "将来負担比率 41.5%(前年度47.0%)", ["5.5ポイント"]),
        ("参加者は前年度より何人増えましたか", "参加者 52人(前年度40人)", ["12人"]),
        ("参加者は前年度より何人増えましたか", "参加者 52人 見学者 40人", []),
        ("苦情は29年度と30年度を合わせて何件ですか", "苦情は、29年度は11件、30年度は2件です。", ["13件"]),
        ("補正額と予算総額の合計はいくらですか", "補正額は4億円で、予算総額は82億円です。", []),
        ("予算の総額はいくらですか", "予算の総額は314億円で、前年度と比べて12億円の増です。", ["314億円"]),
        ("地方交付税はいくらですか", "地方交付税につきましては、前年度から2億円増の97億円を見込みました。", []),
        (
            "水道事業会計と下水道事業会計の合計はいくらですか",
            "水道事業会計につきましては、支出を合わせて6億円、下水道事業会計につきましては9億円です。",
            ["15億円"],
        ),
    ],
)
def test_parts_of_a_sentence(question: str, text: str, shown: list[str]) -> None:
    assert _comes_to(question, text) == shown


def test_a_list_of_figures_is_compared_and_cited_whole(town_news: Store, all_offers: Offers) -> None:
    found = all_offers("意見を伺う会の3会場のうち、参加者が最も多かったのはどこで、何人ですか")
    texts = {_draft(town_news, o).text: o for o in found if o.way == "parts"}
    (best,) = [text for text in texts if "南公民館" in text and "52人" in text]
    assert [c.quote for c in _draft(town_news, texts[best]).citations] == [
        "北公民館 31人", "南公民館 52人", "港公民館 18人",
    ]  # fmt: skip


def test_points_are_told_under_a_longer_name_and_not_announced(town_news: Store) -> None:
    question = understand("新年度の3つの暮らしの柱をすべて挙げてください")
    best = answers_from_prose(town_news, question, retrieve(town_news, question))[0]
    assert [one.value for one in best.evidence] == [
        f"第{n}の柱は「{name}」です。" for n, name in enumerate(("学び", "守り", "商い"), 1)
    ]


def test_two_neighbours_answer_together_what_neither_does_alone(town_news: Store, all_offers: Offers) -> None:
    found = all_offers("令和5年度の市税はいくらで、収納率は何%でしたか")
    pairs = [o for o in found if o.way == "prose" and len(getattr(o.source, "evidence", ())) == 2]
    assert any("42億1,800万円" in (text := _draft(town_news, o).text) and "98.1%" in text for o in pairs)


def test_what_opens_a_paragraph_is_known_to_its_later_sentences(town_news: Store) -> None:
    question = understand("灯台公園「しおさい」の整備費はいくらですか")
    found = candidates(town_news, retrieve(town_news, question))
    (cost,) = [one for one in found if "整備費" in one.text]
    assert "しおさい" in cost.opener
    best = answers_from_prose(town_news, question, retrieve(town_news, question))[0]
    assert "3億4,000万円" in best.evidence[0].value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市税はいくらで、収納率は何%でしたか", [("money", None), ("percent", None)]),
        ("どれだけ減って、原因は何ですか", [("number", None), ("reason", None)]),
        ("何回開かれましたか", [("count", "回")]),
        ("内容を教えてください", []),
    ],
)
def test_all_kinds_of_things_that_are_asked_for(text: str, found: list[tuple[str, str | None]]) -> None:
    assert list(kinds(understand(text).folded)) == found


def test_a_figure_is_half_of_a_figure_and_its_reason() -> None:
    question = understand("教育費はいくら減り、その理由は何ですか")
    assert question.operation is not Operation.YESNO
    assert told(question, ("3,347,000千円",)) == 0.5
    assert lacks_reason(question, ("3,347,000千円",))
    assert not lacks_reason(question, ("工事が完了したため326,000千円の減",))
    assert told(question, ("工事が完了したため326,000千円の減",)) == 1.0


def test_a_year_said_as_people_say_it_is_of_this_era() -> None:
    assert [p.year for p in understand("5年度の決算はいくらですか").periods] == [2023]
    assert [p.year for p in understand("過去5年度分の決算はいくらですか").periods] == []


def test_a_figure_is_not_said_where_its_reason_is_asked_for_too(town_news: Store) -> None:
    given = answer("水道事業会計がいくらになった理由は何ですか", town_news)
    assert not given.answered or "ため" in given.answer, given.answer


@pytest.mark.parametrize(
    ("sentence", "given"),
    [
        ("前年度と比べて12億3,000万円、4.1%の増となりました。", 1.0),
        ("一般会計において278億7,100万円の減です。", 1.0),
        ("補正額は4億8,260万円で、総額は82億5,260万円となります。", 0.0),
    ],
)
def test_a_change_that_is_asked_for_is_printed_or_not(sentence: str, given: float) -> None:
    question = understand("予算は前年度と比べていくら増えましたか")
    evidence = Evidence("d", "passage", None, 0, None, (), None, (), sentence, None, "", 1)
    assert _change_given(question, evidence, (sentence,), 0.0) == given
    assert _change_given(question, evidence, (sentence,), 1.0) == 1.0
    assert _change_given(understand("予算はいくらですか"), evidence, (sentence,), 0.0) == 1.0
