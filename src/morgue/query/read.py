"""Reading a query from start to finish: length, dialect, parsing, checks against the index."""

from __future__ import annotations

from morgue.errors import UsageError
from morgue.query import words
from morgue.query.options import Parsed, ParseOptions, Vocabulary
from morgue.query.parser import Parser
from morgue.query.problems import Place, Reporter
from morgue.query.tree import Node, Word, terms


def read(text: str, options: ParseOptions, vocabulary: Vocabulary | None, syntax: str) -> Parsed:
    """Return a query as understood; text, options, vocabulary, syntax and errors: see `morgue.query.parse`."""
    if options.tz:
        from morgue.query.dates import Zone

        Zone(options.tz)  # a zone that does not exist is reported whether or not the query has a date
    report = Reporter(text, lenient=options.lenient)
    tree = _tree(report, options, parser_for(syntax))
    if vocabulary is not None:
        from morgue.query.check import against

        against(tree, report, vocabulary)
    return Parsed(tree, tuple(report.notices), text)


def _tree(report: Reporter, options: ParseOptions, kind: type[Parser]) -> Node:
    """Return the tree of the report's text in the language of a parser."""
    text = report.text
    if len(text) > options.max_length:
        report.fail(
            f"the query has {len(text):,} characters; {options.max_length:,} is the most",
            Place(options.max_length, len(text)),
            hint="search in steps, or save parts of it under names",
        )
        parser = kind(Reporter(text[: options.max_length], lenient=True), options)
    else:
        parser = kind(report, options)
    tree = parser.parse()
    _stop_words_only(tree, parser)
    if parser.report is not report:
        report.notices.extend(parser.report.notices)
    return tree


def _stop_words_only(tree: Node, parser: Parser) -> None:
    typed = terms(tree)
    if typed and all(isinstance(t, Word) and t.start in parser.bare and words.is_stop(t.text) for t in typed):
        parser.report.note(
            "stop-words-only",
            "all words of the query are very common; they are looked for all the same",
            Place(min(term.start for term in typed), max(term.end for term in typed)),
            "add a rarer word, or put them in quotation marks for a phrase",
        )


SYNTAXES = ("native", "lexis", "factiva", "lucene", "whoosh")


def parser_for(syntax: str) -> type[Parser]:
    """Return the parser of a dialect.

    Raises:
        UsageError: the dialect is unknown.
    """
    if syntax == "native":
        return Parser
    if syntax == "lexis":
        from morgue.query.lexis import LexisParser

        return LexisParser
    if syntax == "factiva":
        from morgue.query.factiva import FactivaParser

        return FactivaParser
    if syntax == "lucene":
        from morgue.query.lucene import LuceneParser

        return LuceneParser
    if syntax == "whoosh":
        from morgue.query.whoosh import WhooshParser

        return WhooshParser
    raise UsageError(f"unknown query syntax {syntax!r}", hint=f"known: {', '.join(SYNTAXES)}")
