"""What programs are given is what people see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from index import Store
from qa import answer
from qa.web.feedback import Feedback
from qa.web.service import Service, WrongRequest
from qa.web.shelf import Shelf
from qa.web.site import Site


@pytest.fixture
def service(town: Store) -> Service:
    return Service(Site(Shelf(town, Path("nowhere")), Feedback(Path("nowhere"))))


def asked(service: Service, question: str, earlier: list[str] | None = None) -> dict[str, Any]:
    return asyncio.run(service.ask(question, earlier))


def test_an_answer_is_of_the_contracts_form(service: Service, town: Store, conform: Callable[[Any], None]) -> None:
    given = asked(service, "湖畔野外劇の令和4年度当初予算額はいくらですか？")
    conform(given)
    plain = msgspec.json.decode(msgspec.json.encode(answer("湖畔野外劇の令和4年度当初予算額はいくらですか？", town)))
    assert {k: v for k, v in given.items() if k != "elapsed_ms"} == {
        k: v for k, v in plain.items() if k != "elapsed_ms"
    }


def test_earlier_questions_are_the_conversation(service: Service) -> None:
    given = asked(service, "令和5年度は？", ["湖畔野外劇の令和4年度当初予算額はいくらですか？"])
    assert "9,075千円" in given["answer"]
    assert not asked(service, "令和5年度は？")["answered"]


def test_search_says_where(service: Service, town: Store) -> None:
    best = service.search("野外劇", 3)[0]
    assert (best["document"], best["line_start"]) == ("shirane-bunka-r4r5", 7)
    assert service.search("　", 3) == []


def test_rows_are_those_of_the_look_up(service: Service) -> None:
    given = service.rows("table=none&words=図書館")
    assert [row["cells"][1] for row in given["rows"]] == ["移動図書館ひまわり号", "郷土資料デジタル化"]
    assert given["totals"][1] == {
        "column": "R4 当初予算額 (千円)",
        "total": 6187.0,
        "unit": "千円",
        "counted": 2,
        "left_out": 0,
    }
    again = service.rows(given["query"], start=1, limit=1)
    assert [row["line"] for row in again["rows"]] == [10]
    assert again["found"] == 2


@pytest.mark.parametrize(
    "call",
    [lambda s: s.search("語", 0), lambda s: s.search("語", 101), lambda s: s.search("語" * 3000), lambda s: s.rows("", -1), lambda s: s.rows("", 0, 10**6), lambda s: s.rows("x" * 3000)],
)  # fmt: skip
def test_what_is_too_much_is_refused_in_a_sentence(call: Callable[[Service], Any], service: Service) -> None:
    with pytest.raises(WrongRequest):
        call(service)
