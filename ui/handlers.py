"""Which action does what: a function for every action of the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from annotate import __version__
from annotate.vocabulary import Kind
from ui.history import Whose
from ui.keys_dialog import KeysDialog
from ui.shortcut_sheet import show_shortcuts

if TYPE_CHECKING:
    from ui.window import MainWindow


def handlers_of(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What is called for each action of ui/actions.py, by its name."""
    session, reader, verbs = window.session, window.reader, window.verbs
    return {
        "new_project": window.files.new,
        "open_project": window.files.open,
        "open_sample": window.files.sample,
        "import_files": window.files.choose_articles,
        "import_folder": window.files.choose_folder,
        "paste_article": window.files.paste,
        "import_web": window.files.fetch,
        "take_in_list": window.files.take_in_list,
        "take_in_project": window.files.choose_project_of_other_tool,
        "work_on_copy": window.files.work_on_copy,
        "look_again": session.look_again,
        "export_workbook": window.files.export,
        "read_back": window.files.read_back,
        "backups": window.files.backups,
        "open_bin": window.erasing.open_bin,
        "copy_without_history": window.erasing.copy_without_history,
        "erase_article": window.erasing.ask_shown_article,
        "erase_source": window.erasing.ask_source,
        "project_details": window.files.details,
        "close_project": session.close,
        "quit": window.close,
        "undo": lambda: verbs.through_history(session.undo),
        "redo": lambda: verbs.through_history(session.redo),
        "copy_words": lambda: reader.view.copy(),
        "find": reader.find_bar.open,
        "find_next": lambda: reader.find_bar.step(1),
        "find_previous": lambda: reader.find_bar.step(-1),
        "find_everywhere": partial(find_everywhere, window),
        "set_name": window.files.ask_name,
        "mark_claim": lambda: verbs.mark(Kind.CLAIM),
        "mark_figure": lambda: verbs.mark(Kind.FIGURE),
        "mark_source": lambda: verbs.mark(Kind.SOURCE),
        "mark_all_claims": lambda: verbs.mark_all(Kind.CLAIM),
        "mark_all_figures": lambda: verbs.mark_all(Kind.FIGURE),
        "mark_all_sources": lambda: verbs.mark_all(Kind.SOURCE),
        "extend_to_sentence": verbs.extend_to_sentence,
        "extend_to_quotation": verbs.extend_to_quotation,
        "add_words": verbs.add_words,
        "merge_marks": verbs.merge_marks,
        "split_mark": verbs.split_mark,
        "start_earlier": lambda: reader.nudge_edge("start", -1, "word"),
        "start_later": lambda: reader.nudge_edge("start", 1, "word"),
        "end_earlier": lambda: reader.nudge_edge("end", -1, "word"),
        "end_later": lambda: reader.nudge_edge("end", 1, "word"),
        "start_letter_earlier": lambda: reader.nudge_edge("start", -1, "character"),
        "start_letter_later": lambda: reader.nudge_edge("start", 1, "character"),
        "end_letter_earlier": lambda: reader.nudge_edge("end", -1, "character"),
        "end_letter_later": lambda: reader.nudge_edge("end", 1, "character"),
        "become_claim": lambda: verbs.become(Kind.CLAIM),
        "become_figure": lambda: verbs.become(Kind.FIGURE),
        "become_source": lambda: verbs.become(Kind.SOURCE),
        "remove_mark": verbs.remove_marks,
        "tag": verbs.focus_tags,
        "repeat_tag": verbs.repeat_tag,
        "suggest_marks": window.proposing.ask,
        "suggest_sentences": lambda: window.proposing.ask(every_sentence=True),
        "suggest_by_itself": partial(_suggest_by_itself, window),
        "show_muted": lambda: window.learned.show_muted(window.actions_["show_muted"].isChecked()),
        "next_suggestion": partial(_step_suggestion, window, 1),
        "previous_suggestion": partial(_step_suggestion, window, -1),
        "accept_suggestion": window.waiting.accept,
        "accept_and_edit": window.waiting.accept_and_edit,
        "reject_suggestion": window.waiting.reject,
        "attribute": verbs.attribute,
        "take_speaker": verbs.take_speaker,
        "register_source": verbs.register_source,
        "join_source": verbs.join_source,
        "add_check": verbs.add_check,
        "next_mark": lambda: verbs.step_mark(1),
        "previous_mark": lambda: verbs.step_mark(-1),
        "next_tied": lambda: verbs.step_tied(1),
        "previous_tied": lambda: verbs.step_tied(-1),
        "next_article": lambda: window.articles.step(1),
        "previous_article": lambda: window.articles.step(-1),
        "next_panel": lambda: window.docks.step_panel(forward=True),
        "previous_panel": lambda: window.docks.step_panel(forward=False),
        "deselect": verbs.deselect,
        "show_history": lambda: window.docks.open_or_close("history"),
        "history_of_article": lambda: _show_history_of(window, Whose.ARTICLE),
        "history_of_mark": lambda: _show_history_of(window, Whose.MARK),
        "filter_marks": window.mark_filter.open,
        "switch_claims": lambda: window.mark_filter.switch_kind(Kind.CLAIM),
        "switch_figures": lambda: window.mark_filter.switch_kind(Kind.FIGURE),
        "switch_sources": lambda: window.mark_filter.switch_kind(Kind.SOURCE),
        "show_all_marks": window.mark_filter.show_all,
        "zoom_in": lambda: window.reading.zoom(1),
        "zoom_out": lambda: window.reading.zoom(-1),
        "zoom_reset": lambda: window.reading.zoom(0),
        "theme_system": lambda: window.theme_asked.emit("system"),
        "theme_light": lambda: window.theme_asked.emit("light"),
        "theme_dark": lambda: window.theme_asked.emit("dark"),
        "command_palette": lambda: window.palette_.open(),
        "shortcuts": lambda: show_shortcuts(window.actions_, window.keys, session, window),
        "change_keys": lambda: KeysDialog(window.keys, session, window).open(),
        "show_log": window.faults.show_folder,
        "about": partial(_about, window),
    }


def find_everywhere(window: MainWindow, words: str = "") -> None:
    """Look for words in all articles: those that are given, or selected in the article within a paragraph."""
    chosen = window.reader.view.createMimeDataFromSelection().text()
    window.docks.bring("searching")
    window.searching.look_for(words or ("" if "\n" in chosen else chosen))


def _step_suggestion(window: MainWindow, direction: int) -> None:
    """Select another suggestion, and have the keys that judge it work at once, wherever the focus was."""
    window.waiting.step(direction)
    focused = QApplication.focusWidget()
    if focused is not None and not window.suggestions.isAncestorOf(focused):
        window.reader.view.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _suggest_by_itself(window: MainWindow) -> None:
    window.settings.suggests = window.actions_["suggest_by_itself"].isChecked()
    window.proposing.follow()


def _show_history_of(window: MainWindow, whose: Whose) -> None:
    window.docks.bring("history")
    window.history.show_history_of(whose)


def _about(window: MainWindow) -> None:
    words = (
        f"Provenote {__version__}\n\nMark claims, figures and sources in articles; hand on an evidence workbook."
        "\n\nMIT licence. Nothing leaves this computer; it connects only to web addresses that you import from."
    )
    QMessageBox.about(window, "About Provenote", words)
