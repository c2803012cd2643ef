"""The languages that morgue knows: one declaration each, for analysis and for queries by a language's name.

A language that is not here is indexed all the same: its words are folded and not stemmed.
"""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """A language.

    Attributes:
        code: ISO 639-1. names: English names, lower case, parted by spaces.
        stemmer: name of its Snowball stemmer, "" for none.
        elisions: what loses its vowel before a word and is no part of it, without the apostrophe (l'Union, dell'arte),
            parted by spaces.
    """

    code: str
    names: str
    stemmer: str = ""
    elisions: str = ""


LANGUAGES = (
    Language("ar", "arabic", "arabic"),
    Language("bg", "bulgarian"),
    Language("bn", "bengali"),
    Language("ca", "catalan", "catalan", "l d m t s n"),
    Language("cs", "czech"),
    Language("da", "danish", "danish"),
    Language("de", "german", "german"),
    Language("el", "greek", "greek"),
    Language("en", "english", "english"),
    Language("eo", "esperanto", "esperanto"),
    Language("es", "spanish", "spanish"),
    Language("et", "estonian", "estonian"),
    Language("eu", "basque", "basque"),
    Language("fa", "persian farsi"),
    Language("fi", "finnish", "finnish"),
    Language("fr", "french", "french", "l d j m t s n c qu jusqu lorsqu puisqu quoiqu"),
    Language("ga", "irish", "irish"),
    Language("he", "hebrew"),
    Language("hi", "hindi", "hindi"),
    Language("hr", "croatian"),
    Language("hu", "hungarian", "hungarian"),
    Language("hy", "armenian", "armenian"),
    Language("id", "indonesian", "indonesian"),
    Language("it", "italian", "italian", "l un c d m t s v all dall dell nell sull coll quell"),
    Language("ja", "japanese"),
    Language("km", "khmer"),
    Language("ko", "korean"),
    Language("lo", "lao"),
    Language("lt", "lithuanian", "lithuanian"),
    Language("my", "burmese"),
    Language("nb", "", "norwegian"),
    Language("ne", "nepali", "nepali"),
    Language("nl", "dutch", "dutch"),
    Language("nn", "", "norwegian"),
    Language("no", "norwegian", "norwegian"),
    Language("pl", "polish"),
    Language("pt", "portuguese", "portuguese"),
    Language("ro", "romanian", "romanian"),
    Language("ru", "russian", "russian"),
    Language("sk", "slovak"),
    Language("sl", "slovene"),
    Language("sr", "serbian", "serbian"),
    Language("sv", "swedish", "swedish"),
    Language("ta", "tamil", "tamil"),
    Language("th", "thai"),
    Language("tr", "turkish", "turkish"),
    Language("uk", "ukrainian"),
    Language("ur", "urdu"),
    Language("vi", "vietnamese"),
    Language("yi", "yiddish", "yiddish"),
    Language("zh", "chinese"),
)
