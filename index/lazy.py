"""Values that are read from the disk when they are asked for: an index opens as fast however much it holds."""

from __future__ import annotations

import mmap
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import overload

import msgspec
import numpy as np

from corpus import Document
from index.entries import Entry
from index.files import read_array, write_array

# How much JSON of documents stays decoded; it takes some four times as much memory.
_REMEMBERED = 64 * 1024 * 1024
_ENTRIES = 20_000  # so many entries stay decoded


class Lines:
    """A file of lines by number. The map stays readable when the file is replaced or removed."""

    def __init__(self, path: Path) -> None:
        self._offsets = read_array(path.with_suffix(".npy"))
        self._data: mmap.mmap | bytes = b""
        if path.stat().st_size:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._data[self._offsets[number] : self._offsets[number + 1]])


def write_lines(path: Path, blocks: Iterable[bytes]) -> int:
    """Write whole lines, and beside them (.npy) where each begins; returns how many there are.

    Raises:
        OSError: the disk is full or the folder cannot be written.

    """
    found = [np.zeros(1, dtype=np.int64)]
    at = 0
    with path.open("wb") as file:
        for block in blocks:
            file.write(block)
            found.append(np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n")) + (at + 1))
            at += len(block)
    count = sum(map(len, found))
    write_array(path.with_suffix(".npy"), (count,), np.int64, found)
    return count - 1


class LazyEntries(Sequence[Entry]):
    """The entries of an index, each decoded when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._lines = Lines(path)
        self._decoder = msgspec.json.Decoder(Entry)
        self._kept: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, position: int) -> Entry: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, position: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(position, slice):
            return tuple(self._one(i) for i in range(*position.indices(len(self))))
        if (found := self._kept.get(position)) is not None:
            return found
        if not -len(self) <= position < len(self):
            raise IndexError(position)
        return self._one(position % len(self))

    def _one(self, position: int) -> Entry:
        found = self._kept.get(position)
        if found is None:
            if len(self._kept) >= _ENTRIES:
                self._kept.clear()
            found = self._kept[position] = self._decoder.decode(self._lines[position])
        return found


class LazyDocuments(Mapping[str, Document]):
    """The documents of an index by id, decoded when asked for; the last used stay decoded up to a size."""

    def __init__(self, path: Path, names: Iterable[str]) -> None:
        self._lines = Lines(path)
        self._places = {name: i for i, name in enumerate(names)}
        self._decoder = msgspec.json.Decoder(Document)
        self._kept: OrderedDict[str, tuple[Document, int]] = OrderedDict()
        self._latest: tuple[str, Document | None] = ("", None)  # a question asks for one again and again
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> Document:
        latest = self._latest
        if latest[0] == name and latest[1] is not None:
            return latest[1]
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                self._latest = (name, self._kept[name][0])
                return self._kept[name][0]
            line = self._lines[self._places[name]]
            document = self._decoder.decode(line)
            self._kept[name] = (document, len(line))
            while len(self._kept) > 1 and sum(size for _, size in self._kept.values()) > _REMEMBERED:
                self._kept.popitem(last=False)
            return document
