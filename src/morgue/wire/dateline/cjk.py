"""Datelines of Chinese, Japanese and Korean copy, where place, date, agency and writer share a bracket or a formula."""

from __future__ import annotations

import re

from morgue.lexicon import AGENCIES_ZH, CABLE_ZH, NEWS_ZH, REPORT_ZH, REPORTERS, STRINGERS, either, words
from morgue.wire.dateline.found import Dateline
from morgue.wire.gazetteer import agencies, places

_REPORTERS_ZH = either(words(REPORTERS, "zh"))
_CABLE = f"(?:{either(CABLE_ZH)})"
# 新华社北京4月24日电（记者张三）; 中央社記者張三台北13日電
_CHINESE = re.compile(
    rf"[（(【]?(?P<agency>{either(AGENCIES_ZH)})"
    rf"(?:(?:{_REPORTERS_ZH})(?P<who>[\u4e00-\u9fff、]{{2,12}}?))?(?P<place>[\u4e00-\u9fff]{{2,8}}?)?\s?"
    rf"(?:(?P<m>\d{{1,2}})月)?(?P<d>\d{{1,2}})日(?:专?{_CABLE}|{either(NEWS_ZH)}|综合{_CABLE})?[）)】]?"
)
# 北京（路透社）- …; ソウル（共同）…
_OUTSIDE = re.compile(
    r"(?P<place>[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2,10})\s?[（(](?P<agency>[^（()）]{2,20})[)）]"
)
# 【东京讯】, 【北京电】
_NEWS_FROM = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,8}}?)(?:{either(NEWS_ZH, CABLE_ZH, REPORT_ZH)})")
_REPORTER = re.compile(rf"\s*[（(]\s*(?:{_REPORTERS_ZH})\s*(?P<who>[\u4e00-\u9fff\s、]{{2,30}})[）)]")
_BRACKET = re.compile(r"[【［\[〔（(](?P<inside>[^】］\]〕）)\n]{1,60})[】］\]〕）)]")
_DATE = re.compile(r"(?:(?P<y>\d{4})年\s?)?(?:(?P<m>\d{1,2})[月월]\s?)?(?P<d>\d{1,2})[日일]")
_KOREAN_REPORTERS = re.compile(
    r"\s*(?P<who>[\uac00-\ud7a3·, ]{2,40}?)\s*"
    rf"(?:{either(words(REPORTERS, 'ko'), words(STRINGERS, 'ko'))})\s*(?:=\s*)?"
)
_AFTER = re.compile(r"[\s\u3000]*(?:[-—–=＝]{1,2}[\s\u3000]*)?")


def find(window: str) -> Dateline | None:
    """Return the dateline that a Chinese, Japanese or Korean text opens with, or None."""
    if (found := _CHINESE.match(window)) and (found["place"] or found["m"]):
        return _chinese(window, found)
    if found := _BRACKET.match(window):
        return _bracket(window, found)
    if (found := _OUTSIDE.match(window)) and agencies.known(found["agency"]) and places.city(found["place"]):
        after = _AFTER.match(window, found.end())
        return Dateline(end=after.end() if after else found.end(), place=found["place"], agency=found["agency"])
    return None


def _names(text: str | None) -> str:
    return "、".join(part for part in re.split(r"[、,·\s\u3000]+", text or "") if part)


def _parted(who: str, place: str) -> tuple[str, str]:
    """Split a writer from the town behind: names have two or three characters, 陳大文花蓮 is a name of three."""
    if who and place and len(who) < 4 and not places.city(place) and places.city(place[1:]):
        return who + place[0], place[1:]
    return who, place


def _chinese(window: str, found: re.Match[str]) -> Dateline:
    end, who = found.end(), found["who"]
    if reporter := _REPORTER.match(window, end):
        end, who = reporter.end(), reporter["who"]
    who, town = _parted(who or "", found["place"] or "")
    after = _AFTER.match(window, end)
    return Dateline(
        end=after.end() if after else end,
        place=town,
        agency=found["agency"],
        month=int(found["m"] or 0),
        day=int(found["d"]),
        byline=_names(who) if who and len(who.strip()) >= 2 else "",
    )


def _bracket(window: str, found: re.Match[str]) -> Dateline | None:
    """Read `【ソウル＝小池和樹】`, `【6月18日 AFP】`, `[東京 13日 ロイター]`, `(서울=연합뉴스) 홍길동 기자 =`."""
    inside = found["inside"].strip()
    if inside.isascii():
        return None
    date = _DATE.search(inside)
    year, month, day = (int(date["y"] or 0), int(date["m"] or 0), int(date["d"])) if date else (0, 0, 0)
    if (news := _NEWS_FROM.fullmatch(inside)) and places.city(news["place"]):
        return Dateline(end=found.end(), place=news["place"])
    words = [w for w in re.split(r"[\s\u3000=＝・]+", _DATE.sub(" ", inside)) if w]
    agency = place = byline = ""
    for word in words:
        if not agency and agencies.organisation(word):
            agency = word
        elif not place and not agency and (joined := _place_and_agency(word)):
            place, agency = joined
        elif (not place and places.city(word)) or (not place and "＝" in inside and inside.startswith(word)):
            place = word
        elif not byline and place and len(word) <= 12:
            byline = word
        else:
            return None
    if not (place and (agency or byline or day)) and not (agency and day):
        return None
    end = found.end()
    if reporters := _KOREAN_REPORTERS.match(window, end):
        end, byline = reporters.end(), _names(reporters["who"])
    after = _AFTER.match(window, end)
    end = after.end() if after else end
    return Dateline(end=end, place=place, agency=agency, byline=byline, year=year, month=month, day=day)


def _place_and_agency(word: str) -> tuple[str, str] | None:
    """Split `ワシントン共同`, `北京時事`, `新華社北京` into place and agency."""
    for size in (2, 3, 4):
        if len(word) > size and agencies.organisation(word[-size:]) and places.city(word[:-size]):
            return word[:-size], word[-size:]
        if len(word) > size and agencies.organisation(word[:size]) and places.city(word[size:]):
            return word[size:], word[:size]
    return None
