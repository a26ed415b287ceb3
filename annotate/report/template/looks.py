"""The looks that the template gives its columns, and the few that have to be added.

Why it exists: a column looks as its first row of data does. Only three things cannot be had from there: a date needs a
date's number format to be read as one, a fraction one that does not show it as 0, and text that Excel would make a
formula of when somebody edits the cell needs Excel's own mark for text. Such a look is the column's own with that one
thing changed, put at the end of styles.xml; where no cell needs one, styles.xml stays as it is.
"""

from __future__ import annotations

from typing import Any

from annotate.report.template.package import Package
from annotate.report.template.stated_numbers import whole

_FIRST_OWN_FORMAT = 164
_GENERAL = 0


class Looks:
    """Looks of cells (cellXfs) by number, as cells name them."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._package = package
        self._part = part
        self._root: Any = package.root(part) if part else None
        self._looks = self._child("cellXfs")
        self._formats = self._child("numFmts")
        self._codes = {whole(one.get("numFmtId")): one.get("formatCode", "") for one in self._each(self._formats)}
        self._known: dict[tuple[int, str | None, bool | None], int] = {}
        self._changed = False

    def is_date(self, look: int) -> bool:
        """Whether a number shows as a date or time."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        number = self._number_format(look)
        if 27 <= number <= 36 or 50 <= number <= 58:
            return True  # dates of East Asian settings, which have no code
        return bool(is_date_format(self._codes.get(number) or BUILTIN_FORMATS.get(number, "General")))

    def wraps(self, look: int) -> bool:
        """Whether text goes on in further lines."""
        element = self._element(look)
        alignment = None if element is None else element.find("{*}alignment")
        return alignment is not None and alignment.get("wrapText") in ("1", "true")

    def hides_fractions(self, look: int) -> bool:
        """Whether 0.5 shows as another number, or as a day."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        number = self._number_format(look)
        code = self._codes.get(number) or BUILTIN_FORMATS.get(number, "General")
        return self.is_date(look) or not (code.casefold() == "general" or any(sign in code for sign in "./%E@"))

    def with_format(self, look: int, code: str) -> int | None:
        """The look with another number format; None where the workbook has no looks at all."""
        return self._variant(look, code, None)

    def as_text(self, look: int, quoted: bool) -> int:
        """The look with Excel's mark for text that is never typed anew, or without it."""
        element = self._element(look)
        is_quoted = element is not None and element.get("quotePrefix") in ("1", "true")
        if element is None or is_quoted == quoted:
            return look
        found = self._variant(look, None, quoted)
        return look if found is None else found

    def save(self) -> None:
        if self._changed and self._part:
            self._package.replace_root(self._part, self._root)

    def _child(self, name: str) -> Any:
        return None if self._root is None else self._root.find(f"{{*}}{name}")

    @staticmethod
    def _each(parent: Any) -> list[Any]:
        return [] if parent is None else [one for one in parent if isinstance(one.tag, str)]

    def _element(self, look: int) -> Any:
        every = self._each(self._looks)
        return every[look] if 0 <= look < len(every) else None

    def _number_format(self, look: int) -> int:
        element = self._element(look)
        return _GENERAL if element is None else whole(element.get("numFmtId", str(_GENERAL)))

    def _variant(self, look: int, code: str | None, quoted: bool | None) -> int | None:
        key = (look, code, quoted)
        if key not in self._known:
            made = self._made(look, code, quoted)
            if made is None:
                return None
            self._known[key] = made
        return self._known[key]

    def _made(self, look: int, code: str | None, quoted: bool | None) -> int | None:
        from copy import deepcopy

        base = self._element(look)
        if base is None:
            base = self._element(0)
        if base is None:
            return None
        element = deepcopy(base)
        if code is not None:
            element.set("numFmtId", str(self._format(code)))
            element.set("applyNumberFormat", "1")
        if quoted is not None:
            element.attrib.pop("quotePrefix", None)
            if quoted:
                element.set("quotePrefix", "1")
        every = self._each(self._looks)
        for place, other in enumerate(every):
            if _same(other, element):
                return place
        self._looks.append(element)
        self._looks.set("count", str(len(every) + 1))
        self._changed = True
        return len(every)

    def _format(self, code: str) -> int:
        for number, known in self._codes.items():
            if known == code:
                return number
        number = max(_FIRST_OWN_FORMAT, *(known + 1 for known in self._codes), _FIRST_OWN_FORMAT)
        if self._formats is None:
            namespace = self._root.nsmap[self._root.prefix]
            self._formats = self._root.makeelement(f"{{{namespace}}}numFmts")
            self._root.insert(0, self._formats)
        element = self._formats.makeelement(self._formats.tag.replace("numFmts", "numFmt"))
        element.set("numFmtId", str(number))
        element.set("formatCode", code)
        self._formats.append(element)
        self._formats.set("count", str(len(self._codes) + 1))
        self._codes[number] = code
        self._changed = True
        return number


def _same(one: Any, other: Any) -> bool:
    if one.tag != other.tag or dict(one.attrib) != dict(other.attrib) or len(one) != len(other):
        return False
    return all(_same(mine, others) for mine, others in zip(one, other, strict=True))
