"""Word documents as tests make them, with parts that no library writes, and what is read of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from annotate.importers import Draft, ImportedFile, read_bytes


def saved(document: Any) -> bytes:
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def imported(document: Any, name: str = "report.docx") -> ImportedFile:
    return read_bytes(saved(document), name)


def draft_of(document: Any, name: str = "report.docx") -> Draft:
    return imported(document, name).articles[0]


def paragraph_xml(inner: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w', 'wp', 'a')}>{inner}</w:p>")


def appended(document: Any, *elements: Any) -> Any:
    for element in elements:
        document.element.body.insert(len(document.element.body) - 1, element)
    return document


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, change(member.filename, old.read(member)))
    return packed.getvalue()


def with_body(inner: str) -> bytes:
    """A document whose body is given as XML."""

    def change(path: str, part: bytes) -> bytes:
        if path != "word/document.xml":
            return part
        start = part.index(b"<w:body>") + len(b"<w:body>")
        return part[:start] + inner.encode() + part[part.index(b"</w:body>") :]

    return repacked(saved(docx.Document()), change)


def with_part(data: bytes, kind: str, xml: str) -> bytes:
    """A document with one more part of its main part."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"

    def change(path: str, part: bytes) -> bytes:
        if path == "word/_rels/document.xml.rels":
            relation = f'<Relationship Id="rId99" Type="{relations}/{kind}" Target="{kind}.xml"/>'
            return part.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        if path == "[Content_Types].xml":
            override = f'<Override PartName="/word/{kind}.xml" ContentType="{content_type}"/>'
            return part.replace(b"</Types>", override.encode() + b"</Types>")
        return part

    changed = BytesIO(repacked(data, change))
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr(f"word/{kind}.xml", xml)
    return changed.getvalue()
