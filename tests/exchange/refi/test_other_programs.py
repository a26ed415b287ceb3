"""What other programs do to a project: what they write, and what they leave of one of ours that went through them."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from annotate.exchange.refi import read_project
from annotate.vocabulary import ArticleType, Kind, Relation, Stance
from tests.exchange.carried import carried
from tests.exchange.refi.packages import (
    code,
    described,
    guid,
    package,
    read,
    selection,
    sent,
    text_source,
    words,
)
from tests.report.flood import Flood

BODY = "At least 900 people fled, the mayor said. The minister denied it."


def rewritten(path: Path) -> bytes:
    """A package as a program of Windows would write it again: GUIDs in capitals and braces, lines with CR LF, another
    order and case of members, another name of its own."""
    data = BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(data, "w") as again:
        xml = archive.read("project.qde").decode()
        xml = re.sub(r'(?<=(?:uid|UID|ser)=")[0-9a-f-]{36}(?=")', lambda found: f"{{{found[0].upper()}}}", xml)
        xml = re.sub(r'origin="[^"]*"', 'origin="Other 9"', xml).replace("><", ">\r\n  <")
        for name in archive.namelist():
            if name != "project.qde":
                again.writestr(name.replace("sources/", "Sources\\"), archive.read(name))
        again.writestr("Project.qde", "\ufeff" + xml)
    return data.getvalue()


def test_what_went_through_another_program_keeps_its_records(flood: Flood, tmp_path: Path) -> None:
    path = tmp_path / "sent.qdpx"
    sent(flood.project, path)
    incoming = read_project("again.qdpx", rewritten(path))
    before = carried(flood.project)
    marks = {one.uid: one for one in incoming.annotations}
    assert set(marks) == {one.uid for one in before.annotations}
    for one in before.annotations:
        again = marks[one.uid]
        assert (again.kind, again.record, again.number, again.event, again.source, again.note, again.analyst) == (
            *(one.kind, one.record, one.number, one.event, one.source, one.note, one.analyst),
        )
        assert [(span.start, span.end) for span in again.spans] == [(span.start, span.end) for span in one.spans]
        assert set(again.tags) == set(one.tags)
    assert {one.uid: one for one in incoming.sources} == {one.uid: one for one in before.sources}
    assert {one.uid: one for one in incoming.attributions} == {one.uid: one for one in before.attributions}
    assert {one.uid: one for one in incoming.links} == {one.uid: one for one in before.links}
    assert {one.uid: one for one in incoming.checks} == {one.uid: one for one in before.checks}
    assert incoming.events == before.events
    assert incoming.tags == before.tags
    [article], [was] = incoming.articles, before.articles
    assert (article.draft, article.uid, article.note) == (was.draft, was.uid, was.note)


def test_a_code_that_another_program_added_to_our_mark_is_a_tag_of_it(flood: Flood, tmp_path: Path) -> None:
    path = tmp_path / "sent.qdpx"
    sent(flood.project, path)
    mark = flood.project.read.annotation(flood.ids["cost"])
    assert mark is not None
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    xml = members.pop("project.qde").decode()
    coding = f'<Coding guid="{guid("new")}"><CodeRef targetGUID="{guid("Money")}"/></Coding>'
    xml = re.sub(rf'(<PlainTextSelection guid="{mark.uid}"[^>]*>)', rf"\1{coding}", xml)
    xml = xml.replace("</Codes>", f"{code('Money')}</Codes>")
    incoming = read_project("again.qdpx", package(members, xml))
    [again] = [one for one in incoming.annotations if one.uid == mark.uid]
    assert again.tags == (guid("Money"),)
    assert len(incoming.annotations) == 7


def between(origin: str, target: str, name: str, inside: str = "") -> str:
    ends = f'originGUID="{guid(f"selection {origin}")}" targetGUID="{guid(f"selection {target}")}"'
    return f'<Link guid="{guid(f"link {origin} {target} {name}")}" name="{name}" {ends}>{inside}</Link>'


def test_links_named_like_ours_are_links_and_attributions_and_others_lines_of_a_note() -> None:
    codes = code("Claims") + code("Figures") + code("Sources")
    marks = (
        selection(0, 24, "Claims")
        + selection(0, 19, "Figures")
        + selection(26, 35, "Sources")
        + selection(42, 64, "Claims")
        + selection(42, 54, "Sources")
    )
    links = (
        between("0 24", "0 19", "contains")
        + between("0 24", "42 64", "Contradicts")
        + between("0 24", "26 35", "said by")
        + between("0 24", "42 54", "denied by")
        + between("42 64", "42 54", "Said by")
        + between("0 24", "0 19", "explains")
        + between("0 24", "gone", "contains")
    )
    incoming = read(described(codes=codes, sources=text_source("t", marks), rest=f"<Links>{links}</Links>"), BODY)
    assert [one.kind for one in incoming.annotations] == [
        *(Kind.CLAIM, Kind.FIGURE, Kind.SOURCE, Kind.CLAIM, Kind.SOURCE),
    ]
    assert [one.relation for one in incoming.links] == [Relation.CONTAINS, Relation.CONTRADICTS]
    assert [one.stance for one in incoming.attributions] == [Stance.ASSERTS, Stance.DENIES, Stance.ASSERTS]
    assert [one.name for one in incoming.sources] == ["the mayor", "The minister"]
    assert incoming.annotations[0].note == "explains: “At least 900 people”"
    assert incoming.tags == ()
    assert "Links between what are no marks here, which stayed out: 1." in incoming.said


def test_the_same_words_coded_by_two_people_are_two_marks() -> None:
    users = f'<User guid="{guid("user")}" name="Zoe"/><User guid="{guid("other")}" name="Bo"/>'
    one = selection(0, 19, "A") + selection(0, 19, "B", key="b")
    two = selection(0, 19, "A", key="c").replace(guid("user"), guid("other"))
    description = described(codes=code("A") + code("B"), sources=text_source("t", one + two))
    incoming = read(re.sub("<Users>.*</Users>", f"<Users>{users}</Users>", description), BODY)
    assert [(mark.analyst, len(mark.tags)) for mark in incoming.annotations] == [("Zoe", 2), ("Bo", 1)]


def test_variables_codes_and_sets_of_a_text_are_in_its_article() -> None:
    names = {"URL": "https://ex.org/a", "Author": "R. Okoye", "interviewed": "2024"}
    variables = "".join(f'<Variable guid="{guid(name)}" name="{name}" typeOfVariable="Text"/>' for name in names)
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="{guid(name)}"/><TextValue>{value}</TextValue></VariableValue>'
        for name, value in names.items()
    )
    coding = f'<Coding guid="{guid("whole")}"><CodeRef targetGUID="{guid("A")}"/></Coding>'
    rest = f'<Sets><Set guid="{guid("set")}" name="Round 1"><MemberSource targetGUID="{guid("t")}"/></Set></Sets>'
    source = text_source("t", coding + values)
    description = described(codes=code("A"), sources=source, rest=rest)
    [article] = read(description.replace("<Sources>", f"<Variables>{variables}</Variables><Sources>"), BODY).articles
    assert (article.draft.url, article.draft.author) == ("https://ex.org/a", "R. Okoye")
    assert article.note == "interviewed: 2024\nCoded as a whole: A\n\nIn the set “Round 1”"
    assert article.draft.type is ArticleType.DOCUMENT


def test_a_passage_of_a_transcript_stands_between_its_times() -> None:
    times = "".join(
        f'<SyncPoint guid="{guid(f"at {place}")}" position="{place}" timeStamp="{place}00"/>' for place in (0, 9, 19)
    )
    passage = (
        f'<TranscriptSelection guid="{guid("p")}" fromSyncPoint="{guid("at 9")}" toSyncPoint="{guid("at 19")}">'
        f'<Coding guid="{guid("q")}"><CodeRef targetGUID="{guid("A")}"/></Coding></TranscriptSelection>'
    )
    transcript = f'<Transcript guid="{guid("tr")}" name="talk" plainTextPath="internal://text.txt">{times}{passage}'
    source = f'<AudioSource guid="{guid("audio")}" path="internal://a.m4a">{transcript}</Transcript></AudioSource>'
    incoming = read(described(codes=code("A"), sources=source), BODY)
    assert words(incoming) == ["900 people"]
    assert "Recordings, which stayed out: 1." in incoming.said


def test_text_of_a_pdf_file_is_read_and_areas_with_words_are_found_in_it() -> None:
    area = (
        f'<PDFSelection guid="{guid("area")}" page="0" firstX="1" firstY="1" secondX="2" secondY="2">'
        f'<Representation guid="{guid("r1")}"><PlainTextContent>the mayor</PlainTextContent></Representation>'
        f'<Coding guid="{guid("q")}"><CodeRef targetGUID="{guid("Sources")}"/></Coding></PDFSelection>'
    )
    text = (
        f'<Representation guid="{guid("r2")}" plainTextPath="internal://text.txt">{selection(0, 19, "Figures")}'
        "</Representation>"
    )
    source = f'<PDFSource guid="{guid("pdf")}" name="a.pdf" path="internal://a.pdf">{area}{text}</PDFSource>'
    incoming = read(described(codes=code("Figures") + code("Sources"), sources=source), BODY)
    assert sorted(words(incoming)) == ["At least 900 people", "the mayor"]
    assert {one.kind for one in incoming.annotations} == {Kind.FIGURE, Kind.SOURCE}
