"""The page for programs and operators: named endpoints, health, limits, passwords, a calm end."""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from index import build
from qa.web.people import line_for

ROOT = Path(__file__).resolve().parents[2]
ASKED = {
    "湖畔野外劇の令和4年度当初予算額は？": "8,610千円",
    "市民合唱祭の令和5年度当初予算額は？": "1,385千円",
    "移動図書館ひまわり号の令和4年度当初予算額は？": "3,427千円",
    "伝統織物体験工房の令和5年度当初予算額は？": "4,118千円",
}
PASSWORD = "a long enough word"


@pytest.fixture(scope="module")
def address(serving: Callable[..., Any], town_town: Path) -> Iterator[str]:
    with serving(town_town, "--rate", "0") as url:
        yield url


@pytest.fixture(scope="module")
def town_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index over the town's documents in a folder of its own, beside which feedback may be written."""
    folder = tmp_path_factory.mktemp("town")
    build(Path(__file__).resolve().parents[1] / "qa" / "town", folder / "index")
    return folder / "index"


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False)


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def test_ask_search_and_rows_can_be_called_by_name(client: Client) -> None:
    given = client.predict("湖畔野外劇の令和4年度当初予算額は？", api_name="/ask")
    assert given["answered"]
    assert given["citations"][0]["line_start"] == 7
    follow = client.predict("令和5年度は？", ["湖畔野外劇の令和4年度当初予算額は？"], api_name="/ask")
    assert "9,075千円" in follow["answer"]
    assert client.predict(query="野外劇", k=1, api_name="/search")[0]["line_start"] == 7
    rows = client.predict("words=図書館", api_name="/rows")
    assert rows["found"] == 2


def test_only_these_are_offered_and_described(client: Client) -> None:
    endpoints = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(endpoints) == {"/ask", "/search", "/rows"}
    assert all(one["description"] for one in endpoints.values())


def test_a_wrong_request_gets_a_sentence(client: Client) -> None:
    with pytest.raises(AppError, match="1 から 100"):
        client.predict("語", 0, api_name="/search")
    assert "空" in client.predict("", api_name="/ask")["answer"]


def test_many_at_once_each_get_their_own_answer(address: str) -> None:
    # A client each: one that several threads share drops a reply now and then when its stream ends between two of them.
    clients = [Client(address, verbose=False) for _ in range(8)]

    def ask_all(one: Client) -> list[tuple[str, dict[str, str]]]:
        return [(text, one.predict(text, api_name="/ask")) for text in list(ASKED) * 2]

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = [pair for pairs in pool.map(ask_all, clients) for pair in pairs]
    assert len(answers) == len(clients) * len(ASKED) * 2
    for text, given in answers:
        assert given["question"] == text
        assert ASKED[text] in given["answer"]


def test_many_at_once_are_answered_in_one_request_each(address: str) -> None:
    def ask_one(text: str) -> dict[str, Any]:
        body = json.dumps({"data": [text, None]}).encode()
        sent = urllib.request.Request(f"{address}gradio_api/run/ask", body, {"content-type": "application/json"})
        with urllib.request.urlopen(sent, timeout=60) as answer:
            given: dict[str, Any] = json.load(answer)["data"][0]
            return given

    with ThreadPoolExecutor(20) as pool:
        texts = list(ASKED) * 25
        for text, given in zip(texts, pool.map(ask_one, texts), strict=True):
            assert given["question"] == text
            assert ASKED[text] in given["answer"]


def test_health_headers_and_files(address: str) -> None:
    status, headers, body = get(f"{address}healthz")
    assert status == 200
    assert json.loads(body)["documents"] == 2
    for path in ("", "en/", "healthz", "download/rows.csv"):
        _, headers, _ = get(address + path)
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    status, headers, body = get(
        f"{address}download/answer.csv?q={quote('令和4年度当初予算額が3,000千円以上の事業をすべて挙げてください。')}"
    )
    assert (status, headers["content-disposition"]) == (200, 'attachment; filename="answer.csv"')
    assert body.startswith("\ufeff".encode())
    for path in (
        "download/answer.csv",
        f"download/answer.csv?q={quote('火星の予算は？')}",
        "download/answer.csv?q=" + "x" * 3000,
    ):
        assert get(address + path)[0] == 404


def test_who_asks_too_much_is_told_to_wait(serving: Callable[..., Any], town_town: Path) -> None:
    with serving(town_town, "--rate", "6") as url:
        answers = [get(f"{url}download/rows.csv")[0] for _ in range(5)]
        assert answers == [200, 200, 200, 429, 429]
        assert get(f"{url}healthz")[0] == 200


def test_a_page_with_passwords(serving: Callable[..., Any], town_town: Path, tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.write_text(line_for("sato", "reader", PASSWORD), "utf-8")
    known = {"Authorization": "Basic " + base64.b64encode(f"sato:{PASSWORD}".encode()).decode()}
    log = tmp_path / "audit.jsonl"
    with serving(town_town, "--auth", str(people), "--audit", str(log)) as url:
        for path in ("", "en/", "download/rows.csv", "gradio_api/info"):
            assert get(url + path)[0] == 401
            assert get(url + path, **known)[0] == 200
        asked = Client(url, verbose=False, headers=known).predict(
            "湖畔野外劇の令和4年度当初予算額は？", api_name="/ask"
        )
        assert "8,610千円" in asked["answer"]
    (told,) = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert (told["what"], told["who"], told["question"]) == ("asked", "sato", asked["question"])
    assert PASSWORD not in log.read_text("utf-8")


def test_told_to_stop_it_stops_at_once_and_without_a_word(serve: Callable[..., Any], town_town: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = serve(port, town_town)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
            break
        except OSError:
            time.sleep(0.2)
    running.send_signal(signal.SIGTERM)
    _, err = running.communicate(timeout=20)
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--editor"], "--corpus"), (["--editor", "--corpus", "corpus/documents"], "--corpus"), (["--auth", "nowhere"], "nowhere"), (["--mcp"], "mcp")],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused_in_one_sentence(
    options: list[str], said: str, town_town: Path
) -> None:
    if options == ["--mcp"] and importlib.util.find_spec("mcp") is not None:
        pytest.skip("the mcp package is there, so that nothing is refused")
    ran = subprocess.run(
        [sys.executable, "app.py", "--port", "1", "--index", str(town_town), *options],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )  # fmt: skip
    assert ran.returncode == 2
    (sentence,) = ran.stderr.splitlines()
    assert said in sentence
