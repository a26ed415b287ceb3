"""What an import does with what was read: which articles are new, which are there, which are newer versions.

Why it exists: the review before an import and the import itself must never disagree, so both ask here. Planning only
reads; a planner remembers what it has planned, so that an article that comes twice in one import is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from annotate.canonical import sha256_of
from annotate.importers.draft import Draft, ImportedFile
from annotate.model import Article
from annotate.names import name_key
from annotate.same_article import LIKE, RELATED, address_key, shared_runs, word_runs
from annotate.store.queries import Reader
from annotate.store.queries.earlier import EarlierIndex

_BEGINNING = 800
"""Code points by which articles of one import with the same title are compared: there may be a thousand of them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an analyst chose for one article of a file."""

    draft: Draft
    """As corrected."""
    updates: int | None = None
    """The id of the article that it is a new version of."""
    anyway: bool = False
    """An article of its own, although its words are in the project already."""


@dataclass(frozen=True, slots=True)
class DecidedFile:
    """A file with those of its articles that are to go in, in their order."""

    file: ImportedFile
    decisions: tuple[Decision, ...]

    @property
    def name(self) -> str:
        return self.file.name


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is in the project; without an id, one that comes with the same import."""

    uid: UUID
    title: str
    outlet: str | None = None
    article_id: int | None = None
    place_in_file: str | None = None


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an import does with one article of a file."""

    draft: Draft
    sha256: str
    """Of the text."""
    outcome: str
    """imported, updated or duplicate."""
    known: Known
    """What it becomes, is a new version of, or is there as."""
    said: str = ""
    """A sentence for the analyst."""

    @property
    def is_new(self) -> bool:
        return self.outcome == "imported"


@dataclass(frozen=True, slots=True, eq=False)
class FilePlan:
    """What an import does with a file: a prospect for each of its articles, and sentences about it as a whole."""

    file: ImportedFile
    prospects: tuple[Prospect, ...]
    said: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        return any(prospect.outcome != "duplicate" for prospect in self.prospects)


class Planner:
    """Plans one import, file by file, on one reader. With `updating`, what is likely a changed version of an article
    that is in the project is planned as its new version."""

    def __init__(self, reader: Reader, *, updating: bool = False) -> None:
        self._reader = reader
        self._updating = updating
        self._index: EarlierIndex | None = None
        self._of_file: dict[str, tuple[Known, ...]] = {}
        self._in_bin: set[str] = set()
        self._of_text: dict[str, tuple[Known, ...]] = {}
        self._of_address: dict[str, Prospect] = {}
        self._of_title: dict[tuple[str, str], tuple[Prospect, frozenset[tuple[str, ...]]]] = {}
        """With the runs of words that its text begins with."""

    def plan(self, files: Sequence[ImportedFile | DecidedFile]) -> list[FilePlan]:
        """A plan for each file, in their order; what is in the project is asked for all of them at once."""
        decided = [_as_decided(file) for file in files]
        hashes = [[sha256_of(decision.draft.text) for decision in one.decisions] for one in decided]
        self._look_up({one.file.sha256 for one in decided}, {sha256 for each in hashes for sha256 in each})
        return [
            self._plan(one, texts, is_decided=isinstance(file, DecidedFile))
            for file, one, texts in zip(files, decided, hashes, strict=True)
        ]

    def _look_up(self, files: set[str], texts: set[str]) -> None:
        """What lies in the bin is not known, so that a file can be read anew after its article was thrown away."""
        of_file = self._reader.articles_of_files(files - self._of_file.keys())
        self._in_bin |= {sha256 for sha256, articles in of_file.items() if any(one.deleted for one in articles)}
        self._of_file |= {sha256: _known(articles) for sha256, articles in of_file.items()}
        for sha256, articles in self._reader.articles_of_texts(texts - self._of_text.keys()).items():
            self._of_text[sha256] = _known(article for article in articles if not article.deleted)

    def _plan(self, decided: DecidedFile, hashes: Sequence[str], *, is_decided: bool) -> FilePlan:
        file = decided.file
        from_file = () if file.sha256 in self._in_bin else self._of_file.get(file.sha256, ())
        prospects: list[Prospect] = []
        for decision, sha256 in zip(decided.decisions, hashes, strict=True):
            draft = decision.draft
            prospect = (
                self._of_choice(decision, sha256)
                or self._of_same_bytes(draft, sha256, from_file, alone=len(decided.decisions) == 1)
                or self._of_same_words(draft, sha256)
                or (None if is_decided else self._of_earlier(file, draft, sha256, prospects))
                or self._new(draft, sha256, "" if is_decided else self._of_other_version(file, draft))
            )
            prospects.append(prospect)
            self._remember(file, prospect)
        if from_file and all(prospect.known in from_file for prospect in prospects):
            prospects = [replace(prospect, said="") for prospect in prospects]
            said = f"{file.name} is in the project already, as “{from_file[0].title}”."
            return FilePlan(file, tuple(prospects), (said,))
        return FilePlan(file, tuple(prospects), file.warnings)

    def _of_choice(self, decision: Decision, sha256: str) -> Prospect | None:
        if decision.anyway:
            return self._new(decision.draft, sha256)
        article = None if decision.updates is None else self._reader.article(decision.updates)
        if article is None or article.deleted:
            return None
        text = self._reader.text(article.text_id)
        outcome = "duplicate" if text is not None and text.sha256 == sha256 else "updated"
        [known] = _known([article])
        said = f"“{known.title}” has this text already." if outcome == "duplicate" else ""
        return Prospect(decision.draft, sha256, outcome, known, said)

    def _of_same_bytes(self, draft: Draft, sha256: str, from_file: Sequence[Known], *, alone: bool) -> Prospect | None:
        """An article from the same bytes, at the same place in them: what was left out of a file is not known."""
        here = from_file if alone and len(from_file) == 1 else ()
        known = next((one for one in here or from_file if here or one.place_in_file == draft.place_in_file), None)
        if known is None:
            return None
        return Prospect(draft, sha256, "duplicate", known, f"“{known.title}” is in the project already.")

    def _of_same_words(self, draft: Draft, sha256: str) -> Prospect | None:
        """Words that are there already; under the name of another outlet they are wire copy, and an article of its
        own: who else printed them is what an analyst wants to see."""
        known = self._of_text.get(sha256, ()) if draft.text else ()  # of a picture, before its words are typed
        if not known:
            return None
        same = next((one for one in known if not _differ(one.outlet, draft.outlet)), None)
        if same is None:
            said = f"“{draft.title}” has the same words as “{known[0].title}” of {known[0].outlet}; both are kept."
            return self._new(draft, sha256, said)
        said = f"“{draft.title}” has the same text as “{same.title}”, which is in the project already."
        return Prospect(draft, sha256, "duplicate", same, said)

    def _of_earlier(self, file: ImportedFile, draft: Draft, sha256: str, before: Sequence[Prospect]) -> Prospect | None:
        if not self._updating:
            return None
        if self._index is None:
            self._index = self._reader.earlier_index()
        # Two articles of one file are two, however alike.
        seen = {prospect.known.article_id for prospect in before if prospect.known.article_id}
        earlier = self._reader.likely_earlier(draft, file.name, but=seen, index=self._index)
        return None if earlier is None else Prospect(draft, sha256, "updated", _known([earlier])[0])

    def _of_other_version(self, file: ImportedFile, draft: Draft) -> str:
        """A sentence where another file of the import likely has a version of the same article: none is there yet."""
        if not self._updating:
            return ""
        titled = self._of_title.get((name_key(draft.outlet or ""), name_key(draft.title)))
        if titled is not None:
            shared = shared_runs(word_runs(draft.text[:_BEGINNING]), titled[1])
            titled = titled if shared >= (RELATED if draft.outlet else LIKE) else None
        other = self._of_address.get(address_key(draft.url)) or (titled[0] if titled else None)
        if other is None or other.known in self._of_file.get(file.sha256, ()):
            return ""
        return (
            f"“{other.draft.title}” comes in this import with other words as well, likely an older or newer version."
            " Both go in as articles of their own; to keep them as versions of one, leave the newer out and import it"
            " afterwards."
        )

    def _new(self, draft: Draft, sha256: str, said: str = "") -> Prospect:
        known = Known(uuid4(), draft.title, draft.outlet, place_in_file=draft.place_in_file)
        return Prospect(draft, sha256, "imported", known, said)

    def _remember(self, file: ImportedFile, prospect: Prospect) -> None:
        if prospect.outcome == "duplicate":
            return
        self._of_text[prospect.sha256] = (*self._of_text.get(prospect.sha256, ()), prospect.known)
        if prospect.is_new:
            draft = prospect.draft
            if address := address_key(draft.url):
                self._of_address.setdefault(address, prospect)
            key = name_key(draft.outlet or ""), name_key(draft.title)
            if self._updating and key[1] and key not in self._of_title:
                self._of_title[key] = prospect, word_runs(draft.text[:_BEGINNING])
            self._of_file[file.sha256] = (*self._of_file.get(file.sha256, ()), prospect.known)


def _as_decided(file: ImportedFile | DecidedFile) -> DecidedFile:
    return file if isinstance(file, DecidedFile) else DecidedFile(file, tuple(map(Decision, file.articles)))


def _known(articles: Iterable[Article]) -> tuple[Known, ...]:
    return tuple(
        Known(article.uid, article.title, article.outlet, article.id, article.place_in_file) for article in articles
    )


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two outlets are stated and not the same."""
    return bool(one and other) and name_key(one or "") != name_key(other or "")
