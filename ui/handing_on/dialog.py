"""The export dialog: one form chosen on the left, what it is to hold on the right, and what to know before it is sent.

It does not hold the window up: a remark leads to the words it is about, and the dialog stays open beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import AnnotateError
from annotate.handing_on import Form, Handing, Order
from annotate.report.remarks import Remark
from annotate.report.scope import EVERYTHING
from ui.dialog_frame import column_of, size_of
from ui.dialogs import MARKINGS
from ui.handing_on.part import PartBox
from ui.handing_on.remarks import RemarkList
from ui.handing_on.sheet_columns import SheetColumnsDialog
from ui.inspector.readings import NotUnderstood
from ui.jobs import Job
from ui.plain_tips import plain_tip
from ui.session import Notice, Session
from ui.settings import Settings

_GROUPS: dict[str, tuple[Form, ...]] = {
    "For people": (Form.WORKBOOK, Form.BRIEF, Form.WORD, Form.HTML, Form.PDF),
    "For programs": (Form.CSV, Form.QDPX, Form.QDC, Form.JSONLD, Form.JSON),
}
_FILTERS = {
    Form.WORKBOOK: "Excel workbooks (*.xlsx)",
    Form.BRIEF: "Word documents (*.docx)",
    Form.WORD: "Word documents (*.docx)",
    Form.HTML: "Web pages (*.html)",
    Form.PDF: "PDF documents (*.pdf)",
    Form.QDPX: "REFI-QDA projects (*.qdpx)",
    Form.QDC: "REFI-QDA codebooks (*.qdc)",
    Form.JSONLD: "Web Annotations (*.jsonld)",
    Form.JSON: "JSON (*.json)",
}
_NAMES = {Form.BRIEF: " brief", Form.WORD: " reading copy", Form.HTML: " reading copy", Form.PDF: " reading copy"}
_REST_MS = 250
_PATIENCE_SECONDS = 5
_FORM = Qt.ItemDataRole.UserRole


class ExportDialog(QDialog):
    """Emits `ordered` with an Order once a place for it was chosen, and closes."""

    ordered = Signal(object)

    def __init__(
        self, session: Session, settings: Settings, selected: Sequence[int] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export")
        self.setModal(False)
        self._session, self._settings = session, settings
        self._job: Job | None = None
        self._looked_at: Order | None = None
        self._template: Path | None = None
        self.forms = self._form_list()
        self.meaning = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._label_width = self.fontMetrics().horizontalAdvance("Changes") + 8
        self.part = PartBox(session, selected, self._label_width)
        self.sharing = QCheckBox("For sharing: protected names replaced, nothing internal")
        self.sharing.setToolTip("Sources and marks say by their handling who may see them")
        self.marking = QComboBox(editable=True, accessibleName="Marking")
        self.marking.addItems(MARKINGS)
        self.marking.setCurrentText(session.read.project_info().marking)
        self.columns = QPushButton("Columns…")
        self.columns.setToolTip(plain_tip(session.view_only) or "Which columns the sheets have, in which order")
        self.columns.setEnabled(not session.view_only)  # they are kept in the project
        self.template = QPushButton("Your own workbook…")
        self.template.setToolTip("Fill the tables of a workbook of yours, and leave all else in it as it is")
        self.no_template = QPushButton("Without it")
        self.template_name = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.template_name.setProperty("kind", "secondary")
        for button in (self.columns, self.template, self.no_template):
            button.setAutoDefault(False)
        self.remarks = RemarkList()
        self.said = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.said.setProperty("kind", "secondary")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        buttons.accepted.connect(self._choose_target)
        buttons.rejected.connect(self.reject)
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._look_over)
        self._lay_out(buttons)
        size_of(self, 880, 660)

        self.forms.currentItemChanged.connect(self._follow_form)
        self.part.changed.connect(self._ask_again)
        self.sharing.toggled.connect(self._say_meaning)
        self.sharing.toggled.connect(self._ask_again)
        self.marking.currentTextChanged.connect(self._ask_again)
        self.columns.clicked.connect(self._choose_columns)
        self.template.clicked.connect(self._choose_template)
        self.no_template.clicked.connect(lambda: self.take_template(None))
        self.remarks.went.connect(session.go_to)
        session.project_changed.connect(self._ask_again)
        session.project_closing.connect(self.close)
        self._choose(Form.WORKBOOK)
        self.forms.setFocus()

    @property
    def form(self) -> Form:
        """The form that is chosen."""
        return next(form for form in Form if form == self.forms.currentItem().data(_FORM))  # Qt made a plain str of it

    @property
    def looking_over(self) -> bool:
        """Whether what is to be known is still being worked out."""
        return self._job is not None or self._resting.isActive()

    def order(self, target: Path) -> Order:
        """What is asked for. Raises NotUnderstood where a period makes no sense."""
        form = self.form
        marking = self.marking.currentText().strip()
        own = self._session.read.project_info().marking
        return Order(
            form,
            target,
            self.part.scope() if form.can_be_part else EVERYTHING,
            sharing=form.can_be_shared and self.sharing.isChecked(),
            marking=None if marking == own or not form.can_be_shared else marking,
            template=self._template if form is Form.WORKBOOK else None,
        )

    def take_template(self, template: Path | None) -> None:
        """Fill this workbook's tables; None writes a workbook of the program's own."""
        self._template = template
        self.template_name.setText("" if template is None else template.name)
        self.no_template.setVisible(template is not None)

    # -- building ------------------------------------------------------------------------------------------------

    def _form_list(self) -> QListWidget:
        forms = QListWidget(accessibleName="What to export as")
        bold = QFont(forms.font())
        bold.setBold(True)
        for heading, group in _GROUPS.items():
            title = QListWidgetItem(heading, forms)
            title.setSizeHint(QSize(0, forms.fontMetrics().height() + 14))
            title.setFlags(Qt.ItemFlag.NoItemFlags)
            title.setFont(bold)
            for form in group:
                item = QListWidgetItem(f"  {form.label}", forms)
                item.setSizeHint(QSize(0, forms.fontMetrics().height() + 10))
                item.setData(_FORM, form)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{form.label}: {form.meaning}")
        forms.setFixedWidth(210)
        return forms

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        self.workbook_row = QWidget()
        workbook = QHBoxLayout(self.workbook_row)
        workbook.setContentsMargins(0, 0, 0, 0)
        for widget in (self.columns, self.template, self.template_name, self.no_template):
            workbook.addWidget(widget)
        workbook.addStretch(1)
        self.marking_row = QWidget()
        marking = QFormLayout(self.marking_row)
        marking.setContentsMargins(0, 0, 0, 0)
        label = QLabel("Marking")
        label.setMinimumWidth(self._label_width)
        marking.addRow(label, self.marking)
        self._before = QLabel("BEFORE YOU SEND IT")
        self._before.setProperty("kind", "heading")
        right = QVBoxLayout()
        right.setSpacing(10)
        for widget in (self.meaning, self.part, self.sharing, self.marking_row, self.workbook_row, self._before):
            right.addWidget(widget)
        right.addWidget(self.remarks, 1)
        right.addWidget(self.said)
        right.addStretch()
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.forms)
        middle.addLayout(right, 1)
        column = column_of(self)
        column.addLayout(middle, 1)
        column.addWidget(buttons)
        self.take_template(None)

    # -- following -----------------------------------------------------------------------------------------------

    def _choose(self, form: Form) -> None:
        for row in range(self.forms.count()):
            if self.forms.item(row).data(_FORM) == form:
                self.forms.setCurrentRow(row)

    def _follow_form(self) -> None:
        form = self.form
        self._say_meaning()
        self.part.setVisible(form.can_be_part)
        self.sharing.setVisible(form.can_be_shared)
        self.marking_row.setVisible(form.can_be_shared and form is not Form.CSV)
        self.workbook_row.setVisible(form is Form.WORKBOOK)
        self.remarks.clear()
        self._ask_again()

    def _say_meaning(self) -> None:
        shared = self.sharing.isChecked() and self.form.can_be_shared
        self.meaning.setText(f"{self.form.meaning_shared if shared else self.form.meaning}.")

    def _ask_again(self) -> None:
        """Look it over once nothing has changed for a moment."""
        try:
            self.order(Path())
        except NotUnderstood as error:
            self._resting.stop()
            self.go.setEnabled(False)
            self.said.setText(str(error))
            return
        self.go.setEnabled(True)
        self.said.clear()
        self._resting.start()

    def _look_over(self) -> None:
        if self._job is not None:  # asked again when it has ended
            return
        order = self._looked_at = self.order(Path())
        project, analyst = self._session.project, self._session.analyst
        self.said.setText("Looking it over…")

        def work(_job: Job) -> tuple[Remark, ...]:
            with project.reading_elsewhere(at_length=True) as reader:
                return Handing(reader, order, analyst=analyst).remarks()

        self._job = Job("Looking over what is exported", work, self)
        self._job.succeeded.connect(self._looked_over)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self._job.start()

    def _looked_over(self, remarks: tuple[Remark, ...]) -> None:
        self.remarks.show_remarks(remarks)
        self._before.setVisible(bool(remarks))
        self.remarks.setVisible(bool(remarks))
        self.said.setText("Enter on a line opens it, or shows its words in the window." if remarks else "")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, AnnotateError):
            raise error
        self.said.setText(str(error))

    def _ended(self) -> None:
        self._job = None
        if self.go.isEnabled() and self.order(Path()) != self._looked_at:
            self._look_over()

    # -- choosing ------------------------------------------------------------------------------------------------

    def _choose_columns(self) -> None:
        dialog = SheetColumnsDialog(self._session, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _choose_template(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Your own workbook", str(self._settings.folder), "Excel workbooks (*.xlsx *.xlsm *.xltx)"
        )
        if chosen:
            self.take_template(Path(chosen))

    def _choose_target(self) -> None:
        form, project = self.form, self._session.project.path
        suggested = project.with_name(f"{project.stem}{_NAMES.get(form, '')}{form.suffix}")
        if form is Form.CSV:
            chosen = QFileDialog.getExistingDirectory(self, "A folder for the CSV files", str(project.parent))
        else:
            macros = self._template is not None and self._template.suffix.lower() == ".xlsm"
            kind = "Workbooks with macros (*.xlsm)" if macros and form is Form.WORKBOOK else _FILTERS[form]
            if macros and form is Form.WORKBOOK:
                suggested = suggested.with_suffix(".xlsm")
            chosen, _ = QFileDialog.getSaveFileName(self, f"Export: {form.label}", str(suggested), kind)
            if chosen and not Path(chosen).suffix:
                chosen += suggested.suffix
        if chosen:
            self.send(Path(chosen))

    def send(self, target: Path) -> None:
        """Order what is chosen, to be written to `target`."""
        try:
            order = self.order(target)
        except NotUnderstood as error:
            self._session.tell(Notice(str(error)))
            return
        self.ordered.emit(order)
        self.accept()

    def done(self, result: int) -> None:
        """Ends what is looked over; its project may be closed next."""
        self._resting.stop()
        if self._job is not None:
            self._job.stop(_PATIENCE_SECONDS)
        super().done(result)
