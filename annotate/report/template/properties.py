"""Document properties by which a workbook is known when it is read back, brought up to date in a filled template.

Why it exists: a template is often last month's output. If it went on saying that it shows last month's project, what
the project has changed since would be taken for a colleague's edits; and one for sharing must not say which project it
is from.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from annotate.report.about import OURS, About
from annotate.report.template.package import Package
from annotate.report.template.stated_numbers import whole

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_TIE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PART = "docProps/custom.xml"


def describe(package: Package, about: About) -> None:
    """Set the properties of an export; others of the template stay."""
    from lxml import etree

    parts = package.related("", "custom-properties")
    if not parts and not about:
        return
    if parts:
        root: Any = package.root(parts[0])
    else:
        root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
    stale = [one for one in root if str(one.get("name", "")).startswith(OURS)]
    if not stale and not about:
        return
    for one in stale:
        root.remove(one)
    last = max((whole(one.get("pid", "1")) for one in root), default=1)
    for number, (name, value) in enumerate(about.items(), last + 1):
        element = root.makeelement(f"{{{_PROPERTIES}}}property", {"fmtid": _FORM, "pid": str(number), "name": name})
        is_time = isinstance(value, datetime)
        held = element.makeelement(f"{{{_VALUES}}}{'filetime' if is_time else 'lpwstr'}", nsmap={"vt": _VALUES})
        held.text = f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value
        element.append(held)
        root.append(element)
    package.replace_root(parts[0] if parts else _PART, root)
    if not parts:
        package.set_content_type(_PART, _KIND)
        _tie(package)


def _tie(package: Package) -> None:
    ties = package.root("_rels/.rels")
    taken = {tie.get("Id") for tie in ties}
    number = next(number for number in range(1, len(taken) + 2) if f"rIdP{number}" not in taken)
    tie = ties.makeelement(ties.tag.replace("Relationships", "Relationship"), {"Id": f"rIdP{number}", "Type": _TIE})
    tie.set("Target", _PART)
    ties.append(tie)
    package.replace_root("_rels/.rels", ties)
