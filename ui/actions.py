"""Every action of the window, declared once; menus, toolbar, shortcuts and their hints derive from this list.

`needs` says when an action can be used: always, with a project, with an article shown, with words selected in the
reader, with an annotation selected. Single letters work everywhere except while typing, where Qt gives them to the
field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui.keymap import Keymap, native
from ui.plain_tips import plain_tip


class Needs(IntEnum):
    """What must be there for an action to make sense."""

    NOTHING = 0
    PROJECT = 1
    ARTICLE = 2
    WORDS = 3
    ANNOTATION = 4
    ATTRIBUTABLE = 5
    """A claim or figure is selected."""
    WORDS_AND_ANNOTATION = 6
    UNDOABLE = 7
    REDOABLE = 8
    UNREGISTERED = 9
    """A mention is selected that names no source of the register yet."""
    FOUND = 10
    """Words that were found are shown in the article."""
    FILTER = 11
    """Marks are hidden by the filter."""
    SUGGESTIONS = 12
    """Suggestions for the article wait for a judgement."""
    SUGGESTION = 13
    """A suggestion is selected."""
    JUDGEABLE = 14
    """A suggestion is selected, or a mark that was accepted in bulk and not looked at since."""
    EDGES = 15
    """A mark or a suggestion is selected."""
    MUTED = 16
    """Suggestions for the article are muted."""
    VIEWED = 17
    """The project is only looked at."""
    REGISTERED = 18
    """A mention is selected that names a source of the register."""


_MISSING = {
    Needs.PROJECT: "open a project first",
    Needs.ARTICLE: "show an article first",
    Needs.WORDS: "select words first",
    Needs.ANNOTATION: "select a mark first",
    Needs.ATTRIBUTABLE: "select a claim or figure first",
    Needs.WORDS_AND_ANNOTATION: "select a mark, then words",
    Needs.UNDOABLE: "nothing to undo",
    Needs.REDOABLE: "nothing to redo",
    Needs.UNREGISTERED: "select a source that is not in the register",
    Needs.FOUND: "find words in the article first",
    Needs.FILTER: "nothing is hidden",
    Needs.SUGGESTIONS: "no suggestion waits in this article",
    Needs.SUGGESTION: "select a suggestion first",
    Needs.JUDGEABLE: "select a suggestion first",
    Needs.EDGES: "select a mark first",
    Needs.MUTED: "nothing is muted in this article",
    Needs.VIEWED: "the project can be worked on as it is",
    Needs.REGISTERED: "select a mention of a source that is in the register",
}


@dataclass(frozen=True)
class ActionSpec:
    """One action: its name in code, where it stands, what it says, and its usual keys.

    What its keys are now, and which of them is shown, ui/keymap.py knows.
    """

    name: str
    menu: str
    label: str
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.NOTHING
    tip: str = ""
    checkable: bool = False
    group: str = ""
    """Of the checkable actions of a group one is checked."""
    separator: bool = False
    """A line stands above it in its menu."""
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    only_in_reading: bool = False
    """Its keys work in the article and in the list of suggestions only; elsewhere they have a use of their own."""


A = ActionSpec

ACTIONS: tuple[ActionSpec, ...] = (
    A("new_project", "File", "New project…", ("Ctrl+N",)),
    A("open_project", "File", "Open project…", ("Ctrl+O",)),
    A("open_sample", "File", "Open the sample project"),
    A("import_files", "File", "Import articles…", ("Ctrl+I",), Needs.PROJECT,
      "Documents, PDF, web pages, mails, feeds, press bundles", separator=True),
    A("import_folder", "File", "Import a folder…", ("Ctrl+Shift+I",), Needs.PROJECT),
    A("paste_article", "File", "Paste an article…", ("Ctrl+Shift+V",), Needs.PROJECT, "Take in text from elsewhere"),
    A("import_web", "File", "Import from the web…", (), Needs.PROJECT, "Fetch what stands at web addresses"),
    A("take_in_list", "File", "Take in a claims list…", (), Needs.PROJECT,
      "The spreadsheet of claims that was kept until now: Excel, OpenDocument, csv"),
    A("take_in_project", "File", "Take in another tool’s project…", (), Needs.NOTHING,
      "REFI-QDA, QualCoder, Taguette, Web Annotations; an archive of your own as JSON"),
    A("work_on_copy", "File", "Save a copy to work on…", (), Needs.VIEWED,
      "Write the project with its history to a file of your own, and open that", separator=True),
    A("look_again", "File", "Look again", ("F5",), Needs.VIEWED, "Show what was done in the project since"),
    A("export_workbook", "File", "Export…", ("Ctrl+E",), Needs.PROJECT,
      "Write a workbook, a brief, a reading copy, or a file for another program",
      separator=True),
    A("read_back", "File", "Read back…", (), Needs.PROJECT,
      "Take over what colleagues have changed in an exported workbook"),
    A("backups", "File", "Backups…", (), Needs.PROJECT,
      "See what was changed since an earlier state of the project, and go back to it", separator=True),
    A("open_bin", "File", "Bin…", (), Needs.PROJECT, "What lies in the bin, since when and through whom; back with it"),
    A("copy_without_history", "File", "Save a copy without history…", (), Needs.PROJECT,
      "The project as it is now in a new file; no word that stood there before"),
    A("erase_article", "File", "Erase this article for good…", (), Needs.ARTICLE,
      "From the project, its history and its backups; says first what would go"),
    A("project_details", "File", "Project details…", (), Needs.PROJECT, "Title and protective marking of the workbook",
      separator=True),
    A("close_project", "File", "Close project", ("Ctrl+W",), Needs.PROJECT, separator=True),
    A("quit", "File", "Quit", ("Ctrl+Q",), role=QAction.MenuRole.QuitRole),
    A("undo", "Edit", "Undo", ("Ctrl+Z",), Needs.UNDOABLE),
    A("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), Needs.REDOABLE),
    A("copy_words", "Edit", "Copy words", (), Needs.WORDS, separator=True),
    A("find", "Edit", "Find in the article…", ("Ctrl+F",), Needs.ARTICLE, separator=True),
    A("find_next", "Edit", "Next hit", ("F3",), Needs.ARTICLE),
    A("find_previous", "Edit", "Previous hit", ("Shift+F3",), Needs.ARTICLE),
    A("find_everywhere", "Edit", "Find in all articles…", ("Ctrl+Shift+F",), Needs.PROJECT,
      "Where words stand in the whole project, with the line around each"),
    A("set_name", "Edit", "Your name…", (), tip="The name that your marks and checks are signed with", separator=True),
    A("mark_claim", "Mark", "Claim", ("C",), Needs.ARTICLE, "Mark the selected words as a claim"),
    A("mark_figure", "Mark", "Figure", ("F",), Needs.ARTICLE, "Mark the selected words as a figure"),
    A("mark_source", "Mark", "Source", ("S",), Needs.ARTICLE, "Mark the selected words as a source"),
    A("extend_to_sentence", "Mark", "Extend to the sentence", ("E",), Needs.ARTICLE,
      "Select the sentence around the words or the caret; once more, and the next one too", separator=True),
    A("extend_to_quotation", "Mark", "Extend to the quotation", ("Q",), Needs.ARTICLE,
      "Select the quotation around the words or the caret, with its marks"),
    A("add_words", "Mark", "Add words to the selected mark", ("A",), Needs.WORDS_AND_ANNOTATION,
      "For a quotation that is interrupted: one claim, several stretches of words", separator=True),
    A("merge_marks", "Mark", "Merge marks", ("M",), Needs.ARTICLE,
      "Make one mark of those that the selected words touch, or of the selected rows"),
    A("split_mark", "Mark", "Split mark at the caret", ("X",), Needs.ANNOTATION,
      "Two marks, each with the record and ties of the one"),
    A("mark_all_claims", "Mark", "Mark all hits as claims", ("Shift+C",), Needs.FOUND,
      "Every place that Find shows", separator=True),
    A("mark_all_figures", "Mark", "Mark all hits as figures", ("Shift+F",), Needs.FOUND, "Every place that Find shows"),
    A("mark_all_sources", "Mark", "Mark all hits as sources", ("Shift+S",), Needs.FOUND, "Every place that Find shows"),
    A("start_earlier", "Mark", "Start one word earlier", ("Y",), Needs.EDGES,
      "Move the start edge of the selected mark one word earlier", separator=True),
    A("start_later", "Mark", "Start one word later", ("U",), Needs.EDGES,
      "Move the start edge of the selected mark one word later"),
    A("end_earlier", "Mark", "End one word earlier", ("I",), Needs.EDGES,
      "Move the end edge of the selected mark one word earlier"),
    A("end_later", "Mark", "End one word later", ("O",), Needs.EDGES,
      "Move the end edge of the selected mark one word later"),
    A("start_letter_earlier", "Mark", "Start one letter earlier", ("Shift+Y",), Needs.EDGES,
      "Move the start edge of the selected mark one letter earlier"),
    A("start_letter_later", "Mark", "Start one letter later", ("Shift+U",), Needs.EDGES,
      "Move the start edge of the selected mark one letter later"),
    A("end_letter_earlier", "Mark", "End one letter earlier", ("Shift+I",), Needs.EDGES,
      "Move the end edge of the selected mark one letter earlier"),
    A("end_letter_later", "Mark", "End one letter later", ("Shift+O",), Needs.EDGES,
      "Move the end edge of the selected mark one letter later"),
    A("tag", "Mark", "Tag…", ("T",), Needs.ANNOTATION, "Put a tag on the selected mark", separator=True),
    A("repeat_tag", "Mark", "Tag again", (".",), Needs.ANNOTATION, "Put the last tag on the selected mark or rows"),
    A("become_claim", "Mark", "Change to claim", (), Needs.ANNOTATION, separator=True),
    A("become_figure", "Mark", "Change to figure", (), Needs.ANNOTATION),
    A("become_source", "Mark", "Change to source", (), Needs.ANNOTATION),
    A("remove_mark", "Mark", "Remove mark", ("Delete",), Needs.ANNOTATION, separator=True),
    A("suggest_marks", "Suggestions", "Suggest marks", (), Needs.ARTICLE,
      "Have figures, sources and claims proposed in this article"),
    A("suggest_sentences", "Suggestions", "Suggest every sentence too", (), Needs.ARTICLE,
      "Have the sentences proposed as well that the outlet says itself without a figure"),
    A("suggest_by_itself", "Suggestions", "Suggest marks when an article is shown", checkable=True),
    A("show_muted", "Suggestions", "Show what is muted", (), Needs.MUTED,
      "Suggestions of rules that you have nearly always refused in this project", checkable=True),
    A("next_suggestion", "Suggestions", "Next suggestion", ("N",), Needs.SUGGESTIONS, separator=True),
    A("previous_suggestion", "Suggestions", "Previous suggestion", ("P",), Needs.SUGGESTIONS),
    A("accept_suggestion", "Suggestions", "Accept", ("Enter", "Return"), Needs.JUDGEABLE,
      "Make the suggestion a mark, and go to the next", separator=True, only_in_reading=True),
    A("accept_and_edit", "Suggestions", "Accept and stay to edit", ("Shift+Enter", "Shift+Return"), Needs.SUGGESTION,
      "Make the suggestion a mark, and select that", only_in_reading=True),
    A("reject_suggestion", "Suggestions", "Reject", ("Backspace",), Needs.SUGGESTION,
      "Refuse the suggestion for good, and go to the next", only_in_reading=True),
    A("attribute", "Evidence", "Say who says so…", ("L",), Needs.ATTRIBUTABLE, "Attribute to a source"),
    A("take_speaker", "Evidence", "Take the speaker of the sentence", ("Shift+L",), Needs.ATTRIBUTABLE,
      "Attribute to whom the sentence names"),
    A("register_source", "Evidence", "Add the source to the register", ("R",), Needs.UNREGISTERED,
      "Make a register entry from the selected source's words"),
    A("join_source", "Evidence", "Join with another source…", (), Needs.REGISTERED,
      "One entry of the register out of two for the same source; what both say comes together"),
    A("add_check", "Evidence", "Log a check", ("K",), Needs.ATTRIBUTABLE, "What was looked at, and what it shows"),
    A("erase_source", "Evidence", "Erase this source for good…", (), Needs.REGISTERED,
      "From the project, its history and its backups; says first what would go", separator=True),
    A("next_mark", "View", "Next mark", ("]", "Ctrl+Down"), Needs.ARTICLE),
    A("previous_mark", "View", "Previous mark", ("[", "Ctrl+Up"), Needs.ARTICLE),
    A("next_tied", "View", "Next linked mark", ("J",), Needs.ANNOTATION,
      "Go round the marks that this one is linked to, and back to it"),
    A("previous_tied", "View", "Previous linked mark", ("Shift+J",), Needs.ANNOTATION),
    A("next_article", "View", "Next article", ("Alt+Down",), Needs.PROJECT),
    A("previous_article", "View", "Previous article", ("Alt+Up",), Needs.PROJECT),
    A("next_panel", "View", "Next panel", ("F6",), Needs.PROJECT,
      "Go round: articles, tags, the article, its record, the table"),
    A("previous_panel", "View", "Previous panel", ("Shift+F6",), Needs.PROJECT),
    A("deselect", "View", "Deselect", ("Escape",), Needs.ARTICLE),
    A("show_history", "View", "History", ("Ctrl+Shift+H",), Needs.PROJECT,
      "Who did what when, and going back to an earlier moment", separator=True),
    A("history_of_article", "View", "History of this article", (), Needs.ARTICLE, "What was done in it and its marks"),
    A("history_of_mark", "View", "History of this mark", (), Needs.ANNOTATION,
      "What was done with its words, its record and its ties"),
    A("filter_marks", "View", "Filter marks…", ("H",), Needs.ARTICLE, "Hide kinds, tags or analysts", separator=True),
    A("switch_claims", "View", "Hide claims", (), Needs.PROJECT, "Hide or show claims; nothing is changed"),
    A("switch_figures", "View", "Hide figures", (), Needs.PROJECT, "Hide or show figures; nothing is changed"),
    A("switch_sources", "View", "Hide sources", (), Needs.PROJECT, "Hide or show sources; nothing is changed"),
    A("show_all_marks", "View", "Show all marks", ("Shift+H",), Needs.FILTER, "Hide no marks any more"),
    A("zoom_in", "View", "Larger text", ("Ctrl++", "Ctrl+="), Needs.ARTICLE, separator=True),
    A("zoom_out", "View", "Smaller text", ("Ctrl+-",), Needs.ARTICLE),
    A("zoom_reset", "View", "Usual text size", ("Ctrl+0",), Needs.ARTICLE),
    A("theme_system", "View", "Colours of the system", checkable=True, group="theme", separator=True),
    A("theme_light", "View", "Light", checkable=True, group="theme"),
    A("theme_dark", "View", "Dark", checkable=True, group="theme"),
    A("command_palette", "Help", "Search or run a command…", ("Ctrl+K",), tip="Every command and article, by typing"),
    A("shortcuts", "Help", "Keys and mouse", ("F1", "?")),
    A("change_keys", "Help", "Change keys…", tip="Give any command another key"),
    A("show_log", "Help", "Show the log of errors", separator=True,
      tip="The folder with what was written down when something went wrong; it holds no words of yours"),
    A("about", "Help", "About Provenote", role=QAction.MenuRole.AboutRole),
)  # fmt: skip

CHANGING = frozenset(
    {
        *("import_files", "import_folder", "paste_article", "import_web", "take_in_list", "take_in_project"),
        *("read_back", "project_details", "undo", "redo"),
        *("mark_claim", "mark_figure", "mark_source", "mark_all_claims", "mark_all_figures", "mark_all_sources"),
        *("add_words", "merge_marks", "split_mark", "become_claim", "become_figure", "become_source", "remove_mark"),
        *("start_earlier", "start_later", "start_letter_earlier", "start_letter_later"),
        *("end_earlier", "end_later", "end_letter_earlier", "end_letter_later"),
        *("tag", "repeat_tag", "suggest_marks", "suggest_sentences"),
        *("accept_suggestion", "accept_and_edit", "reject_suggestion"),
        *("attribute", "take_speaker", "register_source", "join_source", "add_check"),
        *("erase_article", "erase_source"),
    }
)
"""What changes the project, and is off while that is only looked at."""

MENUS = {
    **{"File": "&File", "Edit": "&Edit", "Mark": "&Mark", "Suggestions": "&Suggestions", "Evidence": "Evi&dence"},
    **{"View": "&View", "Help": "&Help"},
}
"""Menus in their order, with the letter that opens each together with Alt."""


class ActionSet:
    """The QActions of the list above, each doing what `handlers` has under its name, by the keys of a keymap.

    `used` hears the name of each before it does it.
    """

    def __init__(
        self,
        owner: QWidget,
        handlers: Mapping[str, Callable[[], object]],
        keymap: Keymap,
        used: Callable[[str], object] = lambda _name: None,
    ) -> None:
        self._actions: dict[str, QAction] = {}
        self._met: frozenset[Needs] | None = None
        self._view_only = ""
        self._needs = {spec.name: spec.needs for spec in ACTIONS}
        self._tips = {spec.name: spec.tip or spec.label.rstrip("…") for spec in ACTIONS}
        groups: dict[str, QActionGroup] = {}
        for spec in ACTIONS:
            action = QAction(spec.label, owner)
            action.setObjectName(spec.name)
            action.setStatusTip(spec.tip)
            action.setMenuRole(spec.role)
            action.setCheckable(spec.checkable)
            if spec.group:
                groups.setdefault(spec.group, QActionGroup(owner)).addAction(action)
            action.triggered.connect(lambda _checked=False, name=spec.name: (used(name), handlers[name]()))
            if spec.only_in_reading:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            else:
                owner.addAction(action)
            self._actions[spec.name] = action
        self.set_keymap(keymap)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def work_in(self, *places: QWidget) -> None:
        """Have the keys of what is for reading only work in these widgets."""
        for spec in ACTIONS:
            if spec.only_in_reading:
                for place in places:
                    place.addAction(self._actions[spec.name])

    def works_in(self, name: str, place: QWidget | None) -> bool:
        """Whether the keys of an action work where the focus is."""
        action = self._actions[name]
        local = action.shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut
        return not local or (place is not None and action in place.actions())

    def set_keymap(self, keymap: Keymap) -> None:
        """Work by these keys from now on."""
        for name, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in keymap.keys(name)])
            self._tell(name)

    def key(self, name: str) -> str:
        """The first key of an action as this system writes it; empty without one."""
        return native(self._actions[name].shortcut().toString())

    def rename(self, name: str, text: str) -> None:
        """Give an action another label, that says more precisely what it would do now."""
        self._actions[name].setText(text.replace("&", "&&"))  # in a menu one alone underlines a letter
        self._tips[name] = text
        self._tell(name)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """The menus, in order; returned by name so that the window can add what changes."""
        menus = {}
        for title, label in MENUS.items():
            menu = menus[title] = bar.addMenu(label)
            menu.setToolTipsVisible(True)
            for spec in ACTIONS:
                if spec.menu == title:
                    if spec.separator:
                        menu.addSeparator()
                    menu.addAction(self._actions[spec.name])
        return menus

    def enable(self, met: frozenset[Needs], view_only: str = "") -> None:
        """Switch actions on whose needs are met; `view_only` says why none may change the project, where that is so."""
        if (met, view_only) == (self._met, self._view_only):
            return
        told, self._met, self._view_only = self._view_only, met, view_only
        for spec in ACTIONS:
            is_off = bool(view_only) and spec.name in CHANGING
            self._actions[spec.name].setEnabled(spec.needs in met and not is_off)
            if spec.needs is Needs.VIEWED:  # what is never of use while one works is not there then
                self._actions[spec.name].setVisible(spec.needs in met)
            if told != view_only and spec.name in CHANGING:
                self._tell(spec.name)

    def missing(self, name: str) -> str:
        """Why an action cannot be used now, in a few words that say what to do; empty where it can."""
        if self._actions[name].isEnabled():
            return ""
        if self._view_only and name in CHANGING:
            return self._view_only.rstrip(".")
        needs, met = self._needs[name], self._met
        if met is not None and Needs.PROJECT not in met:
            needs = Needs.PROJECT
        elif met is not None and needs in (Needs.SUGGESTION, Needs.JUDGEABLE) and Needs.SUGGESTIONS not in met:
            needs = Needs.SUGGESTIONS
        return _MISSING[needs]

    def _tell(self, name: str) -> None:
        """What the tool tip says: the words and the key."""
        words, key = self._tips[name], self.key(name)
        tip = f"{words} ({key})" if key else words
        off = self._view_only if name in CHANGING else ""
        self._actions[name].setToolTip(plain_tip(f"{tip}\n{off}") if off else tip)
