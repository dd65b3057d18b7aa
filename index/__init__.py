"""index: words, vectors and their store.

Hand it a folder of documents and it keeps an index of every row, fact and passage; hand it a query and it gives back
hits, best first. Useful for: finding where something stands. Not useful for: deciding what the answer is (`qa`).
"""

from importlib import import_module
from typing import TYPE_CHECKING

from index.encoder import SHIPPED, Encoder, load_encoder
from index.entries import Entry
from index.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, ModelUnavailable, NothingToIndex
from index.manifest import Manifest
from index.protocols import Store
from index.search import MODES, Hit, search
from index.store import DEFAULT_INDEX, open_store

if TYPE_CHECKING:
    from index.building import BuildReport, build

_WHEN_ASKED_FOR = {"BuildReport": "index.building", "build": "index.building"}

__all__ = [
    "DEFAULT_INDEX",
    "MODES",
    "SHIPPED",
    "BuildReport",
    "Encoder",
    "Entry",
    "Hit",
    "IndexBusy",
    "IndexDamaged",
    "IndexForeign",
    "IndexMissing",
    "Manifest",
    "ModelUnavailable",
    "NothingToIndex",
    "Store",
    "build",
    "load_encoder",
    "open_store",
    "search",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """What a question does not need, imported when it is asked for."""
        if name not in _WHEN_ASKED_FOR:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_WHEN_ASKED_FOR[name]), name)
