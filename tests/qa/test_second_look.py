"""The second look: question and answer read together where the trees are not sure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Store
from qa.choice import Weighed, weighed
from qa.offers import offers
from qa.reader import WORDS, BadReader, Pieces, Reader, reader
from qa.retrieve import retrieve
from qa.second_look import said_of, second_look, second_trees, seen_again
from qa.tabular import frames_of
from qa.types import Citation, Draft, Question
from qa.understand import understand

PIECES = Pieces(WORDS)
ASKED = "職員を派遣した会社ではどんな仕事をしていますか"
TELLS = "港商事派遣の事業内容は「本社で新規事業の開発や海外情勢の情報収集を行う」です。"
ELSE = "港商事派遣の対象国は「—」(値の記載なし)です。"


def test_a_text_that_answers_is_likelier_than_one_beside_it() -> None:
    tells, other = reader().logits(ASKED, [TELLS, ELSE])
    assert tells > other


def test_texts_read_together_are_read_as_alone() -> None:
    together = reader().logits(ASKED, [TELLS, ELSE, TELLS])
    alone = [reader().logits(ASKED, [one])[0] for one in (TELLS, ELSE, TELLS)]
    assert together == pytest.approx(alone, abs=1e-3)


def test_nothing_to_read_is_nothing() -> None:
    assert reader().logits(ASKED, []) == []


def test_long_texts_are_cut_and_strange_signs_read() -> None:
    long = reader().logits(ASKED * 20, [TELLS * 30])
    assert len(long) == 1
    assert len(reader().logits("🦀", ["\u0000\ud7ff"])) == 1


@given(st.text(max_size=60))
def test_pieces_come_of_any_text(text: str) -> None:
    assert all(isinstance(one, int) for one in PIECES(text))


def test_missing_weights_are_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(BadReader, match="make train-reader"):
        Reader(tmp_path / "none.onnx")
    (tmp_path / "words.json").write_text("{}")
    with pytest.raises(BadReader, match=r"words\.json"):
        Pieces(tmp_path / "words.json")


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-12, 12))
def test_the_second_trees_keep_the_order_of_both(one: float, other: float, read: float) -> None:
    low, high = sorted((one, other))
    likely = second_trees().probabilities(
        [seen_again({}, low, read), seen_again({}, high, read), seen_again({}, high, read + 1.0)]
    )
    assert likely == sorted(likely)


def test_what_is_seen_again_are_the_first_features_and_both_log_odds() -> None:
    assert seen_again({"covered": 0.5}, 0.5, 2.0) == {"covered": 0.5, "trees": 0.0, "read": 2.0}
    assert -10 < seen_again({}, 0.0, 0.0)["trees"] < seen_again({}, 1.0, 0.0)["trees"] < 10


def citation(**given: object) -> Citation:
    told = {
        "document": "d", "title": "海の町の事業", "line_start": 1, "line_end": 1, "page": None, "sheet": None,
        "heading": ("海の町の事業", "2 国際化", "(1) 派遣"), "row": "港商事派遣", "column": ("R3", "事業内容"), "quote": "x",
    }  # fmt: skip
    return Citation(**{**told, **given})  # type: ignore[arg-type]


def test_what_is_read_says_where_it_stands_once() -> None:
    draft = Draft("本社で開発を行う。", "", "value", (), None, (citation(),), 0.9)
    assert said_of(draft) == "海の町の事業|2 国際化 (1) 派遣|港商事派遣|R3 事業内容|本社で開発を行う。"
    named = replace(draft, text="港商事派遣の事業内容は「開発」です。")
    assert said_of(named) == "海の町の事業|2 国際化 (1) 派遣|港商事派遣の事業内容は「開発」です。"


def look(question: str, store: Store, sure: float | None = None) -> tuple[Question, list[Weighed]]:
    asked = understand(question)
    hits = retrieve(store, asked)
    found = offers(store, asked, hits, frames_of(store, hits), lambda _, step: step())
    best = weighed(store, asked, hits, found)
    return asked, best if sure is None else [replace(one, probability=sure) for one in best]


@pytest.fixture(scope="module")
def projects(indexed: Callable[..., Store]) -> Store:
    rows = "| 港商事派遣 | 本社で新規事業の開発や海外情勢の情報収集を行う | 港国 |\n| 浜の祭り | 踊りを行う | 浜国 |\n"
    return indexed({"jigyo.md": f"# 国際化事業\n\n| 事業名 | 事業内容 | 対象国 |\n|---|---|---|\n{rows}"})


def test_where_the_trees_are_sure_nothing_is_read(projects: Store) -> None:
    for sure in (0.01, 0.99):
        asked, best = look("港商事派遣の事業内容は", projects, sure)
        assert second_look(projects, asked, best) == best


def test_what_the_trees_leave_open_is_read(projects: Store) -> None:
    asked, best = look("港商事に派遣された人はどんな仕事をしていますか", projects, 0.4)
    looked = second_look(projects, asked, best)
    assert len(looked) == len(best)
    assert [one.probability for one in looked] != [one.probability for one in best]
    assert sorted((one.probability for one in looked), reverse=True) == pytest.approx(
        [one.probability for one in looked], abs=0.01
    )


def test_column_names_of_open_data_are_not_read(indexed: Callable[..., Store]) -> None:
    store = indexed({"zei.csv": "税目,incomeRate\n市民税,11.7\n入湯税,100\n"})
    asked, best = look("市民税のincomeRateは", store, 0.6)
    assert best
    assert second_look(store, asked, best) == best


def test_where_the_first_text_is_clear_the_second_is_not_read(projects: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, best = look("港商事に派遣された人はどんな仕事をしていますか", projects)
    best = [replace(one, probability=0.6 - i / 100) for i, one in enumerate(best)]
    texts: list[str] = []

    def counted(odds: float) -> Callable[[str, str], float]:
        def told(_: str, answer: str) -> float:
            texts.append(answer)
            return odds

        return told

    for odds, most in ((9.0, 1), (-9.0, 2)):
        texts.clear()
        monkeypatch.setattr("qa.second_look.read", counted(odds))
        monkeypatch.setattr("qa.second_look._CLEAR", 0.5)
        monkeypatch.setattr("qa.second_look._FAR", 0.0)
        second_look(projects, asked, best)
        assert len(texts) == most
