"""What cannot be understood: the exact message, the place it points to, and the first correction it offers."""

from __future__ import annotations

import pytest

from morgue.errors import USAGE, QueryError, UsageError
from morgue.query import ParseOptions, parse
from support.query_strategies import NOW

SAVED = {"desk": "deer AND (", "loop": "a @loop", "fine": "deer"}
OPTIONS = ParseOptions(tz="UTC", now=NOW, saved=SAVED)

# query, message, (start, end) of the caret's line, first suggestion
ERRORS = (
    ("", "there is nothing to search for", (0, 0), ""),
    ("   ", "there is nothing to search for", (0, 3), ""),
    ('"', "the quotation mark is not closed", (0, 1), ""),
    ("()", "the parentheses are empty", (0, 2), ""),
    ("deer AND", "AND needs something after it, not the end", (5, 8), "deer"),
    ("AND deer", "AND needs something before it", (0, 3), "deer"),
    ("OR", "OR needs something before it", (0, 2), ""),
    ("NOT", "NOT needs something after it, not the end", (0, 3), ""),
    ("deer OR", "OR needs something after it, not the end", (5, 7), "deer"),
    ("deer AND AND park", "AND needs something after it, not AND", (5, 8), "deer AND park"),
    ("deer OR AND park", "OR needs something after it, not AND", (5, 7), "deer AND park"),
    ("deer NOT", "NOT needs something after it, not the end", (5, 8), "deer"),
    ("(deer", "the parenthesis is not closed", (0, 1), "(deer)"),
    ("deer)", "unmatched closing parenthesis", (4, 5), "deer"),
    ("((deer)", "the parenthesis is not closed", (0, 1), "((deer))"),
    ("deer AND (", "the parenthesis is not closed", (9, 10), ""),
    ('"deer park', "the quotation mark is not closed", (0, 1), '"deer park"'),
    ("“deer park", "the quotation mark is not closed", (0, 1), '“deer park"'),
    ('="deer', "the quotation mark is not closed", (1, 2), '="deer"'),
    ('headline:"deer', "the quotation mark is not closed", (9, 10), 'headline:"deer"'),
    ('date:"last week', "the quotation mark is not closed", (5, 6), 'date:"last week"'),
    ("nope:deer", "unknown field 'nope'", (0, 5), "note:deer"),
    ("headlin:deer", "unknown field 'headlin'", (0, 8), "headline:deer"),
    ("bylin:Smith", "unknown field 'bylin'", (0, 6), "byline:Smith"),
    ("url:x", "the field 'url' is stored but not searched", (0, 4), "id:x"),
    ("mark:5", "unknown field 'mark'", (0, 5), '"mark:5"'),
    ("Update:deer", "unknown field 'Update'", (0, 7), "updated:deer"),
    ("headline:", "headline: needs a value right after the colon", (0, 9), ""),
    ("headline: deer", "headline: needs a value right after the colon", (0, 9), "headline:deer"),
    ("byline:)", "byline: needs a value right after the colon", (0, 7), ""),
    ("headline:-deer", "- cannot follow headline:", (9, 10), "-headline:deer"),
    ("headline:AND deer", "AND cannot follow headline:", (9, 12), ""),
    ("headline:body:deer", "body: cannot follow headline:", (9, 14), ""),
    ("deer w/5", "w/5 needs something after it, not the end", (5, 8), "deer"),
    ("w/5 deer", "w/5 needs something before it", (0, 3), ""),
    ("deer w/0 park", "invalid distance 'w/0'", (5, 8), "deer w/1 park"),
    ("deer w/five park", "invalid distance 'w/five'", (5, 11), "deer w/5 park"),
    ("deer w/ park", "invalid distance 'w/'", (5, 7), "deer w/5 park"),
    ("deer w/5 AND park", "w/5 needs something after it, not AND", (5, 8), "deer AND park"),
    ("(deer AND park) w/5 x1", "AND cannot be an operand of w/5", (1, 14), ""),
    ("-deer w/5 park", "NOT cannot be an operand of w/5", (0, 5), ""),
    ("deer w/5 date:2026", "a condition on date cannot be an operand of w/5", (9, 18), ""),
    ("byline:Smith w/5 deer", "byline and text are different texts: their words are never near each other",
     (13, 16), "byline:Smith AND deer"),
    ("headline:deer w/5 body:park", "body and headline are different texts: their words are never near each other",
     (14, 17), "headline:deer AND body:park"),
    ("byline:a1 w/s byline:b1", "byline has no sentences or paragraphs", (10, 13), ""),
    ("* w/5 deer", "* cannot be an operand of w/5", (0, 1), ""),
    ("deer^2 w/5 park", "a weight cannot be an operand of w/5", (0, 6), ""),
    ("atleast5 deer", "atleast5 needs parentheses", (0, 8), "atleast5(deer)"),
    ("atleast(deer)", "atleast needs a number and parentheses", (0, 7), "atleast5(deer)"),
    ("atleast5(deer AND park)", "AND cannot be inside atleast()", (9, 22), ""),
    ("atleast0(deer)", "invalid number of mentions '0': expected 1 to 10000", (0, 9), ""),
    ("atleast99999(deer)", "invalid number of mentions '99999': expected 1 to 10000", (0, 13), ""),
    ("allcaps(date:2026)", "a condition on date cannot be inside allcaps()", (8, 17), ""),
    ("date:2026/F5/", "invalid date '2026/f5/'", (5, 13), ""),
    ("deer/F0/", "invalid number of words '0': expected 1 to 10000", (0, 8), ""),
    ("byline:Smith/F5/", "a field other than the text has no first words", (7, 16), ""),
    ("deer^0", "invalid weight '^0'", (4, 6), ""),
    ("deer^2000", "invalid weight '^2000'", (4, 9), ""),
    ("deer ^2", "^2 belongs right after a word, a phrase or a group", (5, 7), ""),
    ("^2", "^2 belongs right after a word, a phrase or a group", (0, 2), ""),
    ('"deer park"~5', "~ follows a word, not a phrase or a group", (11, 13), "deer w/5 park"),
    ("deer~3", "invalid number of letters '~3': expected ~1 or ~2", (4, 6), "deer~2"),
    ("deer~0.8", "invalid number of letters '~0.8': expected ~1 or ~2", (4, 8), "deer~1"),
    ("deer~5/2", "invalid number of letters '~5': expected ~1 or ~2", (4, 6), "deer~2/2"),
    ("dee*~", "~ must follow a whole word, not dee*", (0, 5), "dee*"),
    ('"* park"', "* alone in a phrase fits no word", (1, 2), ""),
    ('"deer * park"', "* alone in a phrase fits no word", (6, 7), "deer pre/2 park"),
    ('""', "the quotation marks hold no word", (0, 2), ""),
    ('"-"', "the quotation marks hold no word", (0, 3), ""),
    ('"!?"', "the quotation marks hold no word", (0, 4), ""),
    ("/deer", "the regular expression is not closed", (0, 5), "/deer/"),
    ("/(deer/", "invalid regular expression: missing ), unterminated subpattern", (0, 7), ""),
    (r"/(d)\1/", "invalid regular expression: back references cannot be used in a search", (0, 7), ""),
    (r"/\bdeer/", "invalid regular expression: word boundaries cannot be used in a search", (0, 8), ""),
    ("/((d{900}){900}){900}/", "invalid regular expression: the expression is too large", (0, 22), ""),
    ("/d(?=e)/", "invalid regular expression: looking ahead or behind cannot be used in a search", (0, 8), ""),
    ("date:foo", "invalid date 'foo'", (5, 8), ""),
    ("date:", "date: needs a value right after the colon", (0, 5), ""),
    ("date:2026-13", "invalid month 13", (5, 12), ""),
    ("date:2026-02-30", "invalid day 2026-02-30", (5, 15), ""),
    ("date:13/01/2026", "13/01/2026 can be read as day and month or as month and day", (5, 15), "date:2026-01-13"),
    ("date:05/06/2026", "05/06/2026 can be read as day and month or as month and day", (5, 15), "date:2026-06-05"),
    ("date:2026-03..2026-01", "the range 2026-03..2026-01 runs backwards", (5, 21), ""),
    ("date:>=2026..2027", ">= and .. cannot go together", (5, 17), ""),
    ("date:..", "invalid date '..'", (5, 7), ""),
    ("date:[2026-01 TO 2026-02]", "ranges are written with two dots", (5, 25), "date:2026-01..2026-02"),
    ("words:many", "invalid number 'many'", (6, 10), ""),
    ("words:500-1000", "invalid number '500-1000'", (6, 14), "words:500..1000"),
    ("words:1000..500", "the range 1000..500 runs backwards", (6, 15), "words:500..1000"),
    ("words:[1 TO 5]", "ranges are written with two dots", (6, 14), "words:1..5"),
    ("words:..", "invalid number '..'", (6, 8), ""),
    ("country:Atlantis", "unknown country 'Atlantis'", (8, 16), ""),
    ("language:Klingonish", "unknown language 'Klingonish'", (9, 19), ""),
    ("status:gone", "unknown status 'gone'", (7, 11), ""),
    ("id:abc*", "id takes a whole value, without wildcards", (3, 7), ""),
    ('id:""', "id: needs a value", (3, 5), ""),
    ("@nobody", "unknown saved query '@nobody'", (0, 7), '"@nobody"'),
    ("@desk", "in the saved query @desk: the parenthesis is not closed", (0, 5), ""),
    ("@loop", "in the saved query @loop: the saved query @loop contains itself: loop -> loop", (0, 5), ""),
    ("@fin", "unknown saved query '@fin'", (0, 4), "@fine"),
    ("deer && park", "&& is written AND", (5, 7), "deer AND park"),
    ("deer || park", "|| is written OR", (5, 7), "deer OR park"),
    ("deer | park", "| is written OR", (5, 6), "deer OR park"),
    ("deer|park", "| is written OR", (0, 9), "(deer OR park)"),
    ("!deer", "! before a word is written -", (0, 1), "-deer"),
    (">500", "> compares a field's value", (0, 4), "words:>500"),
    ("deer NEAR park", "unknown operator 'NEAR'", (5, 9), "deer NEAR/5 park"),
    ("deer ANDNOT park", "unknown operator 'ANDNOT'", (5, 11), "deer NOT park"),
    ("a\\", "the backslash at the end escapes nothing", (1, 2), ""),
    ("+-deer", "a word takes one sign", (0, 2), "-deer"),
    ("filter()", "the parentheses are empty", (0, 8), ""),
    ("nothing(deer)", "nothing() takes no argument", (0, 8), ""),
    ("deer AND )", "AND needs something after it, not )", (5, 8), "deer )"),
    ("words:>", "invalid number '>'", (6, 7), ""),
)  # fmt: skip


@pytest.mark.parametrize(("query", "message", "place", "suggestion"), ERRORS, ids=[row[0] for row in ERRORS])
def test_misunderstandings_name_their_place_and_a_way_out(query, message, place, suggestion):
    with pytest.raises(QueryError) as caught:
        parse(query, options=OPTIONS)

    error = caught.value
    assert (error.message, (error.start, error.end)) == (message, place)
    assert (error.suggestions[0] if error.suggestions else "") == suggestion
    assert error.hint
    assert error.exit_code == USAGE


@pytest.mark.parametrize("query", [row[0] for row in ERRORS if row[3] and "(word)" not in row[3]])
def test_suggestions_can_be_searched(query):
    with pytest.raises(QueryError) as caught:
        parse(query, options=OPTIONS)

    # A query with several faults is put right one by one: what is suggested may have another one.
    for suggestion in caught.value.suggestions:
        notices = parse(suggestion, options=ParseOptions(tz="UTC", now=NOW, saved=SAVED, lenient=True)).notices
        assert caught.value.message not in [notice.message for notice in notices], suggestion


@pytest.mark.parametrize("query", [row[0] for row in ERRORS])
def test_lenient_tells_the_same_as_a_notice(query):
    with pytest.raises(QueryError) as caught:
        parse(query, options=OPTIONS)

    parsed = parse(query, options=ParseOptions(tz="UTC", now=NOW, saved=SAVED, lenient=True))

    assert caught.value.message.split(": ")[-1] in [notice.message.split(": ")[-1] for notice in parsed.notices]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "Europe", "Asia/Tokyo/x"])
def test_an_unknown_time_zone_is_a_usage_error(zone):
    with pytest.raises(UsageError, match="unknown time zone"):
        parse("deer", options=ParseOptions(tz=zone, now=NOW))


def test_an_unknown_syntax_is_a_usage_error():
    with pytest.raises(UsageError, match="unknown query syntax 'latin'"):
        parse("deer", syntax="latin")
