"""What clippers, media monitors, news APIs, crawlers and blogs export, as far as it is JSON, CSV, XML or HTML."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Article, Context, Draft, Origin, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.wire import resolve_draft

STORY = "The tram depot of Helm closes for a week, the council said. Buses run instead."
NOW = 1_800_000_000.0


def read(data: bytes | str | object, name: str = "a.json", **options: Any) -> list[Draft | Rejected]:
    data = data if isinstance(data, bytes | str) else json.dumps(data)
    data = data.encode() if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(data), name, ReadOptions(**options)))


def articles(data: bytes | str | object, name: str = "a.json") -> list[Article]:
    found = []
    for item in read(data, name):
        assert isinstance(item, Draft), item
        article = resolve_draft(item, Context(path=name, now=NOW, crawled=item.crawled), Origin(path=name))
        assert isinstance(article, Article), article
        found.append(article)
    return found


def facts(article: Article) -> dict[str, object]:
    """What is known of an article, without what is not."""
    known = {
        "headline": article.headline,
        "date": article.published.value if article.published else "",
        "byline": [person.name for person in article.byline],
        "source": article.source,
        "section": article.section,
        "page": article.page,
        "url": article.url,
        "keywords": list(article.keywords),
        "body": article.body,
        "status": article.status if article.status != "usable" else "",
    }
    return {name: value for name, value in known.items() if value}


WHOLE = {"headline": "Depot closes", "date": "2026-03-04T05:06:07Z", "byline": ["Ada Merrow"], "body": STORY}
APIS: list[tuple[str, object, dict[str, object]]] = [
    (
        "New York Times",
        {
            "response": {
                "docs": [
                    {
                        "abstract": "Depot closes.",
                        "web_url": "https://nyt.example/depot",
                        "lead_paragraph": STORY,
                        "print_page": "4",
                        "source": "The Helm Times",
                        "headline": {"main": "Depot closes", "kicker": None, "print_headline": "Closed"},
                        "keywords": [{"name": "subject", "value": "Trams"}],
                        "pub_date": "2026-03-04T05:06:07+0000",
                        "section_name": "City",
                        "byline": {"original": "By Ada Merrow", "person": []},
                        "_id": "nyt://1",
                    }
                ]
            }
        },
        {
            "source": "The Helm Times",
            "section": "City",
            "page": "4",
            "url": "https://nyt.example/depot",
            "keywords": ["Trams"],
        },
    ),
    (
        "Guardian",
        {
            "response": {
                "results": [
                    {
                        "id": "city/depot",
                        "sectionName": "City",
                        "webPublicationDate": "2026-03-04T05:06:07Z",
                        "webTitle": "Depot closes",
                        "webUrl": "https://g.example/depot",
                        "fields": {"bodyText": STORY, "trailText": "Closed", "publication": "The Lantern"},
                        "tags": [
                            {"type": "keyword", "webTitle": "Trams"},
                            {"type": "contributor", "webTitle": "Ada Merrow"},
                        ],
                    }
                ]
            }
        },
        {"source": "The Lantern", "section": "City", "url": "https://g.example/depot", "keywords": ["Trams"]},
    ),
    (
        "Guardian, one item",
        {
            "response": {
                "content": {
                    "webTitle": "Depot closes",
                    "webPublicationDate": "2026-03-04T05:06:07Z",
                    "fields": {"body": f"<p>{STORY}</p>"},
                    "tags": [{"type": "contributor", "webTitle": "Ada Merrow"}],
                }
            }
        },
        {},
    ),
    (
        "NewsCatcher",
        {
            "status": "ok",
            "articles": [
                {
                    "title": "Depot closes",
                    "author": "Ada Merrow",
                    "authors": "Ada Merrow",
                    "published_date": "2026-03-04T05:06:07Z",
                    "link": "https://h.example/d",
                    "clean_url": "h.example",
                    "excerpt": "Closed",
                    "summary": STORY,
                    "topic": "news",
                }
            ],
        },
        {"source": "h.example", "url": "https://h.example/d", "keywords": ["news"]},
    ),
    (
        "Event Registry",
        {
            "articles": {
                "results": [
                    {
                        "uri": "77",
                        "lang": "eng",
                        "date": "2026-03-05",
                        "time": "00:00:00",
                        "dateTime": "2026-03-05T00:00:00Z",
                        "dateTimePub": "2026-03-04T05:06:07Z",
                        "url": "https://h.example/d",
                        "title": "Depot closes",
                        "body": STORY,
                        "source": {"uri": "h.example", "title": "Helm Post"},
                        "authors": [{"uri": "a@h.example", "name": "Ada Merrow"}],
                        "concepts": [{"label": {"eng": "Tram"}}],
                        "location": None,
                    }
                ]
            }
        },
        {"source": "Helm Post", "url": "https://h.example/d"},
    ),
    (
        "Webz.io",
        {
            "posts": [
                {
                    "thread": {
                        "site": "h.example",
                        "section_title": "City",
                        "title": "x",
                        "published": "2026-03-04T00:00:00Z",
                    },
                    "uuid": "u",
                    "url": "https://h.example/d",
                    "author": "Ada Merrow",
                    "published": "2026-03-04T05:06:07Z",
                    "title": "Depot closes",
                    "text": STORY,
                    "crawled": "2026-03-06T00:00:00Z",
                }
            ]
        },
        {"source": "h.example", "section": "City", "url": "https://h.example/d"},
    ),
    (
        "WordPress REST API",
        [
            {
                "id": 9,
                "date": "2026-03-04T05:06:07Z",
                "slug": "depot",
                "link": "https://w.example/depot",
                "title": {"rendered": "Depot closes"},
                "content": {"rendered": f"<p>{STORY}</p>"},
                "author": 3,
                "categories": [1],
                "excerpt": {"rendered": "<p>Closed</p>"},
                "status": "publish",
                "_embedded": {
                    "author": [{"id": 3, "name": "Ada Merrow"}],
                    "wp:term": [
                        [{"taxonomy": "category", "name": "City"}],
                        [{"taxonomy": "post_tag", "name": "trams"}],
                    ],
                },
            }
        ],
        {"url": "https://w.example/depot", "keywords": ["City", "trams"]},
    ),
    (
        "JSON Feed",
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Helm",
            "items": [
                {
                    "id": "1",
                    "url": "https://h.example/d",
                    "title": "Depot closes",
                    "content_html": f"<p>{STORY}</p>",
                    "date_published": "2026-03-04T05:06:07Z",
                    "authors": [{"name": "Ada Merrow"}],
                    "tags": ["trams"],
                }
            ],
        },
        {"url": "https://h.example/d", "keywords": ["trams"]},
    ),
    (
        "fundus",
        [
            {
                "title": "Depot closes",
                "authors": ["Ada Merrow"],
                "publishing_date": "2026-03-04 05:06:07+00:00",
                "body": {"summary": ["Closed"], "sections": [{"headline": [], "paragraphs": [STORY]}]},
                "topics": ["trams"],
            }
        ],
        {"keywords": ["trams"]},
    ),
    (
        "news-please",
        {
            "title": "Depot closes",
            "authors": ["Ada Merrow", "More Stories By Ada Merrow", "None"],
            "maintext": STORY,
            "date_publish": "2026-03-04T05:06:07Z",
            "date_modify": "None",
            "date_download": "2026-04-01 00:00:00",
            "source_domain": "h.example",
            "description": "Closed",
            "url": "https://h.example/d",
        },
        {"source": "h.example", "url": "https://h.example/d"},
    ),
    (
        "newspaper4k",
        {
            "url": "https://h.example/d",
            "title": "Depot closes",
            "authors": ["Ada Merrow", "5 Minutes Ago", "View Profile"],
            "publish_date": "2026-03-04T05:06:07Z",
            "text": STORY,
            "summary": "Closed",
            "meta_site_name": "Helm Post",
            "meta_keywords": [""],
            "tags": [],
        },
        {"source": "Helm Post", "url": "https://h.example/d"},
    ),
    (
        "trafilatura",
        {
            "title": "Depot closes",
            "author": "Ada Merrow",
            "date": "2026-03-04T05:06:07Z",
            "source": "https://h.example/d",
            "source-hostname": "Helm Post",
            "hostname": "h.example",
            "text": STORY,
            "excerpt": "Closed",
            "comments": "Hm.",
            "raw_text": STORY + " Hm.",
            "filedate": "2026-05-01",
            "tags": "trams;buses",
            "id": None,
        },
        {"source": "Helm Post", "url": "https://h.example/d", "keywords": ["trams", "buses"]},
    ),
    (
        "Ghost's Content API",
        {
            "posts": [
                {
                    "id": "g",
                    "title": "Depot closes",
                    "html": f"<p>{STORY}</p>",
                    "url": "https://b.example/d/",
                    "published_at": "2026-03-04T05:06:07.000+00:00",
                    "authors": [{"name": "Ada Merrow"}],
                    "tags": [{"name": "trams"}],
                }
            ]
        },
        {"url": "https://b.example/d/", "keywords": ["trams"]},
    ),
]


@pytest.mark.parametrize(("value", "more"), [row[1:] for row in APIS], ids=[row[0] for row in APIS])
def test_apis_and_crawlers(value: object, more: dict[str, object]) -> None:
    (article,) = articles(value)

    assert facts(article) == WHOLE | more


def test_when_gdelt_saw_a_page_is_a_derived_date() -> None:
    item = {"title": "Depot closes", "seendate": "20260304T050607Z", "domain": "h.example", "sourcecountry": "Norway"}
    (article,) = articles({"articles": [item]})

    assert facts(article) == {"headline": "Depot closes", "date": "2026-03-04T05:06:07Z", "source": "h.example"}
    assert article.provenance["published"] == "derived:json:seendate"
    assert article.location is None


def test_a_text_that_the_source_cut_is_remarked() -> None:
    item = {"source": {"id": None, "name": "Helm Post"}, "title": "Depot closes", "content": f"{STORY}… [+812 chars]"}
    (article,) = articles({"status": "ok", "articles": [item]})

    assert (article.body, article.source) == (STORY, "Helm Post")
    assert [remark.why for remark in article.remarks] == [
        "the source gives only the beginning of the text: 812 characters are missing"
    ]


def test_a_source_that_is_an_address_is_the_sites_or_the_articles() -> None:
    site, page = articles(
        [{"title": "A", "source": "https://www.h.example/"}, {"title": "B", "source": "https://h.example/b"}]
    )

    assert (site.source, site.url) == ("h.example", "")
    assert (page.source, page.url) == ("", "https://h.example/b")


def test_a_text_that_must_be_paid_for_is_not_the_story() -> None:
    item = {"title": "Depot closes", "description": "Buses run.", "content": "ONLY AVAILABLE IN PAID PLANS"}
    (article,) = articles({"status": "success", "results": [item]})

    assert article.body == "Buses run."


@pytest.mark.parametrize("key", ["article", "node", "attributes", "_source"])
def test_an_article_inside_a_record(key: str) -> None:
    (article,) = articles([{"id": "r1", "query": {"n": 1}, key: {"headline": "Depot closes", "articleBody": STORY}}])

    assert (article.id, facts(article)) == ("r1", {"headline": "Depot closes", "body": STORY})


# --- tables in JSON -----------------------------------------------------------------------------------------------

ROWS = [{"title": "A", "date": "2026-03-04", "text": "One."}, {"title": "B", "date": "2026-03-05", "text": "Two."}]


@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        {name: {str(at): row[name] for at, row in enumerate(ROWS)} for name in ROWS[0]},
        {str(at): row for at, row in enumerate(ROWS)},
        {"columns": list(ROWS[0]), "index": [0, 1], "data": [list(row.values()) for row in ROWS]},
        {"schema": {"fields": [{"name": "title"}]}, "data": ROWS},
        {name: [row[name] for row in ROWS] for name in ROWS[0]},
    ],
    ids=["records", "columns", "index", "split", "table", "list"],
)
def test_tables_that_pandas_writes(value: object) -> None:
    assert [(a.headline, a.published and a.published.value, a.body) for a in articles(value)] == [
        ("A", "2026-03-04", "One."),
        ("B", "2026-03-05", "Two."),
    ]


def test_records_under_keys_of_a_database() -> None:
    assert [a.id for a in articles({"-Nx1": ROWS[0], "-Nx2": ROWS[1]})] == ["-Nx1", "-Nx2"]


def test_one_article_whose_values_are_objects_stays_one() -> None:
    (article,) = articles({"title": {"rendered": "A"}, "content": {"rendered": "<p>One.</p>"}})

    assert (article.headline, article.body) == ("A", "One.")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "title",
                        "text",
                        "data",
                        "columns",
                        "posts",
                        "users",
                        "db",
                        "meta",
                        "components",
                        "role",
                        "extended",
                        "href",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_makes_it_raise(value: object) -> None:
    assert read(value)
    read(value, format_in="ghost")
    read(value, format_in="applenews")


# --- columns ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "URL,Title,Selection,Folder,Timestamp,Tags\nhttps://h.example/d,Depot closes,,Unread,1770000000,[]\n",
            {"headline": "Depot closes", "url": "https://h.example/d"},
        ),
        (
            "title,url,time_added,tags,status\nDepot closes,https://h.example/d,1770000000,trams|city,unread\n",
            {"headline": "Depot closes", "url": "https://h.example/d", "keywords": ["trams", "city"]},
        ),
        (
            "Highlight,Book Title,Book Author,Note,Color,Tags,Location Type,Location,Highlighted at\n"
            "Buses run.,Depot closes,Ada Merrow,,red,trams,page,12,2026-03-08 10:00:00+00:00\n",
            {"headline": "Depot closes", "byline": ["Ada Merrow"], "keywords": ["trams"], "body": "Buses run."},
        ),
        (
            "stories_id,publish_date,title,url,media_name,media_url\n5,2026-03-04,Depot closes,,Helm Post,http://h.example/\n",
            {"headline": "Depot closes", "date": "2026-03-04", "source": "Helm Post"},
        ),
        (
            "Date,Time,URL,Source Name,Source Domain,Author Name,Title,Opening Text,Hit Sentence\n"
            "04-Mar-2026,10:00 AM,,Helm Post,h.example,Ada Merrow,Depot closes,"
            "Buses run instead of trams.,... trams ...\n",
            {
                "headline": "Depot closes",
                "date": "2026-03-04",
                "byline": ["Ada Merrow"],
                "source": "Helm Post",
                "body": "Buses run instead of trams.",
            },
        ),
        (
            "News Date,News Headline,Outlet Name,Contact Name,News Text\n"
            "3/14/2026,Depot closes,Helm Post,Ada Merrow,Buses.\n",
            {
                "headline": "Depot closes",
                "date": "2026-03-14",
                "byline": ["Ada Merrow"],
                "source": "Helm Post",
                "body": "Buses.",
            },
        ),
        (
            'Report:,Trams\nFrom:,"Mon, 2 Mar"\n\nQuery Id,Date,Title,Snippet,Domain,Full Text,Author\n'
            "1,2026-03-04 10:00:00.0,Depot closes,Buses,h.example,Buses run instead.,Ada Merrow\n",
            {
                "headline": "Depot closes",
                "date": "2026-03-04T10:00:00",
                "byline": ["Ada Merrow"],
                "source": "h.example",
                "body": "Buses run instead.",
            },
        ),
        (
            "title,authors,source,publishedAt,keywords,text\n"
            "Depot closes,\"['Ada Merrow', 'Bo Ek']\",\"{'id': None, 'name': 'Helm Post'}\",NaT,\"['trams']\",nan\n",
            {
                "headline": "Depot closes",
                "byline": ["Ada Merrow", "Bo Ek"],
                "source": "Helm Post",
                "keywords": ["trams"],
            },
        ),
    ],
    ids=["Instapaper", "Pocket", "Readwise", "Media Cloud", "Meltwater", "Cision", "Brandwatch", "Python's literals"],
)
def test_tables_of_clippers_and_monitors(table: str, expected: dict[str, object]) -> None:
    (article,) = articles(table, "a.csv")

    assert facts(article) == expected


@pytest.mark.parametrize(
    "row",
    [
        "Tytuł;Data publikacji;Autor;Treść;Źródło",
        "BAŞLIK;TARİH;YAZAR;METİN;KAYNAK",
        "标题;发布时间;作者;正文;来源",
        "標題;日期;記者;內容;媒體",
        "タイトル;掲載日;著者;本文;新聞",
        "제목;날짜;기자;본문;언론사",
        "Título;Data de publicação;Autor;Conteúdo;Fonte",
        "TITULO;FECHA;AUTOR;TEXTO COMPLETO;MEDIO",
        "Kop;Datum;Auteur;Tekst;Bron",
        "Rubrik;Publiceringsdatum;Författare;Brödtext;Tidning",
        "Tittel;Dato;Forfatter;Brødtekst;Kilde",
        "Otsikko;Päivämäärä;Kirjoittaja;Teksti;Lehti",
        "العنوان;التاريخ;الكاتب;النص;المصدر",
        "عنوان;تاریخ;نویسنده;متن;منبع",
        "Überschrift;Erscheinungsdatum;Verfasser;Volltext;Zeitung",
        "Titre;Date de publication;Auteur;Texte;Journal",
        "Titolo;Data;Autore;Testo;Testata",
        "Titulek;Datum vydání;Autor;Obsah;Zdroj",
        "Cím;Dátum;Szerző;Szöveg;Forrás",
        "Titlu;Data publicării;Autor;Conținut;Sursa",
        "Заголовок;Дата публікації;Автор;Зміст;Джерело",
        "Название;Дата публикации;Авторы;Текст статьи;Издание",
        "Τίτλος;Ημερομηνία;Συντάκτης;Κείμενο;Πηγή",
        "כותרת;תאריך;כתב;תוכן;מקור",
        "Tiêu đề;Ngày đăng;Tác giả;Nội dung;Nguồn",
        "judul;tanggal_terbit;penulis;isi_berita;sumber",
        "หัวข้อข่าว;วันที่;ผู้เขียน;เนื้อหา;แหล่งที่มา",
        "शीर्षक;दिनांक;लेखक;सामग्री;स्रोत",
    ],
)
def test_columns_of_many_languages(row: str) -> None:
    (article,) = articles(f"{row}\nDepot closes;02/03/2026;Ada Merrow;{STORY};Helm Post\n", "a.csv")

    # The language of the columns says that the day is first.
    assert facts(article) == WHOLE | {"date": "2026-03-02", "source": "Helm Post"}


def test_a_column_that_is_a_headline_in_one_language_and_a_section_in_another() -> None:
    (swedish,) = articles("Rubrik;Text\nDepån stänger;Bussar går.\n", "a.csv")
    (german,) = articles("Titel;Rubrik;Text\nDepot zu;Stadt;Busse fahren.\n", "a.csv")

    assert (swedish.headline, swedish.section) == ("Depån stänger", "")
    assert (german.headline, german.section) == ("Depot zu", "Stadt")


def test_an_object_under_a_word_of_another_language_is_no_value() -> None:
    (article,) = articles([{"title": "A", "data": {"value": 3}, "text": "One."}])

    assert (article.published, article.extra) == (None, {"data": {"value": 3}})


@pytest.mark.parametrize("first", ["text", "abstract"])
@pytest.mark.parametrize("second", ["ctext", "content", "full_text"])
def test_of_two_texts_the_longer_is_the_story(first: str, second: str) -> None:
    (article,) = articles(f'title,{first},{second}\nDepot closes,Depot shuts.,"{STORY}"\n', "a.csv")

    assert (article.body, article.extra) == (STORY, {first: "Depot shuts."})


def test_a_whole_page_beside_a_text_is_not_the_story() -> None:
    page = f"<!DOCTYPE html><html><body><nav>Menu</nav><p>{STORY}</p><p>{STORY}</p></body></html>"
    (article,) = articles([{"title": "A", "text": STORY, "html": page}])

    assert article.body == STORY


# --- formats of their own -----------------------------------------------------------------------------------------


def test_apple_news() -> None:
    document = {
        "version": "1.7",
        "identifier": "d-1",
        "title": "Depot closes",
        "language": "en",
        "layout": {"columns": 7},
        "components": [
            {
                "role": "header",
                "components": [{"role": "title", "text": "Depot closes"}, {"role": "byline", "text": "By Bo Ek"}],
            },
            {"role": "photo", "caption": "A tram"},
            {
                "role": "container",
                "components": [
                    {"role": "body", "format": "html", "text": "<p>One.</p><p>Two.</p>"},
                    {"role": "heading2", "text": "Buses"},
                    {"role": "body", "format": "markdown", "text": "They *run*.\n\n## Fares\n\nNo change."},
                ],
            },
            {"role": "pullquote", "text": "Quoted again"},
        ],
        "metadata": {
            "authors": ["Ada Merrow"],
            "datePublished": "2026-03-04T05:06:07Z",
            "canonicalURL": "https://h.example/d",
        },
        "componentTextStyles": {"default": {}},
    }
    (article,) = articles(document, "article.json")

    assert facts(article) == {
        "headline": "Depot closes",
        "date": "2026-03-04T05:06:07Z",
        "byline": ["Ada Merrow"],
        "url": "https://h.example/d",
        "body": "One.\n\nTwo.\n\nBuses\n\nThey run.\n\nFares\n\nNo change.",
    }
    assert (article.id, article.subheads, dict(article.extra)) == ("d-1", (2, 4), {"version": "1.7"})


def lexical(*texts: str) -> str:
    return json.dumps({"root": {"children": [{"type": "paragraph", "children": [{"text": text}]} for text in texts]}})


def mobiledoc(*texts: str) -> str:
    sections = [[1, "p", [[0, [], 0, text]]] for text in texts]
    return json.dumps(
        {"version": "0.3.1", "cards": [["markdown", {"markdown": "Card."}]], "sections": [*sections, [10, 0]]}
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ({"html": "<p>One.</p><p>Two.</p>"}, "One.\n\nTwo."),
        ({"html": None, "lexical": lexical("One.", "Two.")}, "One.\n\nTwo."),
        ({"html": None, "mobiledoc": mobiledoc("One.", "Two.")}, "One.\n\nTwo.\n\nCard."),
        ({"html": "", "markdown": "One."}, "One."),
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_ghost(text: dict[str, Any], body: str, wrapped: bool) -> None:
    posts = [
        {"id": 1, "title": "A", "status": "published", "published_at": 1_770_000_000_000, **text},
        {"id": 2, "title": "B", "status": "draft", "author_id": 4, "html": "<p>Three.</p>"},
    ]
    export = {
        "meta": {"exported_on": 1, "version": "5"},
        "data": {
            "posts": posts,
            "users": [{"id": 4, "name": "Ada Merrow"}, {"id": 5, "name": "Bo Ek"}],
            "posts_authors": [
                {"post_id": 1, "author_id": 5, "sort_order": 1},
                {"post_id": 1, "author_id": 4, "sort_order": 0},
            ],
            "tags": [{"id": 7, "name": "trams"}],
            "posts_tags": [{"post_id": 1, "tag_id": 7}],
        },
    }
    first, second = articles({"db": [export]} if wrapped else export)

    assert facts(first) == {
        "headline": "A",
        "date": "2026-02-02T02:40:00Z",
        "byline": ["Ada Merrow", "Bo Ek"],
        "keywords": ["trams"],
        "body": body,
    }
    assert facts(second) == {"headline": "B", "byline": ["Ada Merrow"], "body": "Three.", "status": "withheld"}


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


POSTS = (
    "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle\n"
    "12.depot,2026-03-04T05:06:07.000Z,true,,newsletter,everyone,Depot closes,Buses run\n"
    "13.notes,2026-03-09T05:06:07.000Z,false,,newsletter,everyone,Notes,\n"
)


@pytest.mark.parametrize("folder", ["", "export/"])
@pytest.mark.parametrize("table_first", [True, False])
def test_substack_posts_are_read_with_their_table_and_once(folder: str, table_first: bool) -> None:
    pages = {
        f"{folder}posts/12.depot.html": f"<p>{STORY}</p>",
        f"{folder}posts/12.opens.csv": "post_id,email,timestamp\n12,a,1\n",
    }
    table = {f"{folder}posts.csv": POSTS, f"{folder}email_list.helm.csv": "email,created_at,title\na,2026-01-01,x\n"}
    first, second = articles(zipped(**(table | pages if table_first else pages | table)), "export.zip")

    assert facts(first) == {"headline": "Depot closes", "date": "2026-03-04T05:06:07Z", "body": STORY}
    assert (first.id, first.slug, first.extra["subtitle"]) == ("12", "depot", "Buses run")
    assert facts(second) == {"headline": "Notes", "status": "withheld"}
    assert second.extra["draft_date"] == "2026-03-09T05:06:07.000Z"


def test_a_page_that_the_table_does_not_list_is_read_as_a_page() -> None:
    items = read(zipped(**{"posts.csv": POSTS, "posts/99.other.html": f"<h1>Other</h1><p>{STORY}</p>"}), "export.zip")

    assert [item.headline[0].value for item in items if isinstance(item, Draft)] == ["Depot closes", "Notes", "Other"]


def test_omnivore_pages_are_read_with_their_list() -> None:
    item = {
        "id": "o",
        "slug": "depot",
        "title": "Depot closes",
        "author": "Ada Merrow",
        "url": "https://h.example/d",
        "state": "Active",
        "readingProgress": 4,
        "labels": ["trams"],
        "savedAt": "2026-03-08T00:00:00Z",
        "updatedAt": "2026-03-09T00:00:00Z",
        "publishedAt": "2026-03-04T05:06:07Z",
    }
    files = {
        "metadata_0_to_20.json": json.dumps([item]),
        "content/depot.html": f"<html><body><p>{STORY}</p></body></html>",
    }
    (article,) = articles(zipped(**files), "omnivore.zip")

    assert facts(article) == WHOLE | {"url": "https://h.example/d", "keywords": ["trams"]}
    assert article.updated is None  # it says when Omnivore changed its copy


def test_lists_beside_the_posts_of_medium_are_skipped() -> None:
    post = (
        '<html><head><title>Depot closes</title></head><body><article class="h-entry">'
        '<h1 class="p-name">Depot closes</h1>'
        f'<section data-field="body" class="e-content"><p>{STORY}</p></section>'
        '<footer><p>By <a class="p-author h-card" '
        'href="https://m.example/@ada">Ada Merrow</a> on '
        '<time class="dt-published" datetime="2026-03-04T05:06:07.000Z">March 4'
        '</time>.</p><p><a href="https://m.example/depot" class="p-canonical">Canonical link</a></p></footer></article>'
        "</body></html>"
    )
    files = {
        "README.html": "<h1>Your archive</h1><p>Thank you.</p>",
        "profile/profile.html": "<h1>Ada</h1><p>Joined.</p>",
        "claps/claps-0001.html": "<h1>Claps</h1><ul><li>Something</li></ul>",
        "posts/2026-03-04_Depot-closes-1.html": post,
    }
    (article,) = articles(zipped(**files), "medium.zip")

    assert facts(article) == WHOLE | {"url": "https://m.example/depot"}


BOOKMARKS = {
    "Pocket": "<html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>"
    '<li><a href="https://h.example/d" '
    'time_added="1770000000" tags="trams,city">Depot closes</a></li></ul></body></html>',
    "Instapaper": "<!DOCTYPE html><html><head><title>Instapaper: Export</title></head><body><h1>Unread</h1><ol><li>"
    '<a href="https://h.example/d">Depot closes</a></li></ol></body></html>',
    "browsers": "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p><DT><H3>News</H3><DL><p>\n"
    '<DT><A HREF="https://h.example/d" ADD_DATE="1770000000" TAGS="trams,city">Depot closes</A>\n<DD>Buses run.\n'
    '<DT><A HREF="place:sort=8">Recent</A></DL><p></DL>',
}


@pytest.mark.parametrize("name", BOOKMARKS)
def test_bookmarks(name: str) -> None:
    (article,) = articles(BOOKMARKS[name], "a.html")
    expected: dict[str, object] = {"headline": "Depot closes", "url": "https://h.example/d"}
    expected |= {} if name == "Instapaper" else {"keywords": ["trams", "city"]}
    expected |= {"body": "Buses run."} if name == "browsers" else {}

    assert facts(article) == expected
    assert article.extra == ({} if name == "Instapaper" else {"saved": "2026-02-02T02:40:00Z"})


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (BOOKMARKS["Pocket"].replace("Depot closes", "https://h.example/d"), "a.html"),
        ("title,url,time_added,tags,status\nhttps://h.example/d,https://h.example/d,1770000000,,unread\n", "a.csv"),
    ],
)
def test_a_link_without_a_title_is_rejected(data: str, name: str) -> None:
    assert read(data, name) == [Rejected(name, 1, "is a link without a title: https://h.example/d")]


PIN = {
    "href": "https://h.example/d",
    "description": "Depot closes",
    "extended": "Buses run.",
    "hash": "h",
    "shared": "no",
    "time": "2026-03-08T00:00:00Z",
}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps([PIN | {"tags": "trams city"}]), "a.json"),
        (
            "<posts user='a'><post {} tag='trams city'/></posts>".format(
                " ".join(f"{k}='{v}'" for k, v in PIN.items())
            ),
            "a.xml",
        ),
    ],
)
def test_pinboard(data: str, name: str) -> None:
    (article,) = articles(data, name)

    assert facts(article) == {
        "headline": "Depot closes",
        "url": "https://h.example/d",
        "keywords": ["trams", "city"],
        "body": "Buses run.",
    }
    assert article.extra["time_added"] == "2026-03-08T00:00:00Z"


ENEX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
<en-export export-date="20260401T000000Z" application="Evernote">
<note><title>Depot &amp; trams</title><created>20260308T101112Z</created>
<updated>20260309T101112Z</updated><tag>trams</tag>
<note-attributes><author>clipper</author><source>web.clip</source><source-url>https://h.example/d</source-url></note-attributes>
<content><![CDATA[<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd">
<en-note><h1>Depot &amp; trams</h1><div>One &amp; two.</div><div><br/></div>
<div>Three.<en-media type="image/png" hash="0"/></div></en-note>]]>
</content><resource><data encoding="base64">PGVuLW5vdGU+</data><mime>image/png</mime></resource></note>
<note><title>Empty</title><content><![CDATA[<en-note/>]]></content></note>
</en-export>
"""


def test_evernote() -> None:
    first, second = articles(ENEX, "notes.enex")

    assert facts(first) == {
        "headline": "Depot & trams",
        "url": "https://h.example/d",
        "keywords": ["trams"],
        "body": "One & two.\n\nThree.",
    }
    assert first.extra == {
        "created": "20260308T101112Z",
        "updated": "20260309T101112Z",
        "author": "clipper",
        "source": "web.clip",
    }
    assert facts(second) == {"headline": "Empty"}


def test_a_truncated_evernote_file_costs_its_last_note() -> None:
    first, second = read(ENEX[: ENEX.index("Empty")], "notes.enex")

    assert isinstance(first, Draft)
    assert second == Rejected("notes.enex", 2, "the file ends in the middle of an entry")


CLIPPINGS = [
    (
        "Depot closes (Ada Merrow)\n- Your Highlight on page 1 | Location 4-5 "
        "| Added on Sunday, March 8, 2026 1:02:03 AM",
        "en",
    ),
    (
        "Depot closes (Merrow, Ada)\n- Ihre Markierung bei Position 4 | Hinzugefügt am Sonntag, 8. März 2026 01:02:03",
        "de",
    ),
    (
        "Depot closes (Ada Merrow)\n- La subrayado en la posición 4-5 | Añadido el domingo, 8 de marzo de 2026 1:02:03",
        "es",
    ),
    ("Depot closes (Ada Merrow)\n- 您在位置 #4-5的标注 | 添加于 2026年3月8日星期日 上午1:02:03", "zh"),
]


@pytest.mark.parametrize("clipping", [text for text, _ in CLIPPINGS], ids=[code for _, code in CLIPPINGS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_kindle(clipping: str, encoding: str) -> None:
    text = f"{clipping}\n\n{STORY}\n==========\n{clipping}\n\n\n==========\n{clipping}\n\nNoted.\n==========\n"
    first, second, third = read(text.replace("\n", "\r\n").encode(encoding), "My Clippings.txt")

    assert second == Rejected("My Clippings.txt", 2, "is a bookmark, without text")
    assert isinstance(first, Draft)
    assert isinstance(third, Draft)
    assert (first.headline[0].value, first.body, third.body) == ("Depot closes", STORY, "Noted.")
    assert first.crawled.startswith(("Sunday", "Sonntag", "domingo", "2026"))
    article = resolve_draft(third, Context(path="a", now=NOW), Origin(path="a"))
    assert isinstance(article, Article)
    assert ([person.name for person in article.byline], article.published) == (["Ada Merrow"], None)


def test_trafilatura_xml_of_one_document_and_of_many() -> None:
    document = (
        '<doc sitename="Helm Post" title="Depot closes" author="Ada Merrow; Bo Ek" date="2026-03-04" '
        'source="https://h.example/d" hostname="h.example" tags="trams"><main><p>One <hi rend="#b">two</hi>.</p>'
        '<head rend="h2">Buses</head><list><item>Three.</item></list></main><comments><p>Hm.</p></comments></doc>\n'
    )
    for text in (
        document,
        f'<?xml version="1.0" encoding="UTF-8"?>\n{document}',
        document * 2,
        f"<corpus>{document}</corpus>",
    ):
        found = articles(text, "a.xml")
        assert len(found) == text.count("<doc ")
        assert facts(found[0]) == {
            "headline": "Depot closes",
            "date": "2026-03-04",
            "byline": ["Ada Merrow", "Bo Ek"],
            "source": "Helm Post",
            "url": "https://h.example/d",
            "keywords": ["trams"],
            "body": "One two.\n\nBuses\n\nThree.",
        }
        assert found[0].extra["comments"] == "Hm."


@given(st.sampled_from(["enex", "kindle", "bookmarks", "substack", "trafilatura"]), st.binary(max_size=300))
def test_no_bytes_make_it_raise(name: str, data: bytes) -> None:
    start = {
        "enex": b"<en-export><note>",
        "kindle": b"A (B)\n- C | D\n\n",
        "bookmarks": b"<!DOCTYPE NETSCAPE-Bookmark-file-1><a href=",
        "substack": b"post_id,post_date,is_published\n",
        "trafilatura": b"<doc><main>",
    }[name]
    read(start + data, "a", format_in=name)
