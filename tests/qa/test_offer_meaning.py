"""What the words are worth that an offer does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Store, build, open_store
from qa.offer_meaning import meaning
from qa.offers import Offer, offers
from qa.retrieve import retrieve
from qa.tabular import frames_of
from qa.understand import understand

PORT = Path(__file__).parent / "port"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("port")
    build(PORT, folder, workers=1)
    return open_store(folder)


def first(store: Store, text: str) -> tuple[dict[str, float], Offer]:
    question = understand(text)
    hits = retrieve(store, question)
    found = offers(store, question, hits, frames_of(store, hits), lambda _, step: step())
    one = next(o for o in found if o.way == "prose")
    return meaning(store, question, one), one


def test_a_kind_of_thing_that_is_asked_for_need_not_be_named(port: Store) -> None:
    asked, _ = first(port, "工房めぐりコースではどんな役割の市内の工房を公開しましたか")
    named, _ = first(port, "工房めぐりコースでは役割の市内の工房を公開しましたか")
    assert (asked["lost_asked"], named["lost_asked"]) == (1.0, 0.0)
    assert asked["lost_far"] < named["lost_far"]


def test_a_word_that_the_document_uses_elsewhere_is_told_apart(port: Store) -> None:
    elsewhere, _ = first(port, "花火の工房めぐりコースでは市内の工房を公開しましたか")
    nowhere, _ = first(port, "卓球の工房めぐりコースでは市内の工房を公開しましたか")
    assert (elsewhere["lost_there"], nowhere["lost_there"]) == (1.0, 0.0)


@pytest.mark.parametrize("text", ["市内の工房を公開したコースには延べ何人が訪れましたか"])
def test_nothing_lost_is_nothing_missing(port: Store, text: str) -> None:
    found, _ = first(port, text)
    assert found["cos_left"] == 1.0
    assert found["lost_far"] == found["lost_there"] == 0.0
