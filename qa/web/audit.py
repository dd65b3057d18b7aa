"""Who asked or changed what, and when: one JSON object a line, in files that rotate. Switched on by `--audit`.

Names stand in it only where the page asks for names (`--auth`); addresses of clients never do. Letters that could end a
line or turn its direction are written as escapes, so that nothing asked can look like another line.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import unicodedata
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from corpus import TashikaError

MOST_BYTES = 5 * 1024 * 1024  # of one file
FILES = 9  # older ones that are kept
LONGEST = 1000  # letters of one value
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
log = logging.getLogger(__name__)


class NoAudit(TashikaError):
    """The file of the audit log cannot be opened."""


class _Handler(RotatingFileHandler):
    """A file that only its owner reads; what cannot be written is one line for the operator, and stops nobody."""

    def _open(self) -> Any:
        return open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors, opener=_private)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        with contextlib.suppress(OSError):
            if self.stream is not None:
                self.stream.close()
        self.stream = None  # opened again at the next line, when there may be room
        log.error("監査ログ「%s」に書けません。空き容量と許可を確かめてください。", self.baseFilename)


class Audit:
    """The log; without a file it keeps nothing."""

    def __init__(self, path: Path | None = None, most_bytes: int = MOST_BYTES, files: int = FILES) -> None:
        self._handler: _Handler | None = None
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._handler = _Handler(path, maxBytes=most_bytes, backupCount=files, encoding="utf-8", errors="replace")
        except OSError as error:
            raise NoAudit(
                f"監査ログ「{path}」を開けません({error.strerror})。場所と許可を確かめてください。"
            ) from error

    def note(self, what: str, who: str | None, **told: Any) -> None:
        """One thing that happened: `what` was done, `who` did it (None where nobody has a name), and what belongs to it."""
        if self._handler is None:
            return
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = line_of({"at": at, "what": what, "who": who or "-", **told})
        self._handler.handle(logging.LogRecord("audit", logging.INFO, "", 0, line, None, None))

    def close(self) -> None:
        """Let the file go."""
        if self._handler is not None:
            self._handler.close()


def line_of(told: dict[str, Any]) -> str:
    """Values as one line of JSON that a person can read and no letter of which hides or breaks it."""
    cut = {key: value[:LONGEST] if isinstance(value, str) else value for key, value in told.items()}
    return "".join(_seen(letter) for letter in json.dumps(cut, ensure_ascii=False))


def _seen(letter: str) -> str:
    if unicodedata.category(letter) not in _HIDDEN:
        return letter
    return json.dumps(letter)[1:-1]


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
