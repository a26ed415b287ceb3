"""The groups of an RTF document walked through once.

Everything takes time in proportion to the file's bytes: a group without words is skipped by looking for its end only.
"""

from __future__ import annotations

import re

from annotate.canonical import REPLACEMENT
from annotate.importers.assembly import Block
from annotate.importers.rich_text_codes import CHARACTERS, CODE_PAGES, code_page_of, is_second_byte, is_utf8, known
from annotate.importers.rich_text_flow import DEEPEST, NO_HEADING, Flow, State

_TOKEN = re.compile(
    rb"""(?P<run>[^\\{}]+)
    |\\(?:u(?P<unicode>-?\d{1,10})|(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?)\ ?
    |(?P<brace>[{}])
    |(?P<codes>(?:\\'[0-9a-fA-F]{2})+)
    |\\(?P<symbol>.)?""",
    re.VERBOSE | re.DOTALL,
)
_BRACE_OR_BINARY = re.compile(rb"[{}]|\\(?:bin(?P<length>\d{1,10}) ?|.)", re.DOTALL)

_SHOWN_GROUPS = {
    *("fonttbl", "stylesheet", "info", "title", "author", "upr", "ud", "footnote"),
    *("shp", "shpinst", "shptxt", "do", "dptxbxtext", "object", "result", "fldrslt", "nesttableprops"),
}
_FORMATTING = {
    *("uc", "par", "sect", "page", "column", "cell", "row", "nestcell", "nestrow", "pard", "plain", "f", "af", "s"),
    *("outlinelevel", "intbl", "itap", "trowd", "cellx", "ls", "v", "deleted"),
    *("deff", "ansi", "mac", "pc", "pca", "ansicpg", "cpg", "fcharset"),
}


class Walk:
    """One pass over the bytes, done when made; what it found is in its public attributes."""

    def __init__(self, data: bytes, words_limit: int) -> None:
        from striprtf.striprtf import charset_map, destinations

        self.body = Flow()
        self.notes: list[Block] = []
        self.properties: dict[str, str] = {}
        """Title and author."""
        self.size = 0
        """Code points of text so far; beyond the limit the walk ends."""
        self.hidden = False
        self.unreadable = 0
        self.cut_short = False

        self._charsets: dict[int, str] = charset_map
        self._left_out = (destinations - _SHOWN_GROUPS) | {"listtext", "nonshppict"}
        self._utf8 = is_utf8(data)
        self._tables = {"fonttbl": Flow(), "stylesheet": Flow(), "info": Flow(), "upr": Flow()}
        self._opened_by: dict[Flow, str] = {}
        """Flows that mean something once their group is over, and the word that opened it."""
        self._state = State(self.body)
        self._stack: list[State] = []
        self._code_page = "cp1252"
        self._fonts: dict[int | None, str] = {}
        self._default_font: int | None = None
        self._style_names: dict[int, str] = {}
        self._coded = bytearray()
        """Bytes that wait to be decoded together: a character may take several."""
        self._fallback_left = 0
        self._run(data, words_limit)

    def _run(self, data: bytes, words_limit: int) -> None:
        place = data.index(b"{")
        starred = False
        while self.size <= words_limit and (token := _TOKEN.match(data, place)):
            place = token.end()
            kind = token.lastgroup
            if kind is None:
                continue
            if kind == "run":
                self._take_run(token[0])
                continue
            if kind == "unicode":
                self._take_unicode(int(token["unicode"]))
            elif kind == "codes":
                self._take_codes(bytes.fromhex(token[0].decode("ascii").replace("\\'", "")))
            elif kind == "symbol":
                self._take_symbol(token["symbol"].decode("latin-1"))
            elif kind == "brace" and token[0] == b"{":
                self._open()
            elif kind == "brace":
                self._close()
                if not self._stack:
                    return
            else:
                word = token["word"].decode("ascii")
                number = None if token["number"] is None else int(token["number"])
                if word == "bin":
                    place += max(0, number or 0)
                elif word in _SHOWN_GROUPS:
                    self._enter_group(word)
                elif starred or word in self._left_out:
                    self._leave_out(word)
                    place = _end_of_group(data, place)
                elif word in _FORMATTING:
                    self._take_formatting(word, number)
                elif word in CHARACTERS:
                    self._take_character(CHARACTERS[word])
                else:
                    self._fallback_left = 0
            starred = kind == "symbol" and token["symbol"] == b"*"
        self.cut_short = True
        while self._stack:
            self._close()

    def _open(self) -> None:
        self._decode()
        self._fallback_left = 0
        self._stack.append(self._state.copy())

    def _close(self) -> None:
        self._decode()
        self._fallback_left = 0
        inner, self._state = self._state, self._stack.pop()
        if inner.target is not self._state.target:
            self._leave_group(inner)
        elif inner.target is self._tables["fonttbl"]:
            self._name_font(inner.font, inner.target.taken())
        elif inner.target is self._tables["stylesheet"]:
            self._style_names.setdefault(inner.style, inner.target.taken().rstrip(";").strip())
        if not self._stack:
            self.body.end(inner, self._style_name(inner))

    def _name_font(self, font: int | None, name: str) -> None:
        """A font without a character set of its own may have one by its name: "Arial CE", "Times New Roman Cyr"."""
        code_page = code_page_of(name.partition(";")[0])
        if code_page is not None and self._fonts.get(font, "cp1252") == "cp1252":
            self._fonts[font] = code_page

    def _leave_out(self, word: str) -> None:
        self._decode()
        if word in ("pntext", "listtext") and self._stack:
            self._stack[-1].in_list = True

    def _enter_group(self, word: str) -> None:
        self._decode()
        state = self._state
        if word in self._tables:
            state.target = self._tables[word]
        elif word == "ud":
            # The same words as before it, in Unicode: they go where the group of both stands.
            state.target = self._stack[-2].target if len(self._stack) > 1 else self.body
        elif word in ("footnote", "shptxt", "dptxbxtext") or (
            word in ("title", "author") and state.target is self._tables["info"]
        ):
            state.target = Flow()
            state.depth = 0
            self._opened_by[state.target] = word

    def _leave_group(self, inner: State) -> None:
        word = self._opened_by.pop(inner.target, None)
        if word in ("title", "author"):
            self.properties[word] = inner.target.taken()
        elif word is not None:
            inner.target.end(inner, self._style_name(inner))
            if word == "footnote":
                note = " ".join(text for block in inner.target.blocks if (text := block.text.strip()))
                self.notes += [Block(note)] if note else []
            else:
                self._state.target.boxes += inner.target.blocks

    def _take_unicode(self, number: int) -> None:
        self._decode()
        self._put(chr(number % 0x10000))
        self._fallback_left = self._state.fallback

    def _take_formatting(self, word: str, number: int | None) -> None:
        self._decode()
        self._fallback_left = 0
        state = self._state
        on = number != 0
        match word:
            case "uc":
                state.fallback = max(0, number or 0)
            case "par" | "sect" | "page" | "column":
                state.target.end_paragraph(state, self._style_name(state))
            case "cell" | "nestcell":
                depth = 1 if word == "cell" else max(state.depth, 2)
                state.target.end_cell(depth, state, self._style_name(state))
            case "row" | "nestrow":
                depth = 1 if word == "row" else max(state.depth, 2)
                state.target.end_row(depth, state, self._style_name(state))
            case "pard":
                state.style, state.outline, state.depth, state.in_list = 0, NO_HEADING, 0, False
            case "plain":
                state.font, state.hidden, state.deleted = self._default_font, False, False
            case "f" | "af":
                # The font named last is that of the script that comes (left to right, right to left, Asian).
                state.font = number
            case "s":
                state.style = number or 0
            case "outlinelevel":
                state.outline = NO_HEADING if number is None else number
            case "intbl":
                state.depth = max(state.depth, 1) if on else 0
            case "trowd":
                state.target.begin_row(max(state.depth, 1))
            case "cellx":
                state.target.set_edge(max(state.depth, 1), number or 0)
            case "itap":
                depth = 1 if number is None else number
                state.depth = min(max(depth, min(state.depth, 1)), DEEPEST)
            case "ls":
                state.in_list = on
            case "v":
                state.hidden = on
            case "deleted":
                state.deleted = on
            case "deff":
                state.font = self._default_font = number
            case "ansi" | "mac" | "pc" | "pca":
                self._code_page = CODE_PAGES[word]
            case "ansicpg" | "cpg":
                if (code_page := known(f"cp{number}")) is not None:
                    self._set_code_page(code_page)
            case "fcharset":
                if (code_page := known(self._charsets.get(-1 if number is None else number))) is not None:
                    self._set_code_page(code_page)

    def _set_code_page(self, code_page: str) -> None:
        if self._state.target is self._tables["fonttbl"]:
            self._fonts[self._state.font] = code_page
        else:
            self._code_page = code_page

    def _take_symbol(self, symbol: str) -> None:
        if not self._fallback_left and is_second_byte(symbol, self._coded, self._codec):
            self._coded += symbol.encode("ascii")
        elif symbol in CHARACTERS:
            self._take_character(CHARACTERS[symbol])
        elif symbol in "\r\n":
            self._take_formatting("par", None)

    def _take_character(self, character: str) -> None:
        self._decode()
        if self._fallback_left:
            self._fallback_left -= 1
        else:
            self._put(character)

    def _take_run(self, run: bytes) -> None:
        run = run.translate(None, b"\r\n")
        passed_over = min(self._fallback_left, len(run))
        self._fallback_left -= passed_over
        if self._utf8 and not run.isascii():
            self._decode()
            self._put(run[passed_over:].decode("utf-8", "replace"))
        else:
            self._coded += run[passed_over:]

    def _take_codes(self, codes: bytes) -> None:
        passed_over = min(self._fallback_left, len(codes))
        self._fallback_left -= passed_over
        self._coded += codes[passed_over:]

    @property
    def _codec(self) -> str:
        return self._fonts.get(self._state.font, self._code_page)

    def _decode(self) -> None:
        if self._coded:
            text = self._coded.decode(self._codec, "replace")
            self._coded.clear()
            self.unreadable += text.count(REPLACEMENT)
            self._put(text)

    def _put(self, text: str) -> None:
        if self._state.hidden:
            self.hidden = self.hidden or bool(text.strip())
        elif not self._state.deleted:
            self.size += len(text)
            self._state.target.pieces.append(text)

    def _style_name(self, state: State) -> str:
        return self._style_names.get(state.style, "")


def _end_of_group(data: bytes, place: int) -> int:
    """Where the brace stands that closes the group at this place, or the end of the data."""
    depth = 1
    while found := _BRACE_OR_BINARY.search(data, place):
        place = found.end()
        if found["length"]:
            place += int(found["length"])
        elif found[0] in b"{}":
            depth += 1 if found[0] == b"{" else -1
            if not depth:
                return found.start()
    return len(data)
