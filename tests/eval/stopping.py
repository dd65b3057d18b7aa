"""A fault for test_changes.py that ends the program, in a module that a fresh process can import."""

from __future__ import annotations

from typing import Any

from eval.changes import Change


def _stopped(*_: Any) -> Any:
    raise ZeroDivisionError


CHANGES = (Change("止まる", ("qa.pipeline.failures",), lambda _: _stopped),)
