"""The fields of an article: one declaration each, from which every room takes what it needs to know of them.

To add a field, add it here, to `Article` and `Draft` (model.py) and to `Record` (json_types.py); the tests of
these modules say what is missing. What follows from the table: keys of the JSON record, aliases of keys in what is
read, fields of queries in every syntax, what is indexed word by word, columns, facets, completion, and what `show`
prints below the text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from morgue.runtime.frozen import record

# Raised when an index made before can no longer answer as one made now would; `morgue repair --rebuild` upgrades it.
SCHEMA_VERSION = 1

Kind = Literal["text", "value", "date", "number", "none"]
Shape = Literal["text", "date", "person", "place", "list", "other", "none"]
Syntax = Literal["lexis", "factiva", "lucene"]


@record(kw_only=True)
class Field:
    """A field of an article. Lists are words of one text, parted by spaces.

    Attributes:
        name: as the query tree, columns and provenance call it.
        kind: what a query compares: words of `text`, a whole `value`, a range of a `date` or `number`; `none` when
            queries cannot name it.
        shape: what the attribute of `Article` and of the record holds; `none` when there is no such attribute.
        attribute: of `Article`, where it is not the name.
        query: names in queries; the first is printed in canonical queries.
        keys: keys of the JSON record, in the order they are printed. late_keys: printed after the keys of all fields.
        claims: list of `Draft` that takes what a source states; "" for none.
        aliases: keys and paths in JSON, CSV and front matter, best first. single: takes one claim from a record.
        first_claim: the first claim is believed as it is, without being weighed against the text.
        sidecar: a sidecar may set it.
        words: number of the field among those indexed word by word beside the text, from 1, in the order of the
            dictionary in a segment: part of the file format; 0 for none.
        column: `value`: exact values, for filters and facets; `date`: three number columns (first and last second
            covered, and whether they are local time); `number`: one; "" for none.
        facet: can be counted by. offered: completion offers its values after any of its names in `offered`.
        elsewhere: how a hint calls the field when a word is in no text but there; "" for no hint.
        label: heading of the line below the text in `show`, or "".
        explained: `parse --explain` lists it.
        lexis, factiva, lucene: names in those query languages: the first is written (`-` for one that cannot be
            written), all are read.
    """

    name: str
    kind: Kind = "none"
    shape: Shape = "text"
    attribute: str = ""
    query: str = ""
    keys: str = ""
    late_keys: str = ""
    claims: str = ""
    aliases: str = ""
    single: bool = False
    first_claim: bool = False
    sidecar: bool = False
    words: int = 0
    column: Literal["", "value", "date", "number"] = ""
    facet: bool = False
    offered: str = ""
    elsewhere: str = ""
    label: str = ""
    explained: bool = False
    lexis: str = ""
    factiva: str = ""
    lucene: str = ""


# In the order in which a record's keys are printed. Query names are those of LexisNexis segments, Factiva tags, the AP
# Media API and ninjs; aliases those of content systems and news APIs (IPTC ninjs, schema.org, NewsAPI, the Guardian's
# and AP's APIs, WordPress, Hugo), compared without case, `_`, `-` and spaces.
FIELDS = (
    Field(name="text", kind="text", shape="none", query="text any anywhere"),
    Field(
        name="id", kind="value", shape="text", query="id guid itemid", keys="id", claims="ids", single=True,
        sidecar=True, factiva="an", lucene="guid itemid",
        aliases="id guid uri uuid docid docno articleid itemid altids.itemid identifier urn newsid contentitemid "
        "newscompid",
    ),
    Field(
        name="headline", kind="text", query="headline hl title hd", keys="headline", claims="headline", single=True,
        sidecar=True, lexis="HEADLINE", factiva="hd hl", lucene="headline headline_extended",
        aliases="headline title headlines[role=main].value headlines[].value headlines webtitle fields.headline hl "
        "heading hed name titel titre titulo título titolo überschrift",
    ),
    Field(name="lead", kind="text", shape="none", query="lead lp", lexis="LEAD highlight", factiva="lp",
          lucene="description_text"),
    Field(name="hlead", kind="text", shape="none", query="hlead hlp", lexis="HLEAD", factiva="hlp"),
    Field(
        name="published", kind="date", shape="date", query="date pd published", keys="date date_precision",
        late_keys="date_raw", claims="published", column="date", factiva="- pd", lucene="firstcreated firstpublished",
        aliases="datepublished published publishedat publishedon publisheddate pubdate publishdate publicationdate "
        "date datetime firstpublished firstpublicationdate firstcreated created createdat datecreated "
        "webpublicationdate issued createddatetime publishdatetime publisheddatetime timestamp versioncreated time "
        "datum fecha",
    ),
    Field(
        name="byline", kind="text", shape="person", query="byline by author", keys="byline", claims="byline",
        sidecar=True, words=1, column="value", facet=True, offered="by byline", elsewhere="in bylines",
        lexis="BYLINE author", factiva="by", lucene="byline bylines bylines.by",
        aliases="byline by author authors bylines[].by bylines creator creators credits.by[].name writer writers "
        "reporter reporters journalist fields.byline autor auteur autore verfasser",
    ),
    Field(
        name="location", kind="text", shape="place", query="location dateline filed located place city",
        keys="location city", claims="places", sidecar=True, words=3, column="value",
        facet=True, offered="location dateline", elsewhere="as a place", lexis="DATELINE geographic", factiva="- re",
        lucene="place located place.name dateline",
        aliases="located datelinelocation locationcreated location city town filedfrom contentlocation ort lieu lugar",
    ),
    Field(name="dateline", shape="none", claims="dateline", aliases="dateline placeline"),
    Field(name="region", kind="value", shape="none", query="region state", keys="region", column="value", facet=True,
          aliases="region state province"),
    Field(name="country", kind="value", shape="none", query="country", keys="country", column="value", facet=True,
          offered="country", aliases="country countrycode"),
    Field(
        name="source", kind="text", query="source sn publication agency", keys="source", claims="source", single=True,
        sidecar=True, words=4, column="value", facet=True, offered="source", elsewhere="as a source",
        lexis="PUBLICATION", factiva="sn rst", lucene="source",
        aliases="source publisher agency provider publication newspaper outlet sitename site organization "
        "organisation domain origin",
    ),
    Field(
        name="body", kind="text", query="body td", keys="body", lexis="BODY text", factiva="td",
        lucene="body_html body_text",
        aliases="body bodytext bodyhtml bodyxhtml articlehtml articlebody maintext fulltext text content contenthtml "
        "contenttext bodies[].value bodies contents story storytext article html paragraphs "
        "fields.body fields.bodytext texto texte testo tekst inhalt leadparagraph abstract summary description excerpt",
    ),
    Field(
        name="updated", kind="date", shape="date", query="updated upd", keys="updated",
        late_keys="updated_precision updated_raw", claims="updated", column="date", label="Updated", factiva="- upd",
        lucene="versioncreated",
        aliases="datemodified updated updatedat modified modifiedat lastmod lastmodified dateupdated updateddate "
        "lastupdated versioncreated",
    ),
    Field(
        name="embargo", shape="date", keys="embargo", late_keys="embargo_precision embargo_raw", claims="embargo",
        column="date", label="Embargo",
        aliases="embargo embargoed embargoeduntil embargountil embargodate embargotime",
    ),
    Field(name="byline_raw", keys="byline_raw"),
    Field(name="credits", shape="none", keys="credits"),
    Field(
        name="contributor", attribute="contributors", kind="text", shape="person",
        query="contributor contrib contributors", keys="contributors", claims="contributors", words=2, column="value",
        facet=True, offered="contributor", elsewhere="among contributors", aliases="contributors contributor",
    ),
    Field(name="other_locations", shape="other", keys="other_locations"),
    Field(
        name="slug", kind="text", query="slug slugline", keys="slug", claims="slug", single=True, first_claim=True,
        sidecar=True, words=5, elsewhere="in slugs", label="Slug", explained=True, lucene="slugline",
        aliases="slug slugline",
    ),
    Field(
        name="section", kind="text", query="section desk", keys="section", claims="section", single=True,
        first_claim=True, sidecar=True, words=8, column="value", facet=True, offered="section",
        elsewhere="among sections", label="Section", explained=True, lexis="SECTION", factiva="- se",
        aliases="section sectionname sections desk department rubric rubrique ressort rubriek sección seção sezione",
    ),
    Field(
        name="page", kind="value", query="page pg", keys="page", claims="page", single=True, first_claim=True,
        sidecar=True, column="value", label="Page", explained=True, factiva="- pg",
        aliases="page pages pagenumber printpage startpage pageno seite página pagina",
    ),
    Field(
        name="edition", kind="text", query="edition issue", keys="edition", claims="edition", single=True,
        first_claim=True, sidecar=True, words=9, column="value", label="Edition", explained=True, factiva="- ed",
        aliases="edition issue issuenumber printedition ausgabe édition edición",
    ),
    Field(
        name="sender", kind="text", query="sender from", keys="sender", claims="sender", single=True,
        first_claim=True, sidecar=True, words=10, column="value", facet=True, elsewhere="among senders",
        label="Sender", explained=True, aliases="sender",
    ),
    Field(
        name="keywords", kind="text", shape="list", query="keywords keyword kw subject tag tags", keys="keywords",
        claims="keywords", sidecar=True, words=6, column="value", facet=True, elsewhere="among keywords",
        label="Keywords", lexis="TERMS term subject", factiva="- ns in co", lucene="subject.name service.name",
        aliases="keywords keyword tags topics categories category",
    ),
    Field(
        name="language", kind="value", query="language lang la", keys="language", claims="language", single=True,
        first_claim=True, sidecar=True, column="value", facet=True, offered="language", label="Language",
        explained=True, factiva="la", lucene="language", aliases="language lang inlanguage locale",
    ),
    Field(name="url", keys="url", claims="url", single=True, first_claim=True, sidecar=True, label="URL",
          aliases="url articleurl canonicalurl canonical link weburl permalink href"),
    Field(name="rights", keys="rights", claims="rights", single=True, first_claim=True, sidecar=True, label="Rights",
          aliases="rights copyright copyrightnotice copyrightline rightsnotice license licence"),
    Field(
        name="status", kind="value", query="status pubstatus", keys="status", claims="status", single=True,
        sidecar=True, column="value", facet=True, explained=True, lucene="pubstatus", aliases="status pubstatus",
    ),
    Field(name="version", keys="version", claims="version", single=True, sidecar=True, label="Version", explained=True,
          aliases="version revision"),
    Field(
        name="note", kind="text", query="note ednote", keys="note", claims="note", sidecar=True, words=7, label="Note",
        lexis="- correction", factiva="- cx", lucene="ednote", aliases="ednote editornote editorsnote note",
    ),
    Field(name="words", kind="number", shape="none", query="words wc length wordcount", keys="words", column="number",
          factiva="- wc", lucene="wordcount"),
    Field(name="subheads", shape="other", keys="subheads"),
    Field(name="furniture", shape="other", keys="furniture"),
    Field(name="provenance", shape="other", keys="provenance"),
    Field(name="remarks", shape="other", keys="remarks"),
    Field(name="extra", shape="other", keys="extra"),
    Field(name="origin", shape="other", keys="origin"),
    Field(name="format", kind="value", shape="none", query="format", column="value", facet=True),
    Field(name="path", kind="value", shape="none", query="path file", column="value", facet=True),
    Field(name="ingested", kind="date", shape="none", query="ingested loaded", column="date"),
    Field(name="country_how", shape="none", late_keys="country_how"),
    Field(name="digest", shape="none", column="number"),
)  # fmt: skip

# Parts of the publication date that can be counted by.
PERIODS = ("year", "month", "day")


def names(wanted: Callable[[Field], object]) -> tuple[str, ...]:
    """Return the names of the fields for which `wanted` is true, in the order of the table."""
    return tuple([field.name for field in FIELDS if wanted(field)])


VALUE_FACETS = names(lambda field: field.facet)
FACETS = (*VALUE_FACETS, *PERIODS)


def word_fields() -> tuple[str, ...]:
    """Return the names of the fields that are indexed word by word beside the text, in the order of the file format."""
    found = [field for field in FIELDS if field.words]
    return tuple([field.name for field in sorted(found, key=lambda field: field.words)])


def record_keys() -> tuple[str, ...]:
    """Return the keys of every JSON record, in the order they are printed."""
    early = " ".join([field.keys for field in FIELDS])
    late = " ".join([field.late_keys for field in FIELDS])
    return (*early.split(), *late.split())


def written_in(syntax: Syntax) -> dict[str, str]:
    """Return field name -> what a query language calls it, for the fields that it can name."""
    tags = {field.name: getattr(field, syntax).split() for field in FIELDS}
    return {name: tag[0] for name, tag in tags.items() if tag and tag[0] != "-"}


def read_in(syntax: Syntax) -> dict[str, str]:
    """Return name in a query language, lower case -> field name."""
    return {tag.lower(): field.name for field in FIELDS for tag in getattr(field, syntax).split() if tag != "-"}
