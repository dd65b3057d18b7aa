"""index: words, vectors and their store.

Hand it a folder of documents and it keeps an index of every row, fact and passage; hand it a query and it gives back
hits, best first. Useful for: finding where something stands. Not useful for: deciding what the answer is (`qa`).
"""

from index.building import BuildReport, build
from index.encoder import SHIPPED, Encoder, load_encoder
from index.entries import Entry
from index.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, ModelUnavailable, NothingToIndex
from index.manifest import Manifest
from index.protocols import Store
from index.search import MODES, Hit, search
from index.store import DEFAULT_INDEX, open_store

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
