"""Parses the smallest parts of a query: words, phrases, regular expressions, and `field:` with its value."""

from __future__ import annotations

import re
from collections.abc import Callable

from morgue.analysis import fold, surfaces
from morgue.query import fields, words
from morgue.query.cursor import Cursor
from morgue.query.lexer import Token
from morgue.query.problems import Place, Placed
from morgue.query.tree import Everything, Has, Node, Or, Pattern, Phrase, Word

_FUZZY = re.compile(r"(.*[^~])~(\d*(?:\.\d+)?)(?:/(\d\d?))?", re.DOTALL)
_MEMBER = re.compile(r"\([^()|\s]+(?:\|[^()|\s]+)+\)|(?:\\.|\S)+")
_REGEX_MEMBER = re.compile(r"/((?:[^/\\]|\\.)+)/")
_MAX_LETTERS = 100  # of a pattern


def plain(cursor: Cursor, token: Token, field: str) -> Node | None:
    """Return the node of a word, phrase or regex token of the parser `cursor` in a field; None if it holds nothing."""
    kind = fields.BY_NAME[field].kind
    if kind != "text":
        from morgue.query import values

        return values.from_token(cursor, token, field)
    if token.kind == "phrase":
        return _phrase(cursor, token, field)
    if token.kind == "regex":
        return regular(cursor, token.text, field, token)
    return _word(cursor, token, field)


def fielded(cursor: Cursor, token: Token, group: Callable[[Token], Node | None]) -> Node | None:
    """Return the node of `field:` and what follows its colon.

    Args:
        cursor: the parser, past the colon. token: `field:`.
        group: parses the inside of parentheses, given the opening one.
    """
    field = fields.BY_NAME[token.value[0]]
    lexer = cursor.lexer
    following = lexer.text[token.end : token.end + 1]
    if not following or following.isspace() or following == ")":
        _no_value(cursor, token, following)
        return None
    if following == "(":
        outer, cursor.field = cursor.field, field.name
        try:
            return group(cursor.take())
        finally:
            cursor.field = outer
    if field.kind != "text":
        from morgue.query import values

        return values.after_colon(cursor, token, field)
    value = lexer.peek()
    if value.kind not in ("word", "phrase", "regex"):
        _no_text(cursor, token, value)
        return None
    node = plain(cursor, cursor.take(), field.name)
    _warn_of_next(cursor, token, value, field.name)
    return node


def _no_value(cursor: Cursor, token: Token, following: str) -> None:
    value = cursor.lexer.peek()
    joins = following.isspace() and value.kind in ("word", "phrase", "open")
    cursor.report.fail(
        f"{token.text}: needs a value right after the colon",
        token,
        hint=f"{token.text}:* finds articles that have any",
        suggestions=[cursor.report.swap(token.end, value.start, "")] if joins else [],
    )


def _no_text(cursor: Cursor, token: Token, value: Token) -> None:
    offers = []
    if value.kind == "sign":
        offers = [cursor.report.swap(token.start, value.end, f"{value.text}{token.text}:")]
    cursor.report.fail(
        f"{value.text}{':' if value.kind == 'field' else ''} cannot follow {token.text}:",
        value,
        hint=f"write a word, a phrase or a group: {token.text}:(a OR b)",
        suggestions=offers,
    )


def _warn_of_next(cursor: Cursor, token: Token, value: Token, field: str) -> None:
    """Notice for a name of two words without quotation marks: only the first is searched in the field."""
    following = cursor.lexer.peek()
    if field in fields.ZONES or not value.kind == following.kind == "word" or following.value:
        return
    if value.text[:1].isupper() and following.text[:1].isupper():
        both = cursor.report.text[value.start : following.end]
        cursor.report.note(
            "field-one-word",
            f"only {value.text} is looked for in {token.text}, {following.text} anywhere",
            Place(value.start, following.end),
            f'write {token.text}:"{both}" for the whole',
        )


# -- words -----------------------------------------------------------------------------------------------------


def _word(cursor: Cursor, token: Token, field: str) -> Node | None:
    text, literal = token.text, bool(token.value)
    start, end = token.start, token.end
    if not literal:
        if text == "*":
            return Everything(start=start, end=end) if field == cursor.options.field else has(field, token)
        if _habit(cursor, token):
            return None
        if match := _FUZZY.fullmatch(text):
            return fuzzy(cursor, match[1], match[2], match[3] or "1", field, token)
        _remarks(cursor, token)
    exact = not literal and text.startswith("=")
    items = words.pieces(text[exact:], field, start + exact, end, exact=exact, literal=literal)
    node = words.as_phrase(items, token)
    if node is None:
        if not text.strip("\"'"):
            return None
        cursor.report.note("no-word", f"{text} holds no word and was left out", token)
    elif isinstance(node, Pattern):
        return bounded(cursor, node, token)
    elif isinstance(node, Word) and not literal and not exact and words.is_stop(node.text) and field == cursor.field:
        cursor.bare.add(node.start)
    return node


# Operators of other languages, and what they are here.
_HABITS = {
    "&&": "AND", "||": "OR", "|": "OR", "NEAR": "NEAR/5", "ONEAR": "pre/5", "ADJ": "pre/1", "WITHIN": "w/5",
    "ANDNOT": "NOT", "ANDMAYBE": "", "REQUIRE": "", "XOR": "",
}  # fmt: skip


def _habit(cursor: Cursor, token: Token) -> bool:
    """Report what is an operator elsewhere and would be taken for words here."""
    text, report = token.text, cursor.report
    if text in _HABITS:
        word, offer = text.isalpha(), _HABITS[text]
        report.fail(
            f"unknown operator '{text}'" if word else f"{text} is written {offer}",
            token,
            hint="operators are AND OR NOT w/5 pre/5 w/s w/p" + (f"; the word is \\{text}" if word else ""),
            instead=[offer] if offer else [],
        )
        return True
    if text.lower().startswith("w/") and text.lower() not in ("w/o", "w/out"):
        report.fail(
            f"invalid distance '{text}'",
            token,
            hint="write w/5 (words), w/s (sentence) or w/p (paragraph)",
            instead=["w/5"],
        )
        return True
    if match := re.fullmatch(r"(atleast)(\d*)", text, re.IGNORECASE):
        _bare_at_least(cursor, token, match[2])
        return True
    return _stray_mark(cursor, token)


def _bare_at_least(cursor: Cursor, token: Token, count: str) -> None:
    following, swap = cursor.lexer.peek(), cursor.report.swap
    offers = []
    if following.kind == "open" and not following.spaced:
        offers = [swap(token.start, token.end, "atleast5")]
    elif following.kind == "word":
        offers = [swap(token.start, following.end, f"atleast{count or 5}({following.text})")]
    cursor.report.fail(
        f"{token.text} needs {'parentheses' if count else 'a number and parentheses'}",
        token,
        hint="write atleast5(word)",
        suggestions=offers,
    )


def _stray_mark(cursor: Cursor, token: Token) -> bool:
    """Report signs that mean something elsewhere: | between words, ! before one, brackets and comparisons."""
    text, report = token.text, cursor.report
    start, end = token.start, token.end
    if not words.has_word(text):
        return False
    if "|" in text.strip("|"):
        offer = "(" + " OR ".join(part for part in text.split("|") if part) + ")"
        report.fail("| is written OR", token, hint="operators are AND OR NOT", instead=[offer])
        return True
    if text[0] in "+-" and text.lstrip("+-")[:1].isalnum():
        sign = "-" if "-" in text else "+"
        rest = text.lstrip("+-")
        report.fail(
            "a word takes one sign",
            Place(start, end - len(rest)),
            hint="-word excludes, +word requires",
            instead=[sign],
        )
        return True
    if text[0] == "!" and len(text) > 1:
        report.fail(
            "! before a word is written -",
            Place(start, start + 1),
            hint="-word and NOT word exclude articles",
            instead=["-"],
        )
        return True
    if text[0] in "<>":
        report.fail(
            f"{text[0]} compares a field's value",
            token,
            hint="write words:>500 or date:>=2026-01",
            suggestions=[report.swap(start, start, "words:"), report.swap(start, start, "date:")],
        )
        return True
    return False


def _remarks(cursor: Cursor, token: Token) -> None:
    """Notices about words that are read as typed but may be meant otherwise."""
    text, note = token.text, cursor.report.note
    if text in ("and", "or", "not"):
        note("operator-in-lower-case", f"{text} is read as a word", token, f"the operator is written {text.upper()}")
    elif len(text) > 2 and text.endswith("!") and text[:-1].isalpha():
        note("exclamation-mark", "! is read as punctuation", token, f"{text[:-1]}* finds every word that begins so")
    elif text.endswith("?") and len(text) > 1 and token.start > 0 and not cursor.lexer.text[token.end :].strip():
        note("question-mark", f"{text} finds words of one letter more", token, "leave the ? out for the word itself")


def bounded(cursor: Cursor, node: Pattern, at: Placed) -> Pattern | None:
    """Return the pattern `node`, typed `at` a place of `cursor`; None with a report if it is too long."""
    if len(node.text) <= _MAX_LETTERS:
        return node
    cursor.report.fail(f"the pattern is longer than {_MAX_LETTERS} letters", at, hint="words are shorter")
    return None


def fuzzy(cursor: Cursor, text: str, size: str, fixed: str, field: str, at: Placed) -> Node | None:
    """Return the node of `word~`, `word~2` or `word~2/3`, of which the last word is the fuzzy one; None with a report.

    Args:
        cursor: the parser. text: the word. size: letters that may differ, as typed, or "" for one.
        fixed: first letters that may not, as digits. field: where it is searched. at: the whole.
    """
    suffix = Place(at.start + len(text), at.start + len(text) + 1 + len(size))
    if size not in ("", "1", "2"):
        cursor.report.fail(
            f"invalid number of letters '~{size}': expected ~1 or ~2",
            suffix,
            hint="word~ allows one letter to differ, word~2 two",
            instead=["~2" if size[:1] not in ("0", "1") else "~1"],
        )
        size = "2"
    items = words.pieces(text, field, at.start, suffix.start, literal=True)
    if not items or "*" in text or "?" in text:
        cursor.report.fail(
            f"~ must follow a whole word, not {text}",
            at,
            hint="write shrine~ or shr*",
            suggestions=[cursor.report.swap(suffix.start, at.end, "")] if items else [],
        )
        return None
    last = items[-1]
    assert isinstance(last, Word)
    spelling = fold(last.text).rstrip(".")
    if len(surfaces(spelling)) > 1:  # ¼ is 1⁄4 folded, which typed would be two words; a search folds it again
        spelling = last.text
    close = Pattern("fuzzy", spelling, field, int(size or 1), int(fixed), start=last.start, end=at.end)
    pattern = bounded(cursor, close, at)
    if pattern is None:
        return None
    items[-1] = pattern
    return words.as_phrase(items, at)


def regular(cursor: Cursor, text: str, field: str, at: Placed) -> Node | None:
    """Return the node of a regular expression `text` in a `field`, `at` a place of `cursor`; None with a report."""
    from morgue.query import regex

    folded = regex.folded(text)
    problem = regex.problem(folded)
    if problem:
        hint = "it fits one whole word, written small: /shr.nes?/"
        cursor.report.fail(f"invalid regular expression: {problem}", at, hint=hint)
        return None
    return Pattern("regex", folded, field, start=at.start, end=at.end)


def has(field: str, at: Placed) -> Node:
    """Return the node, typed `at` a place, of articles that have anything in a `field`.

    Zones count as what they are part of.
    """
    if field in ("text", "hlead"):
        return Or((has("headline", at), has("body", at)), start=at.start, end=at.end)
    return Has("body" if field == "lead" else field, start=at.start, end=at.end)


# -- phrases ---------------------------------------------------------------------------------------------------


def _phrase(cursor: Cursor, token: Token, field: str) -> Node | None:
    quoted = cursor.lexer.text[token.end - 1 : token.end] in ('"', "'")
    offset = token.end - quoted - len(token.text)
    items: list[Node] = []
    before = len(cursor.report.notices)
    for match in _MEMBER.finditer(token.text):
        exact = bool(token.value) or match[0].startswith("=")
        items.extend(_member(cursor, match[0], field, offset + match.start(), exact))
    if not items and len(cursor.report.notices) == before:
        cursor.report.fail("the quotation marks hold no word", token, hint="leave them out, or write a phrase")
        return None
    if len(items) == 1:
        return items[0]
    return Phrase(tuple(items), start=token.start, end=token.end) if items else None


def _gap(cursor: Cursor, raw: str, at: Placed) -> None:
    """Report a * in place of a word of a phrase; a phrase of two parts is offered as proximity."""
    text = cursor.lexer.text
    opening, closing = text.rfind('"', 0, at.start), text.find('"', at.end)
    sides = [text[opening + 1 : at.start].strip(), text[at.end : closing].strip()]
    offers = []
    if opening >= 0 and closing > 0 and all(sides) and not any(mark in "".join(sides) for mark in "*?|\\"):
        left, right = (f'"{side}"' if " " in side else side for side in sides)
        offers = [cursor.report.swap(opening, closing + 1, f"{left} pre/2 {right}")]
    cursor.report.fail(
        f"{raw} alone in a phrase fits no word",
        at,
        hint="for a gap of one word write forced pre/2 labor",
        suggestions=offers,
    )


def _member(cursor: Cursor, raw: str, field: str, start: int, exact: bool) -> list[Node]:
    at = Place(start, start + len(raw))
    if raw[0] == "(" and raw[-1] == ")" and "|" in raw:
        options: list[Node] = []
        for part in raw[1:-1].split("|"):
            options.extend(_member(cursor, part, field, start, exact or part.startswith("=")))
        return [Or(tuple(options), start=start, end=at.end)] if len(options) > 1 else options
    if "\\" in raw:
        return words.pieces(re.sub(r"\\(.)", r"\1", raw), field, *at, exact=exact, literal=True, phrase=True)
    if match := _REGEX_MEMBER.fullmatch(raw):
        node = regular(cursor, match[1], field, at)
        return [node] if node else []
    if match := _FUZZY.fullmatch(raw):
        node = fuzzy(cursor, match[1], match[2], match[3] or "1", field, at)
        return list(node.children) if isinstance(node, Phrase) else [node] if node else []
    if raw in ("*", "?"):
        _gap(cursor, raw, at)
        return []
    lead = raw.startswith("=")
    return words.pieces(raw[lead:], field, start + lead, at.end, exact=exact, phrase=True)
