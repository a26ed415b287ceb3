"""What there is to say when a project was opened: how it was left, where it lies, what lies beside it."""

from __future__ import annotations

from annotate.project import Project
from annotate.store.places import conflict_copies, conflict_words, warning
from ui.session import Notice
from ui.settings import Settings


def opening_notice(project: Project, settings: Settings) -> Notice | None:
    """One notice with all of it; None where there is nothing to say. The warning about a place is given once."""
    left = project.after_crash
    beside = conflict_words(project.path, conflict_copies(project.path, project.place))
    place = warning(project.path.name, project.place)
    if place and not project.view_only and not settings.was_warned(project.path, place):
        settings.note_warning(project.path, place)
    else:
        place = ""
    words = "\n".join(filter(None, (left, place, beside)))
    return Notice(words, trouble=bool(place or beside)) if words else None
