"""Who may open the page and who may change its documents: names, roles and salted password hashes in one file.

A line is `name:role:salt:hash`, role `reader` or `editor`, made by `python -m qa.web password`. Nothing else is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from corpus import TashikaError

ROLES = ("reader", "editor")
SHORTEST = 10  # letters of a password
_COST = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}
_NOBODY = ("reader", "00" * 16, "00" * 32)  # checked where a name is unknown, so that it takes as long


class BadPeople(TashikaError):
    """A file of people that cannot be used."""


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who may come in: name → (role, salt, hash), both in hexadecimal letters."""

    known: dict[str, tuple[str, str, str]]

    def knows(self, name: str, password: str) -> bool:
        """Whether a name and password belong together."""
        _, salt, kept = self.known.get(name, _NOBODY)
        return hmac.compare_digest(_hashed(password, salt), kept) and name in self.known

    def edits(self, name: str | None) -> bool:
        """Whether somebody may change the documents."""
        return bool(name) and self.known.get(name or "", _NOBODY)[0] == "editor"


def line_for(name: str, role: str, password: str) -> str:
    """The line of a new person.

    Raises:
        BadPeople: a name with a colon or none, an unknown role, or a short password.

    """
    if not name or ":" in name or not name.isprintable():
        raise BadPeople("名前が空か、「:」を含んでいます。別の名前にしてください。")
    if role not in ROLES:
        raise BadPeople(f"役割は {'、'.join(ROLES)} のどれかです。")
    if len(password) < SHORTEST:
        raise BadPeople(f"パスワードは {SHORTEST} 文字以上にしてください。")
    salt = os.urandom(16).hex()
    return f"{name}:{role}:{salt}:{_hashed(password, salt)}"


def read_people(path: Path) -> People:
    """The people of a file.

    Raises:
        BadPeople: it cannot be read, or a line is not of the form.

    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadPeople(f"利用者のファイル「{path}」を読めません。パスと文字コードを確かめてください。") from error
    known = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.strip().split(":")
        if len(parts) != 4 or parts[1] not in ROLES or not _is_hex(parts[2]) or not _is_hex(parts[3]):
            raise BadPeople(
                f"「{path}」の {number} 行目を読めません。python -m qa.web password で作った行にしてください。"
            )
        known[parts[0]] = (parts[1], parts[2], parts[3])
    if not known:
        raise BadPeople(f"「{path}」に利用者がいません。python -m qa.web password で作ってください。")
    return People(known)


def _is_hex(text: str) -> bool:
    try:
        return bool(bytes.fromhex(text))
    except ValueError:
        return False


def _hashed(password: str, salt: str) -> str:
    return hashlib.scrypt(password.encode("utf-8", "replace"), salt=bytes.fromhex(salt), dklen=32, **_COST).hex()
