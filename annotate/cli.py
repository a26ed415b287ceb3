"""The command line: what a script, or an analyst without a screen, does with a project.

Every command takes the project first, says on standard output what it did and on standard error, in one sentence, why
it could not. Exit status: 0 done, 1 something was refused or is wrong, 2 the words of the command were wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from annotate.cli_exchange import archive_among, make_of_archive, parted, take_in_others
from annotate.cli_export import add_options, run_export, wrong_words
from annotate.commands import Taken, import_files, known_names, store_proposals
from annotate.errors import AnnotateError, ImportRefused
from annotate.fetching import is_address, read_addresses
from annotate.handing_on import PdfWriter
from annotate.importers import Columns, ImportedFile, ReadOptions, find_files, read_file, read_in_batches
from annotate.integrity import check_project
from annotate.project import SUFFIX, Project, reading

if TYPE_CHECKING:
    from annotate.exchange.hand_kept import Role
    from annotate.exchange.readback.diff import Diff

WORDS_OF_INFO = {
    "articles": "articles",
    "claims": "claims",
    "figures": "figures",
    "mentions": "mentions of sources",
    "sources": "sources in the register",
    "attributions": "attributions",
    "links": "links",
    "checks": "checks",
    "tags": "tags",
    "suggestions": "suggestions not yet judged",
}


def main(argv: list[str], *, write_pdf: PdfWriter | None = None) -> int:
    """Run one command; returns its exit status. `write_pdf` is what the window system is needed for."""
    for stream in (sys.stdout, sys.stderr):
        _take_any_character(stream)
    try:
        status = _run(argv, write_pdf)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads any more; without this Python would say so once again when it flushes on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("run: stopped; what was done until now is kept.", file=sys.stderr)
        return 130
    return status


def parser() -> argparse.ArgumentParser:
    """All commands with their options; docs/commands.md describes each."""
    top = argparse.ArgumentParser(
        prog="run", description="Work with a Provenote project without a window. Each command has its own --help."
    )
    commands = top.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    importing = _command(
        commands, "import", "take articles into a project, which is created if absent", "my.pnote article.docx saved/"
    )
    importing.add_argument(
        "sources", metavar="FILE|FOLDER|ADDRESS", nargs="+", help="articles, folders of them, or web addresses to fetch"
    )
    importing.add_argument("--json", action="store_true", help="print one JSON object a file")
    importing.add_argument("--encoding", metavar="NAME", type=_encoding, help="read text files in it, e.g. cp1256")
    importing.add_argument(
        "--update", action="store_true", help="take changed versions of articles as updates, and carry marks over"
    )
    importing.add_argument(
        "--allow-private", action="store_true", help="also fetch from addresses inside your own network"
    )
    importing.add_argument(
        "--columns",
        metavar="text=COLUMN,…",
        type=_columns,
        help="which column of a list (csv, xlsx) holds what, by number from 1 or by heading: text=3,title=Headline; "
        "besides these outlet, author, published, url",
    )
    importing.set_defaults(run=_import)

    claiming = _command(commands, "claims", "take in a claims list that was kept by hand", "my.pnote claims.xlsx")
    claiming.add_argument("list", metavar="LIST", type=Path, help="a spreadsheet (xlsx, xls, ods) or text (csv, tsv)")
    claiming.add_argument(
        "--columns",
        metavar="claim=COLUMN,…",
        type=_roles,
        help="which column holds what, by number from 1 or by heading: claim=2,source=Who; also plain, figure, "
        "article, url, status, date, tags, note; a further column goes into the note",
    )
    claiming.add_argument("--encoding", metavar="NAME", type=_encoding, help="read a csv or tsv in it, e.g. cp1256")
    claiming.add_argument("--dry-run", action="store_true", help="only say what would be taken in")
    claiming.set_defaults(run=_claims)

    meaning = "write a workbook, a brief, a reading copy or a file for another tool"
    exporting = _command(commands, "export", meaning, "my.pnote evidence.xlsx")
    add_options(exporting)
    exporting.set_defaults(run=_export)

    reading_back = _command(
        commands, "readback", "say what was edited in a workbook since its export, or take it over", "my.pnote out.xlsx"
    )
    reading_back.add_argument("workbook", metavar="WORKBOOK.xlsx", type=Path, help="the workbook that came back")
    reading_back.add_argument(
        "--apply", action="store_true", help="take over what is no conflict and takes nothing away, as one step"
    )
    reading_back.add_argument("--json", action="store_true", help="print one JSON object a change")
    reading_back.set_defaults(run=_read_back)

    telling = _command(commands, "info", "say how much a project holds", "my.pnote --json")
    telling.add_argument("--json", action="store_true", help="print one JSON object")
    telling.set_defaults(run=_info)

    suggesting = commands.add_parser(
        "suggest",
        help="propose figures, sources and claims: print those of a file, or store those of a project's articles",
        description="Print the figures, sources and claims that would be proposed in a file; nothing is stored. For a "
        "project, store them for every article, where they wait for an analyst.",
        epilog="Examples: run suggest article.txt --json; run suggest my.pnote",
    )
    suggesting.add_argument(
        "file", metavar=f"FILE|PROJECT{SUFFIX}", type=Path, help="an article in any format, or a project"
    )
    suggesting.add_argument("--json", action="store_true", help="print one JSON object an article")
    suggesting.set_defaults(run=_suggest)

    checking = _command(commands, "check", "see whether a project is whole; changes nothing in it", "my.pnote")
    checking.set_defaults(run=_check)
    return top


def analyst_name() -> str:
    """Under whose name the command works: PROVENOTE_ANALYST, else the system user's name, else nobody's."""
    import getpass

    try:
        return os.environ.get("PROVENOTE_ANALYST") or getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without accounts
        return ""


def _run(argv: list[str], write_pdf: PdfWriter | None) -> int:
    try:
        words = parser().parse_args(argv)
        words.write_pdf = write_pdf
        if words.command == "export" and (wrong := wrong_words(words)):
            parser().error(wrong)
        project = words.file if words.command == "suggest" else words.project
        if words.command != "import" and project.suffix.lower() == SUFFIX and not project.is_file():
            parser().error(f"{project}: there is no such project")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    try:
        return int(words.run(words))
    except AnnotateError as error:
        print(f"run {words.command}: {_one_line(str(error))}", file=sys.stderr)
        return 1


def _import(words: argparse.Namespace) -> int:
    addresses = list(dict.fromkeys(source for source in words.sources if is_address(source)))
    others, folders = parted([source for source in words.sources if not is_address(source)])
    archive = archive_among(folders)
    if archive is not None:
        if len(words.sources) > 1:
            raise ImportRefused(f"{archive.name} is all of a project. Import it alone, into a project of its own.")
        print(_one_line(make_of_archive(archive, words.project)))
        return 0
    files = find_files([Path(source) for source in folders])
    if not files and not addresses and not others:
        print(f"run import: there are no files in {', '.join(folders)}.", file=sys.stderr)
        return 0
    open_project = Project.open if words.project.exists() else Project.create
    refused = False
    with open_project(words.project, analyst_name()) as project:
        names = [*(file.name for file in files), *addresses]
        label = f"Import {names[0][:80]}" if len(names) == 1 else f"Import {len(names)} files"
        for source, taken in _taken(project, _read(words, files, addresses), label, updating=words.update):
            refused = refused or taken.outcome == "refused"
            print(_as_json(source, taken) if words.json else _as_line(source, taken), flush=True)
        for outcome in take_in_others(project, others):
            refused = refused or outcome.taken is None
            print(outcome.as_json if words.json else _one_line(outcome.line), flush=True)
            for sentence in outcome.taken.said if outcome.taken is not None and not words.json else ():
                print(f"run import: {_one_line(sentence)}", file=sys.stderr)
    return int(refused)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's path or an address, as it was given or found, and what was read from it."""

    name: str
    result: ImportedFile | ImportRefused


def _read(words: argparse.Namespace, files: list[Path], addresses: list[str]) -> Iterator[list[_Source]]:
    """Batches of what is written together: the files, then what stands at the addresses."""
    options = ReadOptions(words.encoding, words.columns)
    for batch in read_in_batches(files, workers=_workers(), options=options):
        yield [_Source(str(read.path), read.result) for read in batch]
    if addresses:
        pages = read_addresses(addresses, workers=_workers(), allow_private=words.allow_private, options=options)
        for page in pages:
            yield [_Source(page.address, page.result)]


def _taken(
    project: Project, batches: Iterator[list[_Source]], label: str, *, updating: bool
) -> Iterator[tuple[_Source, Taken]]:
    """What became of each file, committed batch by batch and all one step of history."""
    step: int | None = None
    for batch in batches:
        results = [source.result for source in batch]
        taken = import_files(project, results, label=label, join=step, updating=updating)
        step = project.last_step_id
        yield from zip(batch, taken, strict=True)


def _claims(words: argparse.Namespace) -> int:
    from annotate.commands.hand_kept import plan_list, take_in_list
    from annotate.exchange.hand_kept import chosen, guess, read_sheet_file

    sheet = read_sheet_file(words.list, words.encoding)
    if words.columns is None:
        columns = guess(sheet.headings, [row.cells for row in sheet.rows[:100]])
        if columns.problem:
            raise ImportRefused(f"{sheet.name}: {columns.problem} Say it with --columns claim=2.")
    else:
        columns = chosen(sheet.headings, sheet.width, words.columns, sheet.name)
    held = [
        f"{role.value} “{sheet.heading(at)}”"
        for at, role in enumerate(columns.roles[: sheet.width])
        if role is not None
    ]
    print(_one_line(f"{sheet.name}: {', '.join(held)}."))
    for said in sheet.said:
        print(f"run claims: {_one_line(said)}", file=sys.stderr)
    with Project.open(words.project, analyst_name()) as project:
        plan = plan_list(project.read, sheet, columns)
        assert plan is not None
        print(plan.sentence)
        if not words.dry_run:
            print(take_in_list(project, plan).sentence)
    return 0


def _export(words: argparse.Namespace) -> int:
    written, noted = run_export(words, analyst_name(), words.write_pdf)
    counts = [_counted(rows, _noun(name)) for name, rows in written.rows.items()]
    print(f"{words.csv or words.target}: {', '.join(counts)}")
    for sentence in (*written.warnings, *noted):
        print(f"run export: {_one_line(sentence)}", file=sys.stderr)
    return 0


def _read_back(words: argparse.Namespace) -> int:
    from annotate.commands.reading_back import read_back
    from annotate.exchange.readback.compare import compare
    from annotate.exchange.readback.workbook import read_workbook

    workbook = read_workbook(words.workbook)
    if not words.apply:
        with reading(words.project, analyst_name()) as reader:
            diff = compare(reader, workbook)
        _tell_changes(words, diff, {})
        return 0
    with Project.open(words.project, analyst_name()) as project:
        diff = compare(project.read, workbook)
        done = read_back(project, diff, [change.key for change in diff.changes if change.goes_in_by_itself])
    outcomes = {change.key: "" for change in done.applied} | {change.key: why for change, why in done.left}
    _tell_changes(words, diff, outcomes)
    return 0


def _tell_changes(words: argparse.Namespace, diff: Diff, outcomes: Mapping[str, str]) -> None:
    """`outcomes` are of the changes that were to be taken over, by key: why they were not, or nothing."""
    from annotate.exchange.readback.listing import as_object, line_of, summary_of

    for change in diff.changes:
        if words.json:
            print(json.dumps(as_object(change, outcomes.get(change.key))), flush=True)
        else:
            print(_one_line(line_of(change, outcomes.get(change.key))))
    if not words.json:
        for sentence in (*diff.said, summary_of(diff, outcomes)):
            print(_one_line(sentence))


def _suggest(words: argparse.Namespace) -> int:
    if words.file.suffix.lower() == SUFFIX:
        return _suggest_in_project(words)
    from annotate.suggest import propose
    from annotate.suggest.listing import listing

    for draft in read_file(words.file).articles:
        proposals = propose(draft.text)
        if words.json:
            print(json.dumps(listing(proposals)))
            continue
        for proposal in proposals:
            said = " … ".join(draft.text[span.start : span.end] for span in proposal.spans)
            print(_one_line(f"{proposal.kind.letter}  {said}  ({proposal.rule})"))
    return 0


def _suggest_in_project(words: argparse.Namespace) -> int:
    """Store proposals article by article, and tell each as it is stored."""
    from annotate.suggest import ENGINE, VERSION, propose

    total = 0
    with Project.open(words.file, analyst_name()) as project:
        articles = project.read.articles()
        for number, article in enumerate(articles, 1):
            proposals = propose(project.read.body(article.text_id), known_names=known_names(project.read, article.id))
            waiting = store_proposals(project, article.text_id, proposals, engine=ENGINE, version=VERSION)
            total += waiting
            if words.json:
                said = {"article": str(article.uid), "title": article.title, "suggestions": waiting}
                print(json.dumps(said), flush=True)
            else:
                print(_one_line(f"{number:,} of {len(articles):,}  {waiting:>5,}  “{article.title}”"), flush=True)
    if not words.json:
        print(f"{_counted(total, 'suggestion')} to be judged in {_counted(len(articles), 'article')}.")
    return 0


def _info(words: argparse.Namespace) -> int:
    with reading(words.project, analyst_name()) as reader:
        totals = reader.totals()
    if words.json:
        print(json.dumps(totals))
    else:
        for name, count in totals.items():
            print(f"{count:>9,}  {WORDS_OF_INFO[name]}")
    return 0


def _check(words: argparse.Namespace) -> int:
    with reading(words.project, analyst_name()) as reader:
        problems = check_project(reader)
        for problem in problems:
            print(_one_line(problem.sentence))
        if problems:
            return 1
        totals, orphans = reader.totals(), reader.orphan_count()
    articles = _counted(totals["articles"], "article")
    marks = _counted(totals["claims"] + totals["figures"] + totals["mentions"], "annotation")
    apart = f" ({orphans:,} without a place in the text)" if orphans else ""
    print(_one_line(f"{words.project} is whole: {articles}, {marks}{apart}."))
    return 0


def _command(commands: Any, name: str, meaning: str, example: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}.", epilog=f"Example: run {name} {example}"
    )
    made.add_argument("project", metavar=f"PROJECT{SUFFIX}", type=_project, help="the project file")
    return made


def _project(words: str) -> Path:
    return _with_suffix(words, SUFFIX)


def _with_suffix(words: str, suffix: str) -> Path:
    path = Path(words)
    if path.suffix.lower() != suffix:
        raise argparse.ArgumentTypeError(f"{words} does not end in {suffix}")
    return path


def _encoding(name: str) -> str:
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(f"{name} is not the name of a text encoding") from None
    return name


def _columns(words: str) -> Columns:
    """From "text=3,title=Headline"; numbers count from 1 here and from 0 in Columns."""
    roles = [field.name for field in fields(Columns)]
    chosen: dict[str, int | str] = {}
    for pair in words.split(","):
        role, equals, column = (piece.strip() for piece in pair.partition("="))
        if role not in roles or not equals or not column or column == "0" or role in chosen:
            raise argparse.ArgumentTypeError(
                f"“{pair}” does not say which column to take: write text=3,title=Headline; known are {', '.join(roles)}"
            )
        chosen[role] = int(column) - 1 if column.isdecimal() else column
    if "text" not in chosen:
        raise argparse.ArgumentTypeError(f"{words} does not say which column holds the text, as text=3 does")
    return Columns(**chosen)


def _roles(words: str) -> dict[Role, list[int | str]]:
    """From "claim=2,source=Who"; numbers count from 1 here and from 0 in what is handed back."""
    from annotate.exchange.hand_kept import Role

    roles = {role.value: role for role in Role}
    named: dict[Role, list[int | str]] = {}
    for pair in words.split(","):
        role, equals, column = (piece.strip() for piece in pair.partition("="))
        if role not in roles or not equals or not column or column == "0":
            raise argparse.ArgumentTypeError(
                f"“{pair}” does not say which column to take: write claim=2,source=Who; known are {', '.join(roles)}"
            )
        named.setdefault(roles[role], []).append(int(column) - 1 if column.isdecimal() else column)
    return named


def _workers() -> int:
    return max(1, (os.cpu_count() or 2) - 1)


def _as_json(source: _Source, taken: Taken) -> str:
    """One object for one file; in ASCII, so that it is the same in every terminal and pipe."""
    return json.dumps(
        {
            "file": source.name,
            "outcome": taken.outcome,
            "articles": [
                {"uid": str(article.uid), "title": article.title, "outcome": article.outcome}
                for article in taken.articles
            ],
            "reason": taken.reason,
        }
    )


def _as_line(source: _Source, taken: Taken) -> str:
    new = [f"“{article.title}”" for article in taken.articles if article.outcome == "imported"]
    named = new[0] if len(new) == 1 else f"{len(new)} articles" if new else ""
    said = ". ".join(words for words in (named, taken.reason) if words)
    return _one_line(f"{taken.outcome:<10} {source.name}: {said}")


def _noun(sheet: str) -> str:
    """What one row of a sheet is."""
    return "codebook line" if sheet == "Codebook" else sheet.lower().removesuffix("s")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _one_line(words: str) -> str:
    """Words out of articles on one line, without characters that would steer the terminal."""
    return "".join(character if character.isprintable() else " " for character in words).strip()


def _take_any_character(stream: TextIO) -> None:
    """A title in any script must not end the command on a terminal that has no letters for it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
