"""Web Annotations of other tools: whatever shape they have, the words find their place or it is said."""

import hashlib
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import commands
from annotate.errors import ImportRefused
from annotate.exchange.incoming import Incoming
from annotate.exchange.web_annotation_reading import read_web_annotations
from annotate.importers.draft import Draft, ImportedFile
from annotate.project import Project
from annotate.vocabulary import Kind

TEXT = "Water 🌊 over the old town.\r\nقال شهود إن السد انهار\r\nThe dam held, she said. The dam held."
PAGE = "https://valley.example/flood"


def read(value: Any) -> Incoming:
    return read_web_annotations("notes.jsonld", json.dumps(value).encode())


def quote(exact: str, **around: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def place(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def on_text(*selectors: Any, **more: Any) -> dict[str, Any]:
    """An annotation that brings the text along that it is about."""
    source = {"id": "urn:x:text", "type": "Text", "value": TEXT}
    return {"type": "Annotation", "target": {"source": source, "selector": list(selectors)}, **more}


def words_of(incoming: Incoming) -> list[list[str]]:
    texts = {article.key: article.draft.text for article in incoming.articles}
    return [[texts[one.article][span.start : span.end] for span in one.spans] for one in incoming.annotations]


def test_words_without_a_text_make_an_article_of_what_is_quoted() -> None:
    one = {"target": {"source": PAGE, "selector": [quote("The dam held", prefix="x"), place(50, 62)]}}
    inside = {"target": {"source": PAGE, "selector": [quote("dam"), place(54, 57)]}}
    first = {"target": {"source": PAGE, "selector": [quote("Water 🌊"), place(0, 7)]}}
    incoming = read([one, inside, first])
    [article] = incoming.articles
    assert article.draft.text == "Water 🌊\n\nThe dam held"
    assert article.draft.url == PAGE
    assert words_of(incoming) == [["The dam held"], ["dam"], ["Water 🌊"]]
    assert any("what is quoted became the text" in said for said in incoming.said)


def test_an_export_of_hypothesis_is_read_with_tags_comments_answers_and_titles() -> None:
    target = [{"source": PAGE, "selector": [{"type": "RangeSelector", "startContainer": "/p[1]"}, quote("It held")]}]
    about = {"uri": PAGE, "document": {"title": ["Flood  over\nHarrow"]}, "created": "2024-06-04T09:00:00.5+02:00"}
    row = {**about, "id": "a1", "user": "acct:mara@hypothes.is", "text": "Really?", "tags": ["Dam", "Figure"]}
    answer = {**about, "id": "a2", "user": "acct:ines@hypothes.is", "text": "Yes.", "references": ["a1"]}
    again = {**about, "id": "a3", "user": "acct:mara@hypothes.is", "text": "Sure?", "references": ["a1", "a2"]}
    page_note = {**about, "id": "a4", "text": "Look at the picture", "target": [{"source": PAGE}]}
    rows = [{**row, "target": target}, {**answer, "target": [{"source": PAGE}]}, {**again, "target": []}, page_note]
    incoming = read({"total": 4, "rows": rows})
    [article] = incoming.articles
    [mark] = incoming.annotations
    assert article.draft.title == "Flood over Harrow"
    assert article.note == "Look at the picture"
    assert (mark.kind, mark.analyst) == (Kind.FIGURE, "mara")
    assert mark.note == "Really?\nines: Yes.\nmara: Sure?"
    assert [tag.name for tag in incoming.tags] == ["Dam"]
    assert mark.created_at == datetime(2024, 6, 4, 7, 0, 0, 500_000, UTC)
    assert words_of(incoming) == [["It held"]]


@pytest.mark.parametrize(
    "value",
    [
        {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [on_text(quote("old town"))]}},
        {"type": "AnnotationPage", "items": [on_text(quote("old town"))], "next": "https://x.example/2"},
        {"@context": "http://www.w3.org/ns/anno.jsonld", "@graph": [on_text(quote("old town"))]},
        {"annotations": [on_text(quote("old town"))]},
        [[on_text(quote("old town"))]],
        on_text(quote("old town")),
        on_text({"type": "FragmentSelector", "value": "char=17,25"}),
        on_text({"type": "RangeSelector", "startSelector": place(17, 18), "endSelector": place(25, 26)}),
        on_text({"type": "XPathSelector", "value": "/p", "refinedBy": quote("old town")}),
        on_text({"@type": "oa:TextQuoteSelector", "exact": "old town"}),
        on_text(place(17, 25)),
        on_text(place(18, 26), quote("old town")),
        on_text(place(17.0, 25.0)),  # type: ignore[arg-type]
    ],
)
def test_collections_pages_lists_and_selectors_of_many_shapes_are_read(value: Any) -> None:
    assert words_of(read(value)) == [["old town"]]


def test_the_text_that_comes_along_is_made_canonical_and_places_follow() -> None:
    begin = TEXT.index("The dam")
    units = begin + 1  # the emoji is two units of UTF-16
    for start in (begin, units):
        incoming = read(on_text(quote("The dam held"), place(start, start + 12)))
        text = incoming.articles[0].draft.text
        assert "\r" not in text
        assert incoming.annotations[0].spans[0].start == text.index("The dam")


def test_words_that_stand_twice_are_told_apart_by_what_stands_around_them() -> None:
    text = TEXT.replace("\r\n", "\n")
    first, second = text.index("The dam"), text.rindex("The dam")
    assert read(on_text(quote("The dam held", suffix=", she"))).annotations[0].spans[0].start == first
    assert read(on_text(quote("The dam held", prefix="said. "))).annotations[0].spans[0].start == second
    assert read(on_text(quote("The dam held"), place(700, 712))).annotations[0].spans[0].start == second
    told = read(on_text(quote("The dam held")))
    assert told.annotations[0].spans[0].start == first
    assert any("more than once" in said for said in told.said)


def test_words_are_found_where_a_tool_has_other_blanks_and_quotation_marks() -> None:
    source = {"id": "urn:x:t", "value": "He said:\n“The  dam’s fine”"}
    incoming = read({"target": {"source": source, "selector": quote('"The  dam\'s fine"')}})
    assert words_of(incoming) == [["“The  dam’s fine”"]]


def test_words_that_are_not_in_the_text_keep_no_place_and_are_told() -> None:
    incoming = read([on_text(quote("Nobody said this")), on_text(place(5, 900))])
    assert [(one.spans, one.words) for one in incoming.annotations] == [((), "Nobody said this"), ((), "")]
    assert any("not in the text" in said for said in incoming.said)


def test_bodies_of_all_kinds_become_tags_and_notes() -> None:
    bodies = [
        "https://example.org/about",
        {"type": "TextualBody", "value": "<p>First</p><p>Second &amp; last</p>", "format": "text/html"},
        {"type": "SpecificResource", "purpose": "tagging", "source": "https://wikidata.example/Q1"},
        {"type": "Choice", "items": [{"type": "TextualBody", "value": "chosen"}]},
        {"type": "TextualBody", "purpose": ["tagging"], "value": "SOURCE"},
        {"type": "Dataset", "id": "https://example.org/data"},
        7,
    ]
    incoming = read(on_text(quote("old town"), body=bodies, bodyValue="plain"))
    [mark] = incoming.annotations
    assert mark.kind is Kind.SOURCE
    assert mark.note.split("\n") == [
        "plain", "https://example.org/about", "First", "Second & last", "chosen", "https://example.org/data",
    ]  # fmt: skip
    assert [tag.name for tag in incoming.tags] == ["https://wikidata.example/Q1"]


def test_one_annotation_of_two_texts_is_a_mark_in_each_and_is_told() -> None:
    targets = [{"source": f"https://x.example/{n}", "selector": quote(f"words {n}")} for n in (1, 2)]
    incoming = read({"id": "https://x.example/anno", "target": targets})
    assert words_of(incoming) == [["words 1"], ["words 2"]]
    assert len({one.key for one in incoming.annotations}) == 2
    assert any("several texts" in said for said in incoming.said)


def test_pictures_and_places_without_words_are_told() -> None:
    circle = {"target": {"source": PAGE, "selector": {"type": "SvgSelector", "value": "<svg/>"}}, "bodyValue": "Here"}
    placed = {"target": {"source": PAGE, "selector": place(3, 9)}, "bodyValue": "There"}
    incoming = read([circle, placed, 5])
    assert incoming.articles[0].note == "Here\nCharacters 3 to 9: There"
    assert len(incoming.said) >= 3


def test_what_is_read_can_be_taken_in(empty_project: Project) -> None:
    value = [on_text(quote("old town"), body={"purpose": "tagging", "value": "Damage"}), on_text(quote("not there"))]
    taken = commands.take_in(empty_project, read(value))
    assert taken.new == {"articles": 1, "tags": 1, "claims": 2}
    assert {one.words for one in empty_project.read.annotations()} == {"old town", "not there"}


def test_marks_on_a_page_that_is_only_quoted_find_their_place_once_the_page_is_taken_in(
    empty_project: Project,
) -> None:
    page = TEXT.replace("\r\n", "\n") + "\n\nRepairs will cost between $4.5 million and $6 million, the mayor said."
    quotes = ["between $4.5 million and $6 million", "قال شهود إن السد انهار", "Water 🌊 over the old town."]
    commands.take_in(empty_project, read([{"target": {"source": PAGE, "selector": quote(words)}} for words in quotes]))
    [article] = empty_project.read.articles()
    data = page.encode()
    draft = Draft(page, "Flood", True, url=PAGE)
    imported = ImportedFile("flood.html", data, hashlib.sha256(data).hexdigest(), "web page", "1", (draft,))
    commands.update_article(empty_project, article.id, draft, imported)
    newest = empty_project.read.article(article.id)
    assert newest is not None
    text = empty_project.read.body(newest.text_id)
    proposed = {one.annotation_id: one.spans for one in empty_project.read.carryings()}
    for mark in empty_project.read.annotations():
        spans = mark.spans if mark.text_id == newest.text_id else proposed[mark.id]
        assert [text[span.start : span.end] for span in spans] == [mark.words]


HOSTILE = {
    "not JSON": b"<html>",
    "nothing": b"",
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"items":' * 100_000 + b"1" + b"}" * 100_000,
    "a name twice": b'{"type":"Annotation","target":"https://x.example","target":"https://y.example"}',
    "no number": b'{"target":{"source":"x","selector":{"type":"TextPositionSelector","start":NaN,"end":1}}}',
    "infinity": b'{"target":[1e999]}',
    "a million digits": b'{"target":' + b"1" * 1_000_000 + b"}",
    "bytes": b"\xff\xfe\x00",
    "not UTF-8": b'{"target": "\xe9"}',
    "no annotations": b'{"type":"AnnotationCollection"}',
    "only a word": b'"words"',
    "only numbers": b"[1, 2, 3]",
    "newer": b'{"provenote:project": {"format": 99}, "target": "x"}',
    "odd format": b'{"provenote:project": {"format": "x"}, "target": "x"}',
    "odd articles": b'{"provenote:project": {"format": 1, "articles": 7}, "target": "x"}',
    "odd article": b'{"provenote:project": {"format": 1, "articles": [{"draft": []}]}, "target": "x"}',
    "odd handling": b'{"provenote:project": {"sources": [{"uid": "u", "name": "x", "handling": "y"}]}, "target": "x"}',
    "nameless source": b'{"provenote:project": {"format": 1, "sources": [{"name": "x"}]}, "target": "x"}',
    "odd record": b'{"provenote:project": {"format": 1}, "target": "x", "provenote:annotation": {"kind": "x"}}',
    "odd number": b'{"target": "x", "provenote:annotation": {"kind": "claim", "number": 99999999999999999999}}',
    "a lone half in what is no annotation": b'["\\ud800"]',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_ends_in_one_sentence(data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_web_annotations("bomb.jsonld", data)
    said = str(refused.value)
    assert said.startswith("bomb.jsonld")
    assert said.endswith(".")
    assert len(said) < 250
    assert "\n" not in said


def test_halves_of_characters_are_replaced_and_told() -> None:
    data = json.dumps(on_text(quote("old town", prefix="\udf0a the "), bodyValue="see \ud83c")).encode()
    incoming = read_web_annotations("notes.jsonld", data)
    assert incoming.annotations[0].note == "see \N{REPLACEMENT CHARACTER}"
    assert words_of(incoming) == [["old town"]]
    assert incoming.said[0].startswith("2 halves")


@pytest.mark.parametrize("depth", [100, 600, 900, 990, 5_000])
def test_deeply_nested_selectors_and_choices_are_read_or_refused(depth: int) -> None:
    selector, body = (b'{"%s":' % name * depth + b"1" + b"}" * depth for name in (b"refinedBy", b"items"))
    data = b'{"target":{"source":"x","selector":' + selector + b'},"body":' + body + b',"bodyValue":"n"}'
    with suppress(ImportRefused):
        assert read_web_annotations("deep.jsonld", data).articles[0].note == "n"


NAMES = """target selector source exact prefix start end type body value purpose id items first refinedBy creator
document title references tags provenote:annotation provenote:project kind record articles draft format text
created uid"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES.split()), inner, max_size=5),
    max_leaves=25,
)
TYPES = st.sampled_from(["TextQuoteSelector", "TextPositionSelector", "claim", "tagging", "Annotation"])


@given(JSON | st.fixed_dictionaries({"target": JSON, "type": TYPES, "body": JSON}))
def test_no_json_whatever_its_shape_is_more_than_a_sentence(value: Any) -> None:
    try:
        incoming = read_web_annotations("any.jsonld", json.dumps(value).encode())
    except ImportRefused:
        return
    for one, words in zip(incoming.annotations, words_of(incoming), strict=True):
        assert all(words) or not one.spans


def test_a_file_whose_marks_have_ids_of_another_tool_or_none_is_taken_in_once(tmp_path: Path) -> None:
    def on_page(*selectors: Any, **more: Any) -> dict[str, Any]:
        return {"type": "Annotation", "target": {"source": PAGE, "selector": list(selectors)}, **more}

    named = on_page(quote("The dam held"), id="https://notes.example/a/7", body={"type": "TextualBody", "value": "🌊"})
    nameless = on_page(quote("بيت e\u0301"), place(90, 96))
    broken = on_page(quote("At noon"), id="urn:uuid:no-uuid")
    same_id = on_page(quote("At dusk"), id="https://notes.example/a/7")
    with Project.create(tmp_path / "case.pnote", "Ana") as project:
        rows = [named, nameless, nameless, broken, same_id]
        first = commands.take_in(project, read(rows))
        assert first.new["claims"] == 5
        again = commands.take_in(project, read(rows))
        assert (dict(again.new), len(project.read.annotation_ids())) == ({}, 5)
