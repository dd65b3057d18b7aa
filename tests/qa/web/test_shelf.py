"""Documents are looked at before they are added; whatever goes wrong, the page goes on answering from what it had."""

from __future__ import annotations

import errno
import shutil
import zipfile
from pathlib import Path

import pytest

from corpus import DOCUMENTS
from index import build, open_store
from qa import answer
from qa.web import shelf as module
from qa.web.documents_html import documents, preview
from qa.web.shelf import MOST_FILES, NotAllowed, Shelf
from qa.web.words import Words

JA = Words("ja")


@pytest.fixture
def shelf(town_folder: Path, tmp_path: Path) -> Shelf:
    folder = tmp_path / "documents"
    shutil.copytree(town_folder, folder)
    build(folder, tmp_path / "index")
    return Shelf(open_store(tmp_path / "index"), tmp_path / "index", folder)


def file(tmp_path: Path, name: str, text: str = "事業名,予算額(千円)\n星まつり,77\n") -> Path:
    path = tmp_path / "uploads" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_document_added_is_answered_from_and_one_removed_is_not(shelf: Shelf, tmp_path: Path) -> None:
    before = shelf.store
    held = shelf.checked([file(tmp_path, "hoshi.csv")])
    assert "星まつり" in preview(held, JA)
    assert shelf.store is before, "looking changes nothing"
    shelf.add(held)
    assert "77千円" in answer("星まつりの予算額は？", shelf.store).answer
    assert "hoshi" in documents(shelf.store, JA)
    assert not answer("星まつりの予算額は？", before).answered, "who asked before still has the index of then"
    shelf.remove("hoshi")
    assert not answer("星まつりの予算額は？", shelf.store).answered
    assert shelf.folder is not None
    assert not (shelf.folder / "hoshi.csv").exists()


@pytest.mark.parametrize(
    "name", ["a.exe", ".hidden.csv", "a<b>.csv", "a|b.csv", "a\nb.csv", "長" * 80 + ".csv", "a.csv.zip", "shirane-bunka-r4r5.csv", " .csv"]
)  # fmt: skip
def test_a_name_or_kind_that_will_not_do_is_refused_with_its_reason(name: str, shelf: Shelf, tmp_path: Path) -> None:
    try:
        path = file(tmp_path, name)
    except OSError:
        pytest.skip("this system has no such file names")
    (one,) = shelf.checked([path])
    assert one.document is None
    assert one.reason
    assert "<b>" not in preview([one], JA)
    with pytest.raises(NotAllowed):
        shelf.add([one])


def test_too_large_too_many_and_broken_files_are_refused(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = file(tmp_path, "b.xlsx", "no archive")
    bomb = file(tmp_path, "c.docx", "")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("word/document.xml", b"0" * 3_000_000)
    monkeypatch.setattr(module, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    large = file(tmp_path, "d.csv", "x" * 200_000)
    assert [one.document for one in shelf.checked([broken, bomb, large])] == [None, None, None]
    with pytest.raises(NotAllowed):
        shelf.checked([broken] * (MOST_FILES + 1))


def test_each_file_is_told_of_before_it_is_read(shelf: Shelf, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    shelf.checked([file(tmp_path, "a.csv"), file(tmp_path, "b.exe")], lambda *one: told.append(one))
    assert told == [(0, 2, "a.csv"), (1, 2, "b.exe")]


def test_two_of_one_name_are_not_both_taken(shelf: Shelf, tmp_path: Path) -> None:
    first, second = shelf.checked([file(tmp_path, "same.csv"), file(tmp_path, "same.txt")])
    assert first.document is not None
    assert second.document is None


@pytest.mark.parametrize("error", [NotAllowed("disk full"), OSError(errno.ENOSPC, "No space left on device")])
def test_when_the_index_cannot_be_built_the_old_one_answers_and_the_files_are_as_they_were(
    error: Exception, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise error

    before = shelf.store
    held = shelf.checked([file(tmp_path, "hoshi.csv")])
    monkeypatch.setattr(module, "build", full)
    with pytest.raises(NotAllowed):
        shelf.add(held)
    with pytest.raises(NotAllowed):
        shelf.remove("shirane-bunka-r4r5")
    with pytest.raises(NotAllowed) as said:
        shelf.reindex()
    assert isinstance(error, NotAllowed) or "空き容量" in str(said.value)
    assert shelf.store is before
    assert shelf.folder is not None
    assert sorted(path.name for path in shelf.folder.iterdir()) == [
        "shirane-bunka-r4r5.txt",
        "shirane-houkoku-r5.txt",
    ]


def test_the_last_document_and_what_is_not_there_stay(shelf: Shelf) -> None:
    shelf.remove("shirane-bunka-r4r5")
    for name in ("shirane-houkoku-r5", "../../etc/passwd", ""):
        with pytest.raises(NotAllowed):
            shelf.remove(name)


def test_read_only_and_the_shipped_documents_are_never_changed(shelf: Shelf, tmp_path: Path) -> None:
    for fixed in (Shelf(shelf.store, shelf.index), Shelf(shelf.store, shelf.index, DOCUMENTS)):
        for change in (
            fixed.reindex,
            lambda f=fixed: f.remove("x"),
            lambda f=fixed: f.add([]),
            lambda f=fixed: f.checked([]),
        ):
            with pytest.raises(NotAllowed):
                change()


def test_the_quality_report_names_what_was_repaired_and_opens_its_lines(shelf: Shelf) -> None:
    shown = documents(shelf.store, JA)
    assert "data-act='l" in shown
    assert JA("quality") in shown
