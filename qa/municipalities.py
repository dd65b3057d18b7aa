"""The municipality whose documents are asked, at the head of a question or of a phrase: 霧野ヶ原市の…, 補正後の日ノ沢県の….

The dictionary knows the names of many, and cuts the others into words that mean something else. Where every document bears
such a name it says nothing of which of them, or what in them, is meant.
"""

from __future__ import annotations

import re

from corpus import Document
from corpus.folding import searchable
from index import Store
from index.words import words
from qa.file_names import read_otherwise, spells
from qa.lookup import letters

_NAMED = re.compile(
    r"(?:^|(?<=[の、]))(?P<name>[一-龥々ヶケノ之ァ-ヴー]{2,7}[都道府県市区町村])(?P<tie>の(?!市|町|村)|では、?|における|、)"
)
# 全市, 本市, 市町村, 関係市町: no name.
_NO_NAME = re.compile(
    r"^[全本当両他同各一何旧新]|市町|町村|区市|都道府県|近隣|周辺|関係|政令|中核|構成|隣接|周囲|姉妹|友好|提携|対象|県内|市内|町内|自治|管内|地区"
)

_OURS = re.compile(r"(?:^|(?<=[、。にはでがをと]))(?P<place>[都道府県市区町村])の(?=[一-龥ァ-ヶ]{2})")


def without_municipality(store: Store, folded: str) -> str:
    """The question without the name of a municipality that every document of the store bears, in its text or its file's name.

    The name stays where the dictionary knows it and reads it as the file does, and where it tells documents apart.
    """
    found = _named(folded)
    if found is None:
        return folded
    first = next(word for word in words(folded) if word.end > found.start())
    known = first.subpos == "固有名詞" and first.end >= found.end("name") - 1
    name = found["name"]
    every = store.documents.values()
    misread = all(not spells(one.id, name) and read_otherwise(one, name) for one in every)  # 上山市 in kaminoyama.csv
    if (known and not misread) or not all(_bears(document, name) for document in every):
        return folded
    return (
        folded
        if any(_is_row(document, name) for document in every)
        else f"{folded[: found.start()]}{folded[found.end() :]}"
    )


def _named(folded: str) -> re.Match[str] | None:
    """A municipality at the head of a question or of a phrase, with what ties it to the rest."""
    found = _NAMED.search(folded)
    return None if found is None or _NO_NAME.search(found["name"]) or found.end() == len(folded) else found


def without_whose(store: Store, folded: str) -> str:
    """What is searched for: the question without the municipality at its head that the title or the file name of every document
    bears. In the text it stands beside a few things that are called by it (甲賀猟友会), which are not asked for.
    """
    found = _named(folded)
    if found is None or found.start() > 0:
        return folded
    name, every = found["name"], store.documents.values()
    bear = all(name in searchable(one.title) or _files(one, name) for one in every)
    return folded[found.end() :] if bear and not any(_is_row(one, name) for one in every) else folded


def without_our_place(store: Store, folded: str) -> str:
    """The question without a bare 市の or 町の (市の予算は), which says whose documents are asked, unless a table has a column or a
    row for what is the 市's own (市, 市費, 市負担分).
    """
    found = _OURS.search(folded)
    if found is None:
        return folded
    own = re.compile(rf"{found['place']}(?:費|負担|単|補助|支出|分|有|内|外|立|債|税|全体)?.{{0,3}}")
    labels = (
        label
        for document in store.documents.values() for table in document.tables
        for label in (
            *(part for column in table.columns for part in column.path),
            *(row.cells[table.key].text or "" for row in table.rows if len(row.cells) > table.key),
        )
    )  # fmt: skip
    return folded if any(map(own.fullmatch, map(letters, labels))) else _OURS.sub("", folded, count=1)


def _is_row(document: Document, name: str) -> bool:
    """Whether a table has a row of that name: one municipality among others."""
    return name in document.text and any(
        cell.text is not None and letters(cell.text) == name
        for table in document.tables for row in table.rows if name in document.quote(row.span) for cell in row.cells
    )  # fmt: skip


def _bears(document: Document, name: str) -> bool:
    """Whether a document's text or file name says whose it is."""
    return name in document.text or _files(document, name)


def _files(document: Document, name: str) -> bool:
    """Whether a document's file name says whose it is."""
    return spells(document.id, name) or read_otherwise(document, name)
