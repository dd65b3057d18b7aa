"""Words that say the other way of one another: whether a thing grew is answered as well by a text that says it shrank."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace as changed

from qa.explain import SAID_OTHERWISE
from qa.prose_reading import Reading
from qa.types import Explained


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Each word of opposites.toml with the words that are the other way."""
    raw = tomllib.loads((Path(__file__).parent / "opposites.toml").read_text("utf-8"))
    found: dict[str, frozenset[str]] = {}
    for pair in raw["opposite"]:
        one, other = pair["words"]
        for here, there in ((one, other), (other, one)):
            for word in here:
                found[word] = found.get(word, frozenset()) | frozenset(there)
    return found


def or_the_other_way(accounts: Sequence[Explained], reading: Reading) -> tuple[Explained, ...]:
    """The accounts of a yes-or-no question, with words that nothing explains explained by their opposite in the sentence."""
    return tuple(
        changed(account, strength=SAID_OTHERWISE, by="sentence")
        if account.strength == 0.0 and _says_otherwise(account, reading)
        else account
        for account in accounts
    )


def _says_otherwise(account: Explained, reading: Reading) -> bool:
    forms = (account.term.surface, account.term.normal)
    words = (word for form in forms for word in opposites().get(form, ()))
    return any(word in reading.forms or word in reading.lower for word in words)
