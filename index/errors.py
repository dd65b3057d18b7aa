"""What can be wrong with an index or a model, each in one sentence with the way out."""

from __future__ import annotations

from corpus.errors import TashikaError


class IndexMissing(TashikaError):
    """There is no index where one was asked for."""


class IndexDamaged(TashikaError):
    """A file of the index is missing, truncated or edited, or cannot be written."""


class IndexForeign(TashikaError):
    """The index was built by another format, segmentation or model than the one that would query it."""


class IndexBusy(TashikaError):
    """Another build holds the index."""


class ModelUnavailable(TashikaError):
    """An embedding model cannot be loaded."""


class NothingToIndex(TashikaError):
    """No document of a corpus could be read."""
