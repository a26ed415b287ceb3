"""What the properties of a document say of it, and when they are not to be believed.

Programs fill in properties by themselves: the title of the template, the name of the file, of the program or of
whoever is logged in. None of that was stated by an author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotate.importers.one_line import one_line
from annotate.importers.release_lines import is_release

_JUNK_TITLE = re.compile(
    r"(?i)(microsoft (word|powerpoint|excel)\b.*|(new )?document ?\d*|untitled.*|\(?anonymous\)?|title|word document"
    r"|(powerpoint )?presentation ?\d*|(layout|slide|binder|book|scan) ?\d*|[\d\W_]+|[^\s_\\/]*+[_\\/]\S*+"
    r"|.*\.(docx?|rtf|pdf|dotx?|od[tm]|indd|qxp|qxd|pptx?|xlsx?|tex|dvi|ps|eps|html?|txt|tiff?|jpe?g))"
)
_JUNK_AUTHORS = {
    *("python-docx", "author", "user", "admin", "administrator", "owner", "unknown", "root", "scanner"),
    *("microsoft office user", "windows user", "default user", "(anonymous)", "anonymous"),
}
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def title_in_properties(stated: str, shown: Iterable[str]) -> tuple[str, bool]:
    """The title that properties state ("" for none or junk), and whether one of the first lines shown is that title.

    It is often that of a template or of an older document, so it counts as stated only where the text shows it too.
    """
    title = one_line(stated) or ""
    if _JUNK_TITLE.fullmatch(title) or is_release(title):
        return "", False
    return title, bool(title) and title in map(one_line, shown)


def author_in_properties(stated: str) -> str | None:
    author = one_line(stated)
    return author if author and author.lower() not in _JUNK_AUTHORS else None


def language_in_properties(stated: str) -> str | None:
    """A BCP 47 tag; None for what is none."""
    language = stated.strip()
    return language if _LANGUAGE_TAG.fullmatch(language) else None
