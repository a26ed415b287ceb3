"""The command `export`: its options, and the order they come to."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name
from annotate.commands import note_export
from annotate.counted import counted
from annotate.errors import ExportFailed, ProjectError
from annotate.handing_on import Form, Handing, Order
from annotate.mark_filter import SHOW_ALL, MarkFilter
from annotate.names import name_key
from annotate.project import Project, reading
from annotate.report.remarks import Remark
from annotate.report.scope import Period, PeriodOf, Scope, days_of
from annotate.store.queries import Reader
from annotate.vocabulary import Kind, Precision

LAST = "last"
_MOST_PLACES = 5
"""Named with a remark."""

_FORMS = {form.suffix: form for form in Form if form not in (Form.BRIEF, Form.CSV)}


def add(commands: Any) -> None:
    """Declare the command."""
    meaning = "write a workbook, a brief, a reading copy or a file for another tool"
    exporting = add_command(commands, "export", meaning, "my.pnote evidence.xlsx")
    exporting.set_defaults(run=_export)
    endings = "|".join(_FORMS)
    exporting.add_argument(
        "target", metavar="OUT", nargs="?", type=_target, help=f"the file to write ({endings}); replaced if there"
    )
    exporting.add_argument("--csv", metavar="DIR", type=Path, help="write every sheet as a CSV file into this folder")
    exporting.add_argument("--brief", action="store_true", help="of a .docx: two to four pages, not the articles")
    exporting.add_argument("--template", metavar="FILE", type=Path, help="fill the tables of your own workbook")
    exporting.add_argument(
        "--share", action="store_true", help="leave out what must stay in the team, and replace protected names"
    )
    exporting.add_argument("--marking", metavar="WORDS", help="print this marking, for instance TLP:GREEN")
    part = exporting.add_argument_group("a part of the project")
    part.add_argument("--article", metavar="ID", action="append", type=_article_id, help="only this one, as A-0003")
    part.add_argument("--tag", metavar="NAME", action="append", help="only what has this tag")
    part.add_argument(
        "--without", action="append", choices=[kind.value for kind in Kind], help="leave out marks of this kind"
    )
    for of in PeriodOf:
        part.add_argument(
            f"--{of.value}",
            metavar="FROM..TO",
            type=_days,
            help=f"only what {of.words} then: 2024-02-01..2024-02",
        )
    part.add_argument(
        "--since",
        metavar="EXPORT",
        help=f"only what is new, revised or withdrawn since the {LAST} export, or one by name",
    )


def _export(words: argparse.Namespace) -> int:
    with reading(words.project, analyst_name()) as reader:
        order = _order(reader, words)
        handing = Handing(reader, order, analyst=analyst_name())
        written = handing.write(write_pdf=words.write_pdf)
        remarks = [_sentence(remark) for remark in handing.remarks() if remark.urgent or order.sharing]
        last_change = reader.newest_moment().change_id
    counts = [counted(rows, _noun(name)) for name, rows in written.rows.items()]
    print(f"{words.csv or words.target}: {', '.join(counts)}")
    for sentence in (*written.warnings, *remarks, *_noted(words, order, last_change)):
        print(f"run export: {one_line(sentence)}", file=sys.stderr)
    return 0


def _noted(words: argparse.Namespace, order: Order, last_change: int) -> Iterator[str]:
    """Keep in the project that it was handed on; a sentence where that cannot be."""
    if not order.is_baseline:
        return
    try:
        with Project.open(words.project, analyst_name()) as project:
            note_export(project, order.target.name, last_change)
    except ProjectError as error:
        yield f"That it was exported could not be noted in the project. {error}"


def _sentence(remark: Remark) -> str:
    """A remark on one line, with the first places it is about."""
    labels = list(dict.fromkeys(place.label for place in remark.places))
    more = f" and {len(labels) - _MOST_PLACES:,} more" if len(labels) > _MOST_PLACES else ""
    return f"{remark.group}: {remark.words}" + (f" [{', '.join(labels[:_MOST_PLACES])}{more}]" if labels else "")


def _noun(sheet: str) -> str:
    """What one row of a sheet is."""
    of_sheet = {"Codebook": "codebook line", "To do": "to-do", "Over time": "dated figure"}
    return of_sheet.get(sheet, sheet.lower().removesuffix("s"))


def wrong_words(words: argparse.Namespace) -> str:
    """What does not go together among the words of the command; empty where all does."""
    if (words.target is None) == (words.csv is None):
        return "name one file to write, or a folder with --csv"
    if words.brief and (words.target is None or words.target.suffix.lower() != Form.BRIEF.suffix):
        return "--brief is a Word document: name a file that ends in .docx"
    if words.template is not None and (words.target is None or words.target.suffix.lower() not in _BOOKS):
        return "--template fills a workbook: name a file that ends in .xlsx or .xlsm"
    if words.template is None and words.target is not None and words.target.suffix.lower() == ".xlsm":
        return "a workbook with macros comes of --template only: name a file that ends in .xlsx"
    if sum(getattr(words, of.value) is not None for of in PeriodOf) > 1:
        return "choose one of --published, --happened and --said"
    form = _form(words)
    if _asks_for_part(words) and not form.can_be_part:
        return f"a {form.label} is always of the whole project"
    return ""


_BOOKS = (".xlsx", ".xlsm")


def _form(words: argparse.Namespace) -> Form:
    if words.csv is not None:
        return Form.CSV
    if words.brief:
        return Form.BRIEF
    return Form.WORKBOOK if words.target.suffix.lower() in _BOOKS else _FORMS[words.target.suffix.lower()]


def _asks_for_part(words: argparse.Namespace) -> bool:
    asked = (words.article, words.tag, words.without, words.since, *(getattr(words, of.value) for of in PeriodOf))
    return any(one is not None for one in asked)


def _order(reader: Reader, words: argparse.Namespace) -> Order:
    scope = Scope(
        article_ids=_articles(reader, words.article),
        shown=_shown(reader, words.tag, words.without or ()),
        period=next((Period(of, *days) for of in PeriodOf if (days := getattr(words, of.value)) is not None), None),
        since=None,
    )
    if words.since is not None:
        exports = [one for one in reader.exports() if words.since in (LAST, one.name)]
        if not exports:
            known = ", ".join(dict.fromkeys(one.name for one in reader.exports())) or "none yet"
            raise ExportFailed(f"Nothing was written: there is no export “{words.since}” of this project ({known}).")
        scope = Scope(scope.article_ids, scope.shown, scope.period, exports[0])
    return Order(_form(words), words.csv or words.target, scope, words.share, words.marking, words.template)


def _articles(reader: Reader, wanted: Sequence[int] | None) -> frozenset[int] | None:
    if wanted is None:
        return None
    there = {article.id for article in reader.articles()}
    missing = [f"A-{article_id:04d}" for article_id in wanted if article_id not in there]
    if missing:
        raise ExportFailed(f"Nothing was written: there is no article {', '.join(missing)} outside the bin.")
    return frozenset(wanted)


def _shown(reader: Reader, tags: Sequence[str] | None, without: Sequence[str]) -> MarkFilter:
    """The filter that hides every other tag and these kinds."""
    hidden = frozenset(kind for kind in Kind if kind.value in without)
    if tags is None:
        return MarkFilter(hidden_kinds=hidden) if hidden else SHOW_ALL
    wanted = {name_key(name) for name in tags}
    known = {name_key(tag.name) for tag in reader.tags()}
    if not wanted <= known:
        missing = ", ".join(f"“{name}”" for name in tags if name_key(name) not in known)
        raise ExportFailed(f"Nothing was written: there is no tag {missing} in the codebook.")
    others = frozenset(tag.id for tag in reader.tags() if name_key(tag.name) not in wanted)
    return MarkFilter(hidden_kinds=hidden, hidden_tag_ids=others, hides_untagged=True)


def _target(words: str) -> Path:
    path = Path(words)
    if path.suffix.lower() not in (*_FORMS, ".xlsm"):
        raise argparse.ArgumentTypeError(f"{words} does not end in one of {', '.join(_FORMS)}")
    return path


def _article_id(words: str) -> int:
    found = re.fullmatch(r"(?:[aA]-)?0*([1-9]\d{0,8})", words)
    if found is None:
        raise argparse.ArgumentTypeError(f"{words} is not the ID of an article, as A-0003 is")
    return int(found[1])


def _days(words: str) -> tuple[date | None, date | None]:
    """From "2024-02-01..2024-02-29", "2024-02", "2024.." or "..2024": the first and the last day, both included."""
    first, dots, last = words.partition("..")
    try:
        days = (_day(first, last=False), _day(last if dots else first, last=True))
    except ValueError:
        days = None, None
    if days == (None, None) or (days[0] and days[1] and days[0] > days[1]):
        raise argparse.ArgumentTypeError(f"{words} is no period: write 2024-02-01..2024-02-29, 2024-02, or 2024..")
    return days


def _day(words: str, *, last: bool) -> date | None:
    if not words:
        return None
    parts = words.split("-")
    numbers = [int(part) for part in parts] + [1, 1]
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1] if len(parts) <= 3 else None
    if precision is None:
        raise ValueError(words)
    return days_of(date(*numbers[:3]), precision)[last]
