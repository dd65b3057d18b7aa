"""Headers on every answer, a limit for each client, and nobody in without a password where one is asked for."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest

from qa.web.guard import HEADERS, Bucket, Guard
from qa.web.people import BadPeople, People, line_for, read_people

PASSWORD = "correct horse battery"


async def _page(scope: Any, receive: Any, send: Any) -> None:
    name = scope.get("tashika.user", "")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-frame-options", b"SAMEORIGIN")]})
    await send({"type": "http.response.body", "body": name.encode()})


def get(
    guard: Guard, path: str = "/", client: str = "10.0.0.1", given: bytes | None = None
) -> tuple[int, dict[str, str], str]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"authorization", given)] if given is not None else []
    scope = {"type": "http", "path": path, "client": (client, 1), "headers": headers}
    asyncio.run(guard(scope, None, send))  # type: ignore[arg-type]
    return sent[0]["status"], {k.decode(): v.decode() for k, v in sent[0]["headers"]}, sent[1]["body"].decode()


def basic(name: str, password: str) -> bytes:
    return b"Basic " + base64.b64encode(f"{name}:{password}".encode())


def test_every_answer_has_the_headers_and_none_twice() -> None:
    status, headers, _ = get(Guard(_page, Bucket(0, 1)))
    assert status == 200
    assert headers.keys() >= HEADERS.keys()
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "default-src 'self'" in headers["content-security-policy"]


def test_each_client_has_a_limit_of_its_own_that_fills_up_again() -> None:
    now = [0.0]
    guard = Guard(_page, Bucket(1.0, 3, lambda: now[0]))
    path = "/gradio_api/queue/join"
    assert [get(guard, path)[0] for _ in range(4)] == [200, 200, 200, 429]
    status, headers, body = get(guard, path)
    assert (status, headers["retry-after"]) == (429, "2")
    assert "少し待って" in body
    assert get(guard, "/en" + path, client="10.0.0.2")[0] == 200
    assert get(guard, "/assets/index.js")[0] == 200, "what costs nothing is not counted"
    now[0] = 2.0
    assert [get(guard, path)[0] for _ in range(3)] == [200, 200, 429]


def test_passwords_are_kept_salted_and_hashed(tmp_path: Path) -> None:
    path = tmp_path / "people"
    path.write_text(
        f"# 利用者\n{line_for('佐藤', 'editor', PASSWORD)}\n{line_for('view', 'reader', PASSWORD)}\n", "utf-8"
    )
    kept = path.read_text("utf-8")
    assert PASSWORD not in kept
    assert len({line.split(":")[3] for line in kept.splitlines()[1:]}) == 2, "the same password hashes differently"
    people = read_people(path)
    assert people.knows("佐藤", PASSWORD)
    assert not people.knows("佐藤", PASSWORD + "x")
    assert not people.knows("鈴木", PASSWORD)
    assert [people.edits(name) for name in ("佐藤", "view", "鈴木", None)] == [True, False, False, False]


@pytest.fixture
def people(tmp_path: Path) -> People:
    path = tmp_path / "people"
    path.write_text(line_for("佐藤", "editor", PASSWORD), "utf-8")
    return read_people(path)


@pytest.mark.parametrize(
    "given", [None, b"", b"Basic !!!", b"Bearer x", basic("佐藤", "wrong"), basic("", ""), b"Basic \xff\xfe"]
)
def test_nobody_comes_in_without_a_password(given: bytes | None, people: People) -> None:
    guard = Guard(_page, Bucket(0, 1), people)
    for path in ("/", "/download/rows.csv", "/gradio_api/info", "/en/"):
        status, headers, _ = get(guard, path, given=given)
        assert status == 401
        assert headers["www-authenticate"].startswith("Basic ")
        assert "content-security-policy" in headers
    assert get(guard, "/healthz", given=given)[0] == 200


def test_whoever_has_one_comes_in_by_name_until_too_many_were_wrong(people: People) -> None:
    guard = Guard(_page, Bucket(0, 1), people)
    assert get(guard, given=basic("佐藤", PASSWORD))[::2] == (200, "佐藤")
    for n in range(12):
        assert get(guard, client="10.9.9.9", given=basic("佐藤", f"guess {n}"))[0] == 401
    other = Guard(_page, Bucket(0, 1), people)
    for n in range(10):
        get(other, client="10.9.9.9", given=basic("佐藤", f"guess {n}"))
    assert get(other, client="10.9.9.9", given=basic("佐藤", PASSWORD))[0] == 401, "no more guesses for now"
    assert get(other, client="10.0.0.1", given=basic("佐藤", PASSWORD))[0] == 200


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [("", "reader", PASSWORD), ("a:b", "reader", PASSWORD), ("a", "owner", PASSWORD), ("a", "reader", "short")],
)
def test_no_line_for_a_bad_name_role_or_password(name: str, role: str, password: str) -> None:
    with pytest.raises(BadPeople):
        line_for(name, role, password)


@pytest.mark.parametrize("text", ["", "# nobody\n", "a:editor:zz:00", "a:king:00:00", "a:reader:00", "\x00"])
def test_a_file_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "people").write_text(text, "utf-8")
    with pytest.raises(BadPeople):
        read_people(tmp_path / "people")
