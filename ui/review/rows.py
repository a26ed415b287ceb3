"""One article that may go in: as read, as corrected, and what will become of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from annotate.commands import DecidedFile, Decision, Prospect
from annotate.counted import counted
from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile
from annotate.model import Published
from ui.dialogs import published_from
from ui.review.found import Found


class Shown(Enum):
    """Which rows are looked at."""

    ALL = "All"
    LOOK = "To look at"
    NEW = "New"
    THERE = "Copies"
    REFUSED = "Cannot be read"


@dataclass(eq=False, slots=True)
class Row:
    """An article of a file, or a file that could not be read (`prospect` is None)."""

    found: Found
    prospect: Prospect | None
    draft: Draft | None
    """As corrected."""
    ticked: bool
    is_version: bool
    """Goes in as a new version of the article that it is likely one of."""
    words: int = 0
    searched: str = field(default="")

    def happens(self) -> str:
        """What the import does with it, in a few words."""
        if self.prospect is None:
            return "cannot be read"
        known = self.prospect.known
        if self.prospect.outcome == "duplicate" and not self.ticked:
            return "twice in this import" if known.article_id is None else "in the project already"
        if not self.ticked:
            return "left out"
        if self.prospect.outcome == "duplicate":
            return "a second copy"
        if self.prospect.outcome == "updated" and self.is_version:
            return f"new version of “{known.title}”"
        return "new"

    def is_in(self, shown: Shown) -> bool:
        if shown is Shown.LOOK:
            return self.wants_look()
        if shown is Shown.REFUSED:
            return self.prospect is None
        if shown is Shown.NEW:
            return self.ticked and not _updates(self)  # as `summary` counts them
        if shown is Shown.THERE:
            return self.prospect is not None and self.prospect.outcome == "duplicate"
        return True

    def wants_look(self) -> bool:
        """Whether something about it is guessed or not understood, likely another version, offered only, or told beside
        the article."""
        if self.prospect is None:
            return True
        if self.prospect.outcome == "duplicate":
            return False
        return bool(
            self.found.is_unsure
            or self.found.within
            or self.prospect.outcome == "updated"
            or self.prospect.said
            or self._undated()
        )

    def _undated(self) -> str:
        """The words of a date that no day could be made of; "" where there are none."""
        published = self.draft.published if self.draft is not None else Published()
        return (published.words or "") if published.on is None else ""

    def told(self) -> list[str]:
        """Sentences about it and about its file."""
        if isinstance(self.found.result, ImportRefused):
            return [str(self.found.result)]
        said = [f"Attached to {self.found.within}. Tick it to take it in."] if self.found.within else []
        known = self.prospect.known if self.prospect is not None else None
        if known is not None and self.prospect.outcome == "duplicate" and known.article_id is None:
            return [*said, f"The same words come in this import already, as “{known.title}”."]
        if self.prospect is not None and self.prospect.said:
            said.append(self.prospect.said)
        if self.draft is not None and not self.draft.title_confirmed:
            said.append("Its title is a guess; correct it where it is wrong.")
        if words := self._undated():
            said.append(
                f"The date “{words[:80]}” was not understood; type it as in 31 March 2026, or leave it as it is."
            )
        return [*said, *(self.found.plan.said if self.found.plan is not None else ())]

    def correct(self, name: str, words: str) -> None:
        """Set a field of the article by the name it has in Draft; a title that a person typed is confirmed."""
        if self.draft is None:
            return
        words = " ".join(words.split())
        if name == "title":
            if words and words != self.draft.title:
                self.draft = replace(self.draft, title=words, title_confirmed=True)
        elif name == "published":
            self.draft = replace(self.draft, published=published_from(words) if words else Published())
        else:
            self.draft = replace(self.draft, **{name: words or None})  # type: ignore[arg-type]
        self.searched = _searched(self.draft, self.found)


def rows_of(found: Found) -> list[Row]:
    """A row for each article of a file, or one for a file that was refused. What came in a mail is not ticked."""
    if found.plan is None or not isinstance(found.result, ImportedFile):
        return [Row(found, None, None, ticked=False, is_version=False, searched=found.name.casefold())]
    return [
        Row(
            found,
            prospect,
            prospect.draft,
            ticked=prospect.outcome != "duplicate" and not found.within,
            is_version=prospect.outcome == "updated",
            words=len(prospect.draft.text.split()),
            searched=_searched(prospect.draft, found),
        )
        for prospect in found.plan.prospects
    ]


def decided(rows: list[Row]) -> list[tuple[Found, DecidedFile]]:
    """The files of which something goes in, with what was decided, in their order."""
    made: dict[Found, list[Decision]] = {}
    for row in rows:
        if row.ticked and row.prospect is not None and row.draft is not None:
            is_version = row.prospect.outcome == "updated" and row.is_version
            decision = Decision(
                row.draft,
                updates=row.prospect.known.article_id if is_version else None,
                anyway=row.prospect.outcome == "duplicate",
            )
            made.setdefault(row.found, []).append(decision)
    return [
        (found, DecidedFile(found.result, tuple(decisions)))
        for found, decisions in made.items()
        if isinstance(found.result, ImportedFile)
    ]


def summary(rows: list[Row]) -> str:
    """What will happen, in one line."""
    new = sum(row.ticked and not _updates(row) for row in rows)
    versions = sum(row.ticked and _updates(row) for row in rows)
    copies = [row.prospect for row in rows if row.prospect and row.prospect.outcome == "duplicate" and not row.ticked]
    twice = sum(prospect.known.article_id is None for prospect in copies)
    there = len(copies) - twice
    refused = sum(row.prospect is None for row in rows)
    left = sum(row.prospect is not None and row.prospect.outcome != "duplicate" and not row.ticked for row in rows)
    said = [
        _if_any(new, "new article", "new articles"),
        _if_any(versions, "new version", "new versions"),
        _if_any(there, "there already", "there already"),
        _if_any(twice, "twice in this import", "twice in this import"),
        _if_any(left, "left out", "left out"),
        _if_any(refused, "file cannot be read", "files cannot be read"),
    ]
    return ", ".join(filter(None, said)) or "Nothing was found."


def _updates(row: Row) -> bool:
    return row.prospect is not None and row.prospect.outcome == "updated" and row.is_version


def _if_any(number: int, one: str, several: str) -> str:
    return counted(number, one, several) if number else ""


def _searched(draft: Draft, found: Found) -> str:
    return f"{draft.title}\n{draft.outlet or ''}\n{draft.author or ''}\n{found.name}".casefold()
