"""An inspector on the screen beside a project with one marked article, and hands that click and type."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.importers.draft import Draft, ImportedFile
from annotate.model import Annotation, Published, Span
from annotate.vocabulary import Kind, Precision
from ui.inspector import Inspector
from ui.inspector.claim_form import ClaimForm
from ui.inspector.picker import Picker
from ui.keys import Keys
from ui.session import Notice, Session
from ui.settings import Settings
from ui.style import palette, stylesheet
from ui.theme import LIGHT

TEXT = (
    "The dyke at Lower Brandis broke at dusk \U0001f30a\U0001f1f5\U0001f1f1.\n"
    "\n"
    "The county rescue service said that nearly 1,200 residents had been moved to schools and that between four and"
    " six were still missing. Nobody at the cafe\u0301 knew more.\n"
    "\n"
    "قال المتحدث باسم الدفاع المدني إن أكثر من ثلاثين منزلا دمرت في الوادي.\n"
    "\n"
    "“The gates,” said Ana Petrov, “were never closed at all.” At least 27 people stood on roofs.\n"
)

RESCUE = "nearly 1,200 residents had been moved to schools and that between four and six were still missing"


class Desk:
    """The project, the inspector, and what an analyst does with both."""

    def __init__(self, session: Session, inspector: Inspector, article_id: int) -> None:
        self.session = session
        self.inspector = inspector
        self.article_id = article_id
        self.told: list[Notice] = []
        session.noticed.connect(self.told.append)

    def mark(self, kind: Kind, *words: str) -> int:
        spans = [Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in words]
        made = self.session.run(commands.mark, self.article_id, kind, spans)
        assert made is not None
        return made

    def select(self, annotation_id: int) -> None:
        self.session.select(annotation_id)
        QApplication.processEvents()

    def record(self, annotation_id: int) -> Annotation:
        found = self.session.read.annotation(annotation_id)
        assert found is not None
        return found

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible(), "only what is seen can be clicked"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2))
        QApplication.processEvents()

    def type(self, field: QLineEdit | QPlainTextEdit, words: str) -> None:
        """Replace what stands in a field, key by key; it rests afterwards."""
        assert field.isVisible(), "only into what is seen can be typed"
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        for character in words:
            if character.isascii():
                QTest.keyClick(field, character)
            else:  # QTest knows the keys of a western keyboard only
                pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(field, pressed)

    def picker(self) -> Picker:
        found = QApplication.activePopupWidget()
        assert isinstance(found, Picker)
        return found

    def steps(self) -> int:
        """Edits that can be taken back."""
        return sum(step.kind == "edit" and step.state == "done" for step in self.session.read.steps(1000))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    session = Session("Ines")
    assert session.create(tmp_path / "brandis.pnote")
    data = TEXT.encode()
    published = Published("12 March 2024", date(2024, 3, 12), Precision.DAY)
    draft = Draft(TEXT, "Dyke breaks", title_confirmed=False, published=published)
    imported = ImportedFile("dyke.txt", data, hashlib.sha256(data).hexdigest(), "plain_text", "1", (draft,))
    taken = session.run(commands.import_file, imported)
    assert taken is not None
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    inspector = Inspector(session, LIGHT, Keys(settings))
    inspector.setPalette(palette(LIGHT))
    inspector.setStyleSheet(stylesheet(LIGHT))
    inspector.resize(340, 1400)
    inspector.show()
    qtbot.waitExposed(inspector)
    session.choose_article(taken.articles[0].article_id)
    made = Desk(session, inspector, taken.articles[0].article_id)
    yield made
    inspector.commit_pending()
    session.close()
    inspector.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def claim(desk: Desk) -> int:
    """A claim, selected."""
    made = desk.mark(Kind.CLAIM, RESCUE)
    desk.select(made)
    return made


def form_of(desk: Desk) -> ClaimForm:
    form = desk.inspector.form
    assert isinstance(form, ClaimForm)
    return form
