"""The languages that morgue knows: one declaration each, for analysis and for queries by a language's name.

A language that is not here is indexed all the same: its words are folded and not stemmed.
"""

from __future__ import annotations

import unicodedata
from functools import cache
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

# Names of languages as press databases print them in the language of their users, without accents.
_ELSEWHERE = {
    "ar": "ara arabisch arabe arabo 阿拉伯文 арабский",
    "cs": "cze ces tschechisch tcheque checo ceco",
    "da": "dan danisch danois danes danese",
    "de": "ger deu deutsch allemand aleman alemao tedesco duits tysk niemiecki 德文 德语 немецкий ドイツ語 독일어",
    "en": "eng englisch anglais ingles inglese engels engelsk angielski 英文 英语 английский 英語 영어",
    "es": "spa spanisch espagnol espanol espanhol spagnolo castellano spaans 西班牙文 испанский",
    "fi": "fin finnisch finnois finlandes",
    "fr": "fre fra franzosisch francais frances francese frans fransk 法文 法语 французский",
    "hu": "hun ungarisch hongrois hungaro ungherese",
    "id": "bahasa indonesisch indonesien indonesio",
    "it": "ita italienisch italien italiano italiaans 意大利文 итальянский",
    "ja": "jpn japanisch japonais japones giapponese 日文 日本語",
    "ko": "kor koreanisch coreen coreano 韩文 한국어",
    "nl": "dut nld niederlandisch neerlandais holandes neerlandes olandese nederlands flemish",
    "no": "nor norwegisch norvegien noruego norvegese norsk bokmal",
    "pl": "pol polnisch polonais polaco polacco polski",
    "pt": "por portugiesisch portugais portugues portoghese 葡萄牙文",
    "ro": "rum ron rumanisch roumain rumano rumeno",
    "ru": "rus russisch russe ruso russo rosyjski 俄文 русский",
    "sk": "slowakisch slovaque",
    "sl": "slovenian slowenisch",
    "sv": "swe schwedisch suedois sueco svedese svenska 瑞典文",
    "tr": "tur turkisch turc turco",
    "uk": "ukr ukrainisch ukrainien ucraniano украинский",
    "zh": "chi zho chinesisch chinois chino cinese mandarin 中文 китайский 中国語",
}


@cache
def _named() -> dict[str, str]:
    found = {word: language.code for language in LANGUAGES for word in language.names.split()}
    return found | {word: code for code, listed in _ELSEWHERE.items() for word in listed.split()}


def code_of(name: str) -> str:
    """Return the ISO 639-1 code of a language by a name that a source gives it ("English", "Anglais"), "" for none."""
    word = name.strip(" .;,").split(" ")[0].rstrip(";,") if len(name) <= 40 else ""
    if not word or len(name.split()) > 3:
        return ""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(char))
    return _named().get(plain, "") or _named().get(word.casefold(), "")
