"""Small documents written for one test each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus import Document, read_document


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    """Read a text, given as one string or as lines, as a document of its own."""

    def read_lines(text: str | Sequence[str], name: str = "plan.txt") -> Document:
        path = tmp_path / name
        path.write_text(text if isinstance(text, str) else "\n".join(text) + "\n", "utf-8", newline="")
        return read_document(path)

    return read_lines
