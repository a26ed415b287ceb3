"""schema.org statements of a web page (JSON-LD): its article, and the names of the people and outlets it points to."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

_ARTICLE_TYPES = re.compile(r"\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review")
_DEEPEST_REFERENCE = 3
"""References to references that are followed; a graph may lead back to itself."""


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """The first article that a page states; empty where it states none."""

    stated: dict[str, Any]
    nodes: dict[str, dict[str, Any]]
    """What a page says of people, outlets and pages, by the identifier that an article points to."""

    def words(self, name: str) -> str | None:
        """What the article states under a name, if that is words; sites escape them as if they were markup."""
        return _words(self.stated.get(name))

    def names(self, name: str) -> list[str]:
        """Names of persons or organisations: strings, objects with a name, references to such, or lists of these."""
        return list(dict.fromkeys(self._names(self.stated.get(name), _DEEPEST_REFERENCE)))

    def _names(self, value: Any, depth: int) -> Iterator[str]:
        for entry in _listed(value):
            if isinstance(entry, dict):
                named = [words for words in map(_words, _listed(entry.get("name"))) if words]
                reference = entry.get("@id")
                if not named and depth and isinstance(reference, str) and reference in self.nodes:
                    yield from self._names(self.nodes[reference], depth - 1)
            else:
                named = [words for words in (_words(entry),) if words]
            yield from (words for words in named if "://" not in words)


def linked_article(page: Any) -> LinkedArticle:
    """The first article in the JSON-LD of an lxml page, however deep it lies."""
    article: dict[str, Any] = {}
    nodes: dict[str, dict[str, Any]] = {}
    for node in _nodes(page):
        types = _listed(node.get("@type"))
        if not article and any(isinstance(type_, str) and _ARTICLE_TYPES.fullmatch(type_) for type_ in types):
            article = node
        reference = node.get("@id")
        if isinstance(reference, str) and node.get("name"):
            nodes.setdefault(reference, node)
    return LinkedArticle(article, nodes)


def _nodes(page: Any) -> Iterator[dict[str, Any]]:
    """All objects in the page's JSON-LD, outer ones first."""
    for script in page.xpath('//script[contains(@type, "ld+json")]'):
        try:
            waiting: deque[Any] = deque([json.loads(script.text or "", strict=False)])
        except (ValueError, RecursionError):
            continue  # Sites do write broken JSON; the meta elements are still there.
        while waiting:
            node = waiting.popleft()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                yield node
                waiting += [value for value in node.values() if isinstance(value, dict | list)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _words(value: Any) -> str | None:
    return (" ".join(unescape(value).split()) or None) if isinstance(value, str) else None
