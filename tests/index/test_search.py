"""A query finds what shares its words, its letters or its meaning, best first, and nothing where nothing fits."""

from __future__ import annotations

import numpy as np
import pytest

from index import MODES, Store, search
from index.search import DEPTH, FLOOR


def texts(store: Store, query: str, mode: str = "hybrid", k: int = 10) -> list[str]:
    return [hit.entry.text for hit in search(store, query, k, mode)]


@pytest.mark.parametrize("mode", ["hybrid", "lexical"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("海岸清掃の予算", "海岸清掃"),
        ("観光船誘致", "観光船誘致"),
        ("減塩の料理", "減塩の料理"),
        ("減塩教室の決算額", "決算額 95 千円"),
        ("R3に始まった事業", "朝市"),
    ],
)
def test_the_first_hit_is_what_was_asked_for(town_store: Store, mode: str, query: str, found: str) -> None:
    assert found in texts(town_store, query, mode)[0]


@pytest.mark.parametrize("mode", MODES)
def test_hits_are_ranked_from_one_best_first(store: Store, mode: str) -> None:
    hits = search(store, "上海事務所の運営", 20, mode)
    assert len(hits) > 1
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.entry.id for hit in hits}) == len(hits)
    parts = {"hybrid": {"words", "bigrams", "dense"}, "lexical": {"words", "bigrams"}, "dense": {"dense"}}[mode]
    assert all(set(hit.parts) == parts for hit in hits)
    assert all(-1.0001 <= value <= 1.0001 for hit in hits for value in hit.parts.values())


def test_both_shipped_documents_are_searched(store: Store) -> None:
    hits = search(store, "上海事務所運営", 20)
    assert {hit.entry.document for hit in hits} == {"gunma-kokusaika-r2r3", "gunma-chijisenryaku-r3"}
    assert any("事業名 上海事務所運営" in hit.entry.text for hit in hits)
    assert all("上海" in hit.entry.text for hit in hits[:4])


@pytest.mark.parametrize("k", [1, 2, 5])
def test_a_shorter_list_is_the_beginning_of_a_longer_one(store: Store, k: int) -> None:
    assert search(store, "多文化共生", k) == search(store, "多文化共生", 20)[:k]


def test_asking_for_more_than_there_is_gives_what_there_is(town_store: Store) -> None:
    hits = search(town_store, "事業", 1000)
    assert 0 < len(hits) <= len(town_store.entries)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("query", ["", " \n", "。、?", "それは、です。", "のでしょうか"])
def test_nothing_is_found_for_nothing(store: Store, mode: str, query: str) -> None:
    assert search(store, query, 10, mode) == ()


@pytest.mark.parametrize("mode", ["hybrid", "dense"])
def test_a_word_that_nobody_knows_finds_nothing(store: Store, mode: str) -> None:
    assert search(store, "𓀀", 10, mode) == ()


def test_unknown_words_find_nothing_by_words(town_store: Store) -> None:
    assert search(town_store, "宇宙飛行士", mode="lexical") == ()


@pytest.mark.parametrize("spellings", [("R3 朝市", "令和3年度 朝市", "Ｒ３　朝市", "2021年度 朝市")])
def test_spellings_of_a_year_find_the_same(town_store: Store, spellings: tuple[str, ...]) -> None:
    first = {texts(town_store, spelling)[0] for spelling in spellings}
    assert len(first) == 1
    assert "朝市" in first.pop()


def test_width_and_spelled_letters_find_the_same(store: Store) -> None:
    assert texts(store, "ぐ ん ま 広 報") == texts(store, "ぐんま広報")
    assert texts(store, "ＪＥＴプログラム") == texts(store, "JETプログラム")


def test_searching_twice_finds_the_same(store: Store) -> None:
    assert search(store, "外国人材の受け入れ") == search(store, "外国人材の受け入れ")


def test_the_parts_of_a_hit_are_what_each_index_says(store: Store) -> None:
    query = "外国人材の受け入れ"
    vector = store.encoder.encode_queries([query])[0]
    for hit in search(store, query, 20):
        position = next(i for i, entry in enumerate(store.entries) if entry.id == hit.entry.id)
        assert hit.parts["words"] == pytest.approx(float(store.words.ask(query).shares(np.asarray([position]))[0]))
        assert hit.parts["dense"] == pytest.approx(float(store.vectors.cosines(vector, [position])[0]), abs=1e-6)


def test_an_entry_is_nearest_to_itself_in_meaning(store: Store) -> None:
    for entry in store.entries[::40]:
        best, *_ = search(store, entry.gist, 3, "dense")
        assert best.entry.gist == entry.gist


def test_what_is_far_in_meaning_is_no_hit(store: Store) -> None:
    found = search(store, "多文化共生", DEPTH, "dense")
    assert found
    assert all(hit.score >= FLOOR for hit in found)
    assert len(found) < len(store.entries)


@pytest.mark.parametrize(
    ("query", "found"),
    [("クルージングの客を呼び込む", "観光船誘致"), ("塩分を控えた食事を習う", "減塩")],
)
def test_other_words_than_the_documents_find_the_thing(town_store: Store, query: str, found: str) -> None:
    assert found in texts(town_store, query)[0]


@pytest.mark.parametrize("mode", ["", "vector", "HYBRID"])
def test_an_unknown_mode_is_wrong_use(town_store: Store, mode: str) -> None:
    with pytest.raises(ValueError, match="hybrid, lexical, dense"):
        search(town_store, "朝市", mode=mode)


@pytest.mark.parametrize("k", [0, -1])
def test_a_count_below_one_is_wrong_use(town_store: Store, k: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        search(town_store, "朝市", k)
