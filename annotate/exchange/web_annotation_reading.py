"""W3C Web Annotations as a project takes them in: what this program wrote, and what other tools write.

Why it exists: a file of ours comes back as it went out, also where another tool has changed notes and tags in it or
added annotations. Other tools' files hardly ever hold the texts they are about. There the words that are quoted become
the text of an article with the page's address; updating that from the web finds the marks in the whole text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID, uuid5

from annotate.anchoring import GAP
from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.exchange.incoming import (
    Incoming,
    IncomingAnnotation,
    IncomingArticle,
    IncomingAttribution,
    IncomingCheck,
    IncomingEvent,
    IncomingLink,
    IncomingSource,
    IncomingTag,
)
from annotate.exchange.json_text import read_json
from annotate.exchange.outgoing import TOOL
from annotate.exchange.plain_records import NotReadable, from_plain
from annotate.exchange.quoted_articles import QuotedArticle, article_of
from annotate.exchange.quotes import QuotedText
from annotate.exchange.web_annotation_items import Body, Item, Target, listing_of
from annotate.exchange.web_annotations import FORMAT, OF_THE_MODEL, PROJECT, RECORD, UID
from annotate.importers.one_line import with_names_on_one_line
from annotate.model import RECORD_TYPES, Span
from annotate.vocabulary import Kind

_FOREIGN = UUID("0b0a6f5e-6f0e-5c0b-9f5e-7f1d5f3f7c2e")
"""What uids of marks are made in that come with none of their own."""

_KINDS = {kind.value: kind for kind in Kind}
_SAID = {
    "broken": ("half of a character is", "halves of characters are", "shown as �"),
    "loose": ("tie leads", "ties lead", "to nothing in the file; left out"),
    "split": ("annotation is", "annotations are", "about several texts; each text has a mark of its own"),
    "unsure": ("quote stands", "quotes stand", "in its text more than once, and nothing says where; look at the place"),
    "lost": ("mark has", "marks have", "words that are not in the text; what is not there has no place"),
    "unread": ("selector of a kind that is not text was", "selectors of kinds that are not text were", "left out"),
    "whole": ("annotation is", "annotations are", "about a whole page; the words are in the article's note"),
    "placeless": (
        "annotation gives",
        "annotations give",
        "a place without words in a text that the file does not hold; comments are in the article's note",
    ),
    "unanswered": ("answer is", "answers are", "to something that the file does not hold; left out"),
    "strange": ("value is", "values are", "no annotation; left out"),
    "elsewhere": ("page of annotations lies", "pages of annotations lie", "at another address and not in the file"),
}
T = TypeVar("T")


def read_web_annotations(name: str, data: bytes) -> Incoming:
    """What a file of Web Annotations holds: a collection, a page, a list or one annotation, or an export of Hypothesis.

    Raises ImportRefused with one sentence where it cannot be read or holds no annotation.
    """
    value, replaced = read_json(name, data)
    try:
        return _Reading(name, value, replaced).result()
    except NotReadable as error:
        raise ImportRefused(f"{name} is damaged: {error}.") from error


class _Reading:
    """One file on its way in; addresses are what targets name a text by."""

    def __init__(self, name: str, value: Any, replaced: int) -> None:
        self._name = name
        held = value.get(PROJECT) if isinstance(value, dict) else None
        self._held: dict[str, Any] = held if isinstance(held, dict) else {}
        self._check_format()
        listing = listing_of(value, RECORD)
        self._items = listing.items
        self._counted = Counter(broken=replaced, strange=listing.strange, elsewhere=listing.elsewhere)
        self._uids: set[UUID] = set()
        self._keys: dict[str, str] = {}
        """Keys of marks by the ids of their annotations."""
        self._tags = {tag.key: tag for tag in self._records("tags", IncomingTag)}
        self._tag_keys = {f"{UID}{key}": key for key in self._tags}
        self._articles: dict[str, IncomingArticle] = {}
        self._texts: dict[str, QuotedText] = {}
        self._quoted: dict[str, QuotedArticle] = {}
        for one in self._list("articles"):
            self._keep_article(one)

    def result(self) -> Incoming:
        ids = {item.id for item in self._items if item.id}
        answers = []
        marks: dict[str, IncomingAnnotation] = {}
        for number, item in enumerate(self._items, start=1):
            if item.answers or any(target.source in ids for target in item.targets):
                answers.append(item)
            else:
                self._add_marks(marks, item, number)
        self._add_answers(marks, answers)
        for quoted in self._quoted.values():
            quoted.lay_out()
        annotations = [self._on_quoted(mark) for mark in marks.values()]
        made = [quoted.as_article() for quoted in self._quoted.values() if not quoted.is_empty]
        articles = [*{article.key: article for article in self._articles.values()}.values(), *made]
        if not articles:
            raise ImportRefused(f"{self._name} holds no annotations of texts.")
        sources = self._records("sources", IncomingSource)
        known = {source.key for source in sources}
        return Incoming(
            name=self._name,
            tool=TOOL if self._held else "Web Annotations",
            articles=articles,
            tags=list(self._tags.values()),
            events=self._records("events", IncomingEvent),
            sources=sources,
            annotations=annotations,
            attributions=self._tied("attributions", IncomingAttribution, annotation=marks.keys(), source=known),
            links=self._tied("links", IncomingLink, from_key=marks.keys(), to_key=marks.keys()),
            checks=self._tied("checks", IncomingCheck, annotation=marks.keys()),
            said=self._sentences(len(made)),
            note=_text(self._held.get("note")),
        )

    def _check_format(self) -> None:
        written = self._held.get("format", FORMAT)
        if not isinstance(written, int):
            raise NotReadable("the number of its format is none")
        if written > FORMAT:
            raise ImportRefused(f"{self._name} was written by a newer Provenote. Update the program to read it.")

    # What this program keeps beside the annotations

    def _list(self, name: str) -> list[Any]:
        held = self._held.get(name, [])
        if not isinstance(held, list):
            raise NotReadable(f"“{name}” is no list")
        return held

    def _records(self, name: str, kind: type[T]) -> list[T]:
        return [from_plain(kind, one, key=_uid_in(one)) for one in self._list(name)]

    def _tied(self, name: str, kind: type[T], **ends: Any) -> list[T]:
        """Records that tie others together; those that lead to nothing in the file are counted."""
        found = [from_plain(kind, one) for one in self._list(name)]
        kept = [one for one in found if all(getattr(one, end) in keys for end, keys in ends.items())]
        self._counted["loose"] += len(found) - len(kept)
        return kept

    def _keep_article(self, one: Any) -> None:
        article = from_plain(IncomingArticle, one, key=_uid_in(one), data=b"")
        text = QuotedText(article.draft.text)
        size = len(text.text)
        draft = replace(
            with_names_on_one_line(article.draft, self._name),
            text=text.text,
            parts=tuple(part for part in article.draft.parts if 0 <= part.start < part.end <= size),
            pages=tuple(page for page in article.draft.pages if 0 <= page <= size),
        )
        article = replace(article, draft=draft, data=draft.text.encode("utf-8"))
        for address in (f"{UID}{article.key}", draft.url):
            if address:
                self._articles.setdefault(address, article)
                self._texts.setdefault(address, text)

    # Annotations, one by one

    def _add_marks(self, marks: dict[str, IncomingAnnotation], item: Item, number: int) -> None:
        """Make a mark for each text that the annotation has targets in."""
        targets: dict[str, list[Target]] = defaultdict(list)
        for target in item.targets:
            targets[target.source].append(target)
        key = item.id.removeprefix(UID) if item.own is not None else item.id
        if not key or key in marks:
            key = f"{key}#{number}"
        before = len(marks)
        for place, (source, there) in enumerate(targets.items()):
            mark = self._mark(item, f"{key}.{place}" if place else key, source, there)
            if mark is not None:
                self._keys.setdefault(item.id or mark.key, mark.key)
                marks[mark.key] = mark
        self._counted["split"] += len(marks) > before + 1

    def _mark(self, item: Item, key: str, source: str, targets: list[Target]) -> IncomingAnnotation | None:
        kind, tags, note = self._said_by(item.bodies, ours=item.own is not None)
        mark = IncomingAnnotation(
            key=key,
            article=source,
            kind=kind,
            spans=(),
            tags=tags,
            note=note,
            analyst=item.creator,
            created_at=item.created,
            changed_at=item.modified or item.created,
            uid=self._new_uid(item, source, targets),
        )
        if item.own is not None:
            mark = _with_record(mark, item.own)
        self._counted["unread"] += sum(target.unread for target in targets)
        embedded = next((target.text for target in targets if target.text), None)
        if embedded is not None and source not in self._texts:
            self._texts[source] = QuotedText(embedded)
            self._articles[source] = article_of(source, self._name, self._texts[source].text, title=item.title)
        if source in self._texts:
            return self._placed(mark, targets)
        return self._quoting(mark, item, targets)

    def _said_by(self, bodies: tuple[Body, ...], *, ours: bool) -> tuple[Kind, tuple[str, ...], str]:
        """Kind, keys of tags and note, as the bodies have them."""
        kind = Kind.CLAIM
        tags: dict[str, None] = {}
        notes = []
        for body in bodies:
            is_tag = body.purpose in ("tagging", "classifying")
            named = _KINDS.get(body.value.strip().casefold()) if body.id not in self._tag_keys else None
            if is_tag and named is not None:
                kind = named
            elif is_tag:
                tags.update(dict.fromkeys(self._tag(body)))
            elif body.purpose != "describing" or not ours:  # ours says there what the record says too
                notes.append(body.value)
        return kind, tuple(tags), "\n".join(notes)

    def _tag(self, body: Body) -> list[str]:
        if body.id in self._tag_keys:
            return [self._tag_keys[body.id]]
        name = " ".join(canonical(body.value).text.split())
        if name and f"tag {name}" not in self._tags:
            self._tags[f"tag {name}"] = IncomingTag(f"tag {name}", name)
        return [f"tag {name}"] if name else []

    def _new_uid(self, item: Item, source: str, targets: list[Target]) -> UUID:
        """The uid that an id states; of another one, or the second time, one made from all that tells the mark from
        others, so that the same file taken in again doubles nothing."""
        uid = _uid_of(item.id)
        if uid is None or uid in self._uids:
            quotes = [quote for target in targets for quote in target.quotes]
            said = (item.id, item.creator, item.created, source, *quotes, *(body.value for body in item.bodies))
            uid = uuid5(_FOREIGN, "\n".join(map(repr, said)))
        while uid in self._uids:
            uid = uuid5(_FOREIGN, str(uid))
        self._uids.add(uid)
        return uid

    def _placed(self, mark: IncomingAnnotation, targets: list[Target]) -> IncomingAnnotation:
        """The mark where its quotes stand in a text that the file holds."""
        text = self._texts[mark.article]
        spans: set[Span] = set()
        lost = []
        for quote in (quote for target in targets for quote in target.quotes):
            found = text.find(quote)
            if found is None:
                lost.append(canonical(quote.exact or "").text)
            else:
                spans.add(found.span)
                self._counted["unsure"] += not found.sure
        self._counted["lost"] += bool(lost)
        in_order = tuple(sorted(spans, key=lambda span: (span.start, span.end)))
        words = "" if spans else mark.words or GAP.join(filter(None, lost))
        return replace(mark, article=self._articles[mark.article].key, spans=in_order, words=words)

    def _quoting(self, mark: IncomingAnnotation, item: Item, targets: list[Target]) -> IncomingAnnotation | None:
        """The mark on a text that the file does not hold; one that quotes nothing is said in the article's note."""
        quoted = self._quoted.setdefault(mark.article, QuotedArticle(mark.article, self._name))
        quoted.title = quoted.title or item.title
        quotes = [quote for target in targets for quote in target.quotes]
        if quoted.add(mark.key, quotes):
            return mark
        if mark.note:
            place = f"Characters {quotes[0].start} to {quotes[0].end}: " if quotes else ""
            quoted.notes.append(f"{place}{mark.note}")
        if mark.note or quotes:
            self._counted["placeless" if quotes else "whole"] += 1
        return None

    def _on_quoted(self, mark: IncomingAnnotation) -> IncomingAnnotation:
        quoted = self._quoted.get(mark.article)
        return mark if quoted is None else replace(mark, article=quoted.key, spans=quoted.spans_of(mark.key))

    def _add_answers(self, marks: dict[str, IncomingAnnotation], answers: list[Item]) -> None:
        """Put answers to an annotation into its note, each with the name of who wrote it."""
        above = {item.id: item.answers or (item.targets[0].source if item.targets else "") for item in answers}
        for item in answers:
            root, steps = above[item.id], 0
            while root in above and steps < len(above):
                root, steps = above[root], steps + 1
            mark = marks.get(self._keys.get(root, ""))
            if mark is None:
                self._counted["unanswered"] += 1
                continue
            _, _, words = self._said_by(item.bodies, ours=False)
            said = f"{item.creator}: {words}" if item.creator else words
            marks[mark.key] = replace(mark, note=f"{mark.note}\n{said}".strip("\n"))

    def _sentences(self, made: int) -> tuple[str, ...]:
        said = []
        if made:
            texts = "the text of 1 article" if made == 1 else f"the texts of {made:,} articles"
            said.append(
                f"The file does not hold {texts}: what is quoted became the text. Take the page in as an update to see "
                "the marks in the whole of it."
            )
        for name, (one, many, done) in _SAID.items():
            if count := self._counted[name]:
                said.append(f"{count:,} {one if count == 1 else many} {done}.")
        return tuple(said)


def _with_record(mark: IncomingAnnotation, own: Any) -> IncomingAnnotation:
    """The mark with what this program kept of it; its place, tags, note and times are those of the annotation."""
    kind = _KINDS.get(_text(own.get("kind"))) if isinstance(own, dict) else None
    if kind is None:
        raise NotReadable("a mark is of no kind that there is")
    given = {name: getattr(mark, name) for name in OF_THE_MODEL}
    record = from_plain(RECORD_TYPES[kind], own.get("record", {}))
    return from_plain(IncomingAnnotation, own, **given, record=record)


def _uid_of(identity: str) -> UUID | None:
    try:
        return UUID(identity.removeprefix(UID)) if identity.startswith(UID) else None
    except ValueError:
        return None


def _uid_in(one: Any) -> str:
    """What a record of ours is known by; ties would lead to the wrong one without it."""
    uid = _text(one.get("uid")) if isinstance(one, dict) else ""
    if not uid:
        raise NotReadable("a record has no “uid”")
    return uid


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
