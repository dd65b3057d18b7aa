"""Patterns compiled by an earlier run: the same as ever, only sooner, and never from a file that is not as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from corpus.patterns import kept_patterns

COMPILER = import_module("re._compiler")
PATTERNS = [rf"(?P<year>[0-9]{{1,4}})年度?(?:の(?P<what>[一-龥ァ-ヶー]+))?{'。' * n}(?i:x?)" for n in range(30)]
TEXT = "令和3年度の予算額。。は"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """`re` itself keeps what this process compiled."""
    re.purge()
    yield
    re.purge()


def compiled() -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.MULTILINE) for pattern in PATTERNS]


def told(patterns: list[re.Pattern[str]]) -> list[object]:
    found = [(p.search(TEXT), p) for p in patterns]
    return [
        (p.pattern, p.flags, p.groups, dict(p.groupindex), m and (m.span(), m.groupdict(), m.lastgroup))
        for m, p in found
    ]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns that were compiled anew, in order."""
    found: list[str] = []
    plain = COMPILER._parser.parse

    def parse(pattern: str, flags: int = 0) -> object:
        found.append(pattern)
        return plain(pattern, flags)

    monkeypatch.setattr(COMPILER._parser, "parse", parse)
    return found


def test_the_second_run_compiles_nothing_and_finds_the_same(tmp_path: Path, parsed: list[str]) -> None:
    expected = told(compiled())
    re.purge()
    with kept_patterns(tmp_path):
        assert told(compiled()) == expected
    re.purge()
    parsed.clear()
    with kept_patterns(tmp_path):
        assert told(compiled()) == expected
    assert parsed == []


def test_outside_nothing_is_changed(tmp_path: Path) -> None:
    plain = COMPILER.compile
    with kept_patterns(tmp_path):
        assert COMPILER.compile is not plain
    assert COMPILER.compile is plain
    with pytest.raises(ZeroDivisionError), kept_patterns(tmp_path):
        raise ZeroDivisionError
    assert COMPILER.compile is plain


def test_a_file_that_is_not_as_it_was_written_is_passed_over(tmp_path: Path) -> None:
    expected = told(compiled())
    re.purge()
    with kept_patterns(tmp_path):
        compiled()
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for damaged in (b"", whole[:40], whole[:-1], whole[:100] + bytes([whole[100] ^ 1]) + whole[101:]):
        kept.write_bytes(damaged)
        re.purge()
        with kept_patterns(tmp_path):
            assert told(compiled()) == expected
        assert [path.name for path in tmp_path.iterdir()] == [kept.name]
        assert kept.read_bytes() != damaged


def test_of_another_interpreter_nothing_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
) -> None:
    with kept_patterns(tmp_path):
        compiled()
    monkeypatch.setattr("corpus.patterns._STAMP", "another")
    re.purge()
    parsed.clear()
    with kept_patterns(tmp_path):
        compiled()
    assert parsed == PATTERNS


def test_a_few_patterns_are_not_worth_a_file(tmp_path: Path) -> None:
    with kept_patterns(tmp_path):
        re.compile("x[一-龥]y")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_pattern_is_one_as_ever(tmp_path: Path) -> None:
    with kept_patterns(tmp_path), pytest.raises(re.error):
        re.compile("(")


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    with kept_patterns(tmp_path / "none"):
        assert len(compiled()) == len(PATTERNS)
    assert not (tmp_path / "none").exists()
