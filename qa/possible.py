"""What a plan over a table's rows and columns must not be, whatever its words: of another year, side, part or number."""

from __future__ import annotations

import re

from corpus.folding import searchable
from corpus.values import find_quantities
from qa.cell_kinds import LOOSE
from qa.change_columns import change_columns
from qa.dimensions import says_dimension
from qa.frames import Frame
from qa.labels import core, year_of
from qa.lookup import letters
from qa.moments import MONTH_ALONE, month_heads
from qa.money import SCALES
from qa.numbered import number_left_out, numbered_otherwise
from qa.plan import Plan, unexplained
from qa.roles import IN_PROSE_BESIDE
from qa.types import Operation, Question
from qa.understand import EXTREMES, LOOK_UPS
from qa.wording import leaf
from qa.years import over_years

_SEVERAL = 2  # tables, rows, letters
_LONG_NAME = 4  # letters
A_NOUN = 0.8  # what nouns, names and figures weigh
ADDED = {Operation.SUM, Operation.AVERAGE}
# 開催回数が一番多い, 事業費の合計: what figures are put in order or added up by.
_RECKONED = re.compile(
    r"(?P<measure>[一-龥ァ-ヶー]*[一-龥ァ-ヶー](?:費|額|数|率|料|量|高|金|入))"
    r"(?:(?:が|の)(?:最も|もっとも|一番|いちばん|合計|総計|総額|平均|多|少|高|低|大|小|上位|トップ|最)|を(?:合|足|平均)|で(?:比|並))"
)
_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])月分?")
_EACH_ONE = re.compile(r"(?<![0-9])1(?:人|回|世帯|冊|泊|台|時間|日|個|枚)(?![0-9目位以])|当たり|あたり")
_EITHER = re.compile(r"(?:どちら|どっち)(?:が|の(?:方|ほう)が)")
_PLACE = re.compile(r"[都道府県市区町村館校園店所局駅港]$|地[区域点]|方面|丁目")  # どこ is no 男 and no 総数
_SPENDING = re.compile(r"予算|決算|事業費|経費|費用|金額|支出|総額|お金")
_SIDES = (("歳入", "歳出"), ("収入", "支出"))  # of an account
_OF_BOTH = re.compile("歳入歳出|収入支出")  # 歳入歳出予算事項別明細書 (歳入) is of one
_COMES_OR_GOES = (re.compile("歳入|収入"), re.compile("歳出|支出(?!金)"))  # 国庫支出金 comes in
_ALL_OF = re.compile(r"(?P<kind>[一-龥ァ-ヶー]{2,})を(?:すべて|全て|全部|ぜんぶ|列挙|挙げ)")
_YEARS_ASKED = re.compile(r"年度?(?:は|が|を)[、,]?(?:いくつ|何(?:回|か年|[年度]{0,2}あ)|すべて|全て)")
_NUMBER_BEFORE = re.compile(
    r"^(?:(?:令和|平成|昭和)?(?:[0-9]+|元)年度の?)?(?:第?[0-9]+[款項目節章編部]?)?"
)  # 令和6年度 10款 教育費
_KIND_COUNTED = re.compile(
    r"(?:た|る|い|の|な|、)(?P<kind>[一-龥]{1,6})(?:は|が)[、,]?(?:いくつ|何(?:件|個|つ|款|項|事業|会計)あ)"
)
_HOW_MANY = re.compile(r"(?:何|なん)(?P<unit>回|人|社|校|団体|件|個|本|点|台|か所)")
_OUT_OF = re.compile(
    r"(?<![0-9.])(?P<size>[2-9]|1[0-9])(?:つ|個|項目)の[^、。?はが]{1,12}(?:のうち|の中|で(?:一番|最も))"
)
_OUR_PLACE = frozenset("市町村区県都道府")  # 市の借金: whose documents these are
# What any project has one of.
_ANY_AMOUNT = re.compile(
    r"(?:当初|最終|補正|現計|総|年間)?(?:予算|決算|実績|執行|支出|収入|事業)?(?:現|済|見込)?(?:額|率|費|高|数)?|金額|総?計|合計|小計|[人件回]数|財源.*|.{0,3}[国県市町]費|一般財源"
)


def possible(question: Question, plan: Plan) -> bool:
    """Whether a plan can answer at all: not from another year, not with another kind of thing, not with a part's figure."""
    if min(plan.years, default=1.0) < 0 or _of_the_other_side(question, plan):
        return False
    if question.operation not in LOOK_UPS:
        if _of_a_whole_and_its_part(question, plan) or _passes_over_a_number(question, plan):
            return False
        by_guess = plan.guessed and (
            (question.operation in EXTREMES and says_dimension(question.folded))
            or _of_another_measure(question, plan)
            or _passes_over_a_header(plan)
            or _change_of_changes(question, plan)
        )
        not_one = (
            _of_another_size(question, plan)
            or _of_both_sides(question, plan)
            or _of_another_number(question, plan)
            or _of_some(question, plan)
        )
        return not (by_guess or not_one or _of_other_things(question, plan))
    if plan.accounts and not plan.features["explained"]:
        return False  # of all rows one whose name the question happens to hold, which the plan did not take for it
    if _of_another_number_than(question, plan) or _of_another_month(question, plan):
        return False
    if _names_another_row(question, plan) or _names_another_header(question, plan):
        return False
    of_a_part = _of_a_part(plan) or _total_of_a_part(question, plan) or _total_of_some(plan)
    return not (_for_each(question, plan) or of_a_part) and (plan.features["kind"] > -1.0 or question.wants in LOOSE)


def of_the_whole_document(question: Question, plan: Plan) -> bool:
    """Whether all rows of one table of several would be listed, though what is asked for is mostly said of the whole document."""
    frame = plan.frame
    chosen = plan.at or plan.columns or question.comparisons or question.began or question.change
    if question.operation not in (Operation.LIST, Operation.COUNT) or chosen or len(frame.document.tables) < _SEVERAL:
        return False
    said = [a.term for a in plan.accounts if a.strength and a.term.weight >= A_NOUN]
    own = [t for t in said if frame.beside.find(t) or any(i < len(frame.context) for i in frame.around.find(t))]
    kind = _ALL_OF.search(question.folded)
    named = [t for t in said if kind and kind.start("kind") <= t.start < kind.end("kind")]
    above = [t for t in named if any(i < len(frame.context) for i in frame.around.find(t))]
    return 2 * len(own) < len(said) or len(above) < len(named)


def passes_over_a_group(question: Question, plan: Plan) -> bool:
    """Whether rows are listed or counted whatever a cell of theirs says that the question names (ラジオ), since the words around the table say it too."""
    if question.operation not in (Operation.LIST, Operation.COUNT) or len(plan.rows) < _SEVERAL:
        return False
    frame = plan.frame
    for one in plan.accounts:
        word = letters(one.term.surface)
        if set(one.by.split(" + ")) != {"context"} or one.term.weight < A_NOUN or len(word) < _SEVERAL:
            continue
        rows = {r for i in frame.texts.holding(word) if frame.texts.texts[i] == word for r, _ in frame.places[i]}
        if rows and not set(plan.rows) <= rows:
            return True
    return False


def _names_another_header(question: Question, plan: Plan) -> bool:
    """Whether a column is guessed where the question ends in the very header of another (対象国・地域はどこ)."""
    if not plan.guessed or question.operation is not Operation.VALUE or plan.frame.turned:
        return False
    asked = letters(question.folded)
    heads = {letters(core(c.path[-1])) for c in plan.frame.columns if c.path and c.role == "data"}
    told = letters(" ".join((*(plan.frame.columns[c].label for c in plan.columns), *plan.frame.context)))
    return any(len(head) >= _LONG_NAME and f"の{head}は" in asked and head not in told for head in heads)


def _names_another_row(question: Question, plan: Plan) -> bool:
    """Whether words that only the prose beside the table explains begin the name of a row that the plan passes over (自主事業, where
    another row is 自主事業の開催).
    """
    frame, said = plan.frame, [a for a in plan.accounts if a.by == "context" and a.strength <= IN_PROSE_BESIDE]
    runs: list[list[int]] = []
    for one in said:
        if runs and runs[-1][1] == one.term.start:
            runs[-1][1] = one.term.end
        else:
            runs.append([one.term.start, one.term.end])
    for start, end in runs:
        word = letters(question.folded[start:end])
        held = frame.texts.holding(word) if len(word) >= _LONG_NAME else ()
        rows = {
            r for i in held if frame.texts.texts[i].startswith(word) for r, c in frame.places[i] if c == frame.key
        }  # fmt: skip
        if rows and not rows & set(plan.rows):
            return True
    return False


def _passes_over_a_number(question: Question, plan: Plan) -> bool:
    """Whether all the rounds are listed or counted where one of them is named (第2回)."""
    if question.operation not in (Operation.LIST, Operation.COUNT):
        return False
    return number_left_out(question.folded, map(plan.frame.name, range(len(plan.frame))), plan.rows)


def _of_other_things(question: Question, plan: Plan) -> bool:
    """Whether it is asked which of two things, where or which years, and neither of them, no place or no year would be named."""
    if question.operation in (Operation.COUNT, Operation.LIST) and _YEARS_ASKED.search(question.folded):
        return not any(plan.frame.year(row) for row in plan.rows)
    if question.operation is Operation.COUNT and (
        _counts_another_kind(question, plan) or _told_in_its_row(question, plan)
    ):
        return True
    if question.operation not in EXTREMES:
        return False
    dated = any(plan.frame.columns[c].years for c in plan.columns) or any(plan.frame.year(row) for row in plan.rows)
    if over_years(question) and not question.by_year and not dated:
        return True
    either = _EITHER.search(question.folded) is not None and len(plan.parts) < 2 and len(plan.rows) > 2
    somewhere = question.wants in ("place", "person") and all(
        _MONTH.fullmatch(letters(plan.frame.cells[row][plan.listed] or "")) for row in plan.rows
    )
    names = (plan.frame.name(row) for row in plan.rows)
    nowhere = plan.frame.turned and "どこ" in question.folded and not any(_PLACE.search(searchable(n)) for n in names)
    return either or somewhere or nowhere


def _of_another_size(question: Question, plan: Plan) -> bool:
    """Whether the largest is looked for among so many things (5つの目のうち), and the rows are not so many."""
    said = _OUT_OF.search(question.folded) if question.operation in EXTREMES else None
    return said is not None and int(said["size"]) != len(plan.rows)


def _counts_another_kind(question: Question, plan: Plan) -> bool:
    """Whether it is asked how many there are of what a column of the table is headed by (款はいくつ), and years are counted."""
    asked, frame = _KIND_COUNTED.search(question.folded), plan.frame
    if asked is None or frame.table is None or not plan.rows:
        return False
    heads = {letters(column.label) for column in frame.document.tables[frame.table].columns}
    listed = [frame.cells[row][plan.listed] for row in plan.rows]
    return letters(asked["kind"]) in heads - {"年度", "年"} and all(year_of(cell) is not None for cell in listed)


def _told_in_its_row(question: Question, plan: Plan) -> bool:
    """Whether one row is counted where it is asked how often or how many (交流事業は何回), and the row itself tells that (190回)."""
    asked = _HOW_MANY.search(question.folded)
    if asked is None or len(plan.rows) != 1:
        return False
    cells = (searchable(text) for text in plan.frame.cells[plan.rows[0]] if text)
    return any(q.unit == asked["unit"] for text in cells for q in find_quantities(text))


def _of_another_measure(question: Question, plan: Plan) -> bool:
    """Whether figures are added up or put in order by a measure (開催回数) that nothing explains, while the column has a
    name of its own (受講者数). What is spent may be asked for in any word for it.
    """
    asked = _RECKONED.search(question.folded)
    if asked is None or not any(
        not a.strength for a in plan.accounts if asked.start("measure") <= a.term.start < asked.end("measure")
    ):
        return False
    headers = [plan.frame.columns[c] for c in plan.columns]
    spent = _SPENDING.search(asked["measure"]) is not None
    return any(
        c.core and not c.core.isascii() and not (spent and c.unit in SCALES and _SPENDING.search(c.core))
        for c in headers
    )


def _of_a_part(plan: Plan) -> bool:
    """Whether a heading's figure is given for the heading above it: the figure of a part is not that of the whole.

    What is told once, under a name of its own (地方債の残高, no mere 決算額), is whole wherever it stands.
    """
    frame = plan.frame
    if frame.table is not None or frame.key in plan.at:
        return False
    if plan.guessed or any(term.surface not in _OUR_PLACE for term in unexplained(plan)):
        return True
    return not all(_told_once(frame, column) for column in plan.columns)


def _told_once(frame: Frame, column: int) -> bool:
    named = _ANY_AMOUNT.fullmatch(letters(frame.columns[column].core)) is None
    return named and sum(bool(row[column]) for row in frame.cells) == 1


def _total_of_a_part(question: Question, plan: Plan) -> bool:
    """Whether the total of one heading's table would be given for the heading above it, under which others stand as well."""
    frame = plan.frame
    if frame.table is None or not plan.rows or not all(frame.totals[row] for row in plan.rows):
        return False
    tables = frame.document.tables
    own = frame.refs[plan.rows[0]][frame.key].table  # a frame may hold the tables of several headings
    path, said = tables[frame.table if own is None else own].section, letters(question.folded)
    called = [_NUMBER_BEFORE.sub("", letters(leaf((heading,)))) for heading in path]
    outer = [name for name in called[:-1] if name and name in said]
    if any(name in letters(frame.name(row)) for name in outer for row in plan.rows):
        return False  # 教育費 計: the total of the heading above by its own name
    for name in outer:
        said = said.replace(name, "")  # 農林水産業費 asks for no 水産業費
    if len(path) < 2 or not outer or called[-1] in said:
        return False
    return any(
        t.section[: len(path) - 1] == path[:-1] and t.section[len(path) - 1 :] not in ((), path[-1:]) for t in tables
    )


def _total_of_some(plan: Plan) -> bool:
    """Whether the total of all rows would be given, and a word left unexplained is told of some row of the document (義務的経費)."""
    frame = plan.frame
    if not plan.rows or not all(frame.totals[row] for row in plan.rows):
        return False
    lost = [a.term.surface for a in plan.accounts if not a.strength and a.term.weight >= A_NOUN]
    cells = (cell.text for t in frame.document.tables for row in t.rows for cell in row.cells if cell.text)
    return bool(lost) and any(word in text for text in cells for word in lost if len(word) >= _SEVERAL)


def _passes_over_a_header(plan: Plan) -> bool:
    """Whether a word left unexplained stands in a header: another column than a guessed one is meant."""
    heads = [letters(column.label) for column in plan.frame.columns]
    lost = [letters(a.term.surface) for a in plan.accounts if not a.strength and a.term.weight >= A_NOUN]
    return any(word in head for word in lost for head in heads)


def _change_of_changes(question: Question, plan: Plan) -> bool:
    """Whether how something changed would be reckoned from two years' changes (増減額) instead of their figures."""
    printed = change_columns(plan.frame, False)
    return question.operation is Operation.DIFFERENCE and len(plan.rows) > 1 and set(plan.columns) <= set(printed)


def _of_both_sides(question: Question, plan: Plan) -> bool:
    """Whether what an account takes in and what it spends would be added up, which comes to twice the account, or put in order."""
    if question.operation not in {*ADDED, *EXTREMES}:
        return False
    heads = [c.index for c in plan.frame.columns if c.role in ("heading", "group")]
    above = [_OF_BOTH.sub("", searchable(" ".join(plan.frame.cells[r][c] or "" for c in heads))) for r in plan.rows]
    return any(all(any(side in one for one in above) for side in sides) for sides in _SIDES)


def _of_the_other_side(question: Question, plan: Plan) -> bool:
    """Whether one side of an account is asked for (歳出), and the totals of the table, or a column, are those of the other."""
    said = {coming for coming, side in enumerate(_COMES_OR_GOES) if side.search(question.folded)}
    if len(said) != 1:
        return False
    frame = plan.frame
    totals = [letters(frame.name(row)) for row in range(len(frame)) if frame.totals[row]]
    totals += [letters(frame.columns[column].label) for column in plan.columns]
    told = {coming for coming, side in enumerate(_COMES_OR_GOES) if any(map(side.match, totals))}
    return bool(told or (told := _side_above(frame))) and not said & told


def _side_above(frame: Frame) -> set[int]:
    """The side of an account that the innermost heading over a table says which says just one."""
    for heading in reversed(frame.context):
        sides = {coming for coming, side in enumerate(("歳入", "歳出")) if side in letters(heading)}
        if len(sides) == 1:
            return sides
    return set()


def _of_another_number(question: Question, plan: Plan) -> bool:
    """Whether as many things as there are would be added up where a number of them is named (2つの施設を合わせた)."""
    return question.operation in ADDED and any(a.term.pos == "数詞" and not a.strength for a in plan.accounts)


def _of_some(question: Question, plan: Plan) -> bool:
    """Whether all that a speech happens to tell would be added up or put in order: it does not tell all of them."""
    whole = question.operation in ADDED or (question.operation in EXTREMES and not question.change)
    return whole and plan.frame.partial and plan.frame.key not in plan.at


def _of_a_whole_and_its_part(question: Question, plan: Plan) -> bool:
    """Whether an account (一般会計) would be reckoned with what a speech tells of a part of it (一般会計の町債)."""
    if not plan.frame.partial or question.operation not in (*ADDED, Operation.DIFFERENCE):
        return False
    within = {letters(plan.frame.cells[row][0] or "") for row in plan.rows}
    return any(own.startswith(letters(plan.frame.name(row))) for own in within for row in plan.rows)


def _of_another_number_than(question: Question, plan: Plan) -> bool:
    """Whether the things looked up are numbered otherwise (第8号) than the one asked for (第9号)."""
    cells = (plan.frame.cells[row][: plan.frame.key + 1] for row in plan.rows)
    return any(numbered_otherwise(question.folded, " ".join(filter(None, own))) for own in cells)


def _of_another_month(question: Question, plan: Plan) -> bool:
    """Whether a month is named that has a column of its own, and another one would be told."""
    months = month_heads(plan.frame) if plan.columns else {}
    named = {p.month for p in question.periods if p.month is not None and p.day is None}
    named |= {int(found["month"]) for term in question.terms if (found := MONTH_ALONE.fullmatch(term.surface))}
    return any(month in months for month in named) and not any(months.get(m) in plan.columns for m in named)


def _for_each(question: Question, plan: Plan) -> bool:
    """Whether it is asked what one person or one ride costs, and a column that no word names would give what all cost."""
    if not plan.guessed or question.wants != "money" or _EACH_ONE.search(question.folded) is None:
        return False
    return not any(_EACH_ONE.search(searchable(plan.frame.columns[c].label)) for c in plan.columns)
