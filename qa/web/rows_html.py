"""The look-up as HTML: the form of its conditions, and the rows found with their totals."""

from __future__ import annotations

from corpus import Origin
from index import Store
from qa.web.escape import escaped
from qa.web.groups import grouped, grouped_html
from qa.web.render import LONG, MARKS
from qa.web.rows import BLANK, NOT_BLANK, PAGE, Found, Laid, Total, View, laid_out, tables
from qa.web.words import Words


def form(store: Store, view: View, words: Words) -> str:
    """The conditions, as they stand in a view; names of the fields are those of its link."""
    laid = laid_out(store, view.document, view.table)
    held = dict(view.columns)
    chosen = f"{view.document}/{view.table}"
    options = "".join(_option(value, name, value == chosen) for name, value in tables(store))
    columns = "".join(_column(laid, i, label, held.get(i, ""), words) for i, label in enumerate(laid.labels))
    figures = [i for i in range(len(laid.labels)) if laid.is_figures(i)]
    amounts = "".join(_option(str(i), laid.labels[i], view.amount == i) for i in figures)
    amount = (
        f"<label class='wide'>{words('amount')}<select name='amount'>{_option('', words('any'), False)}{amounts}</select></label>"
        f"<label>{words('at_least')}<input name='low' inputmode='decimal' autocomplete='off' value='{escaped(view.low)}'></label>"
        f"<label>{words('at_most')}<input name='high' inputmode='decimal' autocomplete='off' value='{escaped(view.high)}'></label>"
    )
    texts = [i for i in range(len(laid.labels)) if laid.choices(i) and not laid.is_figures(i)]
    grouping = "".join(_option(str(i), laid.labels[i], view.group == i) for i in texts)
    group = f"<label class='wide'>{words('group_by')}<select name='group'>{_option('', words('group_none'), False)}{grouping}</select></label>"
    opened = " open" if view.columns else ""
    return (
        f"<form class='lookup' role='search' aria-label='{words('view_rows')}'>"
        f"<label class='whole'>{words('table')}<select name='table'>{options}</select></label>"
        f"<label class='wide'>{words('words')}<input name='words' type='search' autocomplete='off' maxlength='200' "
        f"value='{escaped(view.words)}' placeholder='{words('words_help')}'></label>{amount if figures else ''}{group if texts and figures else ''}"
        f"<details{opened}><summary>{words('filter_columns')}</summary><div class='columns'>{columns}</div></details>"
        f"<input type='hidden' name='sort' value='{'' if view.sort is None else view.sort}'>"
        f"<input type='hidden' name='desc' value='{'1' if view.descending else ''}'>"
        f"<input type='hidden' name='start' value='{view.start or ''}'>"
        f"<button type='button' data-clear>{words('clear')}</button></form>"
    )


def _option(value: str, name: str, chosen: bool) -> str:
    return f"<option value='{escaped(value)}'{' selected' if chosen else ''}>{escaped(name)}</option>"


def _column(laid: Laid, column: int, label: str, held: str, words: Words) -> str:
    choices = laid.choices(column)
    if not choices:
        return f"<label>{escaped(label)}<input name='c{column}' autocomplete='off' maxlength='200' value='{escaped(held)}'></label>"
    fixed = ((BLANK, words("blank")), (NOT_BLANK, words("not_blank")))
    options = "".join(_option(value, name, value == held) for value, name in fixed)
    options += "".join(_option(f"={text}", text, f"={text}" == held) for text in choices)
    if held and f"='{escaped(held)}'" not in options:  # a part of a text, which a link may ask for
        options += _option(held, f"…{held}…", True)
    first = _option("", words("any"), False)
    return f"<label>{escaped(label)}<select name='c{column}'>{first}{options}</select></label>"


def results(found: Found, base: str, words: Words) -> str:
    """The rows found: how many, their totals, what can be done with them, and the rows themselves."""
    ignored = "".join(f"<p class='note'>{escaped(words('bad_number', n=text))}</p>" for text in found.ignored)
    shown = words("rows_shown", n=len(found.rows), all=len(found.laid.table.rows))
    query = escaped(found.view.query)
    actions = (
        f"<p class='actions'><a class='button' href='/download/rows.csv?{query}&amp;lang={words.language}' download>{words('csv')}</a> "
        f"<a class='button' href='{base}?{query}'>{words('view_link')}</a></p>"
    )
    if not found.rows:
        return f"<p role='status'>{shown}</p>{ignored}<p class='note'>{words('no_rows')}</p>"
    return f"<p role='status'>{shown}</p>{ignored}{actions}{_totals(found.totals, words)}{_groups(found, words)}{_table(found, words)}{_pages(found, words)}"


def _groups(found: Found, words: Words) -> str:
    held = grouped(found, words)
    return (
        grouped_html(held, found, f"/download/groups.csv?{found.view.query}&lang={words.language}", words)
        if held
        else ""
    )


def _totals(totals: tuple[Total, ...], words: Words) -> str:
    if not totals:
        return ""
    rows = "".join(
        f"<tr><th scope='row'>{escaped(t.label)}</th><td class='figure'>{_total(t)}</td><td class='figure'>{t.counted}</td>"
        f"<td class='figure'>{t.left_out}</td></tr>"
        for t in totals
    )
    head = "".join(f"<th scope='col'>{words(key)}</th>" for key in ("item", "sum", "counted", "left_out"))
    return (
        f"<details class='totals' open><summary>{words('totals')}</summary><div class='scroll' tabindex='0' role='group' "
        f"aria-label='{words('totals')}'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"<p class='note'>{words('totals_note')}</p></details>"
    )


def _total(total: Total) -> str:
    return "—" if total.total is None else f"{total.total:,f} {escaped(total.unit or '')}".strip()


def _table(found: Found, words: Words) -> str:
    view, laid = found.view, found.laid
    head = "".join(_head(i, label, view, words, i == laid.table.key) for i, label in enumerate(laid.labels))
    body = "".join(_row(laid, i, words) for i in found.page)
    return (
        f"<div class='scroll rows' tabindex='0' role='group' aria-label='{words('table_region')}'><table>"
        f"<thead><tr><th scope='col'>{words('row_header')}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(column: int, label: str, view: View, words: Words, key: bool) -> str:
    order = ("descending" if view.descending else "ascending") if view.sort == column else None
    arrow = {"ascending": " ▲", "descending": " ▼", None: ""}[order]
    sorted_by = f" aria-sort='{order}'" if order else ""
    title = escaped(words("sort_by", n=label))
    return (
        f"<th scope='col'{' class=key' if key else ''}{sorted_by}><button type='button' data-sort='{column}' title='{title}'>"
        f"{escaped(label) or '—'}<span aria-hidden='true'>{arrow}</span></button></th>"
    )


def _row(laid: Laid, index: int, words: Words) -> str:
    row = laid.table.rows[index]
    line = laid.document.place(row.span).line_start
    act = escaped(f"r{index}:{laid.document.id}/{laid.table.id}")
    opened = f"<th scope='row'><button type='button' data-act='{act}' aria-label='{words('open_row', n=line)}'>{line}</button></th>"
    if not row.understood:
        text = escaped(laid.document.quote(row.span))
        return f"<tr>{opened}<td colspan='{len(laid.labels)}'>{text} <span class='tag'>{words('not_understood')}</span></td></tr>"
    cells = "".join(
        f"<td class='{cell.origin.value}{' figure' if laid.figures[index][i] else ''}{' key' if i == laid.table.key else ''}"
        f"{' long' if len(laid.shown[index][i]) > LONG else ''}'><div>{escaped(laid.shown[index][i])}{_mark(cell.origin)}</div></td>"
        for i, cell in enumerate(row.cells)
    )
    total = f" class='total' title='{words('total_row')}'" if row.total else ""
    return f"<tr{total}>{opened}{cells}</tr>"


def _mark(origin: Origin) -> str:
    return f"<span class='origin'>{MARKS[origin]}</span>" if origin in MARKS else ""


def _pages(found: Found, words: Words) -> str:
    """Steps to the rows before and after those shown."""
    if len(found.rows) <= PAGE:
        return ""
    start, end = found.view.start, min(found.view.start + PAGE, len(found.rows))
    before = f"<button type='button' data-start='{max(0, start - PAGE)}'>{words('previous_rows', n=PAGE)}</button>"
    after = (
        f"<button type='button' data-start='{end}'>{words('next_rows', n=min(PAGE, len(found.rows) - end))}</button>"
    )
    said = words("rows_page", first=start + 1, last=end)
    return f"<p class='actions'>{before if start else ''} {said} {after if end < len(found.rows) else ''}</p>"
