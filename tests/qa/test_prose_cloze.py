"""Questions made from speeches ask for what a sentence is about, as people do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus.values import find_quantities
from qa.training.prose_cloze import speeches
from qa.understand import understand

LINES = [
    "ただいまから予算の大要を説明いたします。",
    "市税につきましては、法人の分で減収となることから、2.2%、3億円減の135億円を見込みました。",
    "繰入金につきましては、基金の取り崩しを抑えたことにより、8億2千万円を計上しました。",
    "道の駅につきましては、昨年の開業から多くの方に訪れていただき、来場者は41万人に達しました。",
    "以上、概要を申し上げました。",
    "よろしくご審議のほどお願い申し上げます。",
    "本案は、条例を改めようとするものであります。",
]


@pytest.fixture
def asked(tmp_path: Path) -> list[tuple[str, str]]:
    path = tmp_path / "minutes.json.gz"
    speech = {"speaker": "市長", "utterance": "\n".join(LINES * 6)}
    meeting = {
        "date": "2020-02-20",
        "localGovernmentName": "みなと市",
        "proceedingTitle": "令和2年第1回定例会 本会議",
        "proceeding": [speech],
    }
    with gzip.open(path, "wt", encoding="utf-8") as file:
        json.dump({"local": [meeting], "diet": []}, file)
    return [
        (q["question"], q["answers"][0]["text"])
        for paragraphs in speeches(path).values()
        for p in paragraphs
        for q in p["questions"]
    ]


def test_what_a_sentence_is_about_is_asked_for_with_city_and_year(asked: list[tuple[str, str]]) -> None:
    questions = [question for question, _ in asked]
    assert any(question.startswith("みなと市の") for question in questions)
    assert any("令和2年度の" in question for question in questions)
    assert any("市税は前年度" in question or "市税の前年度" in question for question in questions)


def test_every_question_is_understood_and_none_holds_its_answer(asked: list[tuple[str, str]]) -> None:
    assert len(asked) >= 8
    for question, told in asked:
        assert understand(question).terms, question
        assert find_quantities(told)
        assert told not in question
