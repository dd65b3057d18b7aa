"""A folder of documents with `sources.toml`: what is wrong is said, and one bad file stops no other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import BadSources, UnknownDocument, UnreadableDocument, find_document, load_corpus
from corpus.sources import read_sources

TEXT = "1 港湾費\n\n令和3年度は東の桟橋を直した。\n"
FIELDS = {
    "file": '"minato.txt"',
    "title": '"みなと計画"',
    "publisher": '"みなと市"',
    "years": "[2021]",
    "sha256": f'"{hashlib.sha256(TEXT.encode()).hexdigest()}"',
    "rights": '"みなと市"',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "minato.txt").write_bytes(TEXT.encode())
    return tmp_path


@pytest.fixture
def declare(folder: Path) -> Callable[..., None]:
    """Write `sources.toml` for the one document, with fields changed or, where None, left out."""

    def write(**changes: str | None) -> None:
        fields = {name: value for name, value in {**FIELDS, **changes}.items() if value is not None}
        (folder / "sources.toml").write_text(
            "[[document]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items()), "utf-8"
        )

    return write


def test_what_sources_say_is_used(folder: Path, declare: Callable[..., None]) -> None:
    declare()
    (document,) = load_corpus(folder).documents
    assert (document.id, document.title, document.years) == ("minato", "みなと計画", (2021,))
    assert find_document("minato", folder) == document


def test_a_folder_needs_no_sources(folder: Path) -> None:
    (document,) = load_corpus(folder).documents
    assert document.title == "1 港湾費"


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_field_is_said(folder: Path, declare: Callable[..., None], field: str) -> None:
    declare(**{field: None})
    with pytest.raises(BadSources, match=field):
        load_corpus(folder)


def test_a_wrong_checksum_is_said_with_the_file(folder: Path, declare: Callable[..., None]) -> None:
    declare()
    (folder / "minato.txt").write_text(TEXT + "追記した。\n", "utf-8")
    with pytest.raises(BadSources, match=r"minato\.txt.*sha256"):
        load_corpus(folder)


def test_a_file_that_is_not_there_is_said(folder: Path, declare: Callable[..., None]) -> None:
    declare(file='"yama.txt"')
    with pytest.raises(BadSources, match=r"yama\.txt"):
        load_corpus(folder)


@pytest.mark.parametrize(
    "content", [b"[[document", b"\xff\xfe\x00", b"document = 3\n", b"[document]\nfile = 'minato.txt'\n"]
)
def test_a_file_that_is_not_of_the_form_is_said(folder: Path, content: bytes) -> None:
    (folder / "sources.toml").write_bytes(content)
    with pytest.raises(BadSources, match=r"sources\.toml"):
        read_sources(folder)


@pytest.mark.parametrize(
    "change",
    [{"years": "2021"}, {"file": "5"}, {"title": "7"}, {"years": '["2021"]'}],
    ids=str,
)
def test_a_field_of_the_wrong_kind_is_said(folder: Path, declare: Callable[..., None], change: dict[str, str]) -> None:
    declare(**change)
    with pytest.raises(BadSources):
        load_corpus(folder)


def test_messages_are_one_sentence_in_one_line(folder: Path, declare: Callable[..., None]) -> None:
    declare(sha256='"0"')
    with pytest.raises(BadSources) as caught:
        load_corpus(folder)
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)


def test_a_bad_file_does_not_stop_the_others(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "photo.jpeg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "zero.tsv").write_bytes(b"a\x00b")
    (folder / "yama.tsv").write_text("区分\t金額\n登山道\t30千円\n", "utf-8")
    (folder / ".hidden.txt").write_bytes(b"")
    (folder / "older").mkdir()
    loaded = load_corpus(folder)
    assert [document.id for document in loaded.documents] == ["minato", "yama"]
    assert [error.source for error in loaded.failures] == ["empty.txt", "photo.jpeg", "zero.tsv"]


def test_two_files_with_one_id_are_not_both_read(folder: Path) -> None:
    (folder / "minato.tsv").write_text("区分\t金額\n桟橋\t30千円\n", "utf-8")
    loaded = load_corpus(folder)
    assert [document.id for document in loaded.documents] == ["minato"]
    (failure,) = loaded.failures
    assert "minato.t" in str(failure)
    assert "id" in str(failure)


def test_an_empty_folder_has_no_documents(tmp_path: Path) -> None:
    loaded = load_corpus(tmp_path)
    assert (loaded.documents, loaded.failures) == ((), ())


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="nowhere"):
        load_corpus(tmp_path / "nowhere")


def test_documents_come_in_one_order(tmp_path: Path) -> None:
    for name in ("c.txt", "a.txt", "b.tsv"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert [document.id for document in load_corpus(tmp_path).documents] == ["a", "b", "c"]


def test_find_by_path_uses_the_sources_beside_the_file(folder: Path, declare: Callable[..., None]) -> None:
    declare()
    assert find_document(str(folder / "minato.txt")).title == "みなと計画"


def test_an_unknown_id_names_the_known_ones(folder: Path) -> None:
    with pytest.raises(UnknownDocument, match=r"yama.*minato"):
        find_document("yama", folder)


def test_find_by_id_with_a_missing_file_path(folder: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"yama\.txt"):
        find_document(str(folder / "yama.txt"))


def test_an_id_may_hold_a_full_stop(folder: Path) -> None:
    (folder / "plan.v2.txt").write_text(TEXT, "utf-8")
    assert find_document("plan.v2", folder).id == "plan.v2"


def test_a_name_too_long_for_a_file_is_unknown(folder: Path) -> None:
    with pytest.raises(UnknownDocument):
        find_document("港" * 300, folder)
