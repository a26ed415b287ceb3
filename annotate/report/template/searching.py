"""Whether anything in a filled template gives a protected source away.

Why it exists: what is put into a workbook for sharing is redacted, but a template brings words of its own: columns,
comments, text boxes, names of sheets, what pivot tables keep. All of them are searched, in every part that is XML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from annotate.errors import ExportFailed
from annotate.report.cells import shown_text
from annotate.report.template.package import Package, damaged, unsafe

_WHOLE = ("si", "is", "p", "comment", "threadedComment", "oddHeader", "oddFooter")
"""Elements whose words belong together, though each may have a look of its own."""


def refuse_what_gives_away(package: Package, hidden: Callable[[str], str]) -> None:
    """Search all parts; `hidden` gives words with protected names replaced.

    Raises ExportFailed where there are such names, and where pivot tables keep rows that cannot be refilled.
    """
    for name in package.names:
        if "/pivotCache/" in name and "Records" in name:
            raise ExportFailed(
                f"{package.name} has pivot tables, which keep the rows of before for whoever unpacks the file. Take "
                "them out of the template, or share a workbook without one."
            )
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        for words in _words(package, name):
            if hidden(words) != words:
                near = " ".join(hidden(words)[:60].split())
                raise ExportFailed(
                    f"{package.name} names somebody who is protected (in its part {name}, near “{near}”). Take that "
                    "out of the template, or share a workbook without one."
                )


def forget_people(package: Package) -> None:
    """Take out of the document's properties who has made the template and who has saved it last."""
    for part in package.related("", "core-properties"):
        root = package.root(part)
        people = [one for one in root.iter("{*}creator", "{*}lastModifiedBy") if one.text]
        for one in people:
            one.text = ""
        if people:
            package.replace_root(part, root)


def _words(package: Package, name: str) -> Iterator[str]:
    from lxml import etree

    with package.stream(name) as part:
        try:
            parsing = etree.iterparse(
                part, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
            )
            for _, element in parsing:
                if element.getroottree().docinfo.doctype:
                    raise unsafe(package.name)
                yield from _of(element)
        except etree.XMLSyntaxError as error:
            if not name.endswith(".vml"):  # other programs write VML that is no XML
                raise damaged(package.name) from error


def _of(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        yield element.text or ""
        return
    yield from (value for value in element.attrib.values() if len(value) > 1)
    if element.tag.rpartition("}")[2] in _WHOLE:
        yield shown_text("".join(element.itertext()))
    elif element.text and len(element.text) > 1:
        yield shown_text(element.text)
    parent = element.getparent()
    if parent is not None and parent.tag.rpartition("}")[2] in ("sheetData", "sst"):
        parent.remove(element)
