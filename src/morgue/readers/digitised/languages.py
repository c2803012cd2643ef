"""Languages as libraries and recognition programs name them (`ger`, `deu_frak`, `German`) to ISO 639-1."""

from __future__ import annotations

import re

# ISO 639-1 -> ISO 639-2 in both forms, and names; lower case.
_NAMES = {
    "ar": "ara arabic", "bg": "bul bulgarian", "ca": "cat catalan", "cs": "ces cze czech", "da": "dan danish dansk",
    "de": "deu ger german deutsch frk fraktur", "el": "ell gre greek", "en": "eng english", "es": "spa spanish español",
    "et": "est estonian", "eu": "eus baq basque", "fi": "fin finnish suomi", "fr": "fra fre french français",
    "ga": "gle irish", "he": "heb hebrew", "hr": "hrv croatian", "hu": "hun hungarian", "is": "isl ice icelandic",
    "it": "ita italian italiano", "ja": "jpn japanese", "la": "lat latin", "lb": "ltz luxembourgish",
    "lt": "lit lithuanian",
    "lv": "lav latvian", "nl": "nld dut dutch nederlands", "no": "nor nob nno norwegian norsk",
    "pl": "pol polish",
    "pt": "por portuguese português", "ro": "ron rum romanian", "ru": "rus russian", "sk": "slk slo slovak",
    "sl": "slv slovenian", "sr": "srp serbian", "sv": "swe swedish svenska", "tr": "tur turkish", "uk": "ukr ukrainian",
    "yi": "yid yiddish", "zh": "zho chi chi_sim chi_tra chinese",
}  # fmt: skip
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_PART = re.compile(r"[^\W_]+(?:_(?:sim|tra))?")


def code(name: str | None) -> str:
    """The code of a language; the name itself when it is not known, "" for none or for several at once."""
    text = (name or "").strip()
    if "+" in text or "," in text or " " in text:
        return ""
    found = _PART.match(text.lower())
    known = _CODES.get(found.group()) if found else None
    return known or text
