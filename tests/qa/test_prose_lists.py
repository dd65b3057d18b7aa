"""Several sentences that answer together, over the report of a port that does not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Store, build, open_store
from qa.prose import answers_from_prose
from qa.prose_candidates import candidates
from qa.prose_features import prepare
from qa.retrieve import retrieve
from qa.understand import understand

PORT = Path(__file__).parent / "port"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("port")
    build(PORT, folder, workers=1)
    return open_store(folder)


@pytest.mark.parametrize(
    "text", ["岸壁改良費の主な内容をすべて教えてください", "岸壁改良費の主な内容は", "岸壁改良費の主な内容を知りたい"]
)
def test_a_sentence_that_announces_a_list_is_answered_by_the_list(port: Store, text: str) -> None:
    question = understand(text)
    first = answers_from_prose(port, question, retrieve(port, question))[0]
    assert [one.value.strip("・ ") for one in first.evidence] == ["第3岸壁の補強", "係留杭の取替え", "照明灯の更新"]
    assert first.probability > 0.5


def test_a_word_asked_with_twice_counts_once(port: Store) -> None:
    question = understand("港湾会計が赤字になったのはなぜですか。赤字の額はいくらでしたか。")
    asked = prepare(question, candidates(port, retrieve(port, question)))
    shares = [s for t, s in zip(asked.question.terms, asked.shares, strict=True) if t.surface == "赤字"]
    assert len(shares) == 2
    assert min(shares) == 0.0 < max(shares)
