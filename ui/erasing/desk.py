"""What leads to the bin, to erasing for good and to the copy without history, and the work behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from annotate.errors import AnnotateError, NotReopened
from annotate.project import SUFFIX
from annotate.vocabulary import Kind
from ui.erasing.bin_dialog import BinDialog
from ui.erasing.erase_dialog import EraseDialog
from ui.jobs import Job
from ui.new_project_file import ask_for_new_file, is_free
from ui.one_job import OneJob
from ui.session import Notice, Session
from ui.waiting_pointer import waiting

if TYPE_CHECKING:
    from annotate.erasing import Copied, Erased, Plan, Wish

_UNNOTICED_SECONDS = 0.3
"""So long the window may stand still."""


class Erasing(OneJob):
    """One erasing or copy at a time."""

    BUSY = "A copy without history is being written, or something erased. Wait for it to end, or cancel it."

    began = Signal()
    """What is typed must be written now, for it is looked at what is there."""

    def __init__(self, session: Session, over: QWidget, is_backing_up: Callable[[], bool]) -> None:
        super().__init__(session, over)
        self._over = over
        self._is_backing_up = is_backing_up
        self._replacing = False
        self.bin: BinDialog | None = None
        """The dialog that is open."""
        self.dialog: EraseDialog | None = None

    def open_bin(self) -> None:
        """Show what lies in the bin."""
        if self.bin is not None:
            self.bin.raise_()
            self.bin.activateWindow()
            return
        self.bin = BinDialog(self._session, self._over)
        self.bin.erase_asked.connect(self.ask_articles)
        self.bin.destroyed.connect(self._bin_closed)
        self.bin.show()

    def ask_articles(self, article_ids: Sequence[int]) -> None:
        """Say what erasing articles for good would mean, and ask whether it is meant."""
        from annotate.erasing import Wish

        if article_ids:
            self._open(Wish(tuple(article_ids)))

    def ask_shown_article(self) -> None:
        self.ask_articles([] if self._session.article_id is None else [self._session.article_id])

    def ask_source(self) -> None:
        """The same for the register entry of the selected mention."""
        from annotate.erasing import Wish

        annotation = self._session.annotation
        is_mention = annotation is not None and annotation.kind is Kind.SOURCE
        source_id = annotation.mention.source_id if annotation is not None and is_mention else None
        if source_id is not None:
            self._open(Wish(source_id=source_id))

    def copy_without_history(self) -> None:
        """Ask where to, and write the project as it is now to a new file."""
        if self._is_taken():
            return
        path = self._session.project.path
        suggested = path.with_name(f"{path.stem} without history{SUFFIX}")
        target = ask_for_new_file(self._over, "Save a copy without history", suggested)
        if target is None or not is_free(target, self._session, "Choose again", self.copy_without_history):
            return
        with_bin = self._ask_about_bin()
        if with_bin is not None:
            self.write_copy(target, with_bin=with_bin)

    def _ask_about_bin(self) -> bool | None:
        """Whether what lies in the bin comes along; None where it was given up."""
        count = len(self._session.read.articles(deleted=True))
        if not count:
            return False
        articles = "An article lies" if count == 1 else f"{count:,} articles lie"
        asking = QMessageBox(self._over)
        asking.setWindowTitle("Save a copy without history")
        asking.setTextFormat(Qt.TextFormat.PlainText)
        asking.setText(f"{articles} in the bin. Is that to be in the copy?")
        leave = asking.addButton("Leave it out", QMessageBox.ButtonRole.NoRole)
        take = asking.addButton("Take it along", QMessageBox.ButtonRole.YesRole)
        asking.addButton(QMessageBox.StandardButton.Cancel)
        asking.setDefaultButton(leave)
        asking.exec()
        return None if asking.clickedButton() not in (leave, take) else asking.clickedButton() is take

    def write_copy(self, target: Path, *, with_bin: bool = False) -> None:
        """Write it in a thread."""
        project = self._session.project

        def work(job: Job) -> Copied:
            from annotate.erasing import copy_without_history

            with project.reading_elsewhere(at_length=True) as reader:
                return copy_without_history(reader, target, with_bin=with_bin, progress=job.progress)

        words = f"{target.name} was not written"
        self._start(f"Writing {target.name}", work, self._copied, at_fault=words, cancelled=f"{words}.")

    def stop(self) -> None:
        """Give up what is not done yet."""
        if self._replacing:
            return
        super().stop()
        self._close_dialogs()

    def _close_dialogs(self) -> None:
        for dialog in (self.bin, self.dialog):
            if dialog is not None:
                dialog.close()

    # -- erasing -----------------------------------------------------------------------------------------------------

    def _open(self, wish: Wish) -> None:
        if self.dialog is not None or self._is_taken():
            return
        self.began.emit()
        self._look(wish, self._ask)

    def _ask(self, plan: Plan) -> None:
        self.dialog = EraseDialog(plan, self._over)
        self.dialog.planned.connect(self._look_again)
        self.dialog.meant.connect(self._prepare)
        self.dialog.stop_asked.connect(lambda: self._job and self._job.cancel())
        self.dialog.finished.connect(self._dialog_closed)
        self.dialog.open()

    def _look_again(self, wish: Wish) -> None:
        assert self.dialog is not None
        self._drop()  # the choice before
        self.dialog.wait_for_plan()
        self._look(wish, lambda plan: self.dialog and self.dialog.show_plan(plan))

    def _look(self, wish: Wish, then: Callable[[Plan], object]) -> None:
        """Work out what would go, in a thread: names are looked for in every word of the project."""
        project = self._session.project

        def work(_job: Job) -> Plan:
            from annotate.erasing import plan_erasing

            with project.reading_elsewhere(at_length=True) as reader:
                return plan_erasing(reader, project.path, wish)

        job = self._start(
            "Looking for what would go", work, then, at_fault="Nothing was erased", in_bar=self.dialog is None
        )
        if job is not None:
            job.wait(_UNNOTICED_SECONDS)

    def _prepare(self, plan: Plan) -> None:
        """Make the new file, in a thread."""
        project = self._session.project

        def work(job: Job) -> Any:
            from annotate.erasing import prepare_erasing

            with project.reading_elsewhere(at_length=True) as reader:
                prepared = prepare_erasing(
                    reader, project.path, plan, analyst_id=project.analyst_id, progress=job.progress
                )
            if job.stop_asked.is_set():
                prepared.give_up()
            return prepared

        assert self.dialog is not None
        self.dialog.begin("Making the file without it. Until that is done, nothing is changed.")
        job = self._start(
            "Erasing",
            work,
            self._replace,
            at_fault="Nothing was erased",
            cancelled="Erasing was stopped; nothing was changed.",
            in_bar=False,
        )
        if job is not None:
            job.progressed.connect(self.dialog.show_progress)

    def _replace(self, prepared: Any) -> None:
        """Put it in the project's place, in this thread, and see to the backups in another."""
        from annotate.erasing import clear_backups, replace_project

        if self._is_backing_up():  # it would be a backup of what is erased
            prepared.give_up()
            self._say("A backup is being made. Erase once it has ended; nothing was erased.")
            return
        self._replacing = True
        path = self._session.project.path
        try:
            with waiting():
                replaced = self._session.replace_file(lambda project: replace_project(project, prepared))
        except NotReopened as error:
            self._let_go(path, error)
            return
        except AnnotateError as error:
            self._say(str(error), trouble=True)
            return
        finally:
            self._replacing = False
        assert self.dialog is not None
        self.dialog.too_late("It is erased. Now the backups: a new one is made, and those that hold it are removed.")
        self._start(
            "Removing backups",
            lambda _job: clear_backups(replaced),
            self._erased,
            at_fault="It is erased, but backups that hold it are left until the project is opened again",
            in_bar=False,
        )

    def _let_go(self, path: Path, error: NotReopened) -> None:
        """No project is open any more: say what became of it, and offer to open it."""
        if self.dialog is not None:
            self.dialog.fail(str(error))
        self._close_dialogs()
        again = lambda: self._session.open(path)  # noqa: E731
        self._session.tell(Notice(str(error), trouble=True, action="Open it again", act=again))

    def _erased(self, erased: Erased) -> None:
        from annotate.erasing.telling import sentences_of

        sentences = sentences_of(erased)
        if self.dialog is not None:
            self.dialog.show_done(sentences)

    # -- what came of it ---------------------------------------------------------------------------------------------

    def _copied(self, copied: Copied) -> None:
        from annotate.erasing.telling import sentence_of_copy

        self._session.tell(Notice(sentence_of_copy(copied)))

    def _failed(self, error: Exception, at_fault: str) -> None:
        if self.dialog is not None and not isinstance(error, AnnotateError):
            self.dialog.fail(f"{at_fault} because of a fault in Provenote.")
        super()._failed(error, at_fault)

    def _say(self, words: str, *, trouble: bool = False) -> None:
        if self.dialog is not None:
            self.dialog.fail(words)
        else:
            super()._say(words, trouble=trouble)

    def _bin_closed(self) -> None:
        self.bin = None

    def _dialog_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
