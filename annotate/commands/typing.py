"""What a picture says, typed by a person: a text of the article like any other, with marks that are carried over."""

from __future__ import annotations

from annotate.canonical import canonical
from annotate.commands.annotations import find_article
from annotate.commands.updating import Updated, update_within
from annotate.errors import NotAllowed
from annotate.importers.draft import Draft, ImportedFile
from annotate.importers.picture import FORMAT as PICTURE
from annotate.project import Project

IMPORTER = "typed"
"""Under this name the texts of a picture stand that a person typed."""


def type_text(project: Project, article_id: int, text: str) -> Updated:
    """Make the words that a person reads in a picture the article's text, its next version, in one step.

    Marks are carried over as by an update. Raises NotAllowed for articles that are no picture, since the words of all
    others are evidence as they came in, and for one in the bin.
    """
    article = find_article(project, article_id)
    if article.deleted:
        raise NotAllowed(f"“{article.title}” lies in the bin. Restore it first, then type its text.")
    texts = project.read.texts(article_id)
    file = None if article.file_id is None else project.read.file(article.file_id)
    if texts[0].importer != PICTURE.name or file is None:
        raise NotAllowed(f"The words of “{article.title}” are kept as they came in; only a picture's are typed.")
    words = canonical(text).text
    if project.read.body(article.text_id) == words:
        return Updated(article_id, article.text_id, is_new=False)
    draft = Draft(words, article.title, article.title_confirmed, place_in_file=article.place_in_file)
    typed = ImportedFile(file.name, b"", file.sha256, IMPORTER, "1", (draft,))
    with project.change(f"Type the text of “{article.title[:40]}”") as transaction:
        return update_within(project, transaction, article, draft, typed, file.id)
