"""Lexis, Factiva, Lucene and Whoosh queries: what they mean in our language, and what is said where the two differ."""

from __future__ import annotations

import re

import pytest

from morgue.errors import QueryError
from morgue.query import ParseOptions, parse, to_text
from morgue.query.translation import translate
from support.paths import ROOT
from support.query_strategies import NOW

OPTIONS = ParseOptions(tz="UTC", now=NOW)

# syntax, query, ours, a part of each note
TRANSLATIONS = (
    ("lexis", "oil and spill", "oil AND spill", ()),
    ("lexis", "oil or gas and spill", "(oil OR gas) AND spill", ()),
    ("lexis", "oil or gas w/5 spill and tanker", "(oil OR gas) w/5 spill AND tanker", ()),
    ("lexis", "oil and not spill", "oil AND NOT spill", ()),
    ("lexis", "oil but not spill", "oil AND NOT spill", ()),
    ("lexis", "oil spill", '"oil spill"', ("a phrase in Lexis",)),
    ("lexis", "forced labor! w/5 remains", '"forced labor*" w/5 remains', ("a phrase in Lexis",)),
    ("lexis", "recycl!", "recycl*", ()),
    ("lexis", "wom*n", "wom?n", ("one character in Lexis",)),
    ("lexis", "oil pre/3 spill", "oil pre/3 spill", ()),
    ("lexis", "oil onear/3 spill", "oil pre/3 spill", ()),
    ("lexis", "oil /s spill", "oil w/s spill", ()),
    ("lexis", "oil w/p spill", "oil w/p spill", ()),
    ("lexis", "oil w/seg spill", "oil AND spill", ("read as AND",)),
    ("lexis", "oil not w/5 spill", "oil not w/5 spill", ()),
    ("lexis", "HEADLINE(oil) and BODY(spill)", "headline:oil AND body:spill", ()),
    ("lexis", "hlead(oil or gas)", "hlead:oil OR hlead:gas", ()),
    ("lexis", "PUBLICATION(reuters)", "source:reuters", ()),
    ("lexis", "byline(smith) and dateline(paris)", "byline:smith AND location:paris", ()),
    ("lexis", "atleast5(oil)", "atleast5(oil)", ()),
    ("lexis", "allcaps(aids)", "allcaps(aids)", ()),
    ("lexis", "caps(apple)", "apple", ("caps() is left out",)),
    ("lexis", "length > 500 and oil", "words:501.. AND oil", ()),
    ("lexis", "date is 2025 and oil", "date:2025 AND oil", ()),
    ("lexis", "oil and date aft 2025", "oil AND date:2026-01-01..", ()),
    ("lexis", "oil and date bef 1/13/2026", "oil AND date:..2026-01-12", ("month/day/year: 2026-01-13",)),
    ("lexis", '"oil spill" w/10 tanker', '"oil spill" w/10 tanker', ()),
    ("factiva", "oil spill", '"oil spill"', ("a phrase in Factiva",)),
    ("factiva", "oil w/5 spill", "oil pre/5 spill", ("this order in Factiva",)),
    ("factiva", "oil w5 spill", "oil pre/5 spill", ("this order in Factiva",)),
    ("factiva", "oil near5 spill", "oil w/5 spill", ()),
    ("factiva", "oil /N5/ spill", "oil w/5 spill", ()),
    ("factiva", "oil adj5 spill", "oil pre/5 spill", ()),
    ("factiva", "oil same spill", "oil w/p spill", ()),
    ("factiva", "atleast5 oil and spill", "atleast5(oil) AND spill", ()),
    ("factiva", "budget/F50/", "budget/F50/", ()),
    ("factiva", "oil not spill", "oil AND NOT spill", ()),
    ("factiva", "hd=tanker and hl=oil", "headline:tanker AND headline:oil", ()),
    ("factiva", "hlp=(oil or gas)", "hlead:oil OR hlead:gas", ()),
    ("factiva", "wc>500 and oil", "words:501.. AND oil", ()),
    ("factiva", "la=en and oil", "language:en AND oil", ()),
    ("factiva", 'by="paul byrne"', 'byline:"paul byrne"', ()),
    ("factiva", "child$3", "child*", ("any number of letters",)),
    ("factiva", "wom?n", "wom?n", ()),
    ("factiva", "ns=gdip", "keywords:gdip", ("codes",)),
    ("factiva", "date from 19990201 to 19990301 and oil", "date:1999-02-01..1999-03-01 AND oil", ()),
    ("factiva", "date after 20260101 and oil", "date:2026-01-02.. AND oil", ()),
    ("factiva", "date after -7 and oil", "date:2026-11-16..2026-11-23 AND oil", ("last 7 days",)),
    ("lucene", "oil AND spill", "oil AND spill", ()),
    ("lucene", "oil && spill || tanker", "(oil AND spill) OR tanker", ()),
    ("lucene", "oil !spill", "oil AND NOT spill", ()),
    ("lucene", "+oil -spill", "oil AND NOT spill", ()),
    ("lucene", '"oil spill"~5', "oil w/6 spill", ("read as w/6",)),
    ("lucene", "headline:(oil spill)", "headline:oil AND headline:spill", ()),
    ("lucene", "slugline:oil AND body_html:spill", "slug:oil AND body:spill", ()),
    ("lucene", "wordcount:>100", "words:101..", ()),
    ("lucene", "wordcount:[100 TO 500]", "words:100..500", ()),
    ("lucene", "versioncreated:[2026-01-01 TO 2026-01-31]", "updated:2026-01", ()),
    ("lucene", "versioncreated:[now-7d/d TO *]", "updated:2026-11-16T05:00:00Z..", ()),
    ("lucene", "firstcreated:{2026-01-01 TO 2026-02-01}", "date:2026-01-01..2026-02-01", ("exclude the ends",)),
    ("lucene", "_exists_:byline", "byline:*", ()),
    ("lucene", "*:*", "*", ()),
    ("lucene", "oil~1 /sp.ll/ tank*^2", "oil~ AND /sp.ll/ AND tank*^2", ()),
    ("whoosh", "oil spill", "oil AND spill", ()),
    ("whoosh", "oil OR gas spill", "(oil OR gas) AND spill", ()),
    ("whoosh", "oil AND spill OR gas", "(oil AND spill) OR gas", ()),
    ("whoosh", "oil OR gas ANDNOT spill OR tanker", "(oil OR gas) AND NOT (spill OR tanker)", ()),
    ("whoosh", "oil ANDNOT gas ANDNOT spill", "oil AND NOT gas AND NOT spill", ()),
    ("whoosh", "oil ANDMAYBE gas ANDMAYBE tanker", "oil AND prefer(gas OR tanker)", ()),
    ("whoosh", "oil REQUIRE spill REQUIRE country:JP", "oil AND filter(spill AND country:JP)", ()),
    ("whoosh", "oil ANDMAYBE gas REQUIRE spill ANDNOT port", "oil AND prefer(gas) AND filter(spill AND NOT port)", ()),
    ("whoosh", "NOT oil spill", "NOT oil AND spill", ()),
    ("whoosh", "NOT NOT oil", "NOT NOT oil", ()),
    ("whoosh", "oil NOT(gas OR spill)", "oil AND NOT (gas OR spill)", ()),
    ("whoosh", "(oil spill)^2 OR gas^.5", "(oil AND spill)^2 OR gas^0.5", ()),
    ("whoosh", "+oil spill -gas", "(oil AND prefer(spill)) AND NOT gas", ()),
    ("whoosh", "-oil", "NOT oil", ()),
    ("whoosh", "(+oil gas) spill", "(oil AND prefer(gas)) AND spill", ()),
    ("whoosh", '"oil spill"', '"oil spill"', ()),
    ("whoosh", '"oil spill tanker"~5', "oil pre/5 spill pre/5 tanker", ()),
    ("whoosh", '"oil"~5', "oil", ()),
    ("whoosh", 'body:"oil spill"~300', "body:oil pre/255 body:spill", ("~300 is read as ~255",)),
    ("whoosh", '"(oil OR gas~) spill*"', '"(oil|gas~/0) spill*"', ()),
    ("whoosh", '"(oil OR gas~) spill*"~3', "(oil OR gas~/0) pre/3 spill*", ()),
    ("whoosh", '"the oil AND gas"', '"the oil AND gas"', ()),
    ("whoosh", "'oil spill'", "oil AND spill", ("oil spill is 2 words",)),
    ("whoosh", "well-known oil", "(well AND known) AND oil", ("well-known is 2 words in Whoosh",)),
    ("whoosh", "東京 oil", '"東 京" AND oil', ()),
    ("whoosh", "'AND' 'the' 'oil*'", '"AND" AND "the" AND oil', ()),
    ("whoosh", "Shi'ite 'tis oil", "Shi'ite AND tis AND oil", ()),
    ("whoosh", "the oil and a spill", "oil AND spill", ("the is too", "and is too", "a is too")),
    ("whoosh", "the OR oil ANDNOT of", "oil", ("the is too", "of is too")),
    ("whoosh", "the", '"the"', ("all words of the query are very common",)),
    ("whoosh", "US oil", "US AND oil", ()),
    ("whoosh", "oil && gas", "oil AND gas", ("&& holds no word",)),
    ("whoosh", "headline:(oil OR body:gas)", "headline:oil OR body:gas", ()),
    ("whoosh", "content:oil title:gas author:Lee", "oil AND headline:gas AND byline:Lee", ()),
    ("whoosh", "http://x.org/a", "http AND x AND org AND \"a\"", ("4 words in Whoosh",)),
    ("whoosh", "* *:* headline:* byline:(*)", "* AND * AND headline:* AND byline:*", ()),
    ("whoosh", "oil* s?ill *er", "oil* AND s?ill AND *er", ()),
    ("whoosh", "*[/]?", r"/.*[\/]./", ()),
    ("whoosh", "gr[ae]y* [!a-c]il?", "/gr[ae]y.*/ AND /[^a-c]il./", ()),
    ("whoosh", "[oil* spill]", "oil* AND spill", ()),
    ("whoosh", "oil~ spill~2 tanker~/3 tanker~2/3", "oil~/0 AND spill~2/0 AND tanker~/3 AND tanker~2/3", ()),
    ("whoosh", 'r"sp.ll" body:r"^oil$" r"a|b$"', "/sp.ll.*/ AND body:/^oil/ AND /a.*|b/", ()),
    ("whoosh", "words:[100 TO 500]", "words:100..500", ()),
    ("whoosh", "words:{100 to 500}", "words:101..499", ()),
    ("whoosh", "words:[TO 500} words:{100 TO] words:[TO]", "words:..499 AND words:101.. AND words:*", ()),
    ("whoosh", "words:>500 words:=<900 words:7", "words:501.. AND words:..900 AND words:7", ()),
    ("whoosh", "date:2026-01-13 date:20260113 date:202601", "date:2026-01-13 AND date:2026-01-13 AND date:2026-01", ()),
    ("whoosh", "date:20260113080000", "date:2026-01-13T08:00:00Z", ()),
    ("whoosh", "date:[january 2026 to march 2026]", "date:2026-01..2026-03", ()),
    ("whoosh", "date:{'13 january 2026' TO '1 march 2026'}", "date:2026-01-14..2026-02-28", ()),
    ("whoosh", "date:'january 2026 to march 2026'", "date:2026-01..2026-03", ()),
    ("whoosh", "updated:([20260101 TO] OR 2020)", "updated:2026-01-01.. OR updated:2020", ()),
    ("whoosh", "date:last tuesday oil", "date:2026-11-17 AND oil", ()),
    ("whoosh", "country:'South Korea' OR country:(Japan OR 'New Zealand')",
     "country:KR OR (country:JP OR country:NZ)", ()),
    ("whoosh", "id:'a！'", 'id:"a！"', ()),
    ("whoosh", "path:'C:\\news\\a b.txt'", 'path:"C:\\\\news\\\\a b.txt"', ()),
)  # fmt: skip


@pytest.mark.parametrize(
    ("syntax", "query", "ours", "notes"), TRANSLATIONS, ids=[f"{r[0]}: {r[1]}" for r in TRANSLATIONS]
)
def test_dialects_are_read(syntax, query, ours, notes):
    parsed = parse(query, options=OPTIONS, syntax=syntax)

    assert to_text(parsed.tree, tz="UTC") == ours
    said = [notice.message for notice in parsed.notices]
    assert len(said) == len(notes)
    assert all(any(note in message for message in said) for note in notes)


@pytest.mark.parametrize(
    ("syntax", "query", "message", "place"),
    [
        ("lexis", "foo(oil)", "unknown segment 'foo'", (0, 3)),
        ("lexis", "oil and", "AND needs something after it, not the end", (4, 7)),
        ("lexis", "oil w/5", "w/5 needs something after it, not the end", (4, 7)),
        ("lexis", "(oil", "the parenthesis is not closed", (0, 1)),
        ("lexis", "date aft someday", "invalid date 'someday'", (0, 16)),
        ("factiva", "xx=5", "unknown field 'xx'", (0, 2)),
        ("factiva", '"oil', "the quotation mark is not closed", (0, 1)),
        ("lucene", "nope:[1 TO 2]", "unknown field 'nope'", (0, 5)),
        ("lucene", "oil AND", "AND needs something after it, not the end", (4, 7)),
        ("whoosh", "foo:oil", "unknown field 'foo'", (0, 4)),
        ("whoosh", "oil AND", "AND needs something after it, not the end", (4, 7)),
        ("whoosh", "OR oil", "OR needs something before it", (0, 2)),
        ("whoosh", "oil REQUIRE", "REQUIRE needs something after it, not the end", (4, 11)),
        ("whoosh", "oil AND OR gas", "AND needs something after it, not OR", (4, 7)),
        ("whoosh", "ANDMAYBE oil", "ANDMAYBE needs something before it", (0, 8)),
        ("whoosh", "(oil", "the parenthesis is not closed", (0, 1)),
        ("whoosh", '"oil', "the quotation mark is not closed", (0, 1)),
        ("whoosh", "oil ^2", "^2 belongs right after a word, a phrase or a group", (4, 6)),
        ("whoosh", "oil^0", "invalid weight '^0'", (3, 5)),
        ("whoosh", "(oil gas)~2", "~ follows a word or a phrase", (9, 11)),
        ("whoosh", "oil~5", "invalid number of letters '~5': expected ~1 or ~2", (3, 5)),
        ("whoosh", "oil~0.8", "invalid number of letters '~0.8': expected ~1 or ~2", (3, 7)),
        ("whoosh", "headline: oil", "headline: needs a value right after the colon", (0, 9)),
        ("whoosh", "headline:body:oil", "body: cannot follow headline:", (9, 14)),
        ("whoosh", "headline:[a TO c]", "a range of words cannot be searched", (9, 17)),
        ("whoosh", "[a TO c]", "a range of words cannot be searched", (0, 8)),
        ("whoosh", "region:[a TO c]", "region has no ranges", (7, 15)),
        ("whoosh", "headline:>a", "> compares the value of a date or number", (9, 11)),
        ("whoosh", "words:[x TO 5]", "invalid number 'x'", (7, 8)),
        ("whoosh", "words:[100 500]", "invalid range '[100'", (6, 10)),
        ("whoosh", "words:[500 TO 100]", "the range [500 TO 100] holds nothing", (6, 18)),
        ("whoosh", "date:[someday TO 2026]", "invalid date 'someday'", (6, 13)),
        ("whoosh", "path:news/*", "path takes a whole value, without wildcards", (5, 11)),
        ("whoosh", 'r"a b"', "a regular expression fits one word: it holds no spaces", (0, 6)),
        ("whoosh", 'r"(a"', "invalid regular expression: missing ), unterminated subpattern", (0, 5)),
        ("whoosh", '"(oil gas) spill*"', "AND cannot be inside quotation marks", (2, 9)),
        ("whoosh", '"oil* * gas"', "* cannot be inside quotation marks", (6, 7)),
        ("whoosh", '"oil* OR gas"', "OR needs something before it", (6, 8)),
        ("whoosh", '"oil) gas"', "unmatched closing parenthesis", (4, 5)),
        ("whoosh", '"headline:oil* gas"', "another field cannot be inside quotation marks", (10, 14)),
        ("whoosh", '"..."', "the quotation marks hold no word", (0, 5)),
        ("whoosh", '"oil gas"~0', "invalid distance '~0'", (9, 11)),
    ],
)
def test_errors_of_dialects_know_their_place(syntax, query, message, place):
    with pytest.raises(QueryError) as caught:
        parse(query, options=OPTIONS, syntax=syntax)

    assert (caught.value.message, (caught.value.start, caught.value.end)) == (message, place)


def documented() -> list[tuple[str, str]]:
    """What the first table on Whoosh in docs/query.md puts side by side."""
    text = (ROOT / "docs" / "query.md").read_text(encoding="utf-8").partition("### Whoosh")[2]
    table = text.partition("| in Whoosh |")[2].partition("\n\n")[0]
    pairs = []
    for line in table.splitlines()[2:]:
        theirs, ours = (re.findall("`([^`]+)`", cell) for cell in re.split(r"(?<!\\)\|", line)[1:3])
        pairs += zip(theirs, (text.replace("\\|", "|") for text in ours), strict=True)
    return pairs


@pytest.mark.parametrize(("theirs", "ours"), documented())
def test_what_the_document_says_of_whoosh_is_so(theirs, ours):
    assert parse(theirs, options=OPTIONS, syntax="whoosh").tree == parse(ours, options=OPTIONS).tree


WRITTEN = (
    ("oil w/5 spill", "lexis", "oil w/5 spill"),
    ("oil w/5 spill", "factiva", "oil near5 spill"),
    ("oil pre/5 spill", "factiva", "oil w/5 spill"),
    ("oil w/5 spill", "lucene", '"oil spill"~4'),
    ("oil OR gas", "lexis", "oil OR gas"),
    ("(oil OR gas) AND tanker", "lexis", "(oil OR gas) AND tanker"),
    ("oil -spill", "lucene", "oil AND NOT spill"),
    ("recycl*", "lexis", "recycl!"),
    ("wom?n", "lexis", "wom*n"),
    ("recycl*", "factiva", "recycl*"),
    ("headline:oil", "lexis", "HEADLINE(oil)"),
    ("headline:oil", "factiva", "hd=oil"),
    ('byline:"paul byrne"', "lucene", 'byline:"paul byrne"'),
    ("atleast3(oil)", "factiva", "atleast3(oil)"),
    ("date:2026-01..2026-03", "lucene", "firstcreated:[2026-01 TO 2026-03]"),
    ("date:2026-01-01..2026-01-15", "factiva", "date from 20260101 to 20260115"),
    ("date:2026-01-13", "lexis", "date is 2026-01-13"),
    ("words:>500", "factiva", "wc >= 501"),
    ("oil", "native", "oil"),
    ("oil~2/3", "lucene", "oil~2"),
    ("oil w/5 spill", "whoosh", '"oil spill"~5 OR "spill oil"~5'),
    ("oil w/5 spill OR gas", "whoosh", '("oil spill"~5 OR "spill oil"~5) OR gas'),
    ("oil pre/5 spill pre/5 gas", "whoosh", '"oil spill gas"~5'),
    ("headline:oil pre/2 headline:spil*", "whoosh", 'headline:"oil spil*"~2'),
    ('"(oil|gas) spill*"', "whoosh", '"(oil OR gas) spill*"'),
    ("oil gas OR spill", "whoosh", "(oil AND gas) OR spill"),
    ("oil prefer(gas) filter(country:JP)", "whoosh", "(oil ANDMAYBE gas) REQUIRE country:JP"),
    ("NOT (NOT oil)", "whoosh", "NOT (NOT oil)"),
    ("(-oil)^2 gas^0.5", "whoosh", "(NOT oil)^2 AND gas^0.5"),
    ("oil^0.00001", "whoosh", "oil^0.00001"),
    ('=oil "the" US "AND" C-130', "whoosh", "oil AND 'the' AND 'US' AND 'AND' AND \"C 130\""),
    (
        "shr* s?n oil~ oil~2/0 /sh.ne/ /sh.*/ /a|b.*/",
        "whoosh",
        'shr* AND s?n AND oil~/1 AND oil~2 AND r"sh.ne$" AND r"sh.*" AND r"a$|b.*"',
    ),
    ('country:JP path:"a b\'s" id:"x\' y"', "whoosh", "country:JP AND path:'a b's' AND id:\"x' y\""),
    ('path:"news/*"', "whoosh", 'path:"news/*"'),
    ('"the"^2 OR "oil* the"', "whoosh", "('the')^2 OR \"oil* 'the' \""),
    ("words:>500 words:5 words:5..9", "whoosh", "words:[501 TO] AND words:5 AND words:[5 TO 9]"),
    ("date:2026-01..2026-03 date:>=2026", "whoosh", "date:[2026-01 TO 2026-03] AND date:[2026-01-01 TO]"),
    ("date:2026-01-13T08:00Z..", "whoosh", "date:[20260113080000 TO]"),
    ("byline:* title:oil *", "whoosh", "byline:* AND headline:oil AND *:*"),
)


@pytest.mark.parametrize(("query", "to", "text"), WRITTEN)
def test_ours_in_other_syntaxes(query, to, text):
    assert translate(query, "native", to, OPTIONS).text == text


def test_a_translation_carries_the_notes_of_both_sides():
    translation = translate("oil w/5 spills", "factiva", "lucene", OPTIONS)

    assert translation.text == '"oil spills"~4'
    assert [note.code for note in translation.notes] == ["dialect"] * len(translation.notes)
    assert any("this order in Factiva" in note.message for note in translation.notes)
    assert any("order of the words is not kept" in note.message for note in translation.notes)


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("=oil", ("=oil finds other forms too",)),
        ('"the"', ("Whoosh leaves out words as common as the",)),
        ("US", ("capitals cannot be asked for",)),
        ("oil~", ("oil~ needs Whoosh's FuzzyTermPlugin",)),
        ("/oi.l/", ("/oi.l/ needs Whoosh's RegexPlugin",)),
        ('"oil* spill"', ("needs Whoosh's SequencePlugin",)),
        ("date:~2026", ("dates that only touch the range are not found",)),
        ("date:2026-01-13T08:00Z..", ("moments are written in UTC",)),
        ("oil pre/5 spill prefer(gas)^2", ()),
    ],
)
def test_what_whoosh_reads_otherwise_is_noted(query, notes):
    messages = [note.message for note in translate(query, "native", "whoosh", OPTIONS).notes]

    assert len(messages) == len(notes)
    assert all(note in message for note, message in zip(notes, messages, strict=True))


def test_words_side_by_side_are_alternatives_in_whoosh_too_when_any_will_do():
    options = ParseOptions(tz="UTC", now=NOW, any_=True)
    tree = parse("+oil gas spill -port", options=options, syntax="whoosh").tree

    assert to_text(tree) == "(oil AND prefer(gas OR spill)) AND NOT port"


REFUSED = (
    ("shrne~", "lexis"), ("oil w/s spill", "lucene"), ("slug:oil", "lexis"), ("atleast3(oil)", "whoosh"),
    ("oil/F5/", "whoosh"), ("oil w/s spill", "whoosh"), ("oil not w/5 spill", "whoosh"), ("nothing()", "whoosh"),
    ('"oil spill" w/5 gas', "whoosh"), ("oil w/5 spill w/5 gas", "whoosh"), ("body:oil w/5 lead:gas", "whoosh"),
    ('"/o.l/ spill"', "whoosh"), ('path:"a\'b \\"c\\" d\' e"', "whoosh"),
)  # fmt: skip


@pytest.mark.parametrize(("query", "to"), REFUSED)
def test_what_cannot_be_said_is_refused(query, to):
    with pytest.raises(QueryError, match="cannot be expressed in"):
        translate(query, "native", to, OPTIONS)
