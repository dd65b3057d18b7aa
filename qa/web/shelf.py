"""The documents behind the page: the open index, and how files are checked, previewed, added, removed and indexed again."""

from __future__ import annotations

import shutil
import threading
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import DOCUMENTS, Document, TashikaError, UnreadableDocument, read_document
from corpus.read import SUFFIXES
from corpus.sources import document_paths, read_sources
from index import BuildReport, Store, build, open_store

MOST_FILES = 10
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
_MOST_PARTS = 5000
_LONGEST_NAME = 100
_PACKED = {".xlsx", ".xlsm", ".docx"}
_FORBIDDEN = set('/\\:*?"<>|')


Told = Callable[[int, int, str], None]  # files done, of how many, the name of the next


class NotAllowed(TashikaError):
    """A change to the documents that this page does not make."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that someone wants to add: its name as it will be kept, and the document it makes or why it makes none."""

    name: str
    path: Path
    document: Document | None
    reason: str = ""


class Shelf:
    """The index that is being answered from; changed as a whole, so that a question sees one index from start to end."""

    def __init__(self, store: Store, index: Path, folder: Path | None = None) -> None:
        self.store = store
        self.index = index
        self.folder = folder
        self._lock = threading.Lock()

    @property
    def editable(self) -> bool:
        """Whether documents may be added and removed."""
        return self.folder is not None

    def checked(self, paths: Sequence[Path], told: Told = lambda done, of, name: None) -> tuple[Checked, ...]:
        """Files looked at before they are added; nothing is changed. `told` hears of each file before it is read.

        Raises:
            NotAllowed: too many files at once, or this page changes nothing.

        """
        folder = self._changeable()
        if len(paths) > MOST_FILES:
            raise NotAllowed(f"一度に追加できるのは {MOST_FILES} 個までです。分けて選んでください。")
        there = {path.stem for path in document_paths(folder)}
        found: list[Checked] = []
        for number, path in enumerate(paths):
            name = unicodedata.normalize("NFC", path.name)
            told(number, len(paths), name)
            reason = _wrong_name(name) or _too_much(path)
            if not reason and Path(name).stem in there:
                reason = "同じ名前の資料があります。先に除くか、名前を変えてください"
            if reason:
                found.append(Checked(name, path, None, reason))
                continue
            there.add(Path(name).stem)
            try:
                found.append(Checked(name, path, read_document(path)))
            except UnreadableDocument as error:
                found.append(Checked(name, path, None, error.reason))
        return tuple(found)

    def add(self, files: Sequence[Checked]) -> BuildReport:
        """Take files that were checked into the folder and index them.

        Raises:
            NotAllowed: nothing that could be added.
            TashikaError: the index could not be built; the old one goes on answering and the files are out again.

        """
        folder = self._changeable()
        sound = self.checked([one.path for one in files if one.document is not None])
        fresh = [replace(one, path=folder / one.name) for one in sound if one.document is not None]
        if not fresh:
            raise NotAllowed("追加できる資料がありません。")
        with self._lock:
            try:
                for one, kept in zip((s for s in sound if s.document is not None), fresh, strict=True):
                    with kept.path.open("xb") as out, one.path.open("rb") as file:
                        shutil.copyfileobj(file, out)
                return self._rebuilt(folder)
            except (OSError, TashikaError) as error:
                for kept in fresh:
                    kept.path.unlink(missing_ok=True)
                raise _said(error, "資料を置けません") from error

    def remove(self, document: str) -> BuildReport:
        """Take a document out of the folder and the index. It is put back where that fails.

        Raises:
            NotAllowed: it is the last one, is not there, or `sources.toml` speaks of it.

        """
        folder = self._changeable()
        with self._lock:
            paths = document_paths(folder)
            path = next((path for path in paths if path.stem == document), None)
            if path is None:
                raise NotAllowed("その資料はもうありません。")
            if len(paths) == 1:
                raise NotAllowed("最後の資料は除けません。先に別の資料を追加してください。")
            if path.name in read_sources(folder):
                raise NotAllowed("この資料は sources.toml に記載があるため、この画面からは除けません。")
            aside = path.with_name(f".{path.name}.aside")  # beside it: no room is needed, and a kill loses nothing
            try:
                path.rename(aside)
                report = self._rebuilt(folder)
            except (OSError, TashikaError) as error:
                if aside.exists():
                    aside.rename(path)
                raise _said(error, "資料を除けません") from error
            aside.unlink(missing_ok=True)
            return report

    def reindex(self) -> BuildReport:
        """Bring the index up to what the folder holds."""
        folder = self._changeable()
        with self._lock:
            try:
                return self._rebuilt(folder)
            except OSError as error:
                raise _said(error, "索引を作り直せません") from error

    def _changeable(self) -> Path:
        if self.folder is None:
            raise NotAllowed("この画面では資料の追加・削除はできません。")
        if self.folder.resolve() == DOCUMENTS.resolve():
            raise NotAllowed("付属の資料は変えられません。--corpus で別のフォルダーを指定してください。")
        return self.folder

    def _rebuilt(self, folder: Path) -> BuildReport:
        report = build(folder, self.index)
        self.store = open_store(self.index)
        return report


def _said(error: OSError | TashikaError, what: str) -> TashikaError:
    """A fault of the machine as a sentence; our own errors are sentences already."""
    if isinstance(error, TashikaError):
        return error
    return NotAllowed(
        f"{what}({error.strerror or error})。今までの資料はそのままです。空き容量と許可を確かめてください。"
    )


def _wrong_name(name: str) -> str:
    """Why a file cannot be kept under its name."""
    if name.startswith(".") or not Path(name).stem.strip() or len(name.encode("utf-8")) > _LONGEST_NAME * 2:
        return "この名前では置けません。短い名前にしてください"
    if set(name) & _FORBIDDEN or not name.isprintable():
        return "名前に使えない記号があります。名前を変えてください"
    if Path(name).suffix.lower() not in SUFFIXES:
        return f"この形式は読めません。{'、'.join(SUFFIXES)} に変換してください"
    return ""


def _too_much(path: Path) -> str:
    """Why a file is not opened: its size, or what it would unpack to."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return f"{MOST_BYTES // 1024 // 1024} MB を超えています。分割してください"
        if path.suffix.lower() in _PACKED:
            with zipfile.ZipFile(path) as packed:
                parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return "展開すると大きすぎます。作り直してください"
    except (OSError, zipfile.BadZipFile):
        return "ファイルが壊れています。作り直してください"
    return ""
