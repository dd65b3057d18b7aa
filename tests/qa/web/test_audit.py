"""The audit log says who did what, rotates, and nothing that is asked breaks it."""

from __future__ import annotations

import json
import logging
import stat
from pathlib import Path

import pytest

from qa.web.audit import Audit, NoAudit, line_of


def test_each_thing_is_one_line_of_json_that_only_the_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "log" / "audit.jsonl"
    audit = Audit(path)
    audit.note("asked", None, question="祭りの予算は？")
    audit.note("removed", "sato", document="kiken")
    audit.close()
    first, second = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert (first["what"], first["who"], first["question"]) == ("asked", "-", "祭りの予算は？")
    assert (second["who"], second["document"]) == ("sato", "kiken")
    assert first["at"].endswith("+00:00")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "祭りの予算は？" in path.read_text("utf-8"), "people read it as it is"


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "a\r\nb",
        "\u2028x\u2029",
        "\x1b[31mred",
        "\u202eabc",
        "\ud800",
        "\x00",
        '"}\n{"what": "removed"}',
        "\x85",
    ],
)
def test_no_letter_ends_a_line_or_hides_in_it(text: str) -> None:
    line = line_of({"question": text})
    assert line.isprintable()
    assert len(line.splitlines()) == 1
    assert json.loads(line)["question"] == text
    line.encode("utf-8")


def test_it_rotates_and_stays_bounded(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.jsonl", most_bytes=2000, files=2)
    for number in range(200):
        audit.note("asked", None, question="x" * 5000, number=number)
    audit.close()
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["audit.jsonl", "audit.jsonl.1", "audit.jsonl.2"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 3 * 2000
    assert json.loads((tmp_path / "audit.jsonl").read_text().splitlines()[-1])["number"] == 199


def test_a_full_disk_is_one_line_for_the_operator(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    Audit(full, most_bytes=0).note("asked", None)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "空き容量" in caplog.text
    assert "Traceback" not in capsys.readouterr().err


def test_without_a_file_nothing_is_kept_and_a_bad_place_is_said(tmp_path: Path) -> None:
    Audit().note("asked", None)
    (tmp_path / "file").write_text("")
    with pytest.raises(NoAudit, match="監査ログ"):
        Audit(tmp_path / "file" / "audit.jsonl")
