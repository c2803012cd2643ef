"""Rich Text Format to paragraphs: what a word processor shows of the text, without headers, notes and pictures.

Bytes that a font's character set or the file's code page explains, `\\u` with its replacement, hidden and deleted text,
fields (their results), tables (a row a line), text boxes. Broken nesting loses nothing that is text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from morgue.readers.names import name_set

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
# Groups whose text is not part of the running text. All that begin with \* are left out too, but for _KEPT.
_DROPPED = name_set(
    "fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf footnote "
    "annotation atnid atnauthor fldinst listtable listoverridetable listtext pntext pntxta pntxtb revtbl rsidtbl "
    "objdata objclass objname shprslt nonesttables private xe tc txe rxe filetbl sn sv upr template do nextfile "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn bkmkstart bkmkend title subject author operator keywords comment "
    "doccomm category manager company hlinkbase formfield datafield datastore themedata colorschememapping"
)
_KEPT = name_set("ud shptxt dptxbxtext nestrow")  # running text within groups that are left out
_INFO = name_set("title author subject keywords operator company")
_BREAKS = name_set("par sect page column row nestrow")
_CHARACTERS = {
    "line": "\n",
    "lbr": "\n",
    "tab": " ",
    "cell": "  ",
    "nestcell": "  ",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "zwj": "\u200d",
    "zwnj": "\u200c",
}
_PRINTED = frozenset(_CHARACTERS) - {"line", "lbr", "tab", "cell", "nestcell"}
_SYMBOLS = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\"}
# Character sets of fonts (\fcharset); 0 and 1 mean the file's own code page.
_CHARSETS = {
    77: "mac_roman",
    78: "cp932",
    79: "cp949",
    80: "gbk",
    81: "big5",
    83: "cp1255",
    84: "cp1256",
    85: "mac_greek",
    86: "mac_turkish",
    88: "mac_latin2",
    89: "mac_cyrillic",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_FAMILIES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_PAGES = {"10000": "mac_roman", "936": "gb18030", "65001": "utf-8", "1361": "johab"}
_MAX_DEPTH = 10_000  # open groups


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text (line breaks in it), its style's name in lower case, whether all of it is bold."""

    text: str
    style: str = ""
    bold: bool = False


@dataclass(slots=True)
class Rtf:
    """What a file holds: paragraphs in order, empty ones too; `info` of its properties; `cut` when it ends too soon."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass(slots=True)
class _State:
    """What a group inherits and its end restores."""

    dropped: bool = False
    unseen: bool = False  # hidden or deleted
    bold: bool = False
    font: int = -1
    after_u: int = 1  # characters that follow \u for readers that do not know it
    into: str = ""  # the table or property that the group's text belongs to

    def copy(self) -> _State:
        return _State(self.dropped, self.unseen, self.bold, self.font, self.after_u, self.into)


def parsed(data: bytes) -> Rtf:
    """What the bytes of an RTF file hold. No input makes it raise."""
    return _Parser(data).run()


class _Parser:
    def __init__(self, data: bytes) -> None:
        self._source, self._is_utf8 = _source(data)
        self._rtf = Rtf()
        self._state = _State()
        self._stack: list[_State] = []
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._default_font = -1
        self._styles: dict[int, str] = {}
        self._style = 0
        self._number = -1  # of the font or style that a table's group defines
        self._name: list[str] = []  # texts of that group, or of a property
        self._bytes = bytearray()  # not yet decoded
        self._parts: list[str] = []  # of the open paragraph
        self._bold = self._plain = False
        self._skip = 0  # characters that follow \u and repeat it
        self._starred = False

    def run(self) -> Rtf:
        at, source, end = 0, self._source, len(self._source)
        while at < end:
            for match in _TOKEN.finditer(source, at):
                word, number, hexes, symbol, brace, text = match.groups()
                at = match.end()
                if text is not None:
                    self._text(text)
                elif word is not None:
                    if word == "bin" and number:
                        at += max(int(number), 0)
                        break
                    self._word(word, number)
                elif hexes is not None:
                    self._hex(int(hexes, 16))
                elif brace is not None:
                    self._brace(brace)
                else:
                    self._symbol(symbol)
            else:
                break
        self._end_paragraph()
        self._rtf.cut = bool(self._stack)
        return self._rtf

    # --- tokens

    def _text(self, text: str) -> None:
        if self._skip:
            taken = min(self._skip, len(text))
            self._skip -= taken
            text = text[taken:]
        if not text:
            return
        self._starred = False
        state = self._state
        if state.into:
            self._name.append(text)
        if state.dropped or state.unseen:
            return
        if self._is_utf8 and not text.isascii():
            self._flush()
            self._parts.append(text)
        else:
            self._bytes += text.encode("latin-1", "replace")
        self._weigh(text)

    def _weigh(self, text: str) -> None:
        if text.strip():
            if self._state.bold:
                self._bold = True
            else:
                self._plain = True

    def _hex(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        elif self._state.into:
            self._name.append(bytes([value]).decode(self._encoding(), "replace"))
        elif not (self._state.dropped or self._state.unseen):
            self._bytes.append(value)
            self._weigh("x")

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
            return
        if self._skip and symbol in _SYMBOLS:
            self._skip -= 1
        elif symbol in "\r\n":
            self._word("par", None)
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _brace(self, brace: str) -> None:
        self._skip = 0
        self._starred = False
        self._flush()
        if brace == "{":
            if len(self._stack) < _MAX_DEPTH:
                self._stack.append(self._state.copy())
            return
        if self._state.into:
            self._define()
        if self._stack:
            self._state = self._stack.pop()

    def _word(self, word: str, digits: str | None) -> None:
        if self._skip and word in _PRINTED:
            self._skip -= 1
            return
        self._skip = 0
        starred, self._starred = self._starred, False
        state = self._state
        number = int(digits) if digits else None
        if word == "u":
            self._unicode(number)
        elif word in _KEPT:
            state.dropped = False
        elif word in _DROPPED or starred:
            self._drop(word)
        if word in _BREAKS:
            if not state.dropped and not state.unseen:
                self._end_paragraph()
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in ("v", "deleted"):
            self._flush()
            state.unseen = number != 0
        elif word == "b":
            state.bold = number != 0
        elif word == "plain":
            self._flush()
            state.unseen = state.bold = False
            state.font = self._default_font
        elif word == "pard":
            self._style = 0
        else:
            self._numbered(word, number, digits or "")

    def _numbered(self, word: str, number: int | None, digits: str) -> None:
        """Control words that set a number: fonts, styles, code pages."""
        state = self._state
        if word == "uc":
            state.after_u = min(max(number if number is not None else 1, 0), 16)
        elif word == "f" and number is not None:
            self._flush()
            state.font = self._number = number
        elif word == "s" and number is not None:
            self._number = number
            if not state.dropped:
                self._style = number
        elif word == "outlinelevel" and not state.dropped and number is not None and number < 9:
            self._styles.setdefault(self._style, "heading")
        elif word == "deff" and number is not None:
            self._default_font = number
            state.font = number
        elif word in _FAMILIES:
            self._page = _FAMILIES[word]
        elif word == "ansicpg":
            self._page = _code_page(digits) or self._page
        elif word in ("fcharset", "cpg") and state.into == "font":
            found = _CHARSETS.get(number or 0) if word == "fcharset" else _code_page(digits)
            if found:
                self._fonts[self._number] = found

    def _drop(self, word: str) -> None:
        state = self._state
        self._flush()
        state.dropped = True
        if word in ("fonttbl", "stylesheet"):
            state.into = "font" if word == "fonttbl" else "style"
            self._number, self._name = 0, []
        elif word in _INFO:
            state.into = word
            self._name = []
        elif state.into in ("font", "style") and word not in ("cs", "ds", "ts"):
            state.into = ""

    def _define(self) -> None:
        """Keep the style's or property's name that ends here."""
        name = "".join(self._name).strip().rstrip(";")
        self._name = []
        if self._state.into == "style":
            if name:
                self._styles.setdefault(self._number, name.lower())
            self._number = 0
        elif self._state.into in _INFO and name:
            self._rtf.info.setdefault(self._state.into, name)

    def _unicode(self, number: int | None) -> None:
        if number is not None:
            char = chr(number & 0xFFFF) if number < 0x10000 else chr(number) if number < 0x110000 else "\ufffd"
            if self._state.into:
                self._name.append(char)
            else:
                self._add(char)
                self._weigh(char)
        self._skip = self._state.after_u

    # --- text

    def _add(self, text: str) -> None:
        if not (self._state.dropped or self._state.unseen):
            self._flush()
            self._parts.append(text)

    def _encoding(self) -> str:
        return self._fonts.get(self._state.font, self._page)

    def _flush(self) -> None:
        if self._bytes:
            self._parts.append(self._bytes.decode(self._encoding(), "replace"))
            self._bytes.clear()

    def _end_paragraph(self) -> None:
        self._flush()
        text = _paired("".join(self._parts))
        lines = (_spaced(line) for line in text.split("\n"))
        style = self._styles.get(self._style, "")
        self._rtf.paragraphs.append(
            Paragraph("\n".join(line for line in lines if line), style, self._bold and not self._plain)
        )
        self._parts = []
        self._bold = self._plain = False


_CELLS = re.compile(r"\s{2,}")


def _spaced(line: str) -> str:
    """A line with single spaces, but two between the cells of a table."""
    line = line.replace("\xa0", " ").strip()
    return _CELLS.sub("  ", line) if "  " in line else line


def _paired(text: str) -> str:
    """Text whose surrogates, which \\u gives one by one, are joined; a lone one is replaced."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _source(data: bytes) -> tuple[str, bool]:
    """The file as characters, and whether those beyond ASCII are text already (UTF-8 where only ASCII is allowed)."""
    if not data.isascii():
        try:
            return data.decode("utf-8-sig"), True
        except UnicodeDecodeError:
            pass
    return data.decode("latin-1"), False


def _code_page(digits: str) -> str:
    """Python's name of a Windows code page, "" when it has none."""
    name = _PAGES.get(digits, f"cp{digits}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
