"""Whatever is in a package, it ends in records or in one plain sentence that names the file."""

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import ImportRefused
from annotate.exchange.refi import read_codebook, read_project
from tests.exchange.refi.packages import (
    NAMESPACE,
    code,
    described,
    guid,
    package,
    read,
    selection,
    text_source,
    words,
)
from tests.importers.hostile.archives import broken

BOMB = (
    '<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {one} "{f"&{other};" * 10}">' for one, other in zip("bcdefghi", "abcdefgh", strict=True))
    + f']><Project xmlns="{NAMESPACE}" name="&i;"/>'
)
OUTSIDE = (
    f'<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project xmlns="{NAMESPACE}" name="p">&x;</Project>'
)


def twice() -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("project.qde", described())
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("project.qde", described())
    return data.getvalue()


REFUSED = {
    "empty": b"",
    "no archive": b"\x89PNG\r\n",
    "cut short": package({}, described())[:-30],
    "no project in it": package({"sources/a.txt": "a"}),
    "zip slip": package({"../../evil.txt": "a"}, described()),
    "zip slip of Windows": package({"..\\..\\evil.txt": "a"}, described()),
    "absolute": package({"/etc/passwd": "a"}, described()),
    "drive": package({"C:/evil.txt": "a"}, described()),
    "bomb": package({}, BOMB),
    "outside entity": package({}, OUTSIDE),
    "broken": package({}, "<Project><Users></Project>"),
    "not XML": package({}, "just words"),
    "no bytes": package({}, ""),
    "another root": package({}, "<html/>"),
    **broken(package({"sources/a.txt": "a"}, described())),
    "deep": package({}, "<Project>" + "<Code>" * 5000 + "</Code>" * 5000 + "</Project>"),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_a_hostile_package_is_refused_in_one_sentence_that_names_it(data: bytes) -> None:
    with pytest.raises(ImportRefused, match=r"^evil\.qdpx .*\.$") as refused:
        read_project("evil.qdpx", data)
    assert "\n" not in str(refused.value)


def test_a_project_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"evil\.qdpx is damaged: parts of it are there twice"):
        read_project("evil.qdpx", twice())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_bomb_is_refused_in_every_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}'.encode(encoding)
    with pytest.raises(ImportRefused, match=r"evil\.qdpx"):
        read_project("evil.qdpx", package({"project.qde": xml}))
    with pytest.raises(ImportRefused, match=r"evil\.qdc"):
        read_codebook("evil.qdc", xml.replace(b"Project", b"CodeBook"))


def test_a_member_that_unpacks_to_far_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotate.exchange.refi.package.UNPACKED_LIMIT", 3_000_000)
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", described(sources=text_source("t")))
        archive.writestr("sources/text.txt", b"a" * 5_000_000)
    with pytest.raises(ImportRefused, match=r"evil\.qdpx would unpack to more than"):
        read_project("evil.qdpx", data.getvalue())


def test_the_archives_of_the_hostile_folder_end_in_a_sentence(shared: Path) -> None:
    paths = list((shared / "hostile" / "zip").glob("*.zip"))
    assert paths
    for path in paths:
        with pytest.raises(ImportRefused, match=r"^evil\.qdpx .*\.$"):
            read_project("evil.qdpx", path.read_bytes())


@pytest.mark.parametrize(
    "path", ["absolute:///etc/passwd", "relative:///../../etc/passwd", "/etc/passwd", "\\\\host\\x"]
)
def test_a_path_outside_the_package_is_never_followed(path: str) -> None:
    incoming = read(described(sources=text_source("t", path=path)), "words")
    assert incoming.articles == ()
    assert any("not in the package" in one for one in incoming.said)


@pytest.mark.parametrize(
    ("start", "end"), [("9" * 5000, "1"), ("-5", "3"), ("5", "2"), ("1.5", "x"), ("", ""), (3, 3), (2**62, 2**63)]
)
def test_a_place_that_is_none_keeps_the_words_without_one(start: str | int, end: str | int) -> None:
    made = selection(start, end, "Economy", name="not there") + selection(start, end, "Economy", key="2")
    incoming = read(described(codes=code("Economy"), sources=text_source("t", made)), "some words")
    assert words(incoming) == ["[not there]"]
    assert "Passages whose place is not in the text, kept with their words only: 1." in incoming.said


def test_a_place_that_is_none_is_found_by_its_words() -> None:
    made = selection(900, 950, "Economy", name="some words")
    incoming = read(described(codes=code("Economy"), sources=text_source("t", made)), "here are some words.")
    assert words(incoming) == ["some words"]


def test_codes_that_contain_themselves_become_tags_once_each() -> None:
    inner = code("A", code("B", code("A")))
    incoming = read(described(codes=inner, sources=text_source("t", selection(0, 4, "A"))), "words")
    assert [tag.name for tag in incoming.tags] == ["A", "B", "A"]
    assert len({tag.key for tag in incoming.tags}) == 3
    assert [tag.uid for tag in incoming.tags].count(None) == 1
    assert len(incoming.annotations[0].tags) == 1


def test_two_sources_and_selections_with_one_guid_are_two() -> None:
    one = text_source("t", selection(0, 5, "A") + selection(0, 5, "A", name="again"))
    sources = one + one.replace("text.txt", "other.txt")
    incoming = read(described(codes=code("A"), sources=sources), "words", **{"sources/other.txt": "other"})
    assert len({article.key for article in incoming.articles}) == 2
    keys = [mark.key for mark in incoming.annotations]
    assert len(keys) == len(set(keys))
    uids = [mark.uid for mark in incoming.annotations if mark.uid is not None]
    assert len(uids) == len(set(uids))


def test_references_to_nothing_are_let_go() -> None:
    rest = (
        f'<Cases><Case guid="{guid("c")}"><SelectionRef targetGUID="{guid("gone")}"/></Case></Cases>'
        f'<Links><Link guid="x" name="contains" originGUID="{guid("gone")}" targetGUID="nothing"/></Links>'
        '<Sets><Set guid="y" name="s"><MemberSource targetGUID="z"/></Set></Sets><NoteRef targetGUID="q"/>'
    )
    cases, _, later = rest.partition("<Links>")
    sources = text_source("t", selection(0, 5, "gone"))
    incoming = read(described(sources=sources, rest="").replace("<Sources>", f"{cases}<Sources>").replace(
        "</Project>", f"<Links>{later}</Project>"), "words")  # fmt: skip
    assert words(incoming) == ["words"]
    assert "Codings with a code that is not in the codebook, kept as claims without it: 1." in incoming.said


def test_a_text_in_another_encoding_is_read_and_told() -> None:
    text = "Die Müller größer über Äpfel schön für Straße, sagte die Bürgermeisterin gestern. " * 3
    incoming = read(described(sources=text_source("t")), text.encode("cp1252"))
    assert incoming.articles[0].draft.text == text
    assert incoming.said


def test_a_description_without_its_package_still_gives_its_codes() -> None:
    xml = described(codes=code("A"), sources=text_source("t", selection(0, 5, "A", name="words")))
    incoming = read_project("project.qde", xml.encode())
    assert [tag.name for tag in incoming.tags] == ["A"]
    assert words(incoming) == ["words"]


def test_nested_notes_of_codes_and_memos_find_their_owners() -> None:
    rest = (
        f'<Notes><Note guid="{guid("n")}" name="memo"><PlainTextContent>for the code</PlainTextContent></Note>'
        f'<Note guid="{guid("m")}"><PlainTextContent>for the passage</PlainTextContent></Note></Notes>'
        f'<Links><Link guid="l" originGUID="{guid("m")}" targetGUID="{guid("selection 0 5")}"/></Links>'
    )
    codes = code("A", f'<NoteRef targetGUID="{guid("n")}"/>')
    incoming = read(described(codes=codes, sources=text_source("t", selection(0, 5, "A")), rest=rest), "words")
    assert incoming.tags[0].meaning == "memo\nfor the code"
    assert incoming.annotations[0].note == "for the passage"
    assert incoming.note == ""


def test_a_word_file_without_plain_text_is_read_and_passages_are_found_by_their_words() -> None:
    from docx import Document

    document, data = Document(), BytesIO()
    document.add_paragraph("At least 900 people left their homes.")
    document.save(data)
    made = selection(400, 500, "A", name="900 people") + selection(1, 9, "A", name="not there")
    source = text_source("t.docx", made, path="internal://gone.txt").replace(
        "plainTextPath", 'richTextPath="internal://a.docx" plainTextPath'
    )
    incoming = read(described(codes=code("A"), sources=source), "", **{"sources/a.docx": data.getvalue()})
    assert words(incoming) == ["900 people", "[not there]"]
    assert incoming.articles[0].data == data.getvalue()
    assert incoming.articles[0].file_name == "t.docx"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_changed_byte_or_a_cut_never_ends_in_anything_else(data: st.DataObject) -> None:
    xml = described(codes=code("A", code("B")), sources=text_source("t", selection(0, 5, "A", name="words"))).encode()
    broken = bytearray(package({"sources/text.txt": "words here"}, xml.decode()) if data.draw(st.booleans()) else xml)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(broken) // 2, len(broken)))
    with suppress(ImportRefused):
        read_project("evil.qdpx", bytes(broken[:cut]))
