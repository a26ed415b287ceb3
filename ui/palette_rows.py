"""What the command palette offers besides the declared actions: panels, tags, projects of late, articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotate.model import Tag
from annotate.references import read_reference
from ui.bylines import byline, joined
from ui.keys import Keys
from ui.panel import Panel
from ui.session import Session


@dataclass(frozen=True)
class Row:
    """One thing to run or to go to: an action, a panel, a tag, a project or an article."""

    target: str | int | Path
    """Name of an action or panel, id of an article, path of a project; of a tag, `tag` and its id."""
    label: str
    place: str
    """Its menu, or what it is."""
    run: Callable[[], object]
    detail: str = ""
    """Why it cannot be used now; of an article, its outlet and date."""
    key: str = ""
    more: str = ""
    """Words that also find it."""
    enabled: bool = True


def panel_rows(panels: Mapping[str, Panel]) -> Iterator[Row]:
    """Each panel, to be shown or hidden."""
    for name, panel in panels.items():
        action = panel.toggleViewAction()
        enabled = action.isEnabled()
        detail = ("shown" if action.isChecked() else "hidden") if enabled else "open a project first"
        yield Row(f"{name}_panel", action.text(), "View", action.trigger, detail, "", "show hide close", enabled)


def tag_rows(session: Session, tags: Iterable[Tag], put: Callable[[Tag], None], keys: Keys) -> Iterator[Row]:
    """Each tag, to be put on the selected mark or taken off it."""
    annotation = session.annotation if session.has_project else None
    on = annotation.tag_ids if annotation is not None else ()
    for tag in tags:
        detail = "on the selected mark" if tag.id in on else "" if annotation is not None else "select a mark first"
        detail = session.view_only.rstrip(".") or detail
        usable = annotation is not None and not session.view_only
        key = tag.key if tag.key and not keys.user_of(tag.key) else ""
        label = f"Take off tag: {tag.name}" if tag.id in on else f"Tag: {tag.name}"
        yield Row(f"tag {tag.id}", label, "Tag", partial(put, tag), detail, key, tag.meaning, usable)


def project_rows(session: Session, recent: Iterable[Path], open_path: Callable[[Path], None]) -> Iterator[Row]:
    """Each project opened lately but the one that is open."""
    here = session.project.path if session.has_project else None
    for path in recent:
        if path != here:
            yield Row(path, path.stem, "Project", partial(open_path, path), str(path.parent), more="open recent")


def reference_rows(session: Session, typed: str) -> Iterator[Row]:
    """What an ID or a link that is typed leads to: c4, C-0004, A-0003, SRC-014, provenote://…"""
    reference = read_reference(typed)
    if reference is not None and session.has_project:
        yield Row(f"reference {reference}", f"Go to {reference}", "ID", partial(session.go_to, reference))


def words_row(session: Session, typed: str, look_for: Callable[[str], object], keys: Keys) -> Iterator[Row]:
    """To look for what is typed in the texts of all articles."""
    words = " ".join(typed.split())
    if len(words) > 1 and session.has_project:
        key = keys.shown("find_everywhere")
        yield Row("find_everywhere", f"Find “{words}” in all articles", "Edit", partial(look_for, words), key=key)


def article_rows(session: Session) -> Iterator[Row]:
    """Each article of the project that is not in the bin."""
    for article in session.read.articles() if session.has_project else ():
        title = " ".join(article.title.split())
        go = partial(session.choose_article, article.id)
        yield Row(article.id, title, "Article", go, byline(article), more=joined(article.outlet, article.author))
