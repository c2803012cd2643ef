"""Text that was decoded wrongly before it reached us, most often UTF-8 as Windows-1252 (`cafÃ©`): ftfy mends it."""

from __future__ import annotations

import re
from functools import cache

from morgue.model import Claim, Draft, Remark


def _as(first: int, last: int, *encodings: str) -> str:
    """The characters from byte `first` to `last` in some encodings, as the inside of a character class."""
    found = (bytes([byte]).decode(encoding, "ignore") for encoding in encodings for byte in range(first, last + 1))
    return re.escape("".join(sorted({*found})))


_WESTERN = ("latin-1", "cp1252", "cp1250", "iso-8859-2")


@cache
def _signs() -> re.Pattern[str]:
    """Return the pattern of UTF-8 read in another encoding: a class in front, which the engine scans for, and what must
    follow each of its characters. It spares clean text ftfy."""
    later, later_1251 = f"[{_as(0x80, 0xBF, *_WESTERN)}]", f"[{_as(0x80, 0xBF, 'cp1251')}]"
    later_dos, later_mac = f"[{_as(0x80, 0xBF, 'cp437', 'cp850')}]", f"[{_as(0x80, 0xBF, 'mac-roman')}]"
    two, three = _as(0xC2, 0xDF, *_WESTERN), _as(0xE0, 0xEF, *_WESTERN)  # the first of two or three bytes of UTF-8
    two_1251, three_1251 = _as(0xC2, 0xDF, "cp1251"), _as(0xE0, 0xEF, "cp1251")
    return re.compile(
        f"[\\x80-\\x9f{two}{three}{two_1251}{three_1251}¬√‚┬├─┼╨╤╬╧ΓÔ]"
        f"(?:(?<=[\\x80-\\x9f])|(?<=[{two}]){later}|(?<=[{three}]){later}{{2}}"
        f"|(?<=[{two_1251}]){later_1251}[{two_1251}]{later_1251}|(?<=[{three_1251}]){later_1251}{{2}}"
        f"|(?<=[¬√]){later_mac}|(?<=‚){later_mac}{{2}}|(?<=[┬├─┼╨╤╬╧ðÐ]){later_dos}|(?<=[ΓÔ])[Çé]{later_dos})"
    )


# Encodings that ftfy leaves alone, or does not know: taken when all of a text is UTF-8 read in one.
_FURTHER = ("cp1251", "cp850", "iso-8859-2")
_ENOUGH = 2  # characters that must have been decoded wrongly for that


def mend(draft: Draft) -> None:
    """Mend what was decoded wrongly in a draft's body and claims; a remark says so. Other text stays as it is."""
    heads = [claim.value for claim in draft.headline]
    if not any(_signs().search(text) for text in (draft.body, *heads) if not text.isascii()):
        return
    names = set()
    for name in Draft.__annotations__:
        value = getattr(draft, name)
        if isinstance(value, list):
            for number, claim in enumerate(value):
                if isinstance(claim, Claim) and (found := _mended(claim.value)):
                    value[number] = Claim(found[0], claim.how)
                    names.add(found[1])
    if found := _mended(draft.body):
        draft.body = found[0]
        names.add(found[1])
    if names:
        why = f"text that had been decoded as {' and '.join(sorted(names))} is mended"
        draft.problems.append(Remark(field="body", value="", why=why, how="encoding"))


def _mended(text: str) -> tuple[str, str] | None:
    """Return a text as it was before, and the encoding that it was read in; None when nothing was wrong."""
    if text.isascii() or not _signs().search(text):
        return None
    import ftfy

    fixed, steps = ftfy.fix_encoding_and_explain(text)
    if fixed != text:
        named = [step.parameter for step in steps or () if step.action == "encode"]
        return fixed, named[0].removeprefix("sloppy-") if named else "latin-1"
    for name in _FURTHER:
        try:
            fixed = text.encode(name).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if sum(char > "\x7f" for char in fixed) >= _ENOUGH:
            return fixed, name
    return None
