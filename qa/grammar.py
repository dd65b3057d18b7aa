"""The grammar of questions (`grammar.toml`), read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qa.types import Operation

_GRAMMAR = Path(__file__).parent / "grammar.toml"


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the grammar."""

    pattern: re.Pattern[str]
    operation: Operation | None
    wants: str | None
    keep: bool
    last: bool
    sets: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of thing is recognised: by units, or by the shape of a cell."""

    name: str
    units: frozenset[str]
    shapes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The whole of `grammar.toml`."""

    cues: tuple[Cue, ...]
    comparisons: tuple[tuple[str, re.Pattern[str]], ...]
    kinds: dict[str, Kind]
    soft: frozenset[str]
    filler: frozenset[str]
    anyhow: frozenset[str]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar, read once."""
    raw = tomllib.loads(_GRAMMAR.read_text("utf-8"))
    cues = tuple(
        Cue(
            re.compile(c["pattern"]),
            Operation(c["operation"]) if "operation" in c else None,
            c.get("wants"),
            c.get("keep", False),
            c.get("last", False),
            c.get("sets"),
        )
        for c in raw["cue"]
    )
    kinds = {
        k["name"]: Kind(k["name"], frozenset(k.get("units", ())), frozenset(k.get("shapes", ()))) for k in raw["kind"]
    }
    return Grammar(
        cues,
        tuple((c["sign"], re.compile(c["pattern"])) for c in raw["comparison"]),
        kinds,
        frozenset(raw["soft"]["words"]),
        frozenset(raw["filler"]["words"]) | frozenset(raw["filler"]["verbs"]),
        frozenset(raw["anyhow"]["words"]),
    )
