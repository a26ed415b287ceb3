"""Articles as text sources with the coded selections in them, and their files as they were imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from uuid import UUID

from annotate.exchange.moments import written_moment
from annotate.exchange.refi import attributes as a
from annotate.exchange.refi import identity
from annotate.exchange.refi.cases_out import SHOWN, code_guids, selection_guids
from annotate.exchange.refi.markup import Markup
from annotate.exchange.refi.ties_out import note_guids, note_ref
from annotate.model import Annotation, Article, File, Part
from annotate.report.evidence import Evidence
from annotate.shortened import shortened

PartsOf = Callable[[int], Sequence[Part]]


class FilesAsImported:
    """Which files go out as they were imported: those whose bytes are not just the text that goes out anyway."""

    def __init__(self, evidence: Evidence, wanted: bool) -> None:
        self._files: dict[int, File] = {}
        self._wanted: dict[int, File] = {}
        for article in evidence.articles.values():
            text = evidence.texts[article.text_id]
            file = evidence.files.get(text.file_id or article.file_id or 0)
            if file is not None:
                self._files[article.id] = file
                # A text's SHA-256 is that of its UTF-8.
                if wanted and file.sha256 != text.sha256:
                    self._wanted[file.id] = file

    def wanted(self) -> Iterator[File]:
        yield from self._wanted.values()

    def member(self, file: File) -> str:
        """Its name in the folder of sources."""
        ending = PurePath(file.name).suffix.lower()
        return f"{file.uid}{ending if ending[1:].isalnum() and ending.isascii() else ''}"

    def values(self, article: Article, markup: Markup) -> list[str]:
        """The variables that say which file an article came from."""
        file = self._files.get(article.id)
        if file is None:
            return []
        values = [a.FILE_NAME.written(file.name, markup)]
        if file.id in self._wanted:
            values.append(a.FILE_PATH.written(f"internal://{self.member(file)}", markup))
        return values


def text_sources(evidence: Evidence, markup: Markup, files: FilesAsImported, parts_of: PartsOf | None) -> Iterator[str]:
    """A TextSource element for each article."""
    placed: dict[int, list[Annotation]] = {}
    for annotation in evidence.annotations.values():
        if evidence.is_placed(annotation):
            placed.setdefault(annotation.article_id, []).append(annotation)
    noted = note_guids(evidence)
    for article in evidence.articles.values():
        text = evidence.texts[article.text_id]
        values = a.written(a.ARTICLE, article, markup) + files.values(article, markup)
        if text.pages:
            values.append(a.PAGES.written(" ".join(map(str, text.pages)), markup))
        if parts_of is not None and (parts := parts_of(text.id)):
            lines = "\n".join(f"{part.role.value} {part.start} {part.end}" for part in parts)
            values.append(a.PARTS.written(lines, markup))
        note = f"<Description>{markup.text(article.note)}</Description>" if article.note else ""
        selections = [
            selection
            for annotation in placed.get(article.id, ())
            for selection in _selections(evidence, annotation, noted.get(annotation.id, ()), markup)
        ]
        yield (
            f'<TextSource guid="{article.uid}" name="{markup.attribute(article.title)}" '
            f'plainTextPath="internal://{text.uid}.txt" creationDateTime="{written_moment(article.imported_at)}">'
            f"{note}{''.join(selections)}{''.join(values)}</TextSource>"
        )


def _selections(evidence: Evidence, annotation: Annotation, noted: Sequence[UUID], markup: Markup) -> list[str]:
    user = identity.of_analyst(evidence.analysts[annotation.analyst_id])
    made = f'creatingUser="{user}" creationDateTime="{written_moment(annotation.created_at)}"'
    codings = [(code, f'{made}><CodeRef targetGUID="{code}"/></Coding>') for code in code_guids(evidence, annotation)]
    refs = "".join(map(note_ref, noted))
    selections = []
    for guid, span in zip(selection_guids(annotation), annotation.spans, strict=True):
        coded = [f'<Coding guid="{identity.derived(guid, str(code))}" {rest}' for code, rest in codings]
        selections.append(
            f'<PlainTextSelection guid="{guid}" name="{markup.attribute(shortened(span.exact, SHOWN))}" '
            f'startPosition="{span.start}" endPosition="{span.end}" {made} '
            f'modifiedDateTime="{written_moment(annotation.changed_at)}">{"".join(coded)}{refs}</PlainTextSelection>'
        )
        refs = ""
    return selections
