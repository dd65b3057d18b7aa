"""What a search needs of a store, so that another engine, on other machines, may take this one's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from index.encoder import Encoder
from index.entries import Entry
from index.manifest import Manifest


class AskedTerms(Protocol):
    """A query's terms before one index."""

    def best(self, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The k best positions with their scores above 0, best first, ties by position."""

    def shares(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """How much of the query some entries hold, 0 to 1, shape (n_positions,)."""


class Lexical(Protocol):
    """BM25 over one kind of term; positions are those of the entries."""

    @property
    def size(self) -> int:
        """How many entries there are."""

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The terms, each with its number."""

    def ask(self, query: str) -> AskedTerms:
        """A query's terms, looked up once."""

    def top(self, query: str, k: int) -> list[tuple[int, float]]:
        """The k best positions with their scores above 0, best first, ties by position."""


class Dense(Protocol):
    """Vectors of the entries."""

    @property
    def size(self) -> int:
        """How many entries there are."""

    @property
    def dimensions(self) -> int:
        """How long a vector is."""

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """The k nearest positions with their cosines above 0, best first."""

    def cosines(self, vector: NDArray[np.float32], positions: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """The exact cosines at some positions, shape (n_positions,)."""


class Store(Protocol):
    """An open index. `entries[i]` is position i of the vectors and of both lexical indexes."""

    @property
    def manifest(self) -> Manifest:
        """What built it."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id."""

    @property
    def entries(self) -> Sequence[Entry]:
        """What can be found."""

    @property
    def words(self) -> Lexical:
        """By words."""

    @property
    def bigrams(self) -> Lexical:
        """By neighbouring letters."""

    @property
    def vectors(self) -> Dense:
        """By meaning."""

    @property
    def encoder(self) -> Encoder:
        """The model that made the vectors and makes those of queries."""
