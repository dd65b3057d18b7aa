"""The documents as HTML: what is indexed and how well it could be read, and what a file would become before it is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from corpus import Document, TashikaError
from corpus.folding import tidy
from corpus.quality import RULES, Finding, findings
from corpus.values import era_name
from index import Store
from qa.web.escape import escaped
from qa.web.shelf import Checked
from qa.web.words import Words
from qa.wording import with_unit

MOST_FINDINGS = 100
_MOST_ROWS = 30  # rows of a table in a preview
_MOST_LINES = 60
_MOST_TABLES = 3


def documents(store: Store, words: Words) -> str:
    """Every indexed document with its years, what was read of it, and its quality report."""
    fingerprint = store.manifest.fingerprint
    parts = "".join(_document(store.documents[name], fingerprint, words) for name in sorted(store.documents))
    head = words("documents_n", n=len(store.documents))
    return f"<h2>{head}</h2><p class='note'>{words('index_hash')}: <code>{fingerprint[:16]}</code></p>{parts}"


def _document(document: Document, fingerprint: str, words: Words) -> str:
    years = "、".join(f"{era_name(year)} ({year})" for year in document.years) or words("no_years")
    facts = (
        f"<dl><dt>{words('years')}</dt><dd>{escaped(years)}</dd><dt>{words('format')}</dt><dd>.{escaped(document.format)} "
        f"(<code>{escaped(document.id)}</code>, sha256 <code>{document.sha256[:12]}</code>)</dd></dl><p>{_counts(document, words)}</p>"
    )
    quality = _quality(fingerprint, document.id, _Held(document), words.language)
    return f"<article class='document'><h3>{escaped(tidy(document.title))}</h3>{facts}{quality}</article>"


def _counts(document: Document, words: Words) -> str:
    rows = sum(len(table.rows) for table in document.tables)
    return words(
        "rows_n", tables=len(document.tables), rows=rows, passages=len(document.passages), facts=len(document.facts)
    )


class _Held:
    """A document handed to a remembered function beside the key it is remembered by."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=256)
def _quality(fingerprint: str, name: str, held: _Held, language: str) -> str:
    """The quality report of a document, remembered for the index it was made for."""
    words = Words(language)
    found = tuple(findings(held.document))
    if not found:
        return f"<p class='note'>{words('quality_none')}</p>"
    counts = Counter(finding.kind for finding in found)
    summary = "".join(f"<li>{escaped(RULES[kind][1])}: {n}</li>" for kind, n in counts.most_common())
    rows = "".join(_finding(held.document, one, words) for one in islice(found, MOST_FINDINGS))
    more = (
        f"<p class='note'>{words('more_findings', n=len(found) - MOST_FINDINGS)}</p>"
        if len(found) > MOST_FINDINGS
        else ""
    )
    head = "".join(f"<th scope='col'>{words(key)}</th>" for key in ("place", "finding", "count", "rule"))
    label = escaped(f"{words('quality')}: {tidy(held.document.title)}")
    return (
        f"<details><summary>{words('quality')} ({len(found)})</summary><ul>{summary}</ul>"
        f"<div class='scroll' tabindex='0' role='group' aria-label='{label}'><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{more}</details>"
    )


def _finding(document: Document, one: Finding, words: Words) -> str:
    where = " ".join([
        *([words("sheet_n", n=one.sheet)] if one.sheet else []),
        *([words("page_n", n=one.page)] if one.page else []),
        words("line_n", n=one.line_start),
    ])  # fmt: skip
    act = escaped(f"l{one.line_start}:{one.page or ''}:{document.id}/{one.sheet or ''}")
    column = f" ({escaped(tidy(one.column))})" if one.column else ""
    return (
        f"<tr><th scope='row'><button type='button' data-act='{act}'>{escaped(where)}</button></th>"
        f"<td>{escaped(one.message)}{column}</td><td class='figure'>{one.count}</td><td>{escaped(one.rule or '')}</td></tr>"
    )


def preview(files: Sequence[Checked], words: Words) -> str:
    """What each chosen file would become: the tables as read beside the lines as they stand, or why it cannot be taken."""
    if not files:
        return f"<p class='note'>{words('nothing_chosen')}</p>"
    return "".join(_preview(one, words) for one in files)


def _preview(one: Checked, words: Words) -> str:
    name = f"<h3>{escaped(one.name)}</h3>"
    if one.document is None:
        return f"<article class='document refused'>{name}<p role='alert'>{escaped(one.reason)}</p></article>"
    document = one.document
    tables = "".join(_table(document, i, words) for i in range(min(len(document.tables), _MOST_TABLES)))
    lines = "\n".join(
        f"{line.number}: {escaped(document.text[line.start : line.end])}" for line in document.lines[:_MOST_LINES]
    )
    quality = _quality(document.sha256, document.id, _Held(document), words.language)
    return (
        f"<article class='document'>{name}<p>{escaped(tidy(document.title))} · {_counts(document, words)}</p>"
        f"<div class='beside'><div><h4>{words('read_as')}</h4>{tables}</div><div><h4>{words('original')}</h4>"
        f"<pre tabindex='0' role='group' aria-label='{words('original')}: {escaped(one.name)}'>{lines}</pre></div></div>{quality}</article>"
    )


def _table(document: Document, number: int, words: Words) -> str:
    table = document.tables[number]
    head = "".join(f"<th scope='col'>{escaped(tidy(column.label)) or '—'}</th>" for column in table.columns)
    body = "".join(
        "<tr>"
        + (
            "".join(f"<td class='{c.origin.value}'>{escaped(with_unit(c.text or '', c.unit))}</td>" for c in row.cells)
            or f"<td colspan='{len(table.columns)}'>{escaped(tidy(document.quote(row.span)))}</td>"
        )
        + "</tr>"
        for row in table.rows[:_MOST_ROWS]
    )
    label = escaped(f"{words('read_as')} {number + 1}: {tidy(document.title)}")
    return (
        f"<div class='scroll' tabindex='0' role='group' aria-label='{label}'><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def sentence(error: TashikaError) -> str:
    """One of our own errors as the page shows it."""
    return f"<p role='alert' class='refused'>{escaped(str(error))}</p>"
