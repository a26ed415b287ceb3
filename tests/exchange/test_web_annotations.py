"""Web Annotations out and back: equal in all that they carry, and legible to tools that know only the standard."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotate import commands
from annotate.canonical import canonical
from annotate.exchange.outgoing import outgoing
from annotate.exchange.web_annotation_reading import read_web_annotations
from annotate.exchange.web_annotations import write_web_annotations
from annotate.importers.draft import Draft, ImportedFile
from annotate.model import Span
from annotate.project import Project
from annotate.report.evidence import gather
from annotate.vocabulary import Handling, Kind
from annotate.writing import ExportCancelled
from tests.exchange.naughty import EVERYDAY, naughty_strings
from tests.report.flood import FLOOD, Flood, take_in

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=60)


def written(project: Project, target: Path) -> bytes:
    evidence = gather(project.read, "Mara Lind")
    write_web_annotations(evidence, project.read.body, target, parts_of=project.read.parts)
    return target.read_bytes()


def assert_comes_back(project: Project, target: Path) -> None:
    data = written(project, target)
    read = read_web_annotations(target.name, data)
    sent = outgoing(gather(project.read, "Mara Lind"), project.read.body, project.read.parts)
    assert read == replace(sent, name=target.name, said=())


def items_of(data: bytes) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(data)["first"]["items"]
    return items


def test_a_worked_project_comes_back_equal(flood: Flood, tmp_path: Path) -> None:
    project = flood.project
    commands.edit_project(project, note="What the whole is about")
    commands.edit_annotation(project, flood.ids["left"], note="Ask the mayor 📞\nagain", handling=Handling.INTERNAL)
    assert_comes_back(project, tmp_path / "flood.jsonld")


def test_an_empty_project_with_an_article_comes_back_equal(empty_project: Project, tmp_path: Path) -> None:
    take_in(empty_project, "flood.txt", FLOOD, title="Water")
    assert_comes_back(empty_project, tmp_path / "flood.jsonld")


def test_a_mark_says_its_words_and_place_as_the_standard_has_it(flood: Flood, tmp_path: Path) -> None:
    data = written(flood.project, tmp_path / "flood.jsonld")
    value = json.loads(data)
    assert value["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert value["type"] == "AnnotationCollection"
    assert value["total"] == len(items_of(data)) == 7
    body = flood.project.read.body(1)
    for item in items_of(data):
        assert item["type"] == "Annotation"
        assert item["id"].startswith("urn:uuid:")
        assert item["creator"] == {"type": "Person", "name": "Mara Lind"}
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            quote, position = target["selector"]
            assert body[position["start"] : position["end"]] == quote["exact"]
            assert body[: position["start"]].endswith(quote["prefix"])
            assert body[position["end"] :].startswith(quote["suffix"])
    interrupted = next(item for item in items_of(data) if isinstance(item["target"], list))
    assert len(interrupted["target"]) == 2
    tagged = next(item for item in items_of(data) if "tagging" in item["motivation"])
    assert [body["value"] for body in tagged["body"]] == ["claim", "Displacement", "Evacuation"]


def test_what_comes_back_makes_an_equal_project(flood: Flood, tmp_path: Path) -> None:
    data = written(flood.project, tmp_path / "flood.jsonld")
    with Project.create(tmp_path / "other.pnote", "Somebody Else") as other:
        taken = commands.take_in(other, read_web_annotations("flood.jsonld", data))
        assert taken.said == ()
        assert items_of(written(other, tmp_path / "other.jsonld")) == items_of(data)
        sent, back = (
            replace(outgoing(gather(project.read, ""), project.read.body), name="", note="")
            for project in (flood.project, other)
        )
        assert back == sent


def test_taking_the_same_file_in_twice_adds_nothing(flood: Flood, tmp_path: Path) -> None:
    data = written(flood.project, tmp_path / "flood.jsonld")
    taken = commands.take_in(flood.project, read_web_annotations("flood.jsonld", data))
    assert dict(taken.new) == {}


def test_a_mark_whose_words_an_update_took_away_keeps_them(flood: Flood, tmp_path: Path) -> None:
    changed = FLOOD.replace(
        "At least 3,200 people left the old town on Tuesday, mayor Ines Duarte said.", "Nobody left."
    )
    data = changed.encode()
    draft = Draft(changed, "Water", True)
    imported = ImportedFile("new.txt", data, hashlib.sha256(data).hexdigest(), "plain text", "1", (draft,))
    commands.update_article(flood.project, flood.article_id, draft, imported)
    target = tmp_path / "flood.jsonld"
    evidence = gather(flood.project.read, "")
    said = " ".join(write_web_annotations(evidence, flood.project.read.body, target).warnings)
    assert said == "1 earlier version of a text is left out."
    assert_comes_back(flood.project, target)
    left = next(item for item in items_of(target.read_bytes()) if item["id"].endswith(_uid(flood, "left")))
    assert isinstance(left["target"], str)
    read = read_web_annotations("flood.jsonld", target.read_bytes())
    orphan = next(one for one in read.annotations if one.key == _uid(flood, "left"))
    assert (orphan.spans, orphan.words) == ((), "At least 3,200 people left the old town on Tuesday")


def _uid(flood: Flood, name: str) -> str:
    annotation = flood.project.read.annotation(flood.ids[name])
    assert annotation is not None
    return str(annotation.uid)


def test_notes_tags_and_marks_of_another_tool_in_our_file_come_in(flood: Flood, tmp_path: Path) -> None:
    value = json.loads(written(flood.project, tmp_path / "flood.jsonld"))
    items = value["first"]["items"]
    left = next(item for item in items if item["id"].endswith(_uid(flood, "left")))
    left["body"] += [
        {"type": "TextualBody", "purpose": "commenting", "value": "Is that so?"},
        {"type": "TextualBody", "purpose": "tagging", "value": "Doubtful"},
    ]
    article = left["target"]["source"]
    items.append(
        {
            "id": "https://tool.example/anno/1",
            "type": "Annotation",
            "creator": {"name": "R. Okoye"},
            "body": {"type": "TextualBody", "value": "figure", "purpose": "tagging"},
            "target": {"source": article, "selector": {"type": "TextQuoteSelector", "exact": "$6 million"}},
        }
    )
    read = read_web_annotations("flood.jsonld", json.dumps(value).encode())
    names = {tag.key: tag.name for tag in read.tags}
    mark = next(one for one in read.annotations if one.key == _uid(flood, "left"))
    assert mark.note == "Is that so?"
    assert [names[key] for key in mark.tags] == ["Displacement", "Evacuation", "Doubtful"]
    added = read.annotations[-1]
    assert (added.kind, added.analyst, added.record) == (Kind.FIGURE, "R. Okoye", None)
    text = read.articles[0].draft.text
    assert [text[span.start : span.end] for span in added.spans] == ["$6 million"]


@given(texts=st.lists(ANY_TEXT, min_size=3, max_size=3), cuts=st.lists(st.floats(0, 1), min_size=4, max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(texts=[EVERYDAY[0], EVERYDAY[4], EVERYDAY[8]], cuts=[0, 0.3, 0.5, 1])
@example(texts=[EVERYDAY[1], EVERYDAY[2], EVERYDAY[3]], cuts=[0.1, 0.3, 0.3, 0.9])
def test_any_text_and_any_marks_come_back_equal(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], cuts: list[float]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    body = canonical(f"{texts[0]} words\n{texts[1]}").text
    with Project.create(folder / "any.pnote", "Mara Lind", title=canonical(texts[2]).text) as project:
        article_id = take_in(project, "any.txt", body)
        edges = [int(cut * len(body)) for cut in cuts]
        for start, end in (sorted(edges[:2]), sorted(edges[2:])):
            if body[start:end].strip():
                mark = commands.mark(project, article_id, Kind.CLAIM, [Span(start, end)])
                commands.edit_annotation(project, mark, note=canonical(texts[2]).text)
                commands.edit_record(project, mark, plain_words=canonical(texts[1]).text)
        assert_comes_back(project, folder / "any.jsonld")


def test_naughty_strings_come_back(shared: Path, empty_project: Project, tmp_path: Path) -> None:
    naughty = [canonical(text).text for text in naughty_strings(shared)]
    project = empty_project
    body = "\n\n".join(naughty)
    article_id = take_in(project, "naughty.txt", body, title="naughty")
    place = 0
    for number, text in enumerate(naughty):
        tag_id = commands.add_tag(project, f"{number}" + "".join(text.split()))
        if text.strip():
            mark = commands.mark(project, article_id, Kind.CLAIM, [Span(place, place + len(text))])
            commands.edit_annotation(project, mark, note=text)
            commands.toggle_tag(project, [mark], tag_id)
        place += len(text) + 2
    assert_comes_back(project, tmp_path / "naughty.jsonld")


def test_an_export_that_is_stopped_leaves_the_old_file(flood: Flood, tmp_path: Path) -> None:
    target = tmp_path / "flood.jsonld"
    target.write_text("old")
    with pytest.raises(ExportCancelled):
        write_web_annotations(
            gather(flood.project.read, ""), flood.project.read.body, target, lambda done, total: False
        )
    assert [file.read_text() for file in tmp_path.glob("*.jsonld")] == ["old"]
