"""Regular expressions that an earlier run compiled, kept in a file as Python keeps the byte code of modules.

Whoever asks one question at a prompt waits for some five hundred of them, which takes a third of the whole start. What the
compiler of `re` made is kept for the very same interpreter, with a checksum; whatever is not there is compiled as ever.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

# Flags with those of the pattern itself, the code as bytes, the number of groups, their numbers by name, their names.
_Compiled = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_Kept = dict[tuple[str, int], _Compiled]

_compiler: Any = import_module("re._compiler")
_machine: Any = import_module("_sre")
_STAMP = f"{sys.version} {_machine.MAGIC}"
_FEW = 20  # so many more have to be compiled before the file is written again: a question makes some of its own
_MOST = 4_000


@contextmanager
def kept_patterns(folder: Path) -> Iterator[None]:
    """Within it `re` compiles only what no earlier run did; at the end the folder, if it is there, knows the rest too."""
    path = folder / f"patterns-{sys.implementation.cache_tag}"
    known, made = _read(path), _Kept()
    plain = _compiler.compile

    def compiled(pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str) or flags & re.DEBUG:
            return plain(pattern, flags)
        key = (pattern, int(flags))
        found = known.get(key)
        if found is None:
            found = known[key] = made[key] = _compiled(pattern, int(flags))
        own, code, groups, numbers, names = found
        return _machine.compile(pattern, own, array("I", code).tolist(), groups, numbers, names)

    _compiler.compile = compiled
    try:
        yield
    finally:
        _compiler.compile = plain
        if len(made) > _FEW:
            _write(path, known if len(known) <= _MOST else made)


def _compiled(pattern: str, flags: int) -> _Compiled:
    """What `re` hands its matching machine for a pattern."""
    parsed = _compiler._parser.parse(pattern, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | state.flags, code, state.groups - 1, state.groupdict, tuple(names)


def _read(path: Path) -> _Kept:
    """What is kept for this interpreter; nothing where the file is not there or not as it was written."""
    try:
        raw = path.read_bytes()
    except OSError:
        return {}
    if hashlib.sha256(raw[32:]).digest() != raw[:32]:
        return {}
    stamp, kept = marshal.loads(raw[32:])  # noqa: S302 - its checksum was compared, and each pattern is checked by `re`
    return kept if stamp == _STAMP else {}


def _write(path: Path, kept: _Kept) -> None:
    """Put the file in the place of the one before it, whole; where that cannot be, it is compiled again next time."""
    raw = marshal.dumps((_STAMP, kept))
    fresh = path.with_name(f".new-{os.getpid()}-{path.name}")
    with suppress(OSError):
        fresh.write_bytes(hashlib.sha256(raw).digest() + raw)
        fresh.replace(path)
    with suppress(OSError):
        fresh.unlink(missing_ok=True)
