"""The feedback as staff reviews it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.web.escape import escaped
from qa.web.feedback import Note
from qa.web.words import Words

SHOWN = 200


def notes_html(notes: Sequence[Note], words: Words) -> str:
    """Notes as a table, in the order given."""
    if not notes:
        return f"<p class='note'>{words('no_feedback')}</p>"
    head = "".join(f"<th scope='col'>{words(key)}</th>" for key in ("when", "verdict", "question", "answer", "note"))
    rows = "".join(
        f"<tr><th scope='row'>{escaped(one.at[:16].replace('T', ' '))}</th><td>{words(f'verdict_{one.verdict}')}</td>"
        f"<td>{escaped(one.standalone or one.question)}</td><td>{escaped(one.answer.answer)}</td><td>{escaped(one.note)}</td></tr>"
        for one in notes
    )
    return (
        f"<div class='scroll' tabindex='0' role='group' aria-label='{words('view_feedback')}'><table>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
