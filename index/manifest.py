"""What an index says of itself, and which of its generations holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from index.errors import IndexDamaged, IndexForeign, IndexMissing
from index.files import FileRecord, replace_file

FORMAT = 3
REBUILD = "python -m index build で作り直してください"
POINTER = "CURRENT"
GENERATIONS = "generations"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document of an index: its source's sha256, the segment made of it, and how many entries it has."""

    sha256: str
    segment: str
    entries: int


@dataclass(frozen=True, slots=True)
class Approximation:
    """How vectors are searched where exact search would be slow.

    `factory` is FAISS's name of the index type, `candidates` how many of its finds are looked at exactly; `recall` is
    the share of the ten exactly nearest that were found when it was built, over `sample` queries made from entries.
    """

    factory: str
    candidates: int
    recall: float
    sample: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What built a generation. `files` holds every other file of its folder; `documents` is by document id."""

    format: int
    fingerprint: str
    segmentation: str
    model: str
    model_fingerprint: str
    dimensions: int
    entries: int
    approximation: Approximation | None
    documents: dict[str, DocumentRecord]
    files: dict[str, FileRecord]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexForeign: of another format.
        IndexDamaged: it is missing or no manifest.

    """
    path = folder / "manifest.json"
    try:
        raw = msgspec.json.decode(path.read_bytes())
        if raw["format"] != FORMAT:
            raise IndexForeign(
                f"この索引の形式は {raw['format']} で、このプログラムの形式 {FORMAT} と違います。{REBUILD}"
            )
        return msgspec.convert(raw, Manifest)
    except (OSError, msgspec.MsgspecError, KeyError, TypeError) as error:
        raise IndexDamaged(f"索引の「{path}」が読めません。{REBUILD}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a generation's manifest, for people to read as well."""
    (folder / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")


def current_name(index: Path) -> str | None:
    """What `CURRENT` says, or None when there is no index."""
    try:
        return (index / POINTER).read_bytes().decode("utf-8", "replace").strip().replace("\x00", "")
    except (FileNotFoundError, NotADirectoryError):
        return None


def current_generation(index: Path) -> Path:
    """The folder that holds now.

    Raises:
        IndexMissing: there is no index.
        IndexDamaged: `CURRENT` names nothing.

    """
    name = current_name(index)
    if name is None:
        raise IndexMissing(f"「{index}」に索引がありません。python -m index build で作ってください")
    folder = index / GENERATIONS / name
    if name and not folder.is_dir() and (index / name / "manifest.json").is_file():
        return index / name  # up to format 2 generations stood here; its manifest is refused by its format
    if not name or not folder.is_dir():
        raise IndexDamaged(f"索引のフォルダー「{folder}」がありません。{REBUILD}")
    return folder


def switch(index: Path, generation: str) -> None:
    """Point `CURRENT` at a finished generation. Until this instant the old one holds."""
    replace_file(index / POINTER, f"{generation}\n".encode())
