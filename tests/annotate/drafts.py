"""Articles for tests of the core, taken into a project without a file on disk, and places of words in them."""

import hashlib
from pathlib import Path

from annotate.commands import import_file
from annotate.importers.draft import Draft, DraftPart, ImportedFile
from annotate.model import Article, Span
from annotate.project import Project
from annotate.vocabulary import PartRole

FLOOD = (
    "Flood 🌊 in the upper valley\n\n"
    "🇵🇸🇸🇾 قال الدفاع المدني إن المياه تواصل الارتفاع.\n\n"
    "At least 900 people left their homes on Monday, the regional civil defence said. "
    "“Nobody told us,” said Zoe\u0301 Nu\u0308rsen, a baker, “that the dam was weak.”\u2028"
    "The road to Alt-Moor was closed.\n\n"
    "A witness told the Harbour Post that dozens of houses 🏚️ stood empty.\n"
)
BOATS = (
    "“We counted 40 or 50 boats,” the harbour master told reporters. قال شاهد إن عشرات القوارب غرقت.\n\nUp to 30% of "
    "the fleet, worth €2.5 million, is gone, according to the fishers' union."
)


def imported(text: str, name: str = "flood.txt", *, data: bytes | None = None, **metadata: object) -> ImportedFile:
    """A file with one article; its bytes are the text's unless given."""
    content = text.encode("utf-8") if data is None else data
    first_line = text.partition("\n")[0]
    draft = Draft(
        text=text,
        title=str(metadata.pop("title", first_line)),
        title_confirmed=False,
        parts=(DraftPart(PartRole.HEADLINE, 0, len(first_line)), DraftPart(PartRole.BODY, len(first_line), len(text))),
        **metadata,  # type: ignore[arg-type]
    )
    return ImportedFile(name, content, hashlib.sha256(content).hexdigest(), "text", "1", (draft,))


def take_in(project: Project, text: str = FLOOD, name: str = "flood.txt", **metadata: object) -> Article:
    """Import a text as an article of its own."""
    taken = import_file(project, imported(text, name, **metadata))
    article = project.read.article(taken.articles[0].article_id)
    assert article is not None
    return article


def span_of(project: Project, article: Article, words: str) -> Span:
    """Where words stand first in an article, in code points."""
    start = project.read.body(article.text_id).index(words)
    return Span(start, start + len(words))


def tables_of(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Every journalled row as SQLite holds it, without revisions: they only grow, also when a step is undone."""
    from annotate.store.schema import JOURNALLED

    found = {}
    for name, table in JOURNALLED.items():
        columns = ", ".join(f'"{column.name}"' for column in table.c if column.name != "revision")
        rows = project.read.connection.exec_driver_sql(f"SELECT {columns} FROM {name} ORDER BY id").fetchall()
        found[name] = [tuple(row) for row in rows]
    return found


def revisions_of(project: Project) -> dict[tuple[str, int], int]:
    """The revision of every journalled row."""
    from annotate.store.schema import JOURNALLED

    return {
        (name, row[0]): row[1]
        for name in JOURNALLED
        for row in project.read.connection.exec_driver_sql(f"SELECT id, revision FROM {name}")
    }


def files_beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())
