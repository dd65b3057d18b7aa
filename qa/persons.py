"""Which names are of persons, that 何人 may count: those under a header that says so, none that end like an office's or a place's."""

from __future__ import annotations

import re

from qa.frames import Frame

_PERSONS = re.compile(r"(?:氏名|人名|候補者名?|議員名?|委員名?|職員名?|担当者名?|代表者名?|受賞者名?|講師名?)$")
_OFFICE = re.compile(r"[都道府県市区町村国署課部局室校園社所館会団店場]$")


def names_an_office(name: str) -> bool:
    """Whether a name ends as those of offices and places do: 東町署 is no 人."""
    return _OFFICE.search(name) is not None


def lists_persons(frame: Frame) -> bool:
    """Whether each row is a person, as the header over the names says."""
    return bool(_PERSONS.search(frame.columns[frame.key].core.split(" ")[-1]))
