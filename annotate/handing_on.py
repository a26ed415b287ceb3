"""What a project can be handed on as, and how: one order for the window and the command line.

Why it exists: which form, which part, for whom and with which marking are the same questions whatever is written; each
form's own module knows only evidence and a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import ExportFailed
from annotate.report.scope import EVERYTHING, Scope
from annotate.vocabulary import Choice
from annotate.writing import Progress, Written, go_on

if TYPE_CHECKING:
    from annotate.report.evidence import Evidence
    from annotate.report.remarks import Remark
    from annotate.report.sharing import Shared
    from annotate.store.queries import Reader

BodyOf = Callable[[int], str]
"""The canonical text by the id of a Text."""

PdfWriter = Callable[["Evidence", BodyOf, Path, Progress], Written]
"""Writes a reading copy as PDF; it needs Qt and so comes from outside."""


class Form(Choice):
    """What comes of a project; `suffix` is the ending of the file."""

    WORKBOOK = "xlsx", "Excel workbook", "Claims, figures and sources in rows; colleagues edit it, and you read it back"
    BRIEF = "brief", "Brief (Word)", "Two to four pages: what is found, who says so, who denies, and the figures"
    WORD = "docx", "Reading copy (Word)", "The articles with their marks in colour, and notes"
    HTML = "html", "Reading copy (web page)", "The articles with their marks in colour, for any browser"
    PDF = "pdf", "Reading copy (PDF)", "The articles with their marks in colour, and notes, for printing and filing"
    CSV = "csv", "CSV files", "Every sheet as a file, for other programs"
    QDPX = "qdpx", "REFI-QDA project", "For NVivo, ATLAS.ti, MAXQDA, QualCoder and others: articles, marks and tags"
    QDC = "qdc", "REFI-QDA codebook", "For NVivo, ATLAS.ti, MAXQDA, QualCoder and others: the tags alone"
    JSONLD = "jsonld", "Web Annotations", "Articles and marks as W3C JSON-LD, for web tools"
    JSON = "json", "Everything (JSON)", "All of the project with its history and bin; becomes an equal project again"

    @property
    def meaning_shared(self) -> str:
        """What it is where it goes out for sharing: nothing that comes back."""
        return self.meaning.partition(";")[0] if self is Form.WORKBOOK else self.meaning

    @property
    def suffix(self) -> str:
        """With its dot; empty for a folder."""
        return {"brief": ".docx", "csv": ""}.get(self.value, f".{self.value}")

    @property
    def can_be_shared(self) -> bool:
        """Whether it can be made without what must stay in the team; the others are for moving a project whole."""
        return self not in (Form.QDPX, Form.QDC, Form.JSONLD, Form.JSON)

    @property
    def can_be_part(self) -> bool:
        """Whether it can hold a part of the project."""
        return self not in (Form.QDC, Form.JSON)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    form: Form
    target: Path
    scope: Scope = EVERYTHING
    sharing: bool = False
    """Without what must stay in the team: see report/sharing.py."""
    marking: str | None = None
    """The protective marking to print; None takes the project's."""
    template: Path | None = None
    """Of a workbook: the analyst's own, whose tables are filled."""

    @property
    def is_baseline(self) -> bool:
        """Whether who has it knows all of the project as it is now, so that a later one can say what is new since."""
        whole = replace(self.scope, since=None).is_everything
        return whole and self.form not in (Form.QDC, Form.JSON)


class Handing:
    """One order on its way: what it comes to, what is to be known of it, and the writing. Gathered once, when first
    asked for. Raises ExportFailed for a form that cannot be shared."""

    def __init__(self, reader: Reader, order: Order, *, analyst: str) -> None:
        if order.sharing and not order.form.can_be_shared:
            raise ExportFailed(
                f"{order.target.name} was not written: a {order.form.label} holds the texts and records as they are. "
                "For sharing choose a workbook, a brief, a reading copy or CSV files."
            )
        self.order = order
        self._reader, self._analyst = reader, analyst

    @cached_property
    def evidence(self) -> Evidence:
        """What is handed on, redacted where it is for sharing."""
        if self._shared is not None:
            return self._shared.evidence
        from annotate.report.evidence import gather

        evidence = gather(self._reader, self._analyst, self.order.scope)
        if self.order.marking is None:
            return evidence
        return replace(evidence, project=replace(evidence.project, marking=self.order.marking))

    @cached_property
    def _shared(self) -> Shared | None:
        if not self.order.sharing:
            return None
        from annotate.report.sharing import gather_for_sharing

        return gather_for_sharing(self._reader, self._analyst, self.order.scope, self.order.marking)

    def remarks(self) -> tuple[Remark, ...]:
        """What is to be known before it is handed on, the urgent first."""
        if self.order.form in (Form.QDC, Form.JSON):  # the tags alone, and everything whatever it is
            return ()
        from annotate.report.remarks import remarks_of_sharing, remarks_of_surprises

        sharing = () if self._shared is None else remarks_of_sharing(self._shared)
        return (*sharing, *remarks_of_surprises(self.evidence, for_people=self.order.form.can_be_shared))

    def write(self, *, progress: Progress = go_on, write_pdf: PdfWriter | None = None) -> Written:
        """Write it; what is for sharing is then looked through once more, and told where a protected name is in it.

        Raises ExportFailed where it cannot be written, with what stood there before untouched.
        """
        written = self._write(progress, write_pdf)
        if self._shared is None:
            return written
        from annotate.report.shared_file import names_left

        return replace(written, warnings=(*names_left(self._shared, written.path), *written.warnings))

    def _write(self, progress: Progress, write_pdf: PdfWriter | None) -> Written:
        order, reader, target = self.order, self._reader, self.order.target
        if order.form is Form.JSON:
            from annotate.exchange.archive import write_archive

            return write_archive(reader, target, progress)
        evidence = self.evidence
        body_of = reader.body if self._shared is None else self._shared.body_of
        match order.form:
            case Form.WORKBOOK if order.template is not None:
                from annotate.report.template import write_into_template

                hidden = None if self._shared is None else self._shared.hidden
                return write_into_template(evidence, order.template, target, progress, hidden=hidden)
            case Form.WORKBOOK:
                from annotate.report.workbook import write_workbook

                return write_workbook(evidence, target, progress)
            case Form.BRIEF:
                from annotate.report.brief import write_brief

                return write_brief(evidence, target)
            case Form.WORD:
                from annotate.report.reading_copy.word_copy import write_word

                return write_word(evidence, body_of, target, progress)
            case Form.HTML:
                from annotate.report.reading_copy.html_copy import write_html

                return write_html(evidence, body_of, target, progress)
            case Form.CSV:
                from annotate.exchange.csv_files import write_csv
                from annotate.report.workbook import workbook_tables

                return write_csv(workbook_tables(evidence), target, progress)
            case Form.QDPX:
                from annotate.exchange.refi import write_project

                return write_project(evidence, body_of, reader.file_bytes, target, progress, parts_of=reader.parts)
            case Form.QDC:
                from annotate.exchange.refi import write_codebook

                return write_codebook(evidence, target, progress)
            case Form.JSONLD:
                from annotate.exchange.web_annotations import write_web_annotations

                return write_web_annotations(evidence, body_of, target, progress, parts_of=reader.parts)
            case Form.PDF if write_pdf is not None:
                return write_pdf(evidence, body_of, target, progress)
            case _:
                raise ExportFailed(f"{target.name} was not written: {order.form.label} needs the window system.")
