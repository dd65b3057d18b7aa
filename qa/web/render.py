"""Answers and sources as HTML. Everything from documents and users is escaped; nothing is decided here."""

from __future__ import annotations

from urllib.parse import urlencode

from corpus import Origin
from corpus.folding import tidy
from qa.conversation import Turn
from qa.types import Answer, Citation
from qa.web.escape import escaped
from qa.web.inline import Piece, operands, pieces
from qa.web.source import CellView, LineView, SourceView, TableView
from qa.web.words import Words

HIGH, FAIR = 0.9, 0.7  # from these probabilities on an answer is called likely, or fair
LONG = 16  # letters from which on a cell is given room
MARKS = {Origin.FILLED: "↑", Origin.INFERRED: "≈"}


def message(given: Answer, turn: int, words: Words) -> str:
    """An answer as the chat shows it: its text with numbered citations inline, its calculation, how sure it is."""
    parts = [f"<div class='said' lang='ja'>{_linked(pieces(given), given, turn, words)}</div>"]
    if given.calculation:
        parts.append(_calculation(given, turn, words))
    if given.answered and given.citations:
        parts.append(f"<div class='meta'>{_confidence(given.confidence, words)} · {_count(given, words)}</div>")
    elif given.kind == "clarify":
        parts.append(f"<div class='meta'>{words('asked_back')}</div>")
    elif not given.answered:
        parts.append(f"<div class='meta'>{words('not_in_documents')} · {words('refused_help')}</div>")
    return "".join(parts)


def said(text: str) -> str:
    """What was typed, letter by letter, for a chat that renders HTML even where it renders no Markdown."""
    return escaped(text).replace("\n", "<br>")


def place(citation: Citation, words: Words) -> str:
    """Page, sheet and lines of a citation."""
    first, last = citation.line_start, citation.line_end
    return " ".join([
        *([words("sheet_n", n=citation.sheet)] if citation.sheet else []),
        *([words("page_n", n=citation.page)] if citation.page else []),
        words("line_n", n=first if first == last else f"{first}-{last}"),
    ])  # fmt: skip


def path(citation: Citation) -> tuple[str, ...]:
    """The headings, row and column that lead to what is cited, without the title."""
    row = (citation.row,) if citation.row else ()
    return tuple(tidy(part) for part in (*citation.heading, *row, *citation.column))


def _linked(cut: tuple[Piece, ...], given: Answer, turn: int, words: Words) -> str:
    return "".join(
        escaped(piece.text).replace("\n", "<br>")
        + "".join(_link(turn, n, f"[{n}]", given.citations[n - 1], words) for n in piece.numbers)
        for piece in cut
    )


def _link(turn: int, number: int, shown: str, citation: Citation, words: Words) -> str:
    where = " › ".join((citation.title, *path(citation), place(citation, words)))
    label = escaped(words("open_source", n=number, where=where))
    return f"<a class='cite' href='#c{turn}-{number}' title='{label}'>{escaped(shown)}</a>"


def _calculation(given: Answer, turn: int, words: Words) -> str:
    """The calculation, each operand a link, and under it where each stands."""
    cut = operands(given)
    rows = "".join(
        f"<li>{_link(turn, n, f'[{n}]', given.citations[n - 1], words)} "
        f"<b>{escaped(tidy(given.citations[n - 1].quote)[:80])}</b> {escaped(' › '.join(path(given.citations[n - 1])[-2:]))}</li>"
        for n in dict.fromkeys(n for piece in cut for n in piece.numbers)
    )
    return (
        f"<details class='calc'><summary>{words('calculation')}</summary>"
        f"<div class='formula'>{_linked(cut, given, turn, words)}</div><ul>{rows}</ul></details>"
    )


def _confidence(probability: float, words: Words) -> str:
    key = "confidence_high" if probability >= HIGH else "confidence_fair" if probability >= FAIR else "confidence_low"
    title = escaped(words("confidence_of", n=round(100 * probability)))
    return f"<span class='{key}' title='{title}'>{words('confidence')}: {words(key)}</span>"


def _count(given: Answer, words: Words) -> str:
    return words("sources_n", n=len(given.citations))


def answer_link(given: Answer, language: str) -> str:
    """A link that asks the same question again, and tells if the documents have changed since."""
    return f"{'/en/' if language == 'en' else '/'}?{urlencode({'q': given.standalone, 'index': given.index[:16]})}"


def about(turn: Turn, link: str, words: Words) -> str:
    """What a question was taken to be about, as labelled words, and the link that asks it again."""
    slots = turn.understood
    told = [("subject", slots.subject), ("attribute", slots.attribute), ("period", "、".join(slots.periods))]
    shown = "".join(f"<li><span>{words(f'chip_{key}')}</span> {escaped(text)}</li>" for key, text in told if text)
    chips = f"<ul class='chips'>{shown}</ul>" if shown else ""
    return f"{chips}<p><a href='{escaped(link)}'>{words('link_to_answer')}</a></p>"


def asks(texts: tuple[str, ...], heading: str) -> str:
    """Questions as buttons that ask them."""
    if not texts:
        return ""
    buttons = "".join(f"<li><button type='button' data-ask='{escaped(t)}'>{escaped(t)}</button></li>" for t in texts)
    return f"<div class='asks'><h2>{heading}</h2><ul>{buttons}</ul></div>"


def no_source(words: Words) -> str:
    """The panel before anything was opened."""
    return f"<p class='note'>{words('no_source')}</p>"


def source(view: SourceView, words: Words, turn: int | None = None, number: int = 1, of: int = 1) -> str:
    """One source: its place, what is cited, the cited row among its neighbours or the passage in its context, raw lines."""
    citation = view.citation
    title = f"{words('source_of', n=f'{number}/{of}')}: " if turn is not None else ""
    crumbs = "".join(f"<li>{escaped(part)}</li>" for part in (*path(citation), place(citation, words)))
    parts = [
        f"<h3 tabindex='-1' id='opened'>{title}{escaped(tidy(citation.title))}</h3>",
        f"<ol class='path'>{crumbs}</ol>",
    ]
    if view.gone:
        parts.append(f"<p class='note'>{words('gone')}</p>")
    if view.table:
        if citation.column:
            parts.append(_quote(citation))
        parts.append(_table(view.table, words))
    elif view.before or view.after:
        parts.append(
            f"<p class='context'>{escaped(view.before)} <mark>{escaped(tidy(citation.quote))}</mark> {escaped(view.after)}</p>"
        )
    else:
        parts.append(_quote(citation))
    if view.lines:
        raw = "\n".join(_line(line) for line in view.lines)
        opened = "" if view.table else " open"
        parts.append(
            f"<details{opened}><summary>{words('raw')} ({escaped(citation.document)})</summary>"
            f"<pre tabindex='0' role='group' aria-label='{words('raw')}'>{raw}</pre></details>"
        )
    parts.append(_steps(turn, number, of, words))
    at = f" data-opened='c{turn}-{number}'" if turn is not None else ""
    return f"<section class='source' aria-label='{words('sources')}' lang='ja'{at}>{''.join(parts)}</section>"


def _steps(turn: int | None, number: int, of: int, words: Words) -> str:
    """Back to where the source was opened from, and to the answer's other sources."""
    others = ""
    if turn is not None and number > 1:
        others += f"<button type='button' data-act='c{turn}-{number - 1}'>{words('previous')}</button>"
    if turn is not None and number < of:
        others += f"<button type='button' data-act='c{turn}-{number + 1}'>{words('next')}</button>"
    return f"<div class='steps'>{others}<button type='button' data-back>{words('back')}</button></div>"


def _quote(citation: Citation) -> str:
    column = tidy(" › ".join(citation.column))
    label = f"{escaped(column)}: " if column else ""
    return f"<p class='quote'>{label}<mark>{escaped(tidy(citation.quote))}</mark></p>"


def _line(line: LineView) -> str:
    before, quoted, after = (escaped(piece) for piece in line.pieces)
    marked = f"<mark>{quoted}</mark>" if quoted else ""
    return f"<span class='{'cited' if line.cited else ''}'>{line.number}: {before}{marked}{after}</span>"


def _table(table: TableView, words: Words) -> str:
    head = "".join(
        f"<th scope='col' class='{'key' if i == table.key else 'long' if len(label) > LONG else ''}'>{escaped(label)}</th>"
        for i, label in enumerate(table.header)
    )
    body = "".join(
        f"<tr class='{'cited' if row.cited else ''}'><th scope='row'>{row.line}</th>"
        + (
            f"<td colspan='{len(table.header)}'>{escaped(tidy(row.raw))}</td>"
            if row.raw is not None
            else "".join(_cell(cell, i == table.key) for i, cell in enumerate(row.cells))
        )
        + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{escaped(table.caption)}</caption>" if table.caption else ""
    above = f"<p class='note'>{words('rows_before', n=table.before)}</p>" if table.before else ""
    below = f"<p class='note'>{words('rows_after', n=table.after)}</p>" if table.after else ""
    return (
        f"{above}<div class='scroll' tabindex='0' role='group' aria-label='{words('table_region')}'><table>{caption}"
        f"<thead><tr><th scope='col'>{words('row_header')}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{below}{_repairs(table, words)}"
    )


def _cell(cell: CellView, key: bool) -> str:
    kind = f"{'key ' if key else ''}{cell.origin.value}{' cited' if cell.cited else ''}{' long' if len(cell.text) > LONG else ''}"
    mark = f"<span class='origin'>{MARKS[cell.origin]}</span>" if cell.origin in MARKS else ""
    return f"<td class='{kind}'><div>{escaped(cell.text)}{mark}</div></td>"


def _repairs(table: TableView, words: Words) -> str:
    """What was filled, worked out or put back in the rows shown."""
    origins = {cell.origin for row in table.rows for cell in row.cells}
    notes = [f"{mark} {words(origin.value)}" for origin, mark in MARKS.items() if origin in origins]
    notes += [
        f"{words('line_n', n=row.line)} {tidy(table.header[i])}: {cell.reason}"
        for row in table.rows if row.cited
        for i, cell in enumerate(row.cells) if cell.reason
    ]  # fmt: skip
    notes += [
        f"{words('line_n', n=row.line)}: {words('realigned', n=min(99, int(100 * row.confidence)))}"
        for row in table.rows
        if row.cited and row.raw is None and row.confidence < 1.0
    ]
    notes += [f"{words('line_n', n=r.line)}: {words('not_understood')}" for r in table.rows if r.raw is not None]
    return f"<ul class='repairs'>{''.join(f'<li>{escaped(note)}</li>' for note in notes)}</ul>" if notes else ""
