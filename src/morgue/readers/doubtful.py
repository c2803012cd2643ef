"""Text that is not an article: what no reader reads and plain text would be taken for."""

from __future__ import annotations

import re

_SAMPLE = 1 << 15  # characters that are looked at
_OPENING = 4000  # characters in which a kind shows
_LINES = 60  # lines of it
_MIN_LINES = 4  # of a log or program
_LOG = 0.6  # part of the lines that must begin with a time
_PROGRAM = 0.3  # part of the lines that must be a program's, where the first one is
_BLOCK = 60  # characters of a line of base64
_SIGNS = "{};|\\$<>&[]"
_MIN_SIGNS = 20  # semicolons and braces in its opening
_MINIFIED = 0.06  # part of a text that such signs are
_MAX_COUNT_LINE = 60  # characters of a line that counts or ends a document
_LONG = 300  # characters of a line of a minified program

_DOCUMENTS = "documents?|dokumente?n?|documentos?|documenti|documenten|articles?|artikel|stories|records"
_LISTED = ("document", "dokument", "article", "artikel", "stories", "records")  # one of them is in such a line
_COUNTED = re.compile(
    r"^\W{0,3}(?:(?:document|dokument|documento|article|artikel|story|item|record)\s+)?"
    rf"\d{{1,5}} (?:of|von|de|di|sur|van|av) \d{{1,5}} (?:{_DOCUMENTS})\W{{0,3}}$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"^\W{0,3}(?:end of document|ende des dokuments?|fin du document|fin del documento|fine del documento"
    r"|fim do documento|einde van document)\W{0,3}$",
    re.IGNORECASE,
)
# What a list of references is called, a text that each has, how the first record begins, and what a tag is.
_TAGGED = tuple(
    (title, mark, re.compile(first, re.MULTILINE), re.compile(tag, re.MULTILINE))
    for title, mark, first, tag in (
        ("a list of references in RIS", "TY  ", r"^TY  ?-\s", r"^[A-Z][A-Z0-9]  ?-(?:\s|$)"),
        ("a list of references in EndNote's tags", "%0 ", r"^%0 [A-Z]", r"^%[0-9A-Z@!] \S"),
        ("a list of references in PubMed's tags", "PMID-", r"^PMID- ?\d", r"^[A-Z]{2,4} *- "),
        ("a list of references of the Web of Science", "\nVR ", r"^FN .{0,80}\nVR ", r"^[A-Z][A-Z0-9] \S"),
        ("a list of references in BibTeX", "\n@", r"^@[A-Za-z]{3,20}\s*\{", r"^\s*\w{1,30}\s*=\s*[{\"\d]"),
    )
)
_TAGS = 3  # tags that such a list must have
_ARMOUR = re.compile(r"-----BEGIN ([A-Z0-9 ]{3,40})-----")
_UUENCODED = re.compile(r"begin(?:-base64)? [0-7]{3} \S+[ \t]*\n")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_CONTROL_WORD = re.compile(r"\\(?:par|pard|plain|fs\d+|f\d+|cf\d+|lang\d+|b0?|i0?|rtf1|ansi|fonttbl|sa\d+|sb\d+)\b")
_TROFF = re.compile(r"^\.(?:PP|TH|SH|LP|br|sp|de|ft)\b", re.MULTILINE)
_STAMPED = re.compile(
    r"\W{0,2}(?:\d{4}[-/]\d\d[-/]\d\d[T ,]+\d\d:\d\d:\d\d|\d\d[/.]\w{2,3}[/.]\d{4}[ :]\d\d:\d\d:\d\d"
    r"|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d |\d{10}[. ]|\d\d:\d\d:\d\d[.,]\d{3}\b"
    r"|(?:\d{1,3}\.){3}\d{1,3} \S+ \S+ \[|\[?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|TRACE)\b)"
)
_SUBTITLE = re.compile(r"^(?:\d{1,2}:)?\d\d:\d\d[.,]\d{3} --> (?:\d{1,2}:)?\d\d:\d\d[.,]\d{3}", re.MULTILINE)
_OPENS_PROGRAM = (
    "#!", "#include", "#ifndef", "#ifdef", "#define", "#pragma", "/*", "//", "import ", "from ", "def ", "class ",
    "async ", "package ", "using ", "namespace ", "module ", "const ", "let ", "var ", "function", "!function",
    "export ", "public ", "private ", "@", "<?php", '"use strict"', "'use strict'", '"""', "# ", "##", "--", "@charset",
    "SELECT ", "INSERT ", "CREATE ", "DROP ", "BEGIN", "use ", "fn ", "func ", "require", "{", "[", "(", ".", "*", "!",
)  # fmt: skip
_CODE = re.compile(
    r"\s*(?://|/\*|\*[ /]|\*$|#\s*\w+|import [\w.{* ]+|from [\w.]+ import\b|(?:async )?def \w+\(|class \w+.{0,60}[:{]$"
    r"|(?:export|public|private|static|const|let|var|fn|func|function|elif|try|else)\b.{0,100}[;:{(=]|return\b|raise\b"
    r"|(?:if|for|while|with)\b.{0,100}[:{(]|@\w+(?:\(.*)?$|<\?php|(?:package|using) [\w.]+;?$|\"{3}"
    r"|(?:SELECT|INSERT INTO|CREATE TABLE|DROP TABLE|UPDATE|VALUES)\b)"
    r"|.{0,200}[;{}\\]\s*$|\s*[)\]}]+[,;:]?\s*$|\s*[\w.]{1,60}\(.{0,200}\)[;,]?\s*$"
    r"|\s*[\w.\[\]\"']{1,60} ?(?:[-+*/|&]?=|:=) ?\S"
)


def why_not(text: str) -> str:
    """Return why a text is not an article, as a reason for a `Rejected`; "" when it may be one."""
    start = text[:_SAMPLE].lstrip("\ufeff \t\r\n\f")
    opening = start[:_OPENING]
    return _marked(opening) or _listed(start, opening) or _by_lines(opening)


def _marked(opening: str) -> str:
    """Return what the first bytes of a text name it as."""
    if (armour := _ARMOUR.match(opening)) and "SIGNED MESSAGE" not in armour[1]:
        return f"is armoured data ({armour[1].lower()}), not text"
    if _UUENCODED.match(opening):
        return "is an encoded file (uuencode), not text"
    if opening.startswith(("{\\rtf", "{\\urtf")) or (
        opening.count("\\") > 5 and len(_CONTROL_WORD.findall(opening)) > 5
    ):
        return "holds the control words of RTF and cannot be read as RTF"
    if opening.startswith(("%!PS", "WEBVTT")):
        return "is PostScript, not text" if opening[0] == "%" else "is a file of subtitles, not an article"
    if " --> " in opening and len(_SUBTITLE.findall(opening)) > 1:
        return "is a file of subtitles, not an article"
    if opening.startswith(".") and len(_TROFF.findall(opening)) > 3:
        return "is the source of a manual page (troff)"
    return ""


def _listed(start: str, opening: str) -> str:
    """Return what a text is that lists documents or references."""
    for title, mark, first, tag in _TAGGED:
        if (
            (mark in opening or opening.startswith("@"))
            and first.search(opening)
            and len(tag.findall(opening)) >= _TAGS
        ):
            return f"looks like {title}, but cannot be read as one"
    lower = start.lower()
    if not any(word in lower for word in _LISTED):
        return ""
    ends = 0
    for line in start.split("\n"):
        if len(line) < _MAX_COUNT_LINE and (line := line.strip()):
            if _COUNTED.fullmatch(line):
                ends = 2
            ends += line[-1].isalpha() and _ENDED.fullmatch(line) is not None
    if ends > 1:
        return "looks like a download of a press database (its documents are counted) that cannot be taken apart"
    return ""


def _by_lines(opening: str) -> str:
    """Return what a text is by the shape of most of its lines."""
    lines = [line for line in opening.split("\n", _LINES)[:_LINES] if line.strip()]
    if not lines:
        return ""
    first = lines[len(lines) // 2].strip()
    if len(first) >= _BLOCK and _BASE64.fullmatch(first):
        blocks = sum(len(line.strip()) >= _BLOCK and _BASE64.fullmatch(line.strip()) is not None for line in lines)
        if blocks >= len(lines) - 2:
            return "is encoded data (base64), not text"
    several = len(lines) >= _MIN_LINES
    if several and (_STAMPED.match(lines[0]) or _STAMPED.match(lines[1])) and _share(_STAMPED, lines) > _LOG:
        return "is a log: most of its lines begin with a time or a level"
    dense = opening.count(";") + opening.count("{") > _MIN_SIGNS and max(map(len, lines)) > _LONG
    if dense and sum(map(opening.count, _SIGNS)) > _MINIFIED * len(opening):
        return "is a program or data, not text"
    if several and opening.startswith(_OPENS_PROGRAM) and _share(_CODE, lines) > _PROGRAM:
        return "is the source of a program"
    return ""


def _share(pattern: re.Pattern[str], lines: list[str]) -> float:
    return sum(pattern.match(line) is not None for line in lines) / len(lines)
