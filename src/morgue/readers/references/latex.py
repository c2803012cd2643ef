"""LaTeX in the values of BibTeX to text: accents, letters, quotes, dashes; commands that only style are dropped."""

from __future__ import annotations

import re
import unicodedata

# Accent -> combining character.
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "H": "\u030b", "k": "\u0328", "u": "\u0306", "r": "\u030a",
    "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "EUR": "€", "texteuro": "€",
    "ldots": "…", "dots": "…",
    "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "quotedblbase": "„",
    "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "textasciitilde": "~", "textbackslash": "\\", "textdegree": "°",
    "textregistered": "®", "texttrademark": "™", "textbar": "|", "textless": "<", "textgreater": ">", "quad": " ",
    "textasciicircum": "^", "textunderscore": "_", "slash": "/", "newline": " ", "par": "\n\n", "textsterling": "£",
}  # fmt: skip
_LETTER = r"(?:\{\\([ij])\}|\{([^\W\d_])\}|\\([ij])(?![A-Za-z]) ?|([^\W\d_]))"
_ACCENT = re.compile(rf"""\\(?:(['`^"~=.])[ \t]*|([cvHkurdb])(?![A-Za-z])[ \t]*){_LETTER}""")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(?:[ \t]+|\{\})?")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_QUOTES = (("``", "“"), ("''", "”"), ("---", "—"), ("--", "–"))
_KEEP = {"{": "\ue000", "}": "\ue001", "$": "\ue002", "~": "\ue003"}  # escaped ones, until the others are gone
_BACK = str.maketrans({kept: char for char, kept in _KEEP.items()})


def plain(value: str) -> str:
    r"""Return a value without LaTeX.

    >>> plain(r"{Caf\'{e}} \& Bar --- 5\,\%")
    'Café & Bar — 5 %'
    """
    if "\\" in value:
        value = _ESCAPED.sub(lambda found: _KEEP.get(found[1], found[1]), value)
        value = _ACCENT.sub(_accented, value)
        value = re.sub(r"\\[,;:! ]|\\\\", " ", value)
        value = re.sub(r"\\[-/]", "", value)
        value = re.sub(r"\\(?:url|href)\s*\{([^{}]*)\}", r"\1", value)
        value = _COMMAND.sub(lambda found: _LETTERS.get(found[1], ""), value)
    for written, meant in _QUOTES:
        value = value.replace(written, meant)
    value = re.sub(r"[{}]|(?<!\d)\$(?!\d)", "", value).replace("~", " ")
    return unicodedata.normalize("NFC", value.translate(_BACK))


def _accented(found: re.Match[str]) -> str:
    accent = found[1] or found[2]
    letter = found[3] or found[5] or found[4] or found[6]
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])
