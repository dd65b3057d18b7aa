"""Ten thousand questions with known answers over random tables: `python -m benchmarks.generated --count 10000`.

`tables.py` makes a table as a value, `files.py` writes it as CSV, Markdown, HTML or a workbook, `questions.py` and
`counting.py` ask about it and know the answer, `checker.py` judges what was answered from the file alone. None of them
uses any part of the program that answers.
"""

from benchmarks.generated.checker import Source, Verdict, check, read_source
from benchmarks.generated.files import Written, write
from benchmarks.generated.known import Known, Reading
from benchmarks.generated.questions import questions
from benchmarks.generated.strategies import tables
from benchmarks.generated.tables import Layout, Table, make_table

__all__ = [
    "Known",
    "Layout",
    "Reading",
    "Source",
    "Table",
    "Verdict",
    "Written",
    "check",
    "make_table",
    "questions",
    "read_source",
    "tables",
    "write",
]
