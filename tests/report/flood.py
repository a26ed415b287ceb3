"""A small article about a flood, and how it is marked: what the tests of the report work on."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from annotate import commands
from annotate.canonical import canonical
from annotate.importers.draft import Draft, ImportedFile
from annotate.model import Span
from annotate.project import Project
from annotate.vocabulary import Kind

FLOOD = """Water over the old town 🌊🇺🇦

At least 3,200 people left the old town on Tuesday, mayor Ines Duarte said. قال شهود إن السد انهار before dawn.

"The dam held all night," the Water Board said in a statement to Harbour Radio, "and nobody was warned too late."

Repairs will cost between $4.5 million and $6 million. A third of the homes have no power.
"""


@dataclass
class Flood:
    """The open project, and the ids of what is in it."""

    project: Project
    article_id: int
    ids: dict[str, int] = field(default_factory=dict)

    def span(self, words: str) -> Span:
        article = self.project.read.article(self.article_id)
        assert article is not None
        start = self.project.read.body(article.text_id).index(words)
        return Span(start, start + len(words))

    def mark(self, name: str, kind: Kind, *words: str) -> int:
        spans = [self.span(part) for part in words]
        self.ids[name] = commands.mark(self.project, self.article_id, kind, spans)
        return self.ids[name]


def take_in(project: Project, name: str, text: str, **known: Any) -> int:
    data = text.encode()
    draft = Draft(canonical(text).text, **{"title": name, "title_confirmed": True} | known)
    imported = ImportedFile(name, data, hashlib.sha256(data).hexdigest(), "plain text", "1", (draft,))
    return commands.import_file(project, imported).articles[0].article_id


def column(sheet: Any, heading: str) -> list[Any]:
    """The cells below a heading."""
    place = [cell.value for cell in sheet[1]].index(heading)
    return [row[place] for row in sheet.iter_rows(min_row=2)]


def values(sheet: Any, heading: str) -> list[Any]:
    return [cell.value for cell in column(sheet, heading)]
