"""Headings given as a list, over a made-up report whose programmes are named by nothing but headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Store, build, open_store
from qa.prose_draft import prose_draft
from qa.prose_headings import answers_from_headings
from qa.retrieve import retrieve
from qa.understand import understand
from qa.verify import failures

PORT = Path(__file__).parent / "port"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("port")
    build(PORT, folder, workers=1)
    return open_store(folder)


def listed(store: Store, text: str) -> list[str]:
    """What would be said, the likeliest first; each has to pass the gate."""
    question = understand(text)
    drafts = [prose_draft(store, one) for one in answers_from_headings(store, question, retrieve(store, question))]
    assert not [failure for draft in drafts for failure in failures(store, draft)]
    return [draft.text for draft in drafts]


def test_headings_under_the_one_asked_about_are_listed(port: Store) -> None:
    said = listed(port, "ものづくり応援プログラムにはどんなコースがありますか")[0]
    assert all(name in said for name in ("若手職人育成コース", "工房めぐりコース", "海外見本市出展コース"))
    assert "港まつり" not in said


def test_headings_are_counted(port: Store) -> None:
    assert listed(port, "ものづくり応援プログラムのコースはいくつありますか")[0].startswith("3つです")


@pytest.mark.parametrize(
    "text",
    [
        "若手職人育成コースは何回開催されましたか",  # a figure is no list
        "工房めぐりコースには何人が訪れましたか",  # headings are no people
        "水泳教室にはどんなコースがありますか",  # the heading above is not what is asked about
    ],
)
def test_no_list_where_none_is_asked_for(port: Store, text: str) -> None:
    assert listed(port, text) == []
