"""Packages for tests: the ones that this program writes, and small ones as other programs would."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid5

from annotate.exchange.incoming import Incoming
from annotate.exchange.refi import read_project, write_project
from annotate.exchange.refi.identity import fixed
from annotate.project import Project
from annotate.report.evidence import gather
from annotate.writing import Written

NAMESPACE = "urn:QDA-XML:project:1.0"


def sent(project: Project, target: Path) -> Written:
    """A project as a package."""
    evidence = gather(project.read, "Ana")
    return write_project(evidence, project.read.body, project.read.file_bytes, target, parts_of=project.read.parts)


def package(members: dict[str, bytes | str], described: str | None = None) -> bytes:
    """An archive with these members, and project.qde where it is given."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        if described is not None:
            archive.writestr("project.qde", described)
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def guid(name: str) -> str:
    return str(uuid5(fixed("tests"), name))


def described(*, codes: str = "", sources: str = "", rest: str = "", origin: str = "Other 1.0") -> str:
    book = f"<CodeBook><Codes>{codes}</Codes></CodeBook>" if codes else ""
    held = f"<Sources>{sources}</Sources>" if sources else ""
    users = f'<Users><User guid="{guid("user")}" name="Zoe\u0301"/></Users>'
    return f'<Project xmlns="{NAMESPACE}" name="p" origin="{origin}">{users}{book}{held}{rest}</Project>'


def code(name: str, inside: str = "") -> str:
    return f'<Code guid="{guid(name)}" name="{name}" isCodable="true">{inside}</Code>'


def selection(start: Any, end: Any, *codes: str, name: str = "", key: str = "", inside: str = "") -> str:
    codings = "".join(
        f'<Coding guid="{guid(f"{start} {end} {one}{key}")}"><CodeRef targetGUID="{guid(one)}"/></Coding>'
        for one in codes
    )
    return (
        f'<PlainTextSelection guid="{guid(f"selection {start} {end}{key}")}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}" creatingUser="{guid("user")}">{inside}{codings}</PlainTextSelection>'
    )


def text_source(name: str, selections: str = "", *, path: str = "internal://text.txt", inside: str = "") -> str:
    return f'<TextSource guid="{guid(name)}" name="{name}" plainTextPath="{path}">{inside}{selections}</TextSource>'


def read(description: str, text: bytes | str = "", **members: bytes | str) -> Incoming:
    """What comes of a package with one text."""
    return read_project("other.qdpx", package({"sources/text.txt": text, **members}, description))


def words(incoming: Incoming) -> list[str]:
    """The words of all marks, those without a place in brackets."""
    texts = {article.key: article.draft.text for article in incoming.articles}
    return [
        " … ".join(texts[one.article][span.start : span.end] for span in one.spans) if one.spans else f"[{one.words}]"
        for one in incoming.annotations
    ]


@cache
def schema(shared: Path, name: str) -> Any:
    from lxml import etree

    return etree.XMLSchema(etree.parse(shared / "interchange" / "refi" / "xsd" / name))


def faults(shared: Path, path: Path) -> list[str]:
    """What the schema finds wrong with a package or codebook."""
    from lxml import etree

    if path.suffix == ".qdc":
        tree, wanted = etree.parse(path), schema(shared, "Codebook.xsd")
    else:
        with zipfile.ZipFile(path) as archive, archive.open("project.qde") as member:
            tree, wanted = etree.parse(member), schema(shared, "Project.xsd")
    wanted.validate(tree)
    return [str(error) for error in wanted.error_log]
