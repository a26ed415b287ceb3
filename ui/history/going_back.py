"""Going back: what would change is shown first, then done as one step that Undo takes back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea, QWidget

from annotate import going_back
from annotate.going_back import Plan, Point
from annotate.steps import HistoryOf
from annotate.store.queries import Reader
from ui.dialog_frame import column_of
from ui.inspector.layout import Words
from ui.session import Notice, Session
from ui.waiting_pointer import waiting

_WIDTH = 460
_MOST_HEIGHT = 300
NOTHING_LOST = (
    "Nothing is erased: this is a new step in history. Undo takes it back, and history keeps what is there now."
)


class GoingBackDialog(QDialog):
    """Asks once, with everything that would change."""

    def __init__(self, planned: Plan, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.planned = planned
        self.setWindowTitle("Go back")
        title = Words(f"{planned.label}?", kind="title")
        step = Words(about, kind="secondary")
        step.setVisible(bool(about))
        self.said = QLabel("\n".join(f"•  {line}." for line in planned.said), wordWrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName("What would change")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setContentsMargins(0, 2, 0, 2)
        around = QScrollArea(widgetResizable=True)
        around.setWidget(self.said)
        around.setFrameShape(QScrollArea.Shape.NoFrame)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setFixedHeight(min(_MOST_HEIGHT, self.said.heightForWidth(_WIDTH - 40) + 8))
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        quiet = Words(NOTHING_LOST, kind="secondary")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_button = buttons.addButton("Go back", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_button.setProperty("kind", "primary")
        self.go_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = column_of(self)
        column.addWidget(title)
        column.addWidget(step)
        column.addWidget(around)
        column.addWidget(quiet)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(_WIDTH)


class GoingBack:
    """Plans, asks and does it; `dialog` is what is asked now."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session = session
        self._parent = parent
        self.dialog: GoingBackDialog | None = None

    def ask(self, point: Point, of: HistoryOf, about: str = "") -> None:
        """Show what would change, or tell why it cannot be done; `about` says which line of history it is."""

        def planned(read: Reader) -> Plan:
            return going_back.plan(read, point, of)

        with waiting():
            plan = self._session.run(lambda project: planned(project.read))
        if plan is None:
            return
        if not plan:
            self._session.tell(Notice("Everything is as it was then, so there is nothing to go back over."))
            return
        self.dialog = GoingBackDialog(plan, about, self._parent)
        self.dialog.accepted.connect(lambda: self._go(plan))
        self.dialog.finished.connect(self._done)
        self.dialog.open()

    def _go(self, plan: Plan) -> None:
        with waiting():
            changes = self._session.run(going_back.go_back, plan)
        if changes is not None:
            self._session.tell_undoable(f"Gone back to {plan.point.words}.")

    def _done(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
