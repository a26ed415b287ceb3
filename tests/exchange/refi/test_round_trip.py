"""What goes out as REFI-QDA is valid and comes back equal."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands as do
from annotate.canonical import canonical
from annotate.exchange import incoming as i
from annotate.exchange.refi import read_codebook, read_project, write_codebook
from annotate.importers.draft import Draft, DraftPart
from annotate.model import Claim, DatedWords, Figure, Mention, Published, Span
from annotate.project import Project
from annotate.report.evidence import gather
from annotate.vocabulary import (
    ArticleStatus,
    ArticleType,
    AttributionBasis,
    Bound,
    ClaimType,
    Credibility,
    DateBasis,
    FigureKind,
    Finding,
    Handling,
    Kind,
    Measure,
    MentionRole,
    Mode,
    Naming,
    Origin,
    PartRole,
    Precision,
    Primacy,
    Progress,
    Relation,
    Reliability,
    Shows,
    SourceType,
    Stance,
)
from annotate.writing import ExportCancelled
from tests.annotate.drafts import imported, take_in
from tests.annotate.works import do_work, everything_is_whole, works
from tests.exchange.carried import carried
from tests.exchange.naughty import EVERYDAY, naughty_strings
from tests.exchange.refi.packages import faults, sent
from tests.report.flood import Flood

NOW = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)


def comes_back(project: Project, folder: Path, shared: Path | None = None) -> Any:
    """What another project carries after it took in what this one sent."""
    path = folder / "sent.qdpx"
    sent(project, path)
    if shared is not None:
        assert faults(shared, path) == []
    incoming = read_project(path.name, path.read_bytes())
    assert incoming.said == ()
    with Project.create(folder / "other.pnote", "Bea") as other:
        taken = do.take_in(other, incoming)
        assert taken.known == 0
        return replace(carried(other), name="other.qdpx", tool="Provenote")


def test_a_worked_project_is_valid_and_comes_back_equal(flood: Flood, tmp_path: Path, shared: Path) -> None:
    assert comes_back(flood.project, tmp_path, shared) == carried(flood.project)


@settings(max_examples=25, deadline=None)
@given(work=works())
def test_whatever_was_done_comes_back_equal(work: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "one.pnote", "Ana") as one:
        flood = take_in(one)
        take_in(one, "Another 🏚️ text.\n", "second.txt")
        for name in ("Press", "Bo"):
            do.add_tag(one, name, meaning="قول")
        do.edit_tag(one, one.read.tags()[1].id, parent_id=one.read.tags()[0].id)
        for name in ("Civil defence", "Zoe\u0301", "Harbour Post"):
            do.add_source(one, name)
        event = do.add_event(one, "The flood 🌊", place="Alt-Moor")
        for mark in one.read.annotations(do_work(one, flood, work)):
            if mark.kind is not Kind.SOURCE:
                do.edit_record(one, mark.id, event_id=event)
        assert comes_back(one, Path(folder)) == carried(one)
        with Project.open(Path(folder) / "other.pnote", "Bea") as other:
            everything_is_whole(other)


words = st.text(max_size=30) | st.sampled_from(EVERYDAY)
line = words.map(lambda text: canonical(text).text)
name = line.map(lambda text: " ".join(text.split())).filter(bool)
maybe = st.none() | line
days = st.none() | st.dates()
moments = st.none() | st.datetimes().map(lambda time: time.replace(tzinfo=UTC))


def one_of(choices: Any) -> Any:
    return st.none() | st.sampled_from(choices)


dated = st.builds(DatedWords, maybe, days, days, one_of(Precision), one_of(DateBasis))
records = {
    Kind.CLAIM: st.builds(
        Claim,
        mode=one_of(Mode),
        type=one_of(ClaimType),
        plain_words=line,
        translation=line,
        translated_by=line,
        happened=dated,
        said=dated,
        place=line,
        credibility=one_of(Credibility),
        progress=st.sampled_from(Progress),
        signed_off_by=maybe,
        signed_off_at=moments,
        finding=one_of(Finding),
    ),
    Kind.FIGURE: st.builds(
        Figure,
        value=st.none() | st.floats(allow_nan=False),
        low=st.none() | st.floats(allow_nan=False),
        high=st.none() | st.floats(allow_nan=False),
        inferred=st.booleans(),
        counted=line,
        unit=line,
        bound=one_of(Bound),
        qualifier=line,
        kind=one_of(FigureKind),
        measure=one_of(Measure),
        as_of=dated,
    ),
    Kind.SOURCE: st.builds(Mention, naming=one_of(Naming), role=one_of(MentionRole)),
}


@st.composite
def holdings(draw: st.DrawFn) -> i.Incoming:
    """All that a project can hold, at its worst."""
    texts = draw(st.lists(words.map(lambda text: canonical(text).text + "."), min_size=1, max_size=3, unique=True))
    articles = [_article(draw, f"a{number}", text) for number, text in enumerate(texts)]
    names = draw(st.lists(name, max_size=4, unique_by=str.casefold))
    tags = [
        i.IncomingTag(
            f"t{number}",
            one,
            draw(st.sampled_from([None, f"t{number - 1}"])) if number else None,
            draw(st.sampled_from([None, "#1d4ed8"])),
            draw(st.sampled_from([None, str(number + 1)])),
            draw(line),
        )
        for number, one in enumerate(names)
    ]
    sources = [
        i.IncomingSource(
            f"s{number}",
            f"{number} {one}",
            tuple(draw(st.lists(line, max_size=3))),
            draw(st.sampled_from(SourceType)),
            draw(line),
            draw(line),
            draw(st.sampled_from(Handling)),
            draw(one_of(Reliability)),
            draw(line),
            draw(days),
            draw(st.none() | st.just("a0")),
            draw(line),
        )
        for number, one in enumerate(draw(st.lists(name, max_size=3)))
    ]
    events = [
        i.IncomingEvent(f"e{number}", one, draw(dated), draw(line), draw(line))
        for number, one in enumerate(draw(st.lists(name, max_size=2, unique_by=str.casefold)))
    ]
    marks = [_mark(draw, f"m{number}", articles, tags, sources, events) for number in range(draw(st.integers(0, 5)))]
    statements = [one.key for one in marks if one.kind is not Kind.SOURCE]
    mentions = [one.key for one in marks if one.kind is Kind.SOURCE]
    keys = [one.key for one in sources]
    said = [
        i.IncomingAttribution(
            draw(st.sampled_from(statements)),
            draw(st.sampled_from(keys)),
            draw(st.sampled_from(Stance)),
            draw(line),
            draw(st.sampled_from(AttributionBasis)),
            draw(st.none() | st.sampled_from(keys)),
            draw(st.sampled_from([None, *mentions])),
        )
        for _ in range(draw(st.integers(0, 3)) if statements and keys else 0)
    ]
    claims = [one.key for one in marks if one.kind is Kind.CLAIM]
    links = [
        i.IncomingLink(*draw(st.permutations(claims))[:2], draw(st.sampled_from([Relation.REPEATS])), draw(line))
        for _ in range(draw(st.integers(0, 1)) if len(claims) > 1 else 0)
    ]
    checks = [
        i.IncomingCheck(
            draw(st.sampled_from(statements)),
            draw(st.dates()),
            draw(line),
            draw(line),
            draw(line),
            draw(one_of(Primacy)),
            draw(one_of(Shows)),
            draw(line),
            draw(line),
            draw(st.sampled_from(["", "Bo & <Co>"])),
        )
        for _ in range(draw(st.integers(0, 2)) if statements else 0)
    ]
    return i.Incoming("naughty", "test", articles, tags, events, sources, marks, said, links, checks)


def _article(draw: st.DrawFn, key: str, text: str) -> i.IncomingArticle:
    draft = Draft(
        text,
        draw(line),
        draw(st.booleans()),
        draw(st.sampled_from(ArticleType)),
        draw(maybe),
        draw(maybe),
        Published(draw(maybe), draw(days), draw(one_of(Precision))),
        draw(maybe),
        draw(maybe),
        draw(maybe),
        draw(maybe),
        draw(maybe),
        (DraftPart(draw(st.sampled_from(PartRole)), 0, len(text)),),
        draw(st.sampled_from([(), (0,), (0, 1)])),
    )
    data = draw(st.sampled_from([text.encode(), b"\x00\xff binary", text.encode("utf-16")]))
    status = draw(st.sampled_from(ArticleStatus))
    file_name = draw(st.sampled_from(["a.txt", "ü 🌊.DOCX", "no ending", "odd.p/df"]))
    note, address, by = draw(line), draw(maybe), draw(maybe)
    return i.IncomingArticle(key, draft, file_name, data, None, address, draw(moments), by, status, note)


def _mark(
    draw: st.DrawFn,
    key: str,
    articles: list[i.IncomingArticle],
    tags: list[i.IncomingTag],
    sources: list[i.IncomingSource],
    events: list[i.IncomingEvent],
) -> i.IncomingAnnotation:
    kind = draw(st.sampled_from(Kind))
    article = draw(st.sampled_from(articles))
    length = len(article.draft.text)
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    spans = tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))
    made_at = draw(moments) or NOW
    return i.IncomingAnnotation(
        key,
        article.key,
        kind,
        spans,
        draw(name),
        draw(records[kind]),
        None if kind is Kind.SOURCE else draw(st.sampled_from([None, *(one.key for one in events)])),
        draw(st.sampled_from([None, *(one.key for one in sources)])) if kind is Kind.SOURCE else None,
        tuple(draw(st.sets(st.sampled_from([one.key for one in tags])))) if tags else (),
        draw(line),
        draw(st.sampled_from(Handling)),
        draw(st.sampled_from(Origin)),
        draw(maybe),
        draw(maybe),
        draw(st.sampled_from(["", "Zoe\u0301 <&> 🌊"])),
        made_at,
        made_at + timedelta(microseconds=1) if made_at.year < 9999 else made_at,
        draw(st.none() | st.integers(1, 10**6)),
    )


@settings(max_examples=30, deadline=None)
@given(held=holdings())
def test_all_that_a_project_can_hold_comes_back_equal(held: i.Incoming) -> None:
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "one.pnote", "Ana") as one:
        do.take_in(one, held)
        assert comes_back(one, Path(folder)) == carried(one)


@settings(max_examples=15, deadline=None)
@given(held=holdings())
def test_all_that_a_project_can_hold_is_valid(held: i.Incoming, shared: Path) -> None:
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "one.pnote", "Ana") as one:
        do.take_in(one, held)
        sent(one, Path(folder) / "sent.qdpx")
        assert faults(shared, Path(folder) / "sent.qdpx") == []
        write_codebook(gather(one.read, "Ana"), Path(folder) / "sent.qdc")
        assert faults(shared, Path(folder) / "sent.qdc") == []


def test_naughty_strings_come_back_everywhere(shared: Path, tmp_path: Path) -> None:
    with Project.create(tmp_path / "one.pnote", "Ana") as one:
        strings = [canonical(text).text for text in naughty_strings(shared)]
        body = "\n\n".join(filter(str.strip, strings))
        article = take_in(one, body, title=strings[0])
        for number, text in enumerate(strings):
            made = do.mark(one, article.id, Kind.CLAIM, [Span(number, number + 5)])
            do.edit_annotation(one, made, note=text)
            do.edit_record(one, made, plain_words=text, place=text, happened=DatedWords(words=text))
            if text.strip():
                do.attribute(one, made, do.add_source(one, f"{number} {text}"), verb=text)
        assert comes_back(one, tmp_path, shared) == carried(one)


def test_a_codebook_is_valid_and_comes_back_equal(flood: Flood, tmp_path: Path, shared: Path) -> None:
    path = tmp_path / "codes.qdc"
    evidence = gather(flood.project.read, "Ana")
    assert write_codebook(evidence, path).rows == {"Tags": 2}
    assert faults(shared, path) == []
    incoming = read_codebook(path.name, path.read_bytes())
    assert incoming.tags == carried(flood.project).tags
    assert incoming.said == ()


def test_texts_are_plain_utf_8_without_a_mark_and_positions_count_code_points(flood: Flood, tmp_path: Path) -> None:
    from lxml import etree

    path = tmp_path / "sent.qdpx"
    sent(flood.project, path)
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        [text] = root.iterfind(".//{*}TextSource")
        member = text.get("plainTextPath").replace("internal://", "sources/")
        data = archive.read(member)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    body = data.decode("utf-8")
    for one in text.iterfind("{*}PlainTextSelection"):
        assert body[int(one.get("startPosition")) : int(one.get("endPosition"))] == one.get("name")


def test_what_is_not_placed_goes_out_with_its_words_and_is_told(flood: Flood, tmp_path: Path) -> None:
    article = flood.project.read.article(flood.article_id)
    assert article is not None
    words = "At least 3,200 people left the old town on Tuesday"
    changed = flood.project.read.body(article.text_id).replace(words, "Nobody left")
    file = imported(changed)
    do.update_article(flood.project, article.id, file.articles[0], file)
    path = tmp_path / "sent.qdpx"
    written = sent(flood.project, path)
    assert written.rows["Claims"] == 3
    incoming = read_project(path.name, path.read_bytes())
    assert words in {one.words for one in incoming.annotations if not one.spans}
    [before] = [one for one in carried(flood.project).annotations if one.words == words]
    [after] = [one for one in incoming.annotations if one.words == words]
    assert replace(after, tags=tuple(sorted(after.tags)), spans=before.spans) == before
    assert [check.annotation for check in incoming.checks].count(after.key) == 1


def test_stopping_leaves_the_old_file_alone(flood: Flood, tmp_path: Path) -> None:
    from annotate.exchange.refi import write_project

    path = tmp_path / "sent.qdpx"
    path.write_text("old")
    evidence = gather(flood.project.read, "Ana")
    with pytest.raises(ExportCancelled, match=r"sent\.qdpx"):
        write_project(evidence, flood.project.read.body, None, path, lambda _done, _total: False)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []
