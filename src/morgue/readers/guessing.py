"""The encoding of text that states none, by chardet; where chardet has little to go by, by what the words would be.

chardet is right for nearly any text of two sentences. In English copy with one foreign name it mostly answers
Windows-1252: there only the words with other bytes are compared, first by how many signs of a wrong encoding they
would show (`_oddness`), then by chardet's order for these words alone. docs/decisions/guessed-encodings.md has figures.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SAMPLE = 1 << 16  # bytes that are looked at
_BEFORE = 1 << 12  # of them, before the first byte that is not ASCII
_CONFIDENT = 0.13  # chardet's confidence from which its answer is taken
_AS_GOOD = 0.9  # part of the best answer's confidence from which another is compared with it
_MAX_WORDS = 500  # compared
_WORDS = re.compile(rb"[A-Za-z'-]{0,40}[\x80-\xff]\S{0,200}")
_ODD = re.compile(r"\S*[^\x00-\x7f]\S*")
_HIGH = bytes(range(0x80, 0x100))
_PRINTABLE = bytes([*b"\t\r\n", *range(0x20, 0x7F)])
_FIRST_HIGH = re.compile(rb"[\x80-\xff]")
# What newsrooms' files are in, beside UTF-8: the only candidates where there is little to go by. Others (Latin-4,
# Vietnamese, Roman-8, Johab …) need a text of which chardet is sure.
_USUAL = (
    "cp1252", "cp850", "mac-roman", "cp1250", "iso8859-2", "cp852", "cp1254", "cp1251", "koi8-r", "cp866", "cp1253",
    "cp1255", "cp1256", "cp874", "cp932", "euc-jp", "gb18030", "big5hkscs", "cp949",
)  # fmt: skip
_PRINTED = frozenset("’‘“”„‚‹›–—…«»•°£€§©®™·¡¿ªº\xa0½¼¾²³×±′″†‡№¢¥")
_FULL_WIDTH = ((0x3000, 0x3040), (0xFF00, 0xFF61))  # punctuation of East Asian texts
_IN_NO_WORD = frozenset("ªº§©®°£€¡¿½¼¾²³×±™†‡¢¥")
_EAST = {"HIRAGANA", "KATAKANA", "CJK", "IDEOGRAPHIC", "KATAKANA-HIRAGANA"}


def guess(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8, by Python's name."""
    import chardet

    sample = _sample(data)
    found = chardet.detect_all(sample, ignore_threshold=True, compat_names=False)
    words = b" ".join(_WORDS.findall(sample)[:_MAX_WORDS])
    best = found[0]["confidence"]
    names = [str(one["encoding"]) for one in found if one["encoding"] and one["confidence"] >= _AS_GOOD * best]
    if best < _CONFIDENT:
        order = chardet.detect_all(words, ignore_threshold=True, compat_names=False, include_encodings=_USUAL)
        names = [*(str(one["encoding"]) for one in order if one["encoding"]), *_USUAL]
    name = min(dict.fromkeys(names), key=lambda one: _oddness_in(words, one), default="cp1252")
    # Latin-1 has controls where the bytes of Windows-1252 have quotation marks.
    return "cp1252" if name == "iso8859-1" else name


def guess_wide(data: bytes) -> str | None:
    """Return the encoding of UTF-16 without byte order mark whose zero bytes are few (Cyrillic, Chinese …), or None."""
    import chardet

    sample = data[:_BEFORE]
    if len(sample.translate(None, _PRINTABLE)) < len(sample) // 10:
        return None
    name = str(chardet.detect(sample, compat_names=False)["encoding"])
    if not name.startswith("utf-16"):
        return None
    try:
        text = sample.decode(name)
    except UnicodeDecodeError as error:
        text = sample[: error.start].decode(name) if error.start >= len(sample) - 2 else ""
    wrong = sum(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and not char.isspace() for char in text)
    return name if text and wrong <= len(text) // 200 else None


def _sample(data: bytes) -> bytes:
    """Return the bytes around the first ones that are not ASCII; all of short data."""
    if len(data) <= _SAMPLE:
        return data
    found = _FIRST_HIGH.search(data)
    first = found.start() if found else 0
    begin = max(data.rfind(b"\n", 0, first) + 1, first - _BEFORE, 0)
    return data[begin : begin + _SAMPLE].rstrip(_HIGH)  # no character is cut


def _oddness_in(words: bytes, name: str) -> int:
    try:
        return _oddness(words.decode(name))
    except UnicodeDecodeError:
        return 1 << 30


def _oddness(text: str) -> int:
    """Return how many signs of a wrong encoding words show.

    Controls and drawing characters; signs, and capitals behind small letters, inside words; scripts that are mixed;
    three accented Latin letters in a row.
    """
    return sum(_odd_word(word) for word in _ODD.findall(text))


def _odd_word(word: str) -> int:
    count = accented = 0
    scripts = set()
    before = ""
    for char, after in zip(word, [*word[1:], ""], strict=True):
        category = unicodedata.category(char)
        if char > "\x7f":
            count += _odd_sign(char, category, before, after)
        if category[0] == "L":
            scripts.add(script := _script(char))
            if category == "Lu" and before and max(before, char) > "\x7f" and unicodedata.category(before) == "Ll":
                count += 2
            accented = accented + 1 if char > "\x7f" and script == "LATIN" else 0
            count += accented >= 3
        else:
            accented = 0
        before = char
    return count + 2 * (len(scripts) > 1)


def _odd_sign(char: str, category: str, before: str, after: str) -> int:
    if category[0] == "C" or char == "\ufffd":
        return 5
    if category[0] in "LM":
        return int("\uff61" <= char <= "\uff9f")  # half-width kana: what Shift-JIS makes of other encodings
    if char not in _PRINTED and not any(low <= ord(char) < high for low, high in _FULL_WIDTH):
        return 3
    return 2 * (char in _IN_NO_WORD and before.isalpha() and (after.isalpha() or char in "²³"))


@cache
def _script(char: str) -> str:
    name = unicodedata.name(char, "").partition(" ")[0]
    return "EAST" if name in _EAST else "LATIN" if name in ("FEMININE", "MASCULINE") else name
