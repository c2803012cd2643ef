"""Dates with words around them, as pages print them: "Submitted on Tue, 2026-02-10 13:49", "Updated 3 May 2026".

What a law, a copyright notice or an address gives is not a date of the article, so the words around one decide.
"""

from __future__ import annotations

import re

from morgue.model import Published
from morgue.wire import byline, dates
from morgue.wire.calendar import weekday
from morgue.wire.gazetteer import agencies
from morgue.wire.names import has_digit, words

_MAX_LENGTH = 120  # characters of a line that is searched for a date
_TIME = (
    r"(?:[\s,|–—-]{1,4}(?:at|um|kl\.?|klo|alle|ore|às|om|a las|à|@)?\s{0,2}"
    r"(?:오전|오후|上午|下午|午前|午後)?\s?\d{1,2}[:.h時시]\s?\d\d(?::\d\d)?\s?(?:[ap]\.?\s?m\b\.?)?"
    r"(?:\s?(?:Z|[A-Z]{2,4}(?:[+-]\d{1,2})?|[+-]\d\d:?\d\d)\b)?)?"
)
_SPAN = re.compile(
    r"(?<![\w/.-])(?P<day>\d{4}(?P<sep>[-/.])\s?\d{1,2}(?P=sep)\s?\d{1,2}\.?(?![\w-])(?!/\w)"
    r"|\d{1,2}(?P<sep2>[-/.])\d{1,2}(?P=sep2)(?:\d{4}|\d\d)(?![\w/-])"
    r"|\d{1,2}(?:\.|st|nd|rd|th|º)?\s(?:de\s|of\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s|del\s)?\d{4}(?!\d)"
    r"|[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}(?!\d)"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]?)" + _TIME,
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that mean a later change, by their beginnings.
_CHANGED = tuple(
    words(
        """
    updat modif edited last changed revis correct aktualis geändert stand maj jour actualiz aggiorn modific
    uppdater oppdater opdater endret ændret bijgewerkt gewijzigd atualiz modificad zaktualiz aktualiz zmien päivitet
    muokat обновл измен güncel diperbarui frissít modosít módosít 수정 최종 기사수정 업데이트 更新 最終 修改 修正
    """
    )
)
_LABELS = words(
    """
    published publish publication posted post date dated submitted created create filed issued release released first
    time online by on at the from of appeared entered am vom den der erschienen veröffentlicht erstellt datum uhr publié
    créé créée publiée publie parue paru le du à en ligne mis publicado publicada publicación fecha el del data
    pubblicato
    pubblicata pubblicazione il alle publicação em às publisert publicerad publiceret udgivet julkaistu kl klo
    opublikowano dodano dodane utworzono gepubliceerd geplaatst op om опубликовано дата размещено yayınlanma yayın
    tarihi tarih eklenme diterbitkan dipublikasikan tayang megjelent közzétéve publikováno vydáno zveřejněno objavljeno
    objavljen publicat 기사입력 입력 등록 등록일 발행 발행일 게시 게시일 승인 작성일 公開 公開日 掲載 掲載日 配信
    発表 日付 投稿日 发布 发布时间 发表 時間 时间 日期 發布 发稿 نشر تاريخ בתאריך פורסם
    """
)
_BY = re.compile(r"(\w+)\s+by\s+\S+(?:\s\S+){0,2}?\s+on\b", re.IGNORECASE)  # Posted by Ann Poe on
_TRAILING = re.compile(rf"(?:[\s,|•·–—-]+[^\W\d_]{{3,12}}\.?,?)?[\s,|•·–—-]+(?:{_SPAN.pattern})\W*$", re.IGNORECASE)
_BYLINE_MIN_WORDS = 3  # By Ann Poe


def find(text: str, *, day_first: bool | None, anywhere: bool) -> Published | None:
    """Return the date of publication that a text states among other words, or None.

    Args:
        text: a line or a value. day_first: as for `dates.parse`.
        anywhere: the text is in a field for the date, so that any words may stand around it; else only labels of
            dates, weekdays, an agency or a credit may.
    """
    line = " ".join(dates.ascii_digits(text[: _MAX_LENGTH + 1]).split())
    if len(line) > _MAX_LENGTH:
        return None
    end = 0
    for span in _SPAN.finditer(line):
        label, end = line[end : span.start()].strip(" \t|:,;·•-–—()[]/：／"), span.end()
        if any(word.casefold().startswith(_CHANGED) for word in _WORD.findall(label)):
            continue
        when = dates.parse(span.group().strip(), day_first=day_first)
        when = when or dates.parse(span.group("day"), day_first=day_first)
        if when is None or when.precision not in ("day", "instant", "year"):
            continue
        if anywhere or (_is_label(label) and not _has_more(line[end:])):
            return when
    return None


def without(credit: str) -> str:
    """Return a credit without the weekday and date printed behind it: "By Ann Poe Tuesday, Feb. 10, 2026"."""
    found = _TRAILING.search(credit) if has_digit(credit) else None
    if not found:
        return credit
    word = found.group().strip(" ,|•·–—-").partition(" ")[0].strip(".,")
    if weekday(word) >= 0 or not word.isalpha() or dates.parse(found.group().strip(" ,|•·–—-")):
        return credit[: found.start()]
    return credit[: found.start() + found.group().index(word) + len(word)]


def _has_more(rest: str) -> bool:
    """Whether what follows a date is more than a few words or another date."""
    without = _SPAN.sub("", rest)
    return any(char.isdecimal() for char in without) or len(without) > 40


def _is_label(text: str) -> bool:
    """Whether the words before a date are those that pages print before the date of an article."""
    if not text:
        return True
    if by := _BY.match(text):
        text = by.group(1)
    others = [word for word in _WORD.findall(text) if word.casefold() not in _LABELS and weekday(word) < 0]
    if not others:
        return all(char.isalpha() or char in " .,:|·'’-" for char in text)
    if agencies.organisation(text):
        return True
    credit = byline.strip_prefix(text)
    return credit != text and len(text.split()) >= _BYLINE_MIN_WORDS and bool(byline.people(text))
