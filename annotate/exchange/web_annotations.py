"""A project as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), in JSON-LD.

Why it exists: it is what annotation tools for the web have in common. Each mark is an Annotation with the words it is
on (TextQuoteSelector) and their place (TextPositionSelector, code points as the model counts them), its kind, tags and
note as bodies. What the model has no words for (who says so, what a figure holds, checks) is kept beside that as JSON
literals of a vocabulary of our own, so that nothing is lost on the way back; read by web_annotation_reading.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotate.anchoring import CONTEXT as AROUND
from annotate.exchange.incoming import Incoming, IncomingAnnotation, IncomingArticle
from annotate.exchange.outgoing import TOOL, BodyOf, PartsOf, outgoing
from annotate.exchange.plain_records import to_plain
from annotate.model import Claim, ProjectInfo, Span
from annotate.report.evidence import Evidence
from annotate.writing import Progress, Written, go_on, replacing, report

OURS = "urn:provenote:"
FORMAT = 1
"""Raised when what is written can no longer be read by older programs."""
PROJECT = "provenote:project"
RECORD = "provenote:annotation"
UID = "urn:uuid:"

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "provenote": {"@id": OURS, "@prefix": True},
        PROJECT: {"@id": f"{OURS}project", "@type": "@json"},
        RECORD: {"@id": f"{OURS}annotation", "@type": "@json"},
    },
]

OF_THE_MODEL = ("key", "uid", "article", "spans", "tags", "note", "analyst", "created_at", "changed_at")
"""Fields of an annotation that the Web Annotation has a place for; the others are in its record."""
_ITEMS_BETWEEN_REPORTS = 200


def write_web_annotations(
    evidence: Evidence,
    body_of: BodyOf,
    target: Path,
    progress: Progress = go_on,
    *,
    parts_of: PartsOf | None = None,
) -> Written:
    """Write `evidence` as an AnnotationCollection of one page, in UTF-8; texts of articles are in it.

    Without `parts_of` nothing is said of captions and credits. Evidence for sharing goes with the `body_of` that was
    made with it. Raises ExportFailed where the file cannot be written
    and ExportCancelled where `progress` answers False; what stood at `target` is untouched then.
    """
    project = outgoing(evidence, body_of, parts_of)
    texts = {article.key: article.draft.text for article in project.articles}
    tag_names = {tag.key: tag.name for tag in project.tags}
    total = len(project.annotations)
    with replacing(target) as temporary:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            head, foot = _around(evidence.project, project)
            file.write(head)
            for number, one in enumerate(project.annotations):
                file.write(",\n" if number else "\n")
                file.write(_dumped(_item(one, texts[one.article], tag_names)))
                if number % _ITEMS_BETWEEN_REPORTS == 0:
                    report(progress, number, total, target.name)
            file.write(foot)
        report(progress, total, total, target.name)
    return Written(target, {"Annotations": total, "Articles": len(project.articles)}, project.said)


def _around(info: ProjectInfo, project: Incoming) -> tuple[str, str]:
    """What stands before the annotations, and behind them."""
    held = {
        "format": FORMAT,
        "marking": info.marking,
        "note": project.note,
        "articles": [_article(article) for article in project.articles],
        **{
            name: [_without(to_plain(one), "key") for one in getattr(project, name)]
            for name in ("tags", "events", "sources")
        },
        **{name: [to_plain(one) for one in getattr(project, name)] for name in ("attributions", "links", "checks")},
    }
    collection = {
        "@context": CONTEXT,
        "id": f"{UID}{info.uid}",
        "type": "AnnotationCollection",
        "label": info.title,
        "generator": {"id": f"{OURS}program", "type": "Software", "name": TOOL},
        "total": len(project.annotations),
        PROJECT: held,
    }
    page = {
        "id": f"{UID}{info.uid}#page-1",
        "type": "AnnotationPage",
        "partOf": f"{UID}{info.uid}",
        "startIndex": 0,
        "items": [],
    }
    head = f'{_dumped(collection)[:-1]},\n"first": {_dumped(page)[:-2]}'
    return head, "\n]}}\n"


def _article(article: IncomingArticle) -> dict[str, Any]:
    return _without(to_plain(article), "key", "data")


def _item(one: IncomingAnnotation, text: str, tag_names: Mapping[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": f"{UID}{one.key}", "type": "Annotation"}
    item["motivation"] = ["classifying", *(["tagging"] if one.tags else ()), *(["commenting"] if one.note else ())]
    if one.analyst:
        item["creator"] = {"type": "Person", "name": one.analyst}
    for name, moment in (("created", one.created_at), ("modified", one.changed_at)):
        if moment is not None:
            item[name] = to_plain(moment)
    item["generator"] = f"{OURS}program"
    item["body"] = [
        _textual("classifying", one.kind.value),
        *({"id": f"{UID}{tag}", **_textual("tagging", tag_names[tag])} for tag in one.tags),
    ]
    if isinstance(one.record, Claim) and one.record.plain_words:
        item["body"].append(_textual("describing", one.record.plain_words))
    if one.note:
        item["body"].append(_textual("commenting", one.note))
    source = f"{UID}{one.article}"
    targets = [_target(source, span, text) for span in one.spans]
    item["target"] = source if not targets else targets[0] if len(targets) == 1 else targets
    item[RECORD] = _without(to_plain(one), *OF_THE_MODEL)
    return item


def _target(source: str, span: Span, text: str) -> dict[str, Any]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"source": source, "selector": [quote, position]}


def _textual(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _without(plain: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in names}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
