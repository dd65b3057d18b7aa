"""Newsletters, minutes and answers to frequent questions: years that go on, changes told by both ends, who asked, premises."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa.explain import literal
from qa.masthead import masthead
from qa.offers import Offer, offers
from qa.parts import parts
from qa.parts_asked import wish
from qa.parts_reckon import chosen
from qa.pipeline import answer
from qa.premises import of_another_measure, of_another_year
from qa.prose_askers import asks_who_asked
from qa.prose_beside import same_label
from qa.prose_candidates import candidate_at, governing
from qa.prose_features import period_fit
from qa.prose_kinds import things
from qa.prose_reading import read
from qa.restate import in_known_words
from qa.retrieve import retrieve
from qa.tabular import frames_of
from qa.than import than
from qa.types import Draft, Operation
from qa.understand import understand

COUNCIL = """はまなす議会だより　第30号
発行／浜茄子町議会　令和7年2月1日

令和6年第4回浜茄子町議会（12月定例会）

●港の条例を可決

賛否が分かれた議案
議案等　　　　　　　　　　　　　　　　賛成　反対　結果
議案第8号　水道条例の一部改正　　　　　12　　 5　 可決
議案第9号　プールの指定管理　　　　　　14　　 3　 可決
議案第10号　期末手当の条例の改正　　　 11　　 6　 可決
請願第4号　給食費を無償にする請願　　　 8　　 9　 不採択

一般質問
◎潮田　進（波の会）
問　クマの目撃は。
答（産業部長）　令和5年度の目撃は214件である。捕獲数は31頭で、檻は12基を置いた。
◎浜田　緑（無会派）
問　商品券の割増率は。
答（商工課長）　25％とする。前回（令和4年度）は30％であった。

監査委員　　村瀬　孝夫
監査委員　　大井　千鶴
"""


@pytest.fixture(scope="module")
def council(indexed: Callable[..., Store]) -> Store:
    return indexed({"hamanasu_gikai.txt": COUNCIL})


def place(store: Store, text: str) -> int:
    (document,) = store.documents.values()
    return next(i for i, one in enumerate(document.passages) if text in document.quote(one.span))


def made(store: Store, question: str) -> list[Offer]:
    asked = understand(question)
    hits = retrieve(store, asked)
    return offers(store, asked, hits, frames_of(store, hits), lambda _, step: step())


def test_a_year_goes_on_through_its_paragraph(council: Store) -> None:
    (document,) = council.documents.values()
    at = place(council, "捕獲数は31頭")
    assert "令和5年度の目撃" in governing(document, at)
    one = candidate_at(document, at, 1)
    assert period_fit(understand("令和5年度の捕獲数は何頭ですか"), one) > 0.0
    assert period_fit(understand("令和6年度の捕獲数は何頭ですか"), one) == -1.0
    evidence = (one.evidence,)
    assert of_another_year(council, understand("令和6年度の捕獲数は何頭ですか"), evidence)
    assert not of_another_year(council, understand("令和5年度の捕獲数は何頭ですか"), evidence)
    assert not answer("令和6年度のクマの捕獲数は何頭ですか", council).answered


def test_what_was_before_is_no_answer_where_it_is_not_asked_for(council: Store) -> None:
    (document,) = council.documents.values()
    one = candidate_at(document, place(council, "前回（令和4年度）は30％"), 1)
    assert period_fit(understand("商品券の割増率は何%ですか"), one) == -1.0
    assert period_fit(understand("前回の商品券の割増率は何%ですか"), one) == 0.0
    assert not answer("商品券の割増率は30%で合っていますか", council).answer.startswith("はい")


def test_a_claimed_rate_is_not_answered_with_an_amount() -> None:
    asked = understand("商品券の割増率は30%と聞きましたが、合っていますか")
    assert of_another_measure(asked, Draft("商品券の値は126,000千円です。", "", "value", (), None, (), 1.0))
    assert not of_another_measure(asked, Draft("割増率は25%です。", "", "value", (), None, (), 1.0))


def test_the_first_lines_say_which_document_is_meant(council: Store) -> None:
    (document,) = council.documents.values()
    front = masthead(document)
    assert "浜茄子町議会" in front
    assert "12月定例会" in front
    assert "賛否" not in front
    assert "クマ" not in front


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        ("袋（大）を10枚で300円から450円に、（小）を10枚で200円から310円に改めます。", "大の袋はいくら値上がりしますか", "150円"),
        ("袋（大）を10枚で300円から450円に、（小）を10枚で200円から310円に改めます。", "小の袋はいくら値上がりしますか", "110円"),
        ("月5,000円の利用料を、来年4月から6,500円に改めたいと考えています。", "利用料はいくら値上げされますか", "1,500円"),
        ("待機児童は18人で、昨年の31人から減りました。", "待機児童はいくら減りましたか", "13人"),
        ("一般家庭の場合、1か月2,640円が2,981円になります。", "1か月いくら増えますか", "341円"),
        ("令和5年度末で312件、786万円となり、前年度末の268件、695万円から増えている。", "収入未済はいくら増えましたか", "91万円"),
        ("令和5年度は1,142戸で、前回の平成30年度の974戸から増えた。", "空き家は何戸増えましたか", "168戸"),
    ],
)  # fmt: skip
def test_a_change_told_by_both_its_ends(text: str, question: str, told: str) -> None:
    asked = wish(understand(question))
    assert asked is not None
    (one,) = [c for c in chosen(asked, parts(text), (), "", searchable(text)) if c.kind == "difference"]
    assert told in one.said


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("5,000円の会費を、来年4月から500円の割引券と引き換えます。", "会費はいくら値下げされますか"),
        ("定員は10人から20人までです。", "定員は何人増えましたか"),
        ("前年度から8,150万円の減となった。", "寄附はいくら減りましたか"),
        ("大は300円から450円に、小は200円から310円に改めます。", "袋はいくら値上がりしますか"),
    ],
)
def test_no_change_is_made_up(text: str, question: str) -> None:
    asked = wish(understand(question))
    assert asked is not None
    assert not [c for c in chosen(asked, parts(text), (), "", text) if c.kind == "difference"]


def test_what_is_left_of_a_sum_without_one_part() -> None:
    asked = wish(understand("費用のうち、国の補助金を除くといくらですか"))
    assert asked is not None
    text = "費用は5,800万円で、このうち国の補助金が4,350万円です。"
    assert any("1,450万円" in one.said for one in chosen(asked, parts(text), (), "", text))


def test_who_asked_is_the_heading_above_the_question(council: Store) -> None:
    question = "クマの目撃について質問したのはどの議員ですか"
    assert asks_who_asked(understand(question))
    assert not asks_who_asked(understand("質問の回数は何回ですか"))
    (first, *_) = [one for one in made(council, question) if one.way == "heading"]
    draft = first.draft(council)
    assert draft is not None
    assert draft.text == "潮田 進（波の会）です。"


def test_lines_under_one_label_are_told_together(council: Store) -> None:
    (document,) = council.documents.values()
    one = candidate_at(document, place(council, "村瀬"), 1)
    assert len(same_label(council, understand("監査委員の名前を教えてください"), one)) == 2
    assert len(same_label(council, understand("村瀬監査委員の名前を教えてください"), one)) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("水道条例の一部改正より反対が多かった議案はどれですか", "水道条例の一部改正"),
        ("港町より人口が少ない町を挙げてください", "港町"),
        ("令和4年度より件数が多い年度はいつですか", None),
        ("100人より参加者が多い町はどこですか", None),
        ("平均より人口が多い町はどこですか", None),
        ("東館は北館より利用者が多いですか", None),
    ],
)
def test_a_bound_that_is_another_things_figure(text: str, named: str | None) -> None:
    found = than(text)
    assert (found.named if found else None) == named


def test_things_with_more_than_a_named_one(council: Store) -> None:
    said = answer("水道条例の一部改正より反対が多かった議案や請願を挙げてください。", council)
    assert said.answered is False or {"期末手当", "無償"} <= {
        w for w in ("期末手当", "無償", "プール") if w in said.answer
    }
    assert "プール" not in said.answer


@pytest.mark.parametrize(
    ("word", "text", "held"),
    [
        ("引っ越し", "引っ越すときは", True),
        ("受け入れる", "分娩の受入れを休止する", True),
        ("引上げ", "使用料を引き上げます", True),
        ("子ども", "こども医療費の助成", True),
        ("子供", "子どもの居場所", True),
        ("休み", "休館日", True),
        ("見直し", "見晴らしがよい", False),
        ("送り", "贈り物", False),
    ],
)
def test_one_word_in_other_spellings(word: str, text: str, held: bool) -> None:
    (term, *_) = understand(f"{word}はいつですか").terms
    assert (literal(term, text) >= 0.85) is held


def test_an_everyday_word_in_pieces(indexed: Callable[..., Store]) -> None:
    store = indexed({"byoin.txt": "病院の案内\n\n分娩の受入れを休止します。産科の外来は続けます。\n"})
    assert in_known_words(store, "お産ができないのはなぜですか") == "分娩ができないのはなぜですか"


@pytest.mark.parametrize(
    ("text", "question", "kind"),
    [
        ("使い終わる日の5日前までにご連絡ください。", "連絡は何日前までですか", True),
        ("口座振替は翌月の26日です。", "口座振替はいつですか", True),
        ("前年度から8,150万円の減となった。", "なぜ減ったのですか", False),
        ("米の返礼品の寄附額を引き上げたことが影響した。", "なぜ減ったのですか", True),
        ("処分したことが原因である。", "なぜなくなったのですか", True),
    ],
)
def test_days_and_reasons(text: str, question: str, kind: bool) -> None:
    assert bool(things(understand(question), read(text))) is kind


def test_questions_read_as_what_they_ask() -> None:
    assert understand("バスは1日に何往復しますか").operation is not Operation.YESNO
    assert understand("蛇口の水漏れでも料金は減額されますか").operation is Operation.YESNO
    assert understand("10枚でいくら値上がりしますか").operation is Operation.DIFFERENCE
    assert not {t.surface for t in understand("今回の会見の出席者は").terms} & {"今回"}
