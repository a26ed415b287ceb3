"""An analyst's work on a project as the public commands do it, drawn from a seed: for tests that cut it short."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

from annotate import commands as do
from annotate.errors import CannotUndo, NotAllowed
from annotate.handing_on import Form, Handing, Order
from annotate.history import redo, undo
from annotate.model import Annotation, Article, Span
from annotate.project import Project
from annotate.vocabulary import Credibility, Kind, Relation
from tests.annotate.drafts import BOATS, FLOOD, imported

TEXTS = (FLOOD, BOATS)
WORDS = ("", "بيت", "Zoe\u0301", "🌊 flood", "=1+1", "line\u2028break", "🇵🇸🇸🇾")
FORMS = tuple(form for form in Form if form is not Form.QDC)


class Analyst:
    """Does one thing after another; the same seed does the same on the same project."""

    def __init__(self, project: Project, seed: object) -> None:
        self.project = project
        self._chance = Random(str(seed))
        self._edits: tuple[Callable[[], object], ...] = (
            *(self.mark, self.mark, self.mark, self.edit_record, self.edit_record, self.note, self.tag),
            *(self.link, self.merge, self.split, self.remove, self.attribute, self.check, self.edit_article),
            *(self.undo, self.redo),
        )

    def begin(self) -> None:
        """Something of each kind, so that every edit finds something to work on."""
        self.import_files(2)
        for name in ("Wasser 🌊", "aid"):
            do.add_tag(self.project, name)
        do.add_source(self.project, "The Harbour Post")
        for _ in range(12):
            self.mark()

    def edit(self) -> None:
        """Any small edit; one that is refused writes nothing, and the next is tried."""
        while True:
            before = self.project.read.newest_moment()
            self._try(self._chance.choice(self._edits))
            if self.project.read.newest_moment() != before:
                return

    def mark(self) -> None:
        article = self._article()
        length = len(self.project.read.body(article.text_id))
        start = self._chance.randrange(length - 1)
        span = Span(start, min(length, start + self._chance.randint(1, 60)))
        self._try(lambda: do.mark(self.project, article.id, self._chance.choice(list(Kind)), [span]))

    def edit_record(self) -> None:
        found = self._annotation()
        if found.kind is Kind.CLAIM:
            grade = self._chance.choice(list(Credibility))
            do.edit_record(self.project, found.id, plain_words=self._words(), credibility=grade)
        elif found.kind is Kind.FIGURE:
            do.edit_record(self.project, found.id, counted=self._words())

    def note(self) -> None:
        do.edit_annotation(self.project, self._annotation().id, note=self._words())

    def tag(self) -> None:
        tag = self._chance.choice(self.project.read.tags())
        do.toggle_tag(self.project, {self._annotation().id, self._annotation().id}, tag.id)

    def link(self) -> None:
        do.link(self.project, self._annotation().id, self._annotation().id, self._chance.choice(list(Relation)))

    def merge(self) -> None:
        do.merge_annotations(self.project, [self._annotation().id, self._annotation().id])

    def split(self) -> None:
        found = self._annotation()
        do.split_annotation(self.project, found.id, found.spans[0].start + 2)

    def remove(self) -> None:
        do.remove_annotations(self.project, [self._annotation().id])

    def attribute(self) -> None:
        source = self._chance.choice(self.project.read.sources())
        do.attribute(self.project, self._annotation().id, source.id)

    def check(self) -> None:
        do.add_check(self.project, self._annotation().id, checked_on=date(2024, 2, 29), looked_at=self._words())

    def edit_article(self) -> None:
        do.edit_article(self.project, self._article().id, note=self._words(), outlet=self._words())

    def undo(self) -> None:
        undo(self.project)

    def redo(self) -> None:
        redo(self.project)

    def back_and_forth(self, steps: int, told: Callable[[], None]) -> None:
        """Take back so many steps and do them again; `told` after each."""
        for step in (undo, redo):
            for _ in range(steps):
                self._try(lambda step=step: step(self.project))  # type: ignore[misc]
                told()

    def import_files(self, count: int, long: int = 0) -> None:
        """Take in so many new texts as one step, each repeated until it has about `long` code points."""
        files = []
        for _ in range(count):
            text = self._text()
            text = f"{text}\n\n" * max(1, long // len(text))
            files.append(imported(text, f"{self._chance.getrandbits(40)}.txt", outlet="The Harbour Post"))
        do.import_files(self.project, files, label=f"Import {count} files")

    def update(self) -> None:
        """A changed version of an article, with its marks carried over; now and then one of them is judged."""
        article, text = self._article(), self._text()
        do.update_article(self.project, article.id, imported(text).articles[0], imported(text))
        waiting = self.project.read.connection.exec_driver_sql("SELECT id FROM carryings").scalars().all()
        if waiting:
            judge = self._chance.choice([do.accept_carrying, do.reject_carrying])
            self._try(lambda: judge(self.project, self._chance.choice(waiting)))

    def _text(self) -> str:
        text = self._chance.choice(TEXTS)
        at = self._chance.randrange(len(text))
        return f"{text[:at]} {self._chance.getrandbits(40):x} {text[at + 5 :]}"

    def _words(self) -> str:
        return f"{self._chance.choice(WORDS)} {self._chance.randrange(1000)}"

    def _article(self) -> Article:
        return self._chance.choice(self.project.read.articles()[:4])

    def _annotation(self) -> Annotation:
        ids = sorted(self.project.read.annotation_ids())
        found = self.project.read.annotation(self._chance.choice(ids)) if ids else None
        if found is None or not found.spans:
            raise NotAllowed("nothing is marked")
        return found

    def _try(self, edit: Callable[[], object]) -> None:
        """A refusal is as good, and writes nothing."""
        with suppress(NotAllowed, CannotUndo):
            edit()


def hand_on(project: Project, form: Form, folder: Path) -> Path:
    """Export the project beside itself, as window and command line do; returns the file or folder."""
    from ui.reading_copy_pdf import write_pdf

    target = export_of(form, folder)
    with project.reading_elsewhere() as reader:
        return Handing(reader, Order(form, target), analyst="Ana").write(write_pdf=write_pdf).path


def export_of(form: Form, folder: Path) -> Path:
    """Where a form of export lies."""
    return folder / f"{form.value} export{form.suffix}"
