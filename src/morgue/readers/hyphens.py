"""Words that were broken at the end of a printed line: one word, or a compound whose hyphen stays.

The vocabulary of the text decides: a compound that it has elsewhere keeps its hyphen, a joined word that it has
elsewhere is joined. Without either, a word that goes on in lower case is joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from morgue.lexicon import AND, AND_OR_NAME, words

# Hyphens at the end of a line: also the soft hyphen, the not sign of transcribers and the double hyphen of Fraktur.
HYPHENS = "-\u00ad\u2010\u2011¬⸗⹀\ufffe"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+(?:['’][^\W\d_]+)*)*")
_LAST = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*$")
_FIRST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LINE_ENDS = tuple(hyphen + end for hyphen in HYPHENS for end in ("\n", " \n"))
_HYPHENS = frozenset(HYPHENS)
_BROKEN_LINE = re.compile(rf"[^\W\d_][{HYPHENS}][ \t]*\n[ \t]*[^\W\d_]")
# Conjunctions behind which a part of a compound is left out: "Ein- und Ausfuhr".
_SUSPENDED = frozenset((*words(AND), *words(AND_OR_NAME), "or", "oder", "ou", "of", "bis", "to"))
_WITHIN = re.compile(r"(?<=[^\W\d_])[-¬] (?=[^\W\d_])")
# First parts of English compounds (`well-known`, `self-made`), unless the rest is an ending.
_COMPOUNDS = frozenset({"well", "self"})
_ENDINGS = frozenset({"ish", "less", "ness", "ed", "ing", "s"})


class Joiner:
    """Joins broken words by the vocabulary of a text.

    Args:
        lines: the printed lines of the text, or of a page or issue that it is part of.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        broken = False
        for line in lines:
            found = _WORD.findall(line.casefold())
            whole = found[1 if broken and found else 0 :]
            broken = is_broken(line)
            self._words.update(whole[:-1] if broken else whole)

    def join(self, first: str, second: str) -> str:
        """The word of which `first` (with its hyphen or without) ends a line and `second` begins the next one."""
        soft = first[-1:] in "\u00ad¬⸗⹀\ufffe"
        first = first.rstrip(HYPHENS)
        head, tail = _LAST.search(first), _FIRST.match(second)
        if head is None or tail is None:
            return f"{first}-{second}"
        one, two = head.group(), tail.group()
        if two in _SUSPENDED:
            return f"{first}- {second}"
        if f"{one}-{two}".casefold() in self._words:
            return f"{first}-{second}"
        if soft or f"{one}{two}".casefold() in self._words:
            return f"{first}{second}"
        compound = "-" in one or (one in _COMPOUNDS and two not in _ENDINGS)
        if compound or (two[0].isupper() and not (one.isupper() and two.isupper() and len(one) > 1)):
            return f"{first}-{second}"
        return f"{first}{second}"


def is_broken(line: str) -> bool:
    """Whether a printed line ends within a word."""
    line = line.rstrip()
    return line[-1:] in _HYPHENS and line[-2:-1].isalnum()


def is_hyphenated(text: str) -> bool:
    """Whether words of a text are broken at the ends of its lines as in print: of at least two, and of one in twelve.

    Copy that a program wrapped is broken at hyphens too, those of its compounds, but seldom.
    """
    ends = ("-\n", "- \n") if text.isascii() else _LINE_ENDS
    if not any(end in text for end in ends):
        return False
    count = len(_BROKEN_LINE.findall(text))
    return count >= 2 and 12 * count >= text.count("\n")


def rejoined(text: str) -> str:
    """A text whose lines were joined by spaces (`mainte- nance`), with its broken words joined."""
    return " ".join(mended(_WITHIN.sub("-\n", text)).split()) if _WITHIN.search(text) else text


def mended(text: str) -> str:
    """A text of printed lines with its broken words joined, each on the line where it began."""
    lines = text.split("\n")
    joiner = Joiner(lines)
    found: list[str] = []
    for line in lines:
        last = found[-1].rstrip() if found else ""
        first, space, rest = line.lstrip().partition(" ")
        if first and is_broken(last) and first[0].isalpha():
            begun, gap, word = last.rpartition(" ")
            found[-1] = begun + gap + joiner.join(word, first)
            if not (space and rest.strip()):
                continue
            line = rest
        found.append(line)
    return "\n".join(found)
