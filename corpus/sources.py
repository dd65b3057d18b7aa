"""A folder of documents, with what `sources.toml` says of them → documents, and a reason for each that could not be read."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from corpus.errors import BadSources, UnknownDocument, UnreadableDocument
from corpus.types import Document

DOCUMENTS = Path(__file__).parent / "documents"
SOURCES = "sources.toml"


class Source(msgspec.Struct, frozen=True):
    """What is known of a document beside its text. `years` are the fiscal years it speaks of, western."""

    file: str
    title: str
    publisher: str
    years: tuple[int, ...]
    sha256: str
    rights: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a folder that could be read, and one error for each that could not."""

    documents: tuple[Document, ...]
    failures: tuple[UnreadableDocument, ...]


def read_sources(folder: Path) -> dict[str, Source]:
    """`sources.toml` of a folder by file name; empty when there is none.

    Raises:
        BadSources: a field is missing or of the wrong kind, a named file is not there, or its checksum differs.

    """
    path = folder / SOURCES
    if not path.is_file():
        return {}
    try:
        entries = msgspec.convert(tomllib.loads(path.read_text("utf-8")).get("document", []), list[Source])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, msgspec.ValidationError) as error:
        raise BadSources(
            f"{path} を読めません({error})。各 [[document]] に file, title, publisher, years, sha256, rights を書いてください"
        ) from error
    sources = {source.file: source for source in entries}
    for source in sources.values():
        file = folder / source.file
        if not file.is_file():
            raise BadSources(
                f"{path} にある「{source.file}」がフォルダーにありません。ファイルを置くか、記載を消してください"
            )
        if hashlib.sha256(file.read_bytes()).hexdigest() != source.sha256:
            raise BadSources(
                f"「{source.file}」の中身が {path} の sha256 と違います。原本を置き直すか、sha256 を改めてください"
            )
    return sources


def document_paths(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that are documents, by name; hidden files and `sources.toml` are not.

    Raises:
        UnreadableDocument: the folder is not there.

    """
    if not folder.is_dir():
        raise UnreadableDocument(str(folder), "フォルダーがありません。パスを確かめてください")
    return tuple(
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".") and path.name != SOURCES
    )


def load_corpus(folder: Path = DOCUMENTS) -> Corpus:
    """Read every document of a folder. A file that cannot be read does not stop the others."""
    sources = read_sources(folder)
    documents: list[Document] = []
    failures: list[UnreadableDocument] = []
    seen: dict[str, str] = {}
    for path in document_paths(folder):
        try:
            if path.stem in seen:
                raise same_id(path, seen[path.stem])
            documents.append(read_source(path, sources.get(path.name)))
            seen[path.stem] = path.name
        except UnreadableDocument as error:
            failures.append(error)
    return Corpus(tuple(documents), tuple(failures))


def same_id(path: Path, earlier: str) -> UnreadableDocument:
    """Why a file is left out whose id an earlier one of the folder has."""
    return UnreadableDocument(path.name, f"「{earlier}」と id が同じになります。名前を変えてください")


def read_source(path: Path, source: Source | None) -> Document:
    """Read one file with what is known of it."""
    from corpus.read import read_document  # all the readers, which a question does not need

    return read_document(path, source.title if source else None, source.years if source else None)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the system allows
        return False


def find_document(name: str, folder: Path = DOCUMENTS) -> Document:
    """A document by file path, or by id in a folder.

    Raises:
        UnknownDocument: neither.
        UnreadableDocument: the file is there but cannot be read.

    """
    paths = {p.stem: p for p in document_paths(folder)}
    if name not in paths:
        path = Path(name)
        if not (path.suffix or len(path.parts) > 1 or _is_there(path)):
            raise UnknownDocument(name[:100], tuple(sorted(paths)))
        known = read_sources(path.parent) if path.parent.is_dir() else {}
        return read_source(path, known.get(path.name))
    return read_source(paths[name], read_sources(folder).get(paths[name].name))


__all__ = [
    "DOCUMENTS",
    "Corpus",
    "Source",
    "document_paths",
    "find_document",
    "load_corpus",
    "read_source",
    "read_sources",
    "same_id",
]
