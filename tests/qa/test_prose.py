"""Answers from prose, over a made-up city's report read and indexed as any other document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store, build, open_store
from qa.prose import ProseAnswer, answers_from_prose
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
