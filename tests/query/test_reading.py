"""What a query means: each is read as its canonical form, with the notices that go with it."""

from __future__ import annotations

import pytest

from morgue.query import ParseOptions, outline, parse, to_text
from morgue.query import tree as t
from support.query_strategies import NOW

OPTIONS = ParseOptions(tz="UTC", now=NOW, saved={"desk": "cocoa OR coffee", "mine": "@desk -tea"})

# query, canonical form, codes of its notices
MEANINGS = (
    # words and operators
    ("deer park", "deer AND park", ""),
    ("deer AND park", "deer AND park", ""),
    ("deer OR park", "deer OR park", ""),
    ("deer OR park shrine", "deer OR (park AND shrine)", ""),
    ("(deer OR park) shrine", "(deer OR park) AND shrine", ""),
    ("deer NOT park", "deer AND NOT park", ""),
    ("deer AND NOT park", "deer AND NOT park", ""),
    ("deer -park", "deer AND NOT park", ""),
    ("-(deer park)", "NOT (deer AND park)", ""),
    ("deer -headline:park", "deer AND NOT headline:park", ""),
    ("NOT NOT deer", "NOT NOT deer", ""),
    ("*", "*", ""),
    ("* -deer", "* AND NOT deer", ""),
    ("deer or park", "deer AND park", "operator-in-lower-case"),
    ("deer and park", "deer AND park", "operator-in-lower-case"),
    ("deer not park", "deer AND park", "operator-in-lower-case"),
    (r"deer \OR park", 'deer AND "OR" AND park', ""),
    # stop words
    ("the deer", "deer", "stop-word-dropped"),
    ("+the deer", '"the" AND deer', ""),
    ('"the" deer', '"the" AND deer', ""),
    ("=the deer", "=the AND deer", ""),
    ("the AND deer", '"the" AND deer', ""),
    ("the OR deer", '"the" OR deer', ""),
    ("-the deer", 'NOT "the" AND deer', ""),
    ("headline:the deer", 'headline:"the" AND deer', ""),
    ("headline:(the deer)", "headline:deer", "stop-word-dropped"),
    ("the", '"the"', "stop-words-only"),
    ("to be", '"to" AND "be"', "stop-words-only"),
    ("the date:2026", '"the" AND date:2026', "stop-words-only"),
    ('"to be or not to be"', '"to be or not to be"', ""),
    ("who", '"who"', "stop-words-only"),
    ("WHO", "WHO", ""),
    ("US trade", "US AND trade", ""),
    ("us trade", "trade", "stop-word-dropped"),
    ("u.s. trade", "u.s. AND trade", ""),
    ('"US trade"', '"US trade"', ""),
    # phrases
    ('"shrine deer"', '"shrine deer"', ""),
    ("“shrine deer”", '"shrine deer"', ""),
    ("«shrine deer»", '"shrine deer"', ""),
    ("'shrine deer'", '"shrine deer"', "single-quotes"),
    ("'tis deer", "tis AND deer", ""),
    ('="shrine deer"', '="shrine deer"', ""),
    ('"shrine =reports"', '"shrine =reports"', ""),
    ('"shr* deer"', '"shr* deer"', ""),
    ('"shrine dee~"', '"shrine dee~"', ""),
    ('"(deer|park) shrine"', '"(deer|park) shrine"', ""),
    ('"deer (sic) park"', '"deer sic park"', ""),
    ('"deer"', "deer", ""),
    (r'"a \"b\" c"', '"a b c"', ""),
    # spellings
    ("=reports", "=reports", ""),
    ("shr*", "shr*", ""),
    ("shr*ne", "shr*ne", ""),
    ("*ine", "*ine", ""),
    ("wom?n", "wom?n", ""),
    ("shrne~", "shrne~", ""),
    ("shrne~1", "shrne~", ""),
    ("shrne~2", "shrne~2", ""),
    ("shrne~/3", "shrne~/3", ""),
    ("shrne~2/0", "shrne~2/0", ""),
    ("shrne~1/1", "shrne~", ""),
    ("/shr.nes?/", "/shr.nes?/", ""),
    ("/SHR.NE/", "/shr.ne/", ""),
    (r"/\Whr/", r"/\Whr/", ""),
    ("Takaichi?", "takaichi?", ""),
    ("who won Takaichi?", "won AND takaichi?", "stop-word-dropped question-mark"),
    ("labor! strike", "labor AND strike", "exclamation-mark"),
    # punctuation that users type
    ("don't", "don't", ""),
    ("don’t", "don't", ""),
    ("AT&T", '"AT T"', ""),
    ("C-130", '"C 130"', ""),
    ("02091-C-71", '"02091 C 71"', ""),
    ("10:30", '"10 30"', ""),
    ("3:16", '"3 16"', ""),
    ("1,000.5", "1,000.5", ""),
    ("desk@example.org", '"desk example org"', ""),
    ("https://example.org/a?b=1", '"https example org a b 1"', ""),
    ("//example.org", '"example org"', ""),
    ("/usr/lib/x", '"usr lib x"', ""),
    ("C++ news", "C AND news", ""),
    ("U.S.", "U.S.", ""),
    ("U.K. steel", "U.K. AND steel", ""),
    ("café", "café", ""),
    ("cafe\u0301", "café", ""),
    ("so\u00adft", "soft", ""),
    ("東京", '"東 京"', ""),
    ("ｄｅｅｒ　ＡＮＤ　ｐａｒｋ", "deer AND park", ""),
    ("deer — park", "deer AND park", "no-word"),
    ("AT & T", "T", "no-word stop-word-dropped"),
    ("Breaking: deer", "Breaking AND deer", ""),
    ("[sic]", "sic", ""),
    ("$5 deer", "5 AND deer", ""),
    ("#deer", "deer", ""),
    ("w/o deer", '"w o" AND deer', ""),
    ("5G", "5G", ""),
    # fields
    ("headline:deer", "headline:deer", ""),
    ("hl:deer", "headline:deer", ""),
    ("title:deer", "headline:deer", ""),
    ("HD:deer", "headline:deer", ""),
    ("lp:deer", "lead:deer", ""),
    ("hlp:deer", "hlead:deer", ""),
    ("td:deer", "body:deer", ""),
    ("by:Byrne", "byline:Byrne", ""),
    ("author:Byrne", "byline:Byrne", ""),
    ("contrib:Byrne", "contributor:Byrne", ""),
    ("dateline:Nara", "location:Nara", ""),
    ("filed:Nara", "location:Nara", ""),
    ("city:Nara", "location:Nara", ""),
    ("sn:Reuters", "source:Reuters", ""),
    ("kw:oil", "keywords:oil", ""),
    ("subject:oil", "keywords:oil", ""),
    ("ednote:corrects", "note:corrects", ""),
    ("headline:(deer OR park)", "headline:deer OR headline:park", ""),
    ("headline:(deer park)", "headline:deer AND headline:park", ""),
    ("headline:(deer byline:Smith)", "headline:deer AND byline:Smith", ""),
    ('byline:"Mari Yamaguchi"', 'byline:"Mari Yamaguchi"', ""),
    ("byline:Mari Yamaguchi", "byline:Mari AND Yamaguchi", "field-one-word"),
    ("hlead(harvest OR crop)", "hlead:harvest OR hlead:crop", ""),
    ("byline:*", "byline:*", ""),
    ("headline:*", "headline:*", ""),
    ("date:*", "date:*", ""),
    ("headline:shr*", "headline:shr*", ""),
    ("headline:=reports", "headline:=reports", ""),
    ('headline:="in brief"', 'headline:="in brief"', ""),
    # values
    ("id:urn:newsml:x:1", "id:urn:newsml:x:1", ""),
    ('id:"a b"', 'id:"a b"', ""),
    ("country:Japan", "country:JP", ""),
    ("country:JP", "country:JP", ""),
    ("country:jp", "country:JP", ""),
    ("country:South Korea deer", "country:KR AND deer", ""),
    ('country:"South Korea"', "country:KR", ""),
    ("country:(Japan OR Ghana)", "country:JP OR country:GH", ""),
    ("country:UK", "country:GB", ""),
    ("language:en", "language:en", ""),
    ("lang:German", "language:de", ""),
    ("la:Japanese", "language:ja", ""),
    ("status:killed", "status:canceled", ""),
    ("pubstatus:usable", "status:usable", ""),
    ("path:wire/2026/a.txt", "path:wire/2026/a.txt", ""),
    # numbers
    ("words:500", "words:500", ""),
    ("words:>500", "words:501..", ""),
    ("words:>=500", "words:500..", ""),
    ("words:<500", "words:..499", ""),
    ("words:<0", "words:<0", ""),
    ("words:<=500", "words:..500", ""),
    ("words:500..1000", "words:500..1000", ""),
    ("wc:500..", "words:500..", ""),
    ("length:..1,000", "words:..1000", ""),
    ("words:(>500 <1000)", "words:501.. AND words:..999", ""),
    # dates (now is 23 November 2026, a Monday)
    ("date:2026", "date:2026", ""),
    ("pd:2026-01", "date:2026-01", ""),
    ("published:2026-01-13", "date:2026-01-13", ""),
    ("date:2026-01..2026-03", "date:2026-01..2026-03", ""),
    ("date:..2019", "date:..2019-12-31", ""),
    ("date:>=2026-01", "date:2026-01-01..", ""),
    ("date:>2026-01", "date:2026-02-01..", ""),
    ("date:<2026", "date:..2025-12-31", ""),
    ('date:"last week"', "date:2026-11-16..2026-11-22", ""),
    ("date:last week deer", "date:2026-11-16..2026-11-22 AND deer", ""),
    ("date:last_week", "date:2026-11-16..2026-11-22", ""),
    ("deer date:since monday", "deer AND date:2026-11-23..", ""),
    ("date:yesterday deer", "date:2026-11-22 AND deer", ""),
    ("date:7d", "date:2026-11-16..2026-11-23", ""),
    ("date:January 2026 deer", "date:2026-01 AND deer", ""),
    ("date:2026-01 to 2026-03 deer", "date:2026-01..2026-03 AND deer", ""),
    ("date:~2026-01-13", "date:~2026-01-13", ""),
    ("updated:today", "updated:2026-11-23", ""),
    ("loaded:yesterday", "ingested:2026-11-22", ""),
    ("date:(2026-01 OR 2026-03)", "date:2026-01 OR date:2026-03", ""),
    ("date:2026-01-13T08:00Z..", "date:2026-01-13T08:00:00Z..", ""),
    # proximity
    ("deer w/5 park", "deer w/5 park", ""),
    ("deer W/5 park", "deer w/5 park", ""),
    ("deer near/5 park", "deer w/5 park", ""),
    ("deer NEAR/5 park", "deer w/5 park", ""),
    ("deer within/5 park", "deer w/5 park", ""),
    ("deer /5 park", "deer w/5 park", ""),
    ("deer pre/5 park", "deer pre/5 park", ""),
    ("deer adj/5 park", "deer pre/5 park", ""),
    ("deer w/s park", "deer w/s park", ""),
    ("deer w/p park", "deer w/p park", ""),
    ("deer /s park", "deer w/s park", ""),
    ("deer pre/s park", "deer pre/s park", ""),
    ("deer not w/5 park", "deer not w/5 park", ""),
    ("deer NOT w/5 park", "deer not w/5 park", ""),
    ("deer w/500 park", "deer w/255 park", "distance-cut"),
    ("forced laborers w/5 remains", "forced AND laborers w/5 remains", ""),
    ('"forced labor" w/5 remains', '"forced labor" w/5 remains', ""),
    ("labor* w/5 (remains OR bones)", "labor* w/5 (remains OR bones)", ""),
    ("a1 w/5 b1 w/5 c1", "a1 w/5 b1 w/5 c1", ""),
    ("a1 w/5 (b1 w/5 c1)", "a1 w/5 (b1 w/5 c1)", ""),
    ("headline:(deer w/5 park)", "headline:deer w/5 headline:park", ""),
    ("deer OR park w/5 shrine", "deer OR park w/5 shrine", ""),
    ("-(deer w/5 park)", "NOT deer w/5 park", ""),
    # functions and suffixes
    ("atleast5(deer)", "atleast5(deer)", ""),
    ("ATLEAST5(deer OR park)", "atleast5(deer OR park)", ""),
    ('atleast2("nara park")', 'atleast2("nara park")', ""),
    ("allcaps(aids)", "allcaps(aids)", ""),
    ("budget/F50/", "budget/F50/", ""),
    ('"state budget"/f50/', '"state budget"/F50/', ""),
    ("(budget OR tax)/F50/", "(budget OR tax)/F50/", ""),
    ("deer^2 park", "deer^2 AND park", ""),
    ("(deer OR park)^0.5", "(deer OR park)^0.5", ""),
    ("headline:deer^3", "headline:deer^3", ""),
    ("deer filter(country:JP)", "deer AND filter(country:JP)", ""),
    ("deer prefer(headline:deer)", "deer AND prefer(headline:deer)", ""),
    ("filter(country:JP)", "* AND filter(country:JP)", ""),
    # saved queries
    ("@desk", "cocoa OR coffee", ""),
    ("@desk price", "(cocoa OR coffee) AND price", ""),
    ("@mine", "(cocoa OR coffee) AND NOT tea", ""),
)  # fmt: skip


@pytest.mark.parametrize(("query", "canonical", "codes"), MEANINGS, ids=[row[0] for row in MEANINGS])
def test_queries_mean(query, canonical, codes):
    parsed = parse(query, options=OPTIONS)

    assert to_text(parsed.tree, tz="UTC") == canonical
    assert sorted({notice.code for notice in parsed.notices}) == sorted(codes.split())


ANY = (
    ("deer park", "deer OR park"),
    ("deer park AND shrine", "deer OR (park AND shrine)"),
    ("deer park -shrine", "(deer OR park) AND NOT shrine"),
    ("deer +park shrine", "park AND prefer(deer OR shrine)"),
    ("deer park date:2026", "(deer OR park) AND date:2026"),
    ("the deer", "deer"),
    ("deer OR -park", "deer OR NOT park"),
    ("country:JP date:2026", "country:JP AND date:2026"),
)


@pytest.mark.parametrize(("query", "canonical"), ANY)
def test_any_joins_words_by_or(query, canonical):
    parsed = parse(query, options=ParseOptions(tz="UTC", now=NOW, any_=True))

    assert to_text(parsed.tree, tz="UTC") == canonical


def test_nodes_know_where_they_were_typed():
    text = 'deer headline:"nara park" w/5 hl:x (a1 OR b1)'
    tree = parse(text, options=OPTIONS).tree

    assert isinstance(tree, t.And)
    word, near, either = tree.children
    assert text[word.start : word.end] == "deer"
    assert text[near.start : near.end] == '"nara park" w/5 hl:x'
    assert text[near.left.children[1].start : near.left.children[1].end] == "park"
    assert [text[child.start : child.end] for child in either.children] == ["a1", "b1"]


def test_a_saved_query_stands_where_its_name_does():
    tree = parse("price @desk", options=OPTIONS).tree

    assert (tree.children[1].start, tree.children[1].end) == (6, 11)
    assert (tree.children[1].children[0].start, tree.children[1].children[0].end) == (6, 11)


def test_overlap_applies_to_every_date():
    tree = parse("date:2026-01-13", options=ParseOptions(tz="UTC", now=NOW, overlap=True)).tree

    assert tree.overlap


class Index:
    """A vocabulary of a small index."""

    def __init__(self):
        self.words = {("text", "takaichi"): 40, ("text", "shrine"): 9, ("byline", "yamaguchi"): 4}

    def df(self, node):
        return self.words.get((node.field, node.text.lower()), 0)

    def suggest(self, field, word):
        from difflib import get_close_matches

        known = [name for where, name in self.words if where == field]
        return [(name, self.words[field, name]) for name in get_close_matches(word.lower(), known)]

    def expansions(self, pattern):
        return {"x": (0, 0), "a": (5_000, 1_024)}.get(pattern.text, (3, 3))

    def has_field(self, field):
        return field != "slug"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("x*", "x* fits no word in this index"),
        ("a*", "a* fits 5,000 words; only the 1,024 most frequent are looked for"),
        ("slug:deer", "no article in this index has a value for slug"),
    ],
)
def test_what_an_index_lacks_is_told(query, message):
    parsed = parse(query, options=OPTIONS, vocabulary=Index())

    assert [notice.message for notice in parsed.notices] == [message]


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("Takachi", ["Takaichi"]),
        ("Takachi shrin", ["Takaichi shrine"]),
        ("byline:Yamaguci", ["byline:Yamaguchi"]),
        ('"Takachi visit" -Takachi', ['"Takaichi visit" -Takachi']),
        ("=takachi", ["=takaichi"]),
        ("TAKACHI", ["TAKAICHI"]),
        ("Takaichi", []),
        ("takachi*", []),
        ("zzzz", []),
    ],
)
def test_did_you_mean(query, corrected):
    from morgue.query.didyoumean import corrections

    found = corrections(parse(query, options=OPTIONS), Index())

    assert [correction.text for correction in found][:1] == corrected
    assert all(notice.code == "did-you-mean" for correction in found for notice in correction.notices)


def test_relaxations_go_from_small_to_large():
    from morgue.query.relax import relaxations

    tree = parse('"forced labor" pre/3 =remains headline:deer -park date:2026-01-13', options=OPTIONS).tree
    changes = list(relaxations(tree))

    assert [change.cost for change in changes] == sorted(change.cost for change in changes)
    texts = [to_text(change.tree, tz="UTC") for change in changes]
    assert texts[0] == '"forced labor" w/3 =remains AND headline:deer AND NOT park AND date:2026-01-13'
    assert '"forced labor" pre/3 remains AND headline:deer AND NOT park AND date:2026-01-13' in texts
    assert '"forced labor" pre/3 =remains AND deer AND NOT park AND date:2026-01-13' in texts
    assert '"forced labor" pre/3 =remains AND NOT park AND date:2026-01-13' in texts
    assert '"forced labor" pre/3 =remains AND headline:deer AND date:2026-01-13' in texts
    assert len(set(texts)) == len(texts)


def test_outline():
    tree = parse('deer -(byline:Smith "nara park") x1 w/5 y1 filter(country:JP)', options=OPTIONS).tree

    assert outline(tree, tz="UTC") == [
        "filtered",
        "  all of",
        "    deer",
        "    not",
        "      all of",
        "        byline:Smith",
        '        "nara park"',
        "    within 5 words of each other",
        "      x1",
        "      y1",
        "  only those with country:JP",
    ]
