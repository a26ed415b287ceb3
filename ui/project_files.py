"""What the File menu does: choosing places for projects, articles and workbooks, and the dialogs around that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu

from annotate import commands
from annotate.fetching import only_addresses
from annotate.importers import SUPPORTED
from annotate.project import SUFFIX, uid_of
from annotate.references import read_reference
from ui.dialogs import NameDialog, PasteDialog, ProjectDialog
from ui.new_project_file import PROJECTS, ask_for_new_file, is_free, with_suffix
from ui.picture.pasting import pasted_picture
from ui.session import Notice
from ui.web_dialog import WebDialog

if TYPE_CHECKING:
    from ui.handing_on import ExportDialog
    from ui.window import MainWindow


class ProjectFiles(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._export: ExportDialog | None = None
        self._refused = ""
        """What was told of the opening that failed last."""

    def new(self) -> bool:
        """Ask where, and make an empty project."""
        suggested = self._window.settings.folder / f"Untitled{SUFFIX}"
        path = ask_for_new_file(self._window, "New project", suggested)
        return path is not None and self._create(path)

    def open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, "Open project", str(self._window.settings.folder), f"{PROJECTS};;All files (*)"
        )
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        notices = self._window.bars.notices
        refused, self._refused = self._refused, ""
        if self._window.session.open(path):
            self._window.settings.folder = path.parent
            if refused and notices.words == refused:  # what was told of an opening that failed before is over
                notices.dismiss()
        else:
            self._refused = notices.words

    def work_on_copy(self) -> None:
        """Ask where a copy of the project that is only looked at is to be, write it there and open that."""
        session = self._window.session
        name = session.project.path.name
        suggested = str(self._window.settings.folder / name)
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save a copy to work on", suggested, PROJECTS)
        if not chosen:
            return
        target = with_suffix(Path(chosen))
        if target.resolve() == session.project.path:
            session.tell(Notice(f"{name} itself cannot be written over. Choose another folder or name.", trouble=True))
        elif session.copy_project(target):
            self.open_path(target)

    def follow(self, link: str) -> None:
        """Show what a link of a workbook leads to, in the project opened lately that it names."""
        reference = read_reference(link)
        if reference is None:
            self._window.session.tell(Notice(f"“{link[:80]}” is not a link into a project."))
            return
        session = self._window.session
        if not session.has_project or reference.project not in (None, session.read.project_info().uid):
            named = (path for path in self._window.settings.recent if uid_of(path) == reference.project)
            if (path := next(named, None)) is not None:
                self.open_path(path)
        if session.has_project:
            session.go_to(reference)
            return
        words = f"The project of {reference} was not opened here lately. Open it, press Ctrl+K and type {reference}."
        session.tell(Notice(words, trouble=True))

    def sample(self) -> None:
        """Open the built-in sample project, made in the documents folder the first time."""
        from annotate.sample import create_sample

        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        path = folder / f"Provenote sample{SUFFIX}"
        if path.exists():
            self.open_path(path)
            return
        folder.mkdir(parents=True, exist_ok=True)
        if self._window.session.create(path, "Flood at Harrow Mills"):
            self._window.session.run(create_sample)
            first = self._window.session.read.articles()[:1]
            if first:
                self._window.session.choose_article(first[0].id)

    def choose_articles(self) -> None:
        endings = " ".join(f"*{ending}" for ending in sorted(SUPPORTED))
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            "Import articles",
            str(self._window.settings.folder),
            f"Articles ({endings});;All files (*)",
            options=QFileDialog.Option.HideNameFilterDetails,  # forty endings in one line say nothing
        )
        self._import([Path(name) for name in chosen])

    def choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, "Import a folder", str(self._window.settings.folder))
        self._import([Path(chosen)] if chosen else [])

    def choose_project_of_other_tool(self) -> None:
        """Ask for a file of another tool, or an archive of a project, and take it in."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            "Take in another tool’s project",
            str(self._window.settings.folder),
            _other_tools(),
            options=QFileDialog.Option.HideNameFilterDetails,
        )
        if chosen:
            self._window.settings.folder = Path(chosen).parent
            self.take_in_other_tool(Path(chosen))

    def take_in_other_tool(self, path: Path) -> None:
        """Take in what another tool's file holds; of an archive, ask where its project is to be kept."""
        from annotate.exchange.archive import is_archive_file

        if not is_archive_file(path):
            if self._window.session.has_project or self.new():
                self._window.taking_in.take(path)
            return
        target = ask_for_new_file(self._window, "The project that the archive becomes", path.with_suffix(SUFFIX))
        if target is not None and is_free(
            target, self._window.session, "Choose again", lambda: self.take_in_other_tool(path)
        ):
            self._window.taking_in.make_project(path, target, self.open_path)

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Import dropped files; without a project, ask where to keep one first. One file of another tool, or one claims
        list, is taken in as such."""
        from annotate.exchange.archive import is_archive_file
        from annotate.exchange.coming_in import tool_of
        from annotate.exchange.hand_kept import is_claims_list

        if len(paths) == 1 and (tool_of(paths[0]) is not None or is_archive_file(paths[0])):
            self.take_in_other_tool(paths[0])
            return
        if not (self._window.session.has_project or self.new()):
            return
        if len(paths) == 1 and is_claims_list(paths[0]):
            self._window.settings.folder = paths[0].parent
            self._window.claims_lists.take(paths[0])
        else:
            self._import(paths)

    def paste(self) -> None:
        """Take in an article from the clipboard; a list of web addresses there is offered to be fetched."""
        clipboard = QGuiApplication.clipboard()
        text = clipboard.text()
        if not text.strip() and not (picture := clipboard.image()).isNull():
            self._window.importing.take_imported([pasted_picture(picture, datetime.now())])
            return
        if addresses := only_addresses(text):
            self.fetch(addresses)
            return
        dialog = PasteDialog(text, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        if addresses := only_addresses(dialog.words()):
            self.fetch(addresses)
        else:
            self._window.importing.take_text(dialog.words(), **dialog.known())

    def fetch(self, addresses: Sequence[str] = ()) -> None:
        """Ask which web addresses to fetch, and import what stood there."""
        if self._window.importing.busy:
            self._window.session.tell(Notice("An import is running. Fetch from the web once it has ended."))
            return
        dialog = WebDialog(addresses, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._window.importing.take_imported(dialog.files))
        dialog.open()

    def take_dropped_addresses(self, addresses: Sequence[str]) -> None:
        """Offer to fetch dropped links; without a project, ask where to keep one first."""
        if self._window.session.has_project or self.new():
            self.fetch(addresses)

    def export(self) -> None:
        """Ask as what, which part and for whom; the dialog stays open beside the window until that is decided."""
        from ui.handing_on import ExportDialog

        window = self._window
        window.inspector.commit_pending()
        if self._export is not None:
            self._export.raise_()
            self._export.activateWindow()
            return
        dialog = ExportDialog(window.session, window.settings, window.articles.chosen_ids(), window)
        dialog.ordered.connect(window.exporting.write)
        dialog.destroyed.connect(self._export_closed)
        self._export = dialog
        dialog.show()

    def _export_closed(self) -> None:
        self._export = None

    def take_in_list(self) -> None:
        """Ask for the claims list that was kept by hand, and what its columns hold."""
        from annotate.exchange.hand_kept import ENDINGS

        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        folder = str(self._window.settings.folder)
        kinds = f"Spreadsheets and csv ({endings});;All files (*)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Take in a claims list", folder, kinds)
        if chosen:
            self._window.settings.folder = Path(chosen).parent
            self._window.claims_lists.take(Path(chosen))

    def read_back(self) -> None:
        """Ask for a workbook that was exported and edited since, and show what differs."""
        self._window.inspector.commit_pending()
        folder = self._window.session.project.path.parent
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Read back", str(folder), "Excel workbooks (*.xlsx)")
        if chosen:
            self._window.reading_back.read(Path(chosen))

    def backups(self) -> None:
        """Show the backups of the open project, and what was changed since each."""
        from ui.backups.dialog import BackupsDialog

        self._window.inspector.commit_pending()
        BackupsDialog(self._window.session, self._window.keeping, self._window).open()

    def details(self) -> None:
        session = self._window.session
        dialog = ProjectDialog(session.read.project_info(), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            session.run(commands.edit_project, **dialog.columns())

    def ask_name(self) -> None:
        dialog = NameDialog(self._window.session.analyst, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.name.text().strip():
            self.take_name(dialog.name.text().strip())

    def take_name(self, name: str) -> None:
        """Sign marks with this name from now on."""
        self._window.settings.analyst = name
        self._window.session.become(name)

    def recent_menu(self, menu: QMenu, before: QAction) -> QMenu:
        """A menu of recent projects, filled when it opens."""
        recent = QMenu("Open recent", menu)
        recent.aboutToShow.connect(lambda: self._fill(recent))
        menu.insertMenu(before, recent)
        return recent

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for path in self._window.settings.recent:
            action = menu.addAction(path.stem.replace("&", "&&"), lambda path=path: self.open_path(path))
            action.setToolTip(str(path))
        if menu.isEmpty():
            menu.addAction("No projects yet").setEnabled(False)

    def _create(self, path: Path) -> bool:
        if not is_free(path, self._window.session, "Open it", lambda: self.open_path(path)):
            return False
        self._window.settings.folder = path.parent
        return self._window.session.create(path)

    def _import(self, paths: Sequence[Path]) -> None:
        if paths:
            self._window.settings.folder = paths[0].parent
            self._window.importing.take_files(paths)


def _other_tools() -> str:
    """The filter of a file dialog for everything that is taken in besides articles."""
    from annotate.exchange.coming_in import Tool

    kinds = [*((tool.label, tool.endings) for tool in Tool), ("Archive of Provenote", (".json",))]
    every = dict.fromkeys(ending for _label, endings in kinds for ending in endings)
    filters = [("Projects of other tools", every), *kinds]
    named = [f"{label} ({' '.join(f'*{ending}' for ending in endings)})" for label, endings in filters]
    return ";;".join((*named, "All files (*)"))
