"""Words of news copy that the readers and the wire grammar share, by language or kind.

A table holds whole words in lower case. A pattern that needs fewer names the languages that it takes, or adds its own
words beside the table, with the reason. `either` makes a table an alternation of a regular expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

# The preposition before an author's name: "By Jane Doe".
BY: Mapping[str, str] = {
    "en": "by", "de": "von", "fr": "par", "es": "por", "pt": "por", "it": "di", "nl": "door", "sv": "av", "no": "av",
    "da": "af", "ar": "بقلم كتب كتبت",
}  # fmt: skip
# Prepositions that open surnames too ("De Blasio", "Da Silva"). They are added where a line can only be a credit.
BY_OR_NAME: Mapping[str, str] = {"fr": "de", "es": "de", "it": "da", "pt": "da"}

# A label before an author's name: "Autor: Jan Kos", "Pewarta: Ani".
AUTHOR: Mapping[str, str] = {
    "en": "author", "de": "autor autorin", "es": "autor", "fr": "auteur", "it": "autore", "sv": "författare",
    "no": "forfatter", "pl": "autor autorka", "hu": "szerző", "tr": "haber", "id": "pewarta penulis oleh",
    "ru": "автор",
}  # fmt: skip
TEXT: Mapping[str, str] = {
    "en": "text", "de": "text", "fr": "texte", "es": "texto", "it": "testo", "pl": "tekst", "ru": "текст",
}  # fmt: skip
# Words before "by" in a credit: "Written by".
CREDITED = ("written", "reported", "prepared", "compiled", "text", "words", "story", "analysis", "report", "posted")

# Who works for a newsroom, in the singular: on the line of an author's name (STAFF) or a tagline (CREW).
WRITERS = ("writer", "reporter", "correspondent")
STAFF = (*WRITERS, "editor", "columnist", "analyst")
CREW = ("journalist", "researcher", "producer", "photographer")
# Desks and beats before such a word: "AP sports writer".
DESKS = (
    "news", "staff", "sports", "business", "science", "religion", "national", "political", "medical", "health",
    "economics", "technology", "video",
)  # fmt: skip

# The conjunction between two names.
AND: Mapping[str, str] = {
    "en": "and", "de": "und", "fr": "et", "sv": "och", "no": "og", "da": "og", "fi": "ja", "tr": "ve", "ru": "и",
    "uk": "та", "el": "και", "ar": "و",
}  # fmt: skip
# Conjunctions that are parts of names as well ("José Ortega y Gasset", "Dan Brown").
AND_OR_NAME: Mapping[str, str] = {"es": "y e", "it": "e", "pt": "e", "nl": "en", "pl": "i", "id": "dan"}

# English months as wires abbreviate them, January first.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def words(table: Mapping[str, str], *languages: str) -> tuple[str, ...]:
    """Return the words of a table without repeats, in its order; of the languages named, or of all."""
    found = [
        word for language, listed in table.items() if not languages or language in languages for word in listed.split()
    ]
    return tuple(dict.fromkeys(found))


def spelled(listed: Iterable[str], *forms: Callable[[str], str]) -> tuple[str, ...]:
    """Return the words `listed` in each of the forms (`str.title`, `"{}s".format` …), without repeats."""
    return tuple(dict.fromkeys(form(word) for word in listed for form in forms))


def either(*listed: Iterable[str]) -> str:
    """Return the words of all lists as alternatives of a regular expression, without a group around them."""
    return "|".join(dict.fromkeys(word for words_ in listed for word in words_))
