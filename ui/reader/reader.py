"""The reader as the window sees it: articles and annotations in code points in, facts about what was done out.

The reader writes nothing. An edge that was dragged snaps back and is reported; what the project made of it comes in
again through `replace_marks`, so that what is shown is always what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from annotate.model import Span
from annotate.offsets import snap_to_graphemes
from annotate.segments import Laned
from annotate.summaries import Mark, Tie
from annotate.surroundings import one_more_sentence, quotation_around
from ui.reader.edges import Edge, Side, Unit, moved, next_stop
from ui.reader.find_bar import FindBar
from ui.reader.header import Header
from ui.reader.overview import Overview
from ui.reader.places import Hit
from ui.reader.spoken import Spoken
from ui.reader.view import ArticleView
from ui.theme import Theme


@dataclass(frozen=True)
class Place:
    """A place in an article: the first position in view and the caret, in code points."""

    top: int
    caret: int


class Reader(QWidget):
    mark_clicked = Signal(int)
    """Annotation id; of a suggestion the id of its marks, which is negative."""
    background_clicked = Signal()
    words_selected = Signal(object)
    """Span of the selected words in code points, whole graphemes; None when nothing is selected any more."""
    edge_moved = Signal(int, object, object)
    """Annotation id, the span before and the span asked for."""
    zoom_asked = Signal(int)
    """1 for larger, -1 for smaller text: the wheel was turned with Ctrl held."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.describe: Callable[[int], str] = lambda _annotation_id: ""
        """What the tool tip over a mark says, as plain text; an empty answer shows none."""
        self._selection: Span | None = None
        self._points = 0.0
        """Size of the text that was asked for; 0 before one was."""
        self._drag: tuple[Edge, Span] | None = None
        self.view = ArticleView(theme)
        self.header = Header(theme)
        self.overview = Overview(theme)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.setAccessibleName("Reader")
        self.setAutoFillBackground(True)
        self.setFocusProxy(self.view)
        self.find_bar = FindBar(self.view)
        self._arrange_parts()
        self.find_bar.hits_shown.connect(lambda: self.overview.show_found(self.find_bar.hits.starts))
        self.view.describe = lambda annotation_id: self.describe(annotation_id)
        self._spoken = Spoken(self.view)
        self.view.clicked.connect(self._click)
        self.view.link_followed.connect(self._follow_link)
        self.view.sight_wanted.connect(self._bring_into_view)
        self.view.edge_dragged.connect(self._drag_edge)
        self.view.edge_dropped.connect(self._drop_edge)
        self.view.selectionChanged.connect(self._tell_selection)
        self.view.scrolled.connect(self._show_seen)
        self.view.column_moved.connect(self.header.align)
        self.view.zoom_asked.connect(self.zoom_asked)
        self.overview.place_wanted.connect(lambda position: self.view.places.scroll_to(position, above=0.5))
        self.overview.wheel_turned.connect(self.view.wheelEvent)
        self.set_theme(theme)
        self.clear("")

    # What is shown

    def show_article(self, title: str, byline: str, text: str, marks: Sequence[Mark]) -> None:
        """Shows an article from its beginning; nothing is selected."""
        self.set_header(title, byline)
        self._take_text(text, marks)
        self._pages.setCurrentIndex(0)

    def set_header(self, title: str, byline: str) -> None:
        self.header.set_words(title, byline)

    def clear(self, message: str) -> None:
        """Shows no article but a message."""
        self._take_text("", ())
        self.set_header("", "")
        self.message.setText(message)
        self._pages.setCurrentIndex(1)

    def replace_marks(self, annotation_ids: Collection[int], marks: Sequence[Mark]) -> None:
        """Removes all marks of these annotations and adds the given ones; all others stay as they are painted."""
        if self._drag is not None:
            self.view.forget_press()
            self._end_drag()
        gone, come = self.view.replace_marks(annotation_ids, marks)
        for entry in gone:
            self.overview.count(entry, -1)
        for entry in come:
            self.overview.count(entry, 1)
        self._spoken.look()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Shows these marks and no others; place, caret, selected words and selected annotation stay."""
        if self._drag is not None:
            self.view.forget_press()
            self._drag = None
        self.view.show_marks(marks)
        self.overview.reset(self.view.offsets.length_utf16, self.view.marks)
        self._spoken.look()

    def set_theme(self, theme: Theme) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.secondary))
        self.setPalette(palette)
        self.view.set_theme(theme)
        self.header.set_theme(theme)
        self.overview.set_theme(theme)
        if self._points:
            self.set_point_size(self._points)  # another style sheet takes fonts back that were set here

    def set_point_size(self, points: float) -> float:
        """Sets the size of the text, and of the title above it, within sensible limits; the size it has now."""
        self._points = self.view.set_point_size(points)
        self.header.set_point_size(self._points)
        return self._points

    # The selected mark

    def select(self, annotation_id: int | None, *, reveal: bool = True) -> None:
        """Outlines an annotation, or none. `reveal` brings its first words into view and the caret there."""
        self.view.set_selected(annotation_id)
        spans = self.view.marks.of(annotation_id)
        if reveal and spans:
            self.reveal(spans[0].item.start)

    def show_ties(self, ties: Sequence[Tie]) -> None:
        """Shows what the selected annotation is tied to, until another one is selected."""
        self.view.show_ties(ties)

    def ties(self) -> list[Tie]:
        """What the selected annotation is shown to be tied to."""
        return self.view.ties.shown()

    def is_tied(self, annotation_id: int) -> bool:
        """Whether the selected annotation is shown to be tied to another one."""
        return annotation_id in self.view.ties

    def selected_annotation(self) -> int | None:
        return self.view.selected_id

    def step_mark(self, direction: int) -> int | None:
        """Selects and reveals the next (1) or previous (-1) annotation in text order; None at the end of the article.

        It is counted from the selected mark, or else from the caret; suggestions are passed over.
        """
        found = self.view.selected_id
        while True:
            found = self.view.marks.neighbour(found, self.view.textCursor().position(), direction)
            if found is None or not self.view.marks.of(found)[0].item.suggested:
                break
        if found is not None:
            self.select(found)
        return found

    def paint_now(self) -> None:
        """Paints what changed at once and not with the next frame."""
        page = self._pages.currentWidget()
        if page is not None and page.layout() is not None:
            page.layout().activate()  # the title may need more lines than the one before
        self.view.viewport().repaint()

    def marks_under(self, point: QPoint) -> list[int]:
        """Annotations that have a mark at a point of the viewport, the shortest first."""
        hit = self.view.places.hit(QPointF(point))
        return (
            [] if hit is None else list(dict.fromkeys(entry.item.annotation_id for entry in self.view.marks_under(hit)))
        )

    def marks_at(self, position: int) -> list[int]:
        """Annotations that cover a position, the shortest first."""
        return _ids(self.view.marks.at(self.view.offsets.to_utf16(position)))

    def start_of(self, annotation_id: int) -> int | None:
        """Where the first words of an annotation begin; None where it has no mark here."""
        return next((entry.item.start for entry in self.view.marks.of(annotation_id)), None)

    def marks_touching(self, span: Span) -> list[Mark]:
        """Marks shown that share a code point with a stretch, in text order; suggestions are none."""
        to_utf16 = self.view.offsets.to_utf16
        touching = self.view.marks.touching(to_utf16(span.start), to_utf16(span.end))
        return [entry.item for entry in touching if not entry.item.suggested]

    def take_focus(self) -> bool:
        """Put the focus into the text; False while none is shown."""
        shown = self.view.isVisible()
        if shown:
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return shown

    def nudge_edge(self, edge: Side, direction: int, unit: Unit) -> None:
        """Asks, through `edge_moved`, for an edge of the selected annotation one word or grapheme on (1) or back (-1).

        Of an annotation of several spans these are the start of the first and the end of the last.
        """
        spans = [entry.item for entry in self.view.marks.of(self.view.selected_id)]
        if spans:
            grasped = Edge(spans[0] if edge == "start" else spans[-1], edge)
            stop = next_stop(self.view.text, grasped, direction, unit)
            self._ask_for(grasped, moved(self.view.text, spans, grasped, stop))

    # The selected words, and places

    def selection(self) -> Span | None:
        """The selected words, in whole graphemes."""
        cursor = self.view.textCursor()
        if not cursor.hasSelection():
            return None
        to_code_point = self.view.offsets.to_code_point
        start, end = to_code_point(cursor.selectionStart()), to_code_point(cursor.selectionEnd())
        return Span(*snap_to_graphemes(self.view.text, start, end))

    def extend_to_sentence(self) -> bool:
        """Selects the sentence around the selected words, or one more; false at the end of the article.

        Without selected words it starts from the selected mark if the caret is in it, or else from the caret.
        """
        return self._select_around(one_more_sentence)

    def extend_to_quotation(self) -> bool:
        """Selects the quotation around the selected words, the selected mark or the caret; false if none is there."""
        return self._select_around(quotation_around)

    def clear_selection(self) -> None:
        cursor = self.view.textCursor()
        cursor.clearSelection()
        self.view.setTextCursor(cursor)

    def caret(self) -> int:
        """Where the caret stands; of selected words, their end that moves."""
        return self.view.offsets.to_code_point(self.view.textCursor().position())

    def put_caret(self, point: QPoint) -> None:
        """Sets the caret to the place nearest to a point of the viewport, unless words are selected."""
        cursor = self.view.textCursor()
        if not cursor.hasSelection():
            cursor.setPosition(self.view.places.position_near(QPointF(point)))
            self.view.setTextCursor(cursor)

    def reveal(self, position: int) -> None:
        """Brings a position into view and sets the caret there, unless words are selected."""
        place = self.view.offsets.to_utf16(position)
        if not self.view.places.shows(place):
            self.view.places.scroll_to(place)
        cursor = self.view.textCursor()
        if not cursor.hasSelection():
            cursor.setPosition(place)
            self.view.setTextCursor(cursor)

    def place(self) -> Place:
        """Where the analyst is in the article."""
        to_code_point = self.view.offsets.to_code_point
        return Place(to_code_point(self.view.places.first_visible_position()), self.caret())

    def return_to(self, place: Place) -> None:
        """Goes where the analyst was in the article that is shown."""
        cursor = self.view.textCursor()
        cursor.setPosition(min(self.view.offsets.to_utf16(place.caret), self.view.offsets.length_utf16))
        self.view.setTextCursor(cursor)
        self.view.places.scroll_to(min(self.view.offsets.to_utf16(place.top), self.view.offsets.length_utf16), above=0)

    def visible_span(self) -> Span:
        """What is in view, from the first line that begins there to the end of the last."""
        to_code_point = self.view.offsets.to_code_point
        start, end = self.view.places.first_visible_position(), self.view.places.last_visible_position()
        return Span(to_code_point(start), to_code_point(max(start, end)))

    def text_rect(self, start: int, end: int) -> QRect:
        """Rectangle around the visible words of a stretch in coordinates of `view.viewport()`; empty if out of view."""
        to_utf16 = self.view.offsets.to_utf16
        return self.view.places.text_rect(to_utf16(start), to_utf16(end))

    def give_up_drag(self) -> bool:
        """Lets go of what the mouse drags, as if nothing had been pressed; false if it drags nothing."""
        if not self.view.give_up_press():
            return False
        if self._drag is not None:
            self._end_drag()
        self.clear_selection()
        return True

    # Inner workings

    def _select_around(self, around: Callable[[str, int, int], Span | None]) -> bool:
        words = self.selection() or self._mark_at_caret()
        caret = self.view.offsets.to_code_point(self.view.textCursor().position())
        start, end = (words.start, words.end) if words is not None else (caret, caret)
        span = around(self.view.text, start, end)
        if span is not None:
            self.view.select_words(span)
        return span is not None

    def _mark_at_caret(self) -> Span | None:
        """The words of the selected mark that the caret is in or at."""
        caret = self.view.textCursor().position()
        spans = self.view.marks.of(self.view.selected_id)
        return next((Span(m.item.start, m.item.end) for m in spans if m.start <= caret <= m.end), None)

    def _arrange_parts(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.view, 1)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addLayout(column, 1)
        beside.addWidget(self.overview)
        article = QWidget()
        whole = QVBoxLayout(article)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.find_bar)
        whole.addLayout(beside, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(article)
        self._pages.addWidget(self.message)

    def _take_text(self, text: str, marks: Sequence[Mark]) -> None:
        self._drag = None
        self.view.set_text(text, marks)
        self.overview.reset(self.view.offsets.length_utf16, self.view.marks)
        self._spoken.forget()
        self.find_bar.text_changed()
        self._tell_selection()
        self._show_seen()

    def _click(self, hit: Hit | None) -> None:
        entries = self.view.marks_under(hit) if hit else []
        if hit is None or not entries:
            self.select(None, reveal=False)
            self.background_clicked.emit()
            return
        under = _ids(entries)
        chosen = under[0]
        if entries[0].lane != hit.lane and self.view.selected_id in under:
            chosen = under[(under.index(self.view.selected_id) + 1) % len(under)]
        self.select(chosen, reveal=False)
        self.mark_clicked.emit(chosen)

    def _follow_link(self, annotation_id: int) -> None:
        self.select(annotation_id)
        self.mark_clicked.emit(annotation_id)

    def _bring_into_view(self, annotation_id: int) -> None:
        for entry in self.view.marks.of(annotation_id)[:1]:
            self.reveal(entry.item.start)

    def _tell_selection(self) -> None:
        selection = self.selection()
        if selection != self._selection:
            self._selection = selection
            self.words_selected.emit(selection)

    def _show_seen(self) -> None:
        self.overview.set_seen(self.view.places.first_visible_position(), self.view.places.last_visible_position())

    def _spans_before_drag(self, edge: Edge) -> list[Mark]:
        """The spans of the dragged annotation as they are stored."""
        assert self._drag is not None
        shown = [entry.item for entry in self.view.marks.of(edge.mark.annotation_id)]
        at = self._drag[1]
        return [edge.mark if (mark.start, mark.end) == (at.start, at.end) else mark for mark in shown]

    def _drag_edge(self, edge: Edge, position: int) -> None:
        if self._drag is None:
            self._drag = edge, Span(edge.mark.start, edge.mark.end)
        spans = self._spans_before_drag(edge)
        span = moved(self.view.text, spans, edge, self.view.offsets.to_code_point(position))
        if span != self._drag[1]:
            self._paint_drag(edge, spans, span)

    def _paint_drag(self, edge: Edge, spans: Sequence[Mark], span: Span) -> None:
        mark = edge.mark
        there = replace(mark, start=span.start, end=span.end)
        self.view.replace_marks([mark.annotation_id], [there if other == mark else other for other in spans])
        self._drag = edge, span

    def _drop_edge(self) -> None:
        if self._drag is not None:
            edge, span = self._drag
            self._end_drag()
            self._ask_for(edge, span)

    def _end_drag(self) -> None:
        """Shows the dragged mark as it is stored."""
        assert self._drag is not None
        edge, _ = self._drag
        self._paint_drag(edge, self._spans_before_drag(edge), Span(edge.mark.start, edge.mark.end))
        self._drag = None

    def _ask_for(self, edge: Edge, span: Span) -> None:
        before = Span(edge.mark.start, edge.mark.end)
        if span != before:
            self.edge_moved.emit(edge.mark.annotation_id, before, span)


def _ids(entries: Sequence[Laned[Mark]]) -> list[int]:
    return list(dict.fromkeys(entry.item.annotation_id for entry in entries))
