"""What holds for whatever is read: articles that a project and a workbook can keep, or one plain sentence."""

from __future__ import annotations

import re

from annotate.canonical import canonical, is_canonical
from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, read_bytes
from annotate.importers.one_line import is_one_line

_ILLEGAL_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPOKEN_BY_PARSERS = re.compile(
    r"\w(?:Error|Exception|Warning)\b|Errno|Traceback|NoneType|0x[0-9a-f]|\bcodec\b|<\w+ object|\bline \d+, column"
    r"|\bbytes-like\b|\bsubscriptable\b|\bxmlns\b|\bURI\b|\bnull\b|\bpanic"
)
_LONGEST_SENTENCE = 600


def ending(data: bytes, name: str) -> ImportedFile | str:
    """The file as read, or the sentence; anything else than these is raised."""
    try:
        found = read_bytes(data, name)
    except ImportRefused as refused:
        assert_plain(str(refused), name)
        return str(refused)
    assert_keepable(found)
    return found


def assert_plain(sentence: str, name: str) -> None:
    """One line that names the file and says nothing that only a parser would."""
    assert sentence.startswith(f"{name} "), sentence
    assert sentence.endswith("."), sentence
    assert len(sentence) <= len(name) + _LONGEST_SENTENCE, sentence
    assert len(sentence.splitlines()) == 1, sentence
    assert not _SPOKEN_BY_PARSERS.search(sentence.removeprefix(name)), sentence


def assert_keepable(found: ImportedFile) -> None:
    assert found.articles
    for draft in found.articles:
        assert draft.text.strip() or found.importer == "picture"
        assert is_canonical(draft.text)
        assert canonical(draft.text).text == draft.text
        assert not _ILLEGAL_IN_XML.search(draft.text)
        _assert_stretches(draft)
        names = (draft.title, draft.outlet, draft.author, draft.language, draft.place_in_file, draft.published.words)
        assert draft.title
        assert all(is_one_line(words) for words in names if words is not None), names
        assert draft.url is None or not _ILLEGAL_IN_XML.search(draft.url)
    for warning in found.warnings:
        assert len(warning.splitlines()) == 1, warning
        assert is_canonical(warning), warning
    for attachment in found.attachments:
        assert is_one_line(attachment.name)
        assert attachment.name


def _assert_stretches(draft: Draft) -> None:
    length = len(draft.text)
    assert all(0 <= part.start < part.end <= length for part in draft.parts)
    assert all(0 <= start <= length for start in draft.pages)
    assert list(draft.pages) == sorted(draft.pages)
