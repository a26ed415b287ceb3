"""Parts that an article's words give away, offered by role and kept by a click."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotate import commands
from annotate.model import Article
from annotate.vocabulary import PartRole
from ui.inspector.chips import ChipLook, ChipRow
from ui.inspector.layout import Fields
from ui.session import Session

_TIPS = {
    PartRole.CAPTION: "Keep them as captions",
    PartRole.CREDIT: "Keep them as credits: they get no suggestions",
    PartRole.BOILERPLATE: "Keep them as boilerplate: they get no suggestions",
}


class PartsRow(QWidget):
    """There only while something is offered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._article_id: int | None = None
        self._shown: tuple[int, int] | None = None
        self.chips = ChipRow()
        self.chips.taken.connect(self._take)
        fields = Fields()
        fields.row("Parts", self.chips, name="Parts that were recognised")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(fields)

    def set_locked(self, locked: bool) -> None:
        """Nothing is offered."""
        if locked:
            self.hide()

    def show_article(self, article: Article) -> None:
        """Read again what is offered, once for each text and for each change of its parts."""
        kept = len(self._session.read.parts(article.text_id))
        if self._shown == (article.text_id, kept):
            return
        self._article_id, self._shown = article.id, (article.text_id, kept)
        counts = Counter(one.role for one in commands.offered_parts(self._session.read, article.text_id))
        looks = [
            ChipLook(role, f"+ {_counted(role, count)}", "", _TIPS[role], offered=True)
            for role, count in counts.items()
        ]
        self.chips.show_chips(looks)
        self.setVisible(bool(looks))

    def _take(self, role: PartRole) -> None:
        if self._article_id is not None:
            self._session.attempt(commands.keep_parts, self._article_id, role)


def _counted(role: PartRole, count: int) -> str:
    what = role.label.lower()
    return f"{count:,} {what}" if count == 1 or role is PartRole.BOILERPLATE else f"{count:,} {what}s"
