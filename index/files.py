"""Bytes on disk: written beside what they replace, flushed before they count, known by size and checksum."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

# Begins the name of everything unfinished, so that what a killed build left behind is known as such.
UNFINISHED = ".new-"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file was when it was written: its size in bytes and its sha256."""

    size: int
    sha256: str


def sha256(path: Path) -> str:
    """The checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def records(folder: Path) -> dict[str, FileRecord]:
    """Every file below a folder by its path inside it, in order of name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): FileRecord(path.stat().st_size, sha256(path)) for path in paths}


def first_damaged(folder: Path, files: dict[str, FileRecord], thorough: bool) -> str | None:
    """The first file that is missing, of another size or, if thorough, of another checksum."""
    for name, record in files.items():
        path = folder / name
        try:
            if path.stat().st_size != record.size or (thorough and sha256(path) != record.sha256):
                return name
        except OSError:
            return name
    return None


def flush(path: Path) -> None:
    """Have the system put a file, or a folder's list of names, on the disk itself before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """Flush a folder with everything below it."""
    for path in folder.rglob("*"):
        flush(path)
    flush(folder)


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in the place of a file: a reader sees the old or the new, whatever happens meanwhile."""
    fresh = path.with_name(f"{UNFINISHED}{os.getpid()}-{path.name}")
    try:
        fresh.write_bytes(data)
        flush(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    flush(path.parent)


def write_array(path: Path, shape: tuple[int, ...], dtype: DTypeLike, blocks: Iterable[NDArray[Any]]) -> None:
    """Write a .npy file of a known shape block by block, so that it need not fit in memory.

    A plain write, not a memory map: on a full disk it raises `OSError`, where a map would end the process.

    Raises:
        OSError: the disk is full or the folder cannot be written.

    """
    kind = np.dtype(dtype)
    header = {"descr": np.lib.format.dtype_to_descr(kind), "fortran_order": False, "shape": shape}
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        for block in blocks:
            file.write(np.ascontiguousarray(block, dtype=kind).data)


def read_array(path: Path) -> NDArray[Any]:
    """Open a .npy file as a read-only memory map; an empty array cannot be mapped and is read."""
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))  # the map, without its slow class
    except ValueError:
        return np.asarray(np.load(path, allow_pickle=False))
