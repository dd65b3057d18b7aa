"""The frame that the browser fills with the conversations it keeps; the server never sees the list."""

from __future__ import annotations

import json

from qa.web.escape import escaped
from qa.web.words import Words

_SAID = {
    "remove": "remove_one", "removed": "removed_n", "undo": "undo", "none": "history_none", "turns": "turns_n", "now": "history_now",
}  # fmt: skip


def history_frame(words: Words) -> str:
    """Search field, list and the rest, with the words that the browser needs."""
    said = escaped(json.dumps({key: words(of, n="#") for key, of in _SAID.items()}, ensure_ascii=False))
    return (
        f"<details class='history empty' data-words='{said}' data-lang='{words.language}'>"
        f"<summary>{words('history')} (<span data-count>0</span>)</summary>"
        f"<label>{words('history_find')}<input type='search' autocomplete='off' maxlength='100'></label><ul></ul>"
        f"<p role='status'></p><p class='note' data-refused hidden>{words('history_full')}</p>"
        f"<p class='note'>{words('history_note')}</p>"
        f"<button type='button' data-forget>{words('history_forget')}</button></details>"
    )
