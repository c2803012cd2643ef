"""Values of fields that are compared as a whole: dates, numbers, countries, languages, ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from morgue.query import fields
from morgue.query.cursor import Cursor
from morgue.query.lexer import Token
from morgue.query.problems import Place, Placed
from morgue.query.tree import DateRange, Has, Node, NumberRange, Value

_CHUNK = re.compile(r'(?:"(?:[^"\\]|\\.)*+"|\\.|\^(?![\d.])|[^\s()"\\^])+', re.DOTALL)
_MORE = re.compile(r'\s+((?:[^\s()"^])+)')
_NUMBER = re.compile(r"(>=|<=|=>|=<|>|<|=)?(\d[\d,]*)|(\d[\d,]*)?\.\.\.?(\d[\d,]*)?")
_OPERATORS = frozenset(("AND", "OR", "NOT"))
_MAX_NUMBER = 10**15


def from_token(cursor: Cursor, token: Token, field: str) -> Node | None:
    """Return the node of a token of the parser `cursor` inside a field's group: `country:(Japan OR Korea)`."""
    raw = cursor.report.text[token.start : token.end]
    return _make(cursor, fields.BY_NAME[field], _bare(raw), token)


def read(cursor: Cursor, field: str, text: str, at: Placed) -> Node | None:
    """Return the node of the value `text` of a field, read by the parser `cursor`; `at`: where it is in the query."""
    return _make(cursor, fields.BY_NAME[field], text, at)


def after_colon(cursor: Cursor, token: Token, field: fields.Field) -> Node | None:
    """Return the node of what follows `field:` (`token`) directly, and move the parser `cursor` past it."""
    start = token.end
    match = cursor.lexer.at(start, _CHUNK)
    if match is None:  # a quotation mark that is not closed
        cursor.take()
        cursor.lexer.jump(len(cursor.report.text))
        cursor.report.fail(
            "the quotation mark is not closed",
            Place(start, start + 1),
            hint="close it, or leave it out",
            suggestions=[cursor.report.text.rstrip() + '"'],
        )
        return None
    raw = cursor.report.text[start : match.end()]
    end = match.end()
    if '"' not in match[0] and (field.kind == "date" or field.name == "country"):
        for text, longer in _longer(cursor, raw, end):
            if _understood(cursor, field, text):
                raw, end = text, longer
    cursor.lexer.jump(end)
    cursor.last = Token("word", raw, start, end, False)
    node = _make(cursor, field, _bare(raw), cursor.last)
    return None if node is None else replace(node, start=token.start)


def _longer(cursor: Cursor, raw: str, end: int) -> Iterator[tuple[str, int]]:
    """Yield the value with one more word each: `last`, `last week`, `last week deer` …"""
    text = raw
    for _ in range(5):
        match = cursor.lexer.at(end, _MORE)
        if match is None or match[1] in _OPERATORS or ":" in match[1].rstrip(":0123456789tzTZ+-"):
            return
        end = match.end()
        text = f"{text} {match[1]}"
        yield text, end


def _understood(cursor: Cursor, field: fields.Field, text: str) -> bool:
    if field.name == "country":
        return country(text) is not None
    from morgue.query import dates

    try:
        dates.range_of(text.removeprefix("~"), cursor.options.tz, cursor.options.now)
    except dates.DateError:
        return False
    return True


def _bare(raw: str) -> str:
    """A value as typed, without quotation marks and escapes."""
    out = []
    for match in re.finditer(r"\\(.)|(.)", raw, re.DOTALL):
        if match[1] is not None:
            out.append(match[1])
        elif match[2] not in '"“”„‟«»＂〝〞「」':
            out.append(match[2])
    return "".join(out)


def _make(cursor: Cursor, field: fields.Field, text: str, at: Placed) -> Node | None:
    if text == "*":
        return Has(field.name, start=at.start, end=at.end)
    maker: Callable[[Cursor, fields.Field, str, Placed], Node | None] = {
        "date": _date,
        "number": _number,
        "value": _value,
    }[field.kind]
    return maker(cursor, field, text, at)


def _date(cursor: Cursor, field: fields.Field, text: str, at: Placed) -> Node | None:
    from morgue.query import dates

    report = cursor.report
    overlap = cursor.options.overlap or text.startswith("~")
    try:
        span = dates.range_of(text.removeprefix("~"), cursor.options.tz, cursor.options.now)
    except dates.DateError as error:
        if text[:1] in "[{":
            _bracketed(cursor, at.start)
            return None
        offers = [f'"{other}"' if " " in other else other for other in error.suggestions]
        report.fail(error.message, at, hint=error.hint, instead=offers)
        return None
    return DateRange(
        field.name, span.low, span.high, span.low_local, span.high_local, overlap, start=at.start, end=at.end
    )


def _bracketed(cursor: Cursor, start: int) -> None:
    """Report a range in another language's brackets, with the same range in native syntax."""
    report = cursor.report
    match = re.compile(r"[\[{]\s*(\S+)\s+TO\s+(\S+?)\s*[\]}]").match(report.text, start)
    offers = []
    if match is not None:
        low, high = (end.replace("*", "") for end in match.groups())
        offers = [report.swap(start, match.end(), f"{low}..{high}")]
    end = match.end() if match else start + 1
    report.fail(
        "ranges are written with two dots", Place(start, end), hint="write 2026-01..2026-03", suggestions=offers
    )
    if match is not None:
        cursor.lexer.jump(end)


def _number(cursor: Cursor, field: fields.Field, text: str, at: Placed) -> Node | None:
    report = cursor.report
    match = _NUMBER.fullmatch(text)
    if text[:1] in "[{":
        _bracketed(cursor, at.start)
        return None
    if match is None or text.strip(".") == "":
        numbers = re.findall(r"\d+", text)
        report.fail(
            f"invalid number '{text}'",
            at,
            hint=f"write {field.aliases[0]}:>500, {field.aliases[0]}:500..1000 or {field.aliases[0]}:500",
            instead=["..".join(numbers)] if len(numbers) == 2 else [],
        )
        return None
    low, high = _bounds(match)
    if low is not None and high is not None and low > high:
        report.fail(
            f"the range {text} runs backwards",
            at,
            hint="write the smaller number first",
            instead=[f"{match[4]}..{match[3]}"],
        )
        return None
    return NumberRange(field.name, low, high, start=at.start, end=at.end)


def _bounds(match: re.Match[str]) -> tuple[int | None, int | None]:
    def number(text: str | None) -> int | None:
        if text is None:
            return None
        digits = text.replace(",", "")
        return int(digits) if len(digits) <= 15 else _MAX_NUMBER

    if match[2] is None:
        return number(match[3]), number(match[4])
    value = number(match[2]) or 0
    sign = match[1]
    if sign in (">=", "=>"):
        return value, None
    if sign in ("<=", "=<"):
        return None, value
    if sign == ">":
        return value + 1, None
    if sign == "<":
        return None, value - 1
    return value, value


def country(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country given by name or code, or None."""
    from morgue.wire.gazetteer import places

    code = places.country(text.strip())
    if code is None and re.fullmatch(r"[A-Za-z]{2}", text):
        return text.upper()
    return code


def _value(cursor: Cursor, field: fields.Field, text: str, at: Placed) -> Node | None:
    report = cursor.report
    if not text.strip():
        report.fail(f"{field.aliases[0]}: needs a value", at, hint=f"{field.aliases[0]}:* finds any")
        return None
    if field.name == "country":
        return _country(cursor, text, at)
    if field.name == "language":
        code = fields.language(text)
        if code is None:
            report.fail(f"unknown language '{text}'", at, hint="write a code or an English name: en, german")
            return None
        return Value(field.name, code, start=at.start, end=at.end)
    if field.name == "status":
        status = fields.STATUSES.get(text.strip().casefold())
        if status is None:
            known = ("usable", "embargoed", "withheld", "canceled")
            report.fail(
                f"unknown status '{text}'",
                at,
                hint=f"write {', '.join(known[:-1])} or {known[-1]}",
                instead=[name for name in known if name[:1] == text[:1].lower()],
            )
            return None
        return Value(field.name, status, start=at.start, end=at.end)
    if "*" in text and '"' not in report.text[at.start : at.end]:
        report.fail(
            f"{field.aliases[0]} takes a whole value, without wildcards",
            at,
            hint=f'if the * is part of it, write {field.aliases[0]}:"{text}"',
        )
        return None
    return Value(field.name, text, start=at.start, end=at.end)


def _country(cursor: Cursor, text: str, at: Placed) -> Node | None:
    code = country(text)
    if code is not None:
        return Value("country", code, start=at.start, end=at.end)
    cursor.report.fail(
        f"unknown country '{text}'",
        at,
        hint="write its English name or its ISO code: country:Japan, country:JP; location: takes any place",
    )
    return None
