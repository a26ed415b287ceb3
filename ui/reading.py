"""Keeps the reader in step with the session: which article it shows, with which marks, and which of them is selected.

What is done in the reader goes to the session from here, and comes back as what the project made of it.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject

from annotate import commands
from annotate.model import Article, Span, Suggestion
from annotate.store.changes import Changes
from annotate.summaries import AnnotationSummary, Mark, marks_of
from annotate.vocabulary import Kind
from ui.bylines import joined
from ui.dates import published_label
from ui.keys import Keys
from ui.later import Later
from ui.reader import Place, Reader
from ui.session import Session
from ui.settings import Settings
from ui.suggestions import Learned
from ui.suggestions.words import told

_USUAL_TEXT_SIZE = 11.5
_MOST_FIGURES = 4
"""Of a claim, in the tool tip over it."""
_MANY = 100
"""Suggestions that change at once, above which all marks are given out anew."""


class Reading(QObject):
    def __init__(
        self,
        session: Session,
        reader: Reader,
        learned: Learned,
        settings: Settings,
        keys: Keys,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._learned = learned
        self._settings = settings
        self._tying = Later(self._show_ties, self)
        self._keys = keys
        keys.changed.connect(self._say_nothing_is_shown)
        self._lent: int | None = None
        self._shown: int | None = None
        self._places: dict[int, Place] = {}
        """Where the analyst was in the articles that were shown since the project was opened."""
        reader.describe = self._describe
        reader.set_point_size(settings.text_size)
        session.article_chosen.connect(self.show_article)
        session.project_opened.connect(self._allow_edges)
        session.project_closing.connect(self._forget_places)
        session.annotation_selected.connect(self._select)
        session.annotation_selected.connect(self._tying.ask)
        session.filter_changed.connect(self._show_marks_again)
        learned.muting_changed.connect(self._show_marks_again)
        session.project_changed.connect(self._follow)
        session.history_stepped.connect(self._bring_into_view)
        reader.mark_clicked.connect(self._clicked)
        session.suggestion_selected.connect(self._select_suggestion)
        reader.background_clicked.connect(lambda: session.select(None))
        reader.edge_moved.connect(self._move_edge)
        reader.zoom_asked.connect(self.zoom)

    def show_article(self) -> None:
        """Show the session's article where it was left, at first from its beginning; or say why there is none."""
        if self._shown is not None:
            self._places[self._shown] = self._reader.place()
        article = self._session.article
        self._shown = None if article is None else article.id
        if article is None:
            self._say_nothing_is_shown()
            return
        self._lent = None
        body = self._session.read.body(article.text_id)
        self._reader.show_article(article.title, self._byline(), body, self._marks(article))
        if article.id in self._places:
            self._reader.return_to(self._places[article.id])
        self._reader.paint_now()  # before the panels, which follow when this event is done

    def _allow_edges(self) -> None:
        self._reader.view.edges_movable = not self._session.view_only

    def _forget_places(self) -> None:
        self._shown = None
        self._places.clear()

    def zoom(self, direction: int) -> None:
        """Make the text larger (1), smaller (-1) or as large as usual (0)."""
        size = _USUAL_TEXT_SIZE if direction == 0 else self._settings.text_size * (1.1**direction)
        self._settings.text_size = self._reader.set_point_size(size)

    def _marks(self, article: Article) -> list[Mark]:
        """What is marked and suggested in an article, as far as the filter shows it."""
        read, shown = self._session.read, self._session.shown
        marks = read.marks(article.text_id, shown=shown)
        return marks + [mark for one in read.suggestions(article.text_id) for mark in self._marks_of(one)]

    def _marks_of(self, suggestion: Suggestion) -> list[Mark]:
        return [] if self._learned.hides(suggestion) else marks_of(suggestion)

    def _clicked(self, mark_id: int) -> None:
        if mark_id < 0:
            self._session.select_suggestion(-mark_id)
        else:
            self._session.select(mark_id)

    def _move_edge(self, mark_id: int, old: Span, new: Span) -> None:
        """A suggestion whose edge is moved is accepted with the words that it has then."""
        if mark_id >= 0:
            self._session.attempt(commands.move_edge, mark_id, old, new)
            return
        suggestion = self._session.read.suggestion(-mark_id)
        if suggestion is not None:
            kept = [span for span in suggestion.spans if (span.start, span.end) != (old.start, old.end)]
            made = self._session.attempt(commands.accept_suggestion, suggestion.id, [*kept, new])
            if made is not None:
                self._session.select(made)

    def _select_suggestion(self, suggestion_id: int | None) -> None:
        shown = self._reader.selected_annotation()
        if suggestion_id is not None:
            self._reader.select(-suggestion_id, reveal=-suggestion_id != shown)
        elif shown is not None and shown < 0:
            self._reader.select(None)

    def _select(self, annotation_id: int | None) -> None:
        """Outline an annotation. One that was chosen in the reader is in view, and the caret stays in its words.

        One that the filter hides is lent to the reader until another is selected.
        """
        article = self._session.article
        lent = {self._lent, self._session.shown_while_selected} - {None}
        self._lent = self._session.shown_while_selected
        if article is not None and lent:
            self._reader.replace_marks(
                lent, self._session.read.marks_of(lent, text_id=article.text_id, shown=self._session.shown)
            )
        self._reader.select(annotation_id, reveal=annotation_id != self._reader.selected_annotation())

    def _say_nothing_is_shown(self) -> None:
        if self._session.article is None:
            empty = self._session.has_project and not self._session.read.articles()
            way = f"Drop articles here, or {self._keys.way('import_files')}."
            self._reader.clear(way if empty else "Choose an article on the left.")

    def _show_marks_again(self) -> None:
        """Any mark may look different now, or have come or gone."""
        article = self._session.article
        if article is not None:
            self._lent = self._session.shown_while_selected
            self._reader.show_marks(self._marks(article))

    def _follow(self, changes: Changes) -> None:
        article = self._session.article
        if article is None:
            return
        if article.id in changes.articles and changes.touches("texts"):
            self.show_article()
            self._select(self._session.annotation_id)
        elif changes.touches("tags"):  # any mark may have another colour now
            self._show_marks_again()
        elif changes.touches("annotations", "spans", "annotation_tags"):
            touched = changes.annotations
            marks = self._session.read.marks_of(touched, text_id=article.text_id, shown=self._session.shown)
            self._lent = self._session.shown_while_selected
            self._reader.replace_marks(touched, marks)
        self._follow_suggestions(article, changes.ids("suggestions"))
        if article.id in changes.ids("articles"):
            self._reader.set_header(article.title, self._byline())
        if self._may_tie(changes):
            self._tying.ask()

    def _follow_suggestions(self, article: Article, changed: Collection[int]) -> None:
        if len(changed) > _MANY:
            self._show_marks_again()
        elif changed:
            waiting = self._session.read.open_suggestions(changed, article.text_id)
            self._reader.replace_marks([-i for i in changed], [mark for one in waiting for mark in self._marks_of(one)])

    def _bring_into_view(self, changes: Changes) -> None:
        """Go where an undo or redo changed something in the article, unless that is in view; also where a mark went."""
        article = self._session.article
        if article is None:
            return
        went = [row.change.before for row in changes.rows if row.change.table == "spans" and row.change.after is None]
        starts = [span["start"] for span in went if span is not None and span["text_id"] == article.text_id]
        shown = map(self._reader.start_of, changes.annotations)
        starts += [start for start in shown if start is not None]
        seen = self._reader.visible_span()
        if starts and not any(seen.start <= start < seen.end for start in starts):
            self._reader.reveal(min(starts))

    def _may_tie(self, changes: Changes) -> bool:
        """Whether what the selected mark is tied to may be different after a change."""
        selected = self._session.annotation_id
        if selected is None:
            return False
        if changes.touches("attributions", "links", "mentions") or selected in changes.annotations:
            return True
        return any(self._reader.is_tied(annotation_id) for annotation_id in changes.annotations)

    def _show_ties(self) -> None:
        selected = self._session.annotation_id
        self._reader.show_ties([] if selected is None else self._session.read.ties_of(selected))

    def _byline(self) -> str:
        article = self._session.article
        if article is None:
            return ""
        text = self._session.read.text(article.text_id)
        file = self._session.read.file(article.file_id) if article.file_id is not None else None
        pieces = (
            article.outlet,
            article.author,
            published_label(article.published, short=False),
            f"{text.words:,} words" if text is not None else "",
            f"imported from {file.name}" if file is not None else "",
        )
        return joined(*pieces)

    def _describe(self, annotation_id: int) -> str:
        """What the tool tip of a mark says: its ID and amount, whose it is, what it contains, its tags."""
        if annotation_id < 0:
            suggestion = self._session.read.suggestion(-annotation_id)
            if suggestion is None:
                return ""
            return " · ".join((f"Suggested {suggestion.kind.value}", *told(suggestion, learned=self._learned)))
        line = next(iter(self._session.read.summaries([annotation_id])), None)
        if line is None:
            return ""
        pieces = (
            f"{line.kind.label} {line.label}",
            _amount(line),
            line.attributed_to or self._said_around(line),
            self._figures_of(line),
            ", ".join(line.tags),
        )
        return joined(*pieces)

    def _said_around(self, line: AnnotationSummary) -> str:
        """Whose the claims are that a figure stands in."""
        read = self._session.read
        around = read.summaries(read.claims_with(line.id)) if line.kind is Kind.FIGURE else []
        return "; ".join(dict.fromkeys(claim.attributed_to for claim in around if claim.attributed_to))

    def _figures_of(self, line: AnnotationSummary) -> str:
        """The first figures that a claim contains."""
        read = self._session.read
        contained = read.figures_in(line.id) if line.kind is Kind.CLAIM else []
        figures = read.summaries(contained[:_MOST_FIGURES])
        amounts = [_amount(figure) or " ".join(figure.words.split()) for figure in figures]
        if len(contained) > len(figures):
            amounts.append("…")
        return f"contains {', '.join(amounts)}" if amounts else ""


def _amount(line: AnnotationSummary) -> str:
    from annotate.amount_format import format_amount

    return format_amount(line.figure) if line.figure is not None else ""
