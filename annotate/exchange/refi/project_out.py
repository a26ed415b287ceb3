"""A project as a REFI-QDA package (.qdpx): an XML description, and the text of every article as a file beside it.

What other programs read: articles as text sources, kinds and tags as codes, marks as coded selections, notes and
checks as notes, who says what and what contains, contradicts or repeats what as links. What they have no place for
stands in typed variables: of a case for each mark, of each article, of cases for the register of sources and events.
Positions are code points, the end exclusive; texts are UTF-8 without a byte order mark, their lines end with LF.

The standard: REFI-QDA 1.5 (qdasoftware.org). Elements are written in the order of its schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from annotate import __version__
from annotate.exchange.moments import written_moment
from annotate.exchange.refi import attributes as a
from annotate.exchange.refi import identity
from annotate.exchange.refi.cases_out import Cases
from annotate.exchange.refi.codebook_out import codes, replaced_warning
from annotate.exchange.refi.markup import DECLARATION, Markup
from annotate.exchange.refi.sources_out import FilesAsImported, PartsOf, text_sources
from annotate.exchange.refi.ties_out import links, notes, sets
from annotate.garbage import garbage_left
from annotate.report.evidence import Evidence
from annotate.vocabulary import Kind
from annotate.writing import Progress, Written, go_on, replacing, report

_BETWEEN_REPORTS = 250
_PACKED = 1
"""Of zlib's levels: nearly as small as the usual one for text, in a third of the time."""
_MANY = 200_000
"""Marks whose description may be larger than 2 GB, which not every program reads."""
_PACKED_ALREADY = {".docx", ".pdf", ".xlsx", ".odt", ".zip", ".epub", ".png", ".jpg", ".jpeg"}


def write_project(
    evidence: Evidence,
    body_of: Callable[[int], str],
    file_bytes_of: Callable[[int], bytes] | None,
    target: Path,
    progress: Progress = go_on,
    *,
    parts_of: PartsOf | None = None,
) -> Written:
    """Write what `evidence` holds as `target`.

    `body_of` gives the text of a text's id. `file_bytes_of` gives the bytes of a file's id; with None no file goes out
    as imported, only its text. `parts_of` gives the parts of a text's id. Raises ExportFailed where something cannot
    be written, ExportCancelled where `progress` answers False; what stood there is untouched then.
    """
    markup = Markup()
    files = FilesAsImported(evidence, file_bytes_of is not None)
    cases = Cases(evidence, markup)
    total = 2 * len(evidence.articles) + 3 * len(evidence.annotations)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % _BETWEEN_REPORTS == 0:
            report(progress, min(done, total), total, target.name)

    with (
        garbage_left(),
        replacing(target) as temporary,
        ZipFile(temporary, "w", ZIP_DEFLATED, compresslevel=_PACKED) as package,
    ):
        for article in evidence.articles.values():
            text = evidence.texts[article.text_id]
            package.writestr(f"sources/{text.uid}.txt", body_of(text.id).encode("utf-8", "replace"))
            step()
        for file in files.wanted():
            assert file_bytes_of is not None
            packed = ZIP_STORED if PurePath(file.name).suffix.lower() in _PACKED_ALREADY else ZIP_DEFLATED
            package.writestr(f"sources/{files.member(file)}", file_bytes_of(file.id), packed)
        with package.open("project.qde", "w", force_zip64=len(evidence.annotations) > _MANY) as project:
            for piece in _pieces(evidence, markup, cases, files, parts_of):
                _write(project, piece)
                step()
        report(progress, total, total, target.name)
    return Written(target, _rows(evidence), (*_warnings(evidence), *replaced_warning(markup)))


def _write(project: IO[bytes], piece: str) -> None:
    project.write(piece.encode("utf-8"))


def _pieces(
    evidence: Evidence, markup: Markup, cases: Cases, files: FilesAsImported, parts_of: PartsOf | None
) -> Iterator[str]:
    """The XML in its order, about a record at a time."""
    project = evidence.project
    user = identity.of_analyst(evidence.analyst)
    yield (
        f'{DECLARATION}<Project xmlns="urn:QDA-XML:project:1.0" name="{markup.attribute(project.title)}" '
        f'origin="{identity.ORIGIN} {__version__}" creatingUserGUID="{user}" '
        f'creationDateTime="{written_moment(project.created_at)}" modifyingUserGUID="{user}" '
        f'modifiedDateTime="{written_moment(evidence.made_at)}">'
    )
    names = dict.fromkeys([evidence.analyst, *evidence.analysts.values()])
    users = (f'<User guid="{identity.of_analyst(name)}" name="{markup.attribute(name)}"/>' for name in names)
    yield f"<Users>{''.join(users)}</Users><CodeBook>{codes(evidence.tags, markup)}</CodeBook>{a.declared(markup)}"
    yield from _within("Cases", cases.all())
    yield from _within("Sources", text_sources(evidence, markup, files, parts_of))
    yield from _within("Notes", notes(evidence, markup))
    yield from _within("Links", links(evidence, markup))
    yield from _within("Sets", sets(evidence, markup))
    said = "\n\n".join(filter(None, (project.marking, project.note)))
    yield f"<Description>{markup.text(said)}</Description></Project>\n" if said else "</Project>\n"


def _within(name: str, elements: Iterator[str]) -> Iterator[str]:
    """An element with others in it, left out where there are none: the schema wants one at least."""
    first = next(elements, None)
    if first is not None:
        yield f"<{name}>{first}"
        yield from elements
        yield f"</{name}>"


def _rows(evidence: Evidence) -> dict[str, int]:
    counted = {f"{kind.label}s" if kind is not Kind.SOURCE else "Mentions": 0 for kind in Kind}
    for annotation in evidence.annotations.values():
        counted[f"{annotation.kind.label}s" if annotation.kind is not Kind.SOURCE else "Mentions"] += 1
    return {"Articles": len(evidence.articles), **counted, "Sources": len(evidence.sources), "Tags": len(evidence.tags)}


def _warnings(evidence: Evidence) -> list[str]:
    said = []
    old = sum(bool(one.spans) and not evidence.is_placed(one) for one in evidence.annotations.values())
    if old:
        where = "mark is not placed in the newest text" if old == 1 else "marks are not placed in the newest texts"
        said.append(f"{old:,} {where}; only the words went out.")
    looked_at = sum(check.file_id is not None for check in evidence.checks)
    if looked_at:
        said.append(f"Files that checks looked at stayed out: {looked_at:,}.")
    return said
