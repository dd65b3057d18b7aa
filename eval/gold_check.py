"""Gold files → what is wrong with them, each with file, line and id; a program reads the evidence, nobody is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from corpus import Document, TashikaError, read_document
from eval.gold import BadGold, DocumentSet, EvidenceLine, GoldDialogue, GoldQuestion, gold_lines, parsed
from eval.measures import holds_text, plain
from eval.reckoning import figures, listed, printed, reckoned

_EXPECTED, _RULES = ("answer", "abstain", "no_crash"), ("any", "all")
_ABOUT_SOURCES = "source"  # such questions ask for a document's name or a line's number, which stand on no line


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a gold file; `line` is 0 where it is the file itself. `broken` where nothing can be judged
    by it; a value that does not follow from its lines is not, because the program that says so may be the one in error.
    """

    file: Path
    line: int
    id: str
    what: str
    broken: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.id or '(id なし)'}: {self.what}"


Lines = Mapping[int, str]


def check_files(files: Sequence[Path], documents: Mapping[str, Document]) -> list[Problem]:
    """Everything wrong in gold files over known documents; ids are unique over all of them."""
    lines = {name: _lines(document) for name, document in documents.items()}
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for path in files:
        for number, item in _items(path, found):
            place = f"{path}:{number}"
            if item.id in seen:
                found.append(Problem(path, number, item.id, f"同じ id が {seen[item.id]} にもあります"))
            seen.setdefault(item.id, place)
            found += [Problem(path, number, item.id, what, broken) for what, broken in _of_dialogue(item, lines)]
    return found


def check_set(one: DocumentSet, read: Document | None = None, values: bool = True) -> list[Problem]:
    """Everything wrong in the questions about a document of another place, which is read unless it has been.

    Without `values` it is not asked whether figures follow from their lines, which takes longer than all the rest.
    """
    try:
        lines = {one.document.stem: _lines(read or read_document(one.document))}
    except TashikaError as error:
        return [Problem(one.gold, 0, "", str(error))]
    found: list[Problem] = []
    seen: set[str] = set()
    try:
        numbered = gold_lines(one.gold)
    except BadGold as error:
        return [Problem(one.gold, 0, "", str(error))]
    for number, line in numbered:
        try:
            question = one.question(number, line)
        except BadGold as error:
            found.append(Problem(one.gold, number, "", str(error)))
            continue
        if question.id in seen:
            found.append(Problem(one.gold, number, question.id, "同じ id がこのファイルにもう一つあります"))
        seen.add(question.id)
        wrong = _of_dialogue(GoldDialogue(question.id, (question,)), lines, values)
        found += [Problem(one.gold, number, question.id, what, broken) for what, broken in wrong]
    return found


def check_lines(item: GoldDialogue, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Everything wrong in one question or dialogue over known documents."""
    lines = {name: _lines(documents[name]) for name in {c.document for c in _named(item)} if name in documents}
    return tuple(what for what, _ in _of_dialogue(item, lines))


def _named(item: GoldDialogue) -> Iterator[EvidenceLine]:
    return (line for one in item.turns for line in (*one.citations, *one.citations_also_ok))


def must_be_sound(problems: Sequence[Problem], values: bool = True) -> None:
    """Nothing is evaluated by halves. Without `values` only what leaves nothing to judge by counts.

    Raises:
        BadGold: there is a problem.

    """
    broken = [one for one in problems if one.broken or values]
    if broken:
        more = f"(ほか {len(broken) - 1} 件。python -m eval gold-check で確かめられます)" if len(broken) > 1 else ""
        raise BadGold(f"ゴールドセットに誤りがあります。{broken[0]}{more}")


def _items(path: Path, found: list[Problem]) -> Iterator[tuple[int, GoldDialogue]]:
    try:
        numbered = gold_lines(path)
    except BadGold as error:
        found.append(Problem(path, 0, "", str(error)))
        return
    for number, line in numbered:
        try:
            yield number, parsed(path, number, line)
        except BadGold as error:
            found.append(Problem(path, number, "", str(error)))


def _lines(document: Document) -> Lines:
    """The text of each line that gold can name: a page of a PDF, a row of any sheet, a line of anything else."""
    found: dict[int, str] = {}
    for line in document.lines:
        number = line.page or line.number
        found[number] = f"{found.get(number, '')} {document.text[line.start : line.end]}"
    return found


def _of_dialogue(item: GoldDialogue, documents: Mapping[str, Lines], values: bool = True) -> Iterator[tuple[str, bool]]:
    """What is wrong, and whether it leaves nothing to judge by."""
    if not item.turns:
        yield "質問がありません", True
    earlier: list[EvidenceLine] = []
    for turn, question in enumerate(item.turns):
        where = f"{turn} 番目の発話: " if len(item.turns) > 1 else ""
        problems = list(_of_question(question, documents))
        yield from ((where + what, True) for what in problems)
        earlier += (*question.citations, *question.citations_also_ok)
        if values and not problems and (loose := _loose(question, earlier, documents)):
            yield (
                f"{where}「{loose}」は根拠の行になく、行の数値からも計算できません(行を直すか recomputed に式を書く)",
                False,
            )


def _of_question(question: GoldQuestion, documents: Mapping[str, Lines]) -> Iterator[str]:
    if not question.question.strip() and question.expected == "answer":
        yield "質問が空です"
    if question.expected not in _EXPECTED:
        yield f"expect「{question.expected}」は {'・'.join(_EXPECTED)} のどれでもありません"
    if question.citation_rule not in _RULES:
        yield f"citation_rule「{question.citation_rule}」は any でも all でもありません"
    for group in (*question.must_include, *question.or_answer_must_include):
        if not group or not all(plain(one) for one in group):
            yield "must_include に空の組か空の文字列があります"
    for one in (*question.citations, *question.citations_also_ok):
        lines = documents.get(one.document)
        if lines is None:
            yield f"文書「{one.document}」がありません"
        elif not lines.get(one.line, "").strip():
            yield f"「{one.document}」の {one.line} 行目がないか、空です"


def _loose(question: GoldQuestion, evidence: Sequence[EvidenceLine], documents: Mapping[str, Lines]) -> str | None:
    """The first thing an answer must hold that neither stands on its evidence lines nor follows from their figures.

    Words are not asked for where a figure stands: はい and 増えている are the questioner's own.
    """
    if question.expected != "answer" or not question.citations or question.recomputed:
        return None
    if question.label == _ABOUT_SOURCES:
        return None
    texts = [documents[one.document][one.line] for one in dict.fromkeys(evidence)]
    letters = plain(" ".join(texts))
    on_lines = [printed(text) for text in texts]
    counts = {count for text in texts for count in listed(text) if count > 1}
    for group in question.must_include:
        if any(holds_text(letters, one) or _follows(one, on_lines, counts) for one in group):
            continue
        if any(figures(one) for one in group):
            return group[0]
    return None


def _follows(wanted: str, lines: Sequence[Sequence[Decimal]], counts: Set[Decimal]) -> bool:
    """Whether every number of an alternative stands on the lines, or its only one can be worked out from them or is how
    many names they list.
    """
    numbers = figures(wanted)
    there = {one for line in lines for one in line}
    stands = bool(numbers) and all(one in there for one in numbers)
    return stands or (len(numbers) == 1 and (numbers[0] in counts or reckoned(numbers[0], lines) is not None))
