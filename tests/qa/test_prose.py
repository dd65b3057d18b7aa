"""Answers from prose, over a made-up city's report read and indexed as any other document."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.values import parse_number
from index import Store, build, open_store
from qa.money import spoken
from qa.prose import ProseAnswer, answers_from_prose
from qa.prose_features import FEATURES
from qa.prose_lists import enumerated
from qa.prose_model import prose_model, softmax
from qa.retrieve import retrieve
from qa.understand import understand

REPORT = """白嶺市 市長施政方針(令和6年度)

1 子育て

本市では、令和6年4月に「こども相談室」を市民センターに開設しました。
相談員5人が、年間で1,240件の相談を受けました。
子育て応援券は、利用者が減ったため、令和7年3月で廃止します。

2 交通

湖畔バスの運賃は、10月から大人250円、小学生120円に改めます。
乗車人数は令和4年度が18,400人、令和5年度が20,240人でした。

3 協定

・災害時の協力について、北嶺市、東嶺町、湖西町と協定を結びました。
・パンフレットは、日本語・英語・韓国語で作りました。

4 財政

令和6年度の国民健康保険事業では、保険給付費12億3,400万円、総務費5,670万円及び予備費300万円を計上しました。
図書館の蔵書48,000冊のうち、児童書は12,000冊です。

5 重点施策

今年度は、次の3つの柱に取り組みます。
第1の柱「安心して働けるまち」では、保育の枠を広げます。
第2の柱「学びあうまち」では、公民館の講座を増やします。
第3の柱「歩いて楽しいまち」では、駅前の歩道を直します。
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("city")
    (folder / "shirane-shisei-r6.txt").write_text(REPORT, "utf-8")
    index = folder / "index"
    build(folder, index)
    return open_store(index)


Ask = Callable[[str], tuple[ProseAnswer, ...]]


@pytest.fixture(scope="module")
def ask(city: Store) -> Ask:
    def run(text: str) -> tuple[ProseAnswer, ...]:
        question = understand(text)
        return answers_from_prose(city, question, retrieve(city, question))

    return run


def quoted(answer: ProseAnswer) -> str:
    return " ".join(one.value for one in answer.evidence)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("こども相談室はいつ開設されましたか。", "令和6年4月"),
        ("相談は何件ありましたか", "1,240件"),
        ("子育て応援券が廃止される理由は?", "利用者が減ったため"),
        ("湖畔バスの小学生の運賃はいくら", "120円"),
        ("災害時の協力の協定を結んだ相手はどこ?", "北嶺市"),
    ],
)
def test_the_sentence_that_answers_is_quoted_first(ask: Ask, text: str, part: str) -> None:
    assert part in quoted(ask(text)[0])


@pytest.mark.parametrize(
    ("text", "near_miss"),
    [
        ("こども相談室はいつ開設されましたか。", "こども図書室はいつ開設されましたか。"),
        ("湖畔バスの小学生の運賃はいくら", "湖畔バスの障害者の運賃はいくら"),
        ("令和5年度の乗車人数は何人ですか", "令和2年度の乗車人数は何人ですか"),
        ("相談員は何人ですか", "相談員は何歳ですか"),
    ],
)
def test_a_near_miss_is_much_less_probable(ask: Ask, text: str, near_miss: str) -> None:
    right, wrong = ask(text)[0].probability, max((a.probability for a in ask(near_miss)), default=0.0)
    assert wrong < 0.5 < right


def test_answers_come_best_first_and_probabilities_are_shares(ask: Ask) -> None:
    found = ask("湖畔バスの小学生の運賃はいくら")
    assert [a.probability for a in found] == sorted((a.probability for a in found), reverse=True)
    assert all(0.0 <= a.probability <= 1.0 for a in found)
    assert sum(a.probability for a in found) <= 1.0 + 1e-9


def test_evidence_is_of_one_document_and_in_reading_order(ask: Ask) -> None:
    for text in ("こども相談室はいつ開設されましたか。", "協定を結んだ相手はどこ?"):
        for answer in ask(text):
            assert answer.evidence
            assert len({one.document for one in answer.evidence}) == 1
            assert [one.position for one in answer.evidence] == sorted({one.position for one in answer.evidence})


def test_every_term_is_accounted_for(ask: Ask) -> None:
    text = "こども相談室はいつ開設されましたか。"
    assert [a.term for a in ask(text)[0].accounts] == list(understand(text).terms)


def test_nothing_found_is_no_answer(city: Store) -> None:
    question = understand("こども相談室はいつ開設されましたか。")
    assert answers_from_prose(city, question, ()) == ()


@pytest.mark.parametrize(
    ("text", "said", "calculation"),
    [
        ("乗車人数は令和4年度から令和5年度でどれだけ増えましたか", "1,840人増", "20,240 − 18,400 = 1,840 (人)"),
        ("湖畔バスの乗車人数、令和5年度は令和4年度と比べて何%増えた?", "約10.0%増", "(20,240 − 18,400) ÷ 18,400 × 100 ≒ 10.0 (%)"),
        ("令和5年度の乗車人数は令和4年度の何倍ですか", "約1.10倍", "20,240 ÷ 18,400 ≒ 1.10 (倍)"),
        ("保険給付費・総務費・予備費の合計はいくらですか。", "12億9,370万円", "12億3,400万 + 5,670万 + 300万 = 12億9,370万 (円)"),
        ("図書館の蔵書のうち児童書が占める割合は?", "約25.0%", "12,000 ÷ 48,000 × 100 ≒ 25.0 (%)"),
    ],
)  # fmt: skip
def test_a_calculation_shows_its_operands_and_cites_their_sentence(
    ask: Ask, text: str, said: str, calculation: str
) -> None:
    best = ask(text)[0]
    assert best.text
    assert said in best.text
    assert best.calculation == calculation
    assert all(
        figure in quoted(best)
        for figure in re.findall(
            r"[0-9][0-9,億万]*[0-9万億]", calculation.split(" = ")[0].split(" × ")[0].split(" ≒ ")[0]
        )
    )


def test_nothing_is_calculated_when_an_operand_is_missing(ask: Ask) -> None:
    for text in ("保険給付費と介護費の合計はいくらですか。", "乗車人数は令和元年度から令和5年度でどれだけ増えましたか"):
        assert all(a.calculation is None for a in ask(text))
        assert all(a.probability < 0.5 for a in ask(text))


def test_what_is_told_is_not_calculated(ask: Ask) -> None:
    best = ask("利用者が減った子育て応援券はいつ廃止しますか")[0]
    assert best.calculation is None
    assert "令和7年3月" in quoted(best)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("相談室の相談員は5人ですよね?", "はい、"),
        ("相談室の相談員は8人ですよね?", "いいえ、"),
        ("こども相談室は令和6年4月に開設されたんですよね。", "はい、"),
        ("こども相談室は令和4年9月に開設されたんですよね。", "いいえ、"),
    ],
)
def test_a_claim_is_borne_out_or_corrected(ask: Ask, text: str, begins: str) -> None:
    best = ask(text)[0]
    assert best.text
    assert best.text.startswith(begins)


def test_a_false_figure_is_not_repeated(ask: Ask) -> None:
    assert "8人" not in (ask("相談室の相談員は8人ですよね?")[0].text or "")


def test_numbered_points_are_quoted_together(ask: Ask) -> None:
    best = ask("今年度の3つの柱をすべて挙げてください。")[0]
    assert len(best.evidence) == 3
    assert all(part in quoted(best) for part in ("安心して働けるまち", "学びあうまち", "歩いて楽しいまち"))


def test_each_of_two_things_gets_its_sentence(ask: Ask) -> None:
    best = ask("相談員と児童書はそれぞれどうなっていますか")[0]
    assert "5人" in quoted(best)
    assert "12,000冊" in quoted(best)


def test_names_in_a_row_are_counted(ask: Ask) -> None:
    best = ask("災害時の協力について、何団体と協定を結びましたか")[0]
    assert best.values[0].value == 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("北嶺市、東嶺町及び湖西町と協定を結んだ。", ("北嶺市", "東嶺町", "湖西町")),
        ("対象国(南スーダン、ベルギー、カタール)", ("南スーダン", "ベルギー", "カタール")),
        ("北嶺市、東嶺町などと協定を結んだ。", ()),
    ],
)
def test_only_a_closed_row_is_counted(text: str, names: tuple[str, ...]) -> None:
    assert enumerated(text) == names


@given(st.integers(0, 10**15), st.booleans())
def test_a_number_is_written_as_it_is_read(value: int, scaled: bool) -> None:
    assert parse_number(spoken(Decimal(value), scaled)) == value


@given(st.fixed_dictionaries({name: st.floats(0, 1) for name in FEATURES}), st.floats(0, 1))
def test_a_word_more_that_nothing_explains_never_helps(features: dict[str, float], more: float) -> None:
    model = prose_model()
    worse = {
        **features,
        **{name: features[name] + more for name in ("lost", "lost_names", "lost_count", "period_other")},
    }
    standing = {"lead_score": 0.0, "lead_next": 1.0, "lead_share": 0.7}
    assert model.sure.probability(worse | standing) <= model.sure.probability(features | standing) + 1e-9


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=12))
def test_shares_sum_to_one(scores: list[float]) -> None:
    assert sum(softmax(scores)) == pytest.approx(1.0)
