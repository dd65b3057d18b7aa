"""Tables whose rows are persons: 何人 asks how many rows there are."""

from __future__ import annotations

import re

from qa.frames import Frame

_PERSONS = re.compile(r"(?:氏名|人名|候補者名?|議員名?|委員名?|職員名?|担当者名?|代表者名?|受賞者名?|講師名?)$")


def lists_persons(frame: Frame) -> bool:
    """Whether each row is a person, as the header over the names says."""
    return bool(_PERSONS.search(frame.columns[frame.key].core.split(" ")[-1]))
