"""Press releases: labels, whom to reach, place and day on top, and datelines of release wires."""

from __future__ import annotations

import pytest

from morgue.model import Article, Context, Draft
from morgue.wire import resolve_draft

NOW = 1_800_000_000.0
COPY = (
    "The old lighthouse on the northern pier will burn again from May, the town council said on Tuesday, after a gap "
    "of forty years.\n\nTwo keepers were hired to tend it, and the cost was put at ninety thousand.\n"
)
HEAD = "Lighthouse to burn again"


def read(text: str) -> Article:
    article = resolve_draft(Draft(format="text", layout="wire", body=text), Context(path="a.txt", now=NOW))
    assert isinstance(article, Article), article
    return article


def place(article: Article) -> tuple[str, str | None]:
    assert article.location
    return article.location.city or "", article.location.country


@pytest.mark.parametrize(
    "above",
    [
        "FOR IMMEDIATE RELEASE\n\nMedia Contact:\nO. Tenn\nPress Officer, Guild\n+44 20 7946 0000\nx@lamps.example",
        "PRESS RELEASE\nOrla Tenn\nLamp Guild\n(555) 555-0100\norla@lamps.example",
        "FOR IMMEDIATE RELEASE\n\nOrla Tenn\n\nLamp Guild\n\n555.555.0100 x12\n\nwww.lamps.example/press",
        "IMMEDIATE RELEASE\nMarch 3, 2026\n\nCONTACT\nOrla Tenn\nTel: 555-555-0100 (office)",
        "NEWS RELEASE\nContact: Orla Tenn, 555-555-0100",
        "Status: FOR IMMEDIATE RELEASE",
        "RELEASE: IMMEDIATE",
        "For Immediate Release: 10 February 2026",
        "ZUR SOFORTIGEN VERÖFFENTLICHUNG",
        "Pour diffusion immédiate",
        "PARA DIFUSIÓN INMEDIATA",
        "Pressemitteilung Nr. 12",
    ],
)
def test_labels_and_contacts_above_a_headline_are_no_headline(above: str) -> None:
    article = read(f"{above}\n\n{HEAD}\n\nLEEDS, England — {COPY}")

    assert article.headline == HEAD
    assert place(article) == ("LEEDS", "GB")
    assert article.body.startswith("The old lighthouse")


@pytest.mark.parametrize("contact", ["Contact: Orla Tenn\n555-555-0100", "Orla Tenn\n555-555-0100"])
def test_contacts_between_headline_and_dateline_leave_the_headline(contact: str) -> None:
    article = read(f"FOR IMMEDIATE RELEASE\n\n{HEAD}\n\n{contact}\n\nLEEDS, England — {COPY}")

    assert (article.headline, place(article)) == (HEAD, ("LEEDS", "GB"))
    assert article.body.startswith("The old lighthouse")


def test_a_name_above_copy_without_a_label_stays_the_headline() -> None:
    assert read(f"Orla Tenn\n\nLEEDS, England — {COPY}").headline == "Orla Tenn"


@pytest.mark.parametrize(
    ("above", "town", "day"),
    [
        ("PRESSEMITTEILUNG\nKiel, den 10. Februar 2026\n", "Kiel", "2026-02-10"),
        ("Pressemitteilung\n\nKiel, 10.02.2026\n", "Kiel", "2026-02-10"),
        ("NOTA DE PRENSA\n\nSevilla, 10 de febrero de 2026\n", "Sevilla", "2026-02-10"),
        ("COMUNICATO STAMPA\nGenova, 10 febbraio 2026", "Genova", "2026-02-10"),
        ("COMUNICADO DE IMPRENSA – Porto, 10 de fevereiro de 2026\n", "Porto", "2026-02-10"),
        ("COMMUNIQUÉ DE PRESSE\nFait à Plouvern, le mardi 10 février 2026\n", "Plouvern", "2026-02-10"),
        ("COMMUNIQUÉ DE PRESSE\nPlouvern, Finistère, le 10 février 2026\n", "Plouvern", "2026-02-10"),
        ("PERSBERICHT\nGent, 10 februari 2026\n", "Gent", "2026-02-10"),
        ("Brussels, 10 February 2026\n", "Brussels", "2026-02-10"),
    ],
)
def test_place_and_day_above_a_headline_are_read(above: str, town: str, day: str) -> None:
    article = read(f"{above}\n{HEAD}\n\n{COPY}")

    assert article.headline == HEAD
    assert place(article)[0] == town
    assert article.published is not None
    assert article.published.value == day
    assert article.body.startswith("The old lighthouse")


def test_place_and_day_below_a_headline_are_a_dateline() -> None:
    article = read(f"{HEAD}\nKiel, 10. Februar 2026\n\n{COPY}")

    assert (article.headline, place(article)) == (HEAD, ("Kiel", "DE"))


@pytest.mark.parametrize(
    ("dateline", "town", "country", "source", "day"),
    [
        ("(Wien/APA) - ", "Wien", "AT", "APA", ""),
        ("(dpa/Kiel) - ", "Kiel", "DE", "dpa", ""),
        ("[London, Reuters] — ", "London", "GB", "Reuters", ""),
        ("(AFP, Paris) ", "Paris", "FR", "AFP", ""),
        ("(Kiel, 10. Februar 2026, dpa) - ", "Kiel", "DE", "dpa", "2026-02-10"),
        ("RENO, NV -- (LAMPWIRE) -- Feb. 10, 2026 -- ", "RENO", "US", "LAMPWIRE", "2026-02-10"),
        ("DENVER, CO – [Peak Wire] – March 3, 2026 – ", "DENVER", "US", "Peak Wire", "2026-03-03"),
        ("TOURS, France, 3 May 2024 [Loire Newswire] – ", "TOURS", "FR", "Loire Newswire", "2024-05-03"),
        ("DENVER, March 3, 2026 - (Peak Wire) - ", "DENVER", "US", "Peak Wire", "2026-03-03"),
        ("DENVER, Colo. - (Peak Wire) - ", "DENVER", "US", "Peak Wire", ""),
        ("Venedig (dpa) - ", "Venedig", "IT", "dpa", ""),
        ("Obersandkrug (dpa) - ", "Obersandkrug", None, "dpa", ""),
    ],
)
def test_datelines_with_their_wire(dateline: str, town: str, country: str | None, source: str, day: str) -> None:
    article = read(f"{HEAD}\n\n{dateline}{COPY}")

    assert (*place(article), article.source) == (town, country, source)
    assert (article.published.value if article.published and day else "") == day
    assert article.body.startswith("The old lighthouse")


@pytest.mark.parametrize("opening", ["(dpa/lno) - ", "(SDA/Reuters) - ", "(AP Photo) - "])
def test_brackets_without_a_place_give_none(opening: str) -> None:
    assert read(f"{HEAD}\n\n{opening}{COPY}").location is None


@pytest.mark.parametrize("indent", [" ", "   ", "\t"])
def test_a_headline_runs_on_in_an_indented_line(indent: str) -> None:
    text = f"{HEAD} after forty long years without\n{indent}a keeper\n\n{indent}By Orla Tenn, Harbour Editor\n\n{COPY}"
    article = read(text)

    assert article.headline == f"{HEAD} after forty long years without a keeper"
    assert [person.name for person in article.byline] == ["Orla Tenn"]
    assert article.body.startswith("The old lighthouse")


def test_an_indented_first_paragraph_is_not_part_of_the_headline() -> None:
    article = read(f"{HEAD} after forty long years\n   It burns from May, they said.\n\n   {COPY}")

    assert article.headline == f"{HEAD} after forty long years"


@pytest.mark.parametrize("line", ["Law of 12 May 1998", "Act, 12 May 1998", "Order of the Lamp, 3 March 2001"])
def test_a_date_of_something_else_on_top_is_not_the_day(line: str) -> None:
    article = read(f"{line}\n\n{HEAD}\n\n{COPY}")

    assert article.published is None
    assert article.location is None
