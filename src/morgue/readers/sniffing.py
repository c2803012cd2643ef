"""The format of input, by its bytes first and the file's name last."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from morgue.readers.containers.zips import zip_kind
from morgue.readers.encoding import NotText, binary, decode, wide
from morgue.readers.formats import FORMATS, ROOTS, signed
from morgue.readers.names import name_set
from morgue.readers.streams import HEAD


@dataclass(frozen=True, slots=True)
class Guess:
    """What some input was taken for.

    Attributes:
        format: a name in `FORMATS`, or "" for what no reader reads.
        why: the evidence, as a clause: `starts with <nitf>`.
        sure: False when other formats are as likely.
        alternatives: names of formats that it may be instead, likeliest first.
    """

    format: str
    why: str
    sure: bool = True
    alternatives: tuple[str, ...] = ()


def _suffix_of(name: str) -> str:
    """The last suffix of a path or member name, lower case, with the dot; "" for none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def sniff(head: bytes, name: str = "", *, live: bool = False) -> Guess:
    """Guess the format of input.

    Args:
        head: its first bytes; 64 KiB (`HEAD`) at most are read.
        name: of the file, "" or `-` when unknown.
        live: more may arrive later, so that JSON is taken record by record.
    """
    head = head[:HEAD]
    suffix = _suffix_of(name)
    if not head.strip(b"\0 \t\r\n"):
        return Guess("", "is empty")
    if head.startswith(b"PK\x03\x04"):
        return Guess(*zip_kind(head))
    proven, why = signed(head)
    if proven:
        return Guess(proven, why)
    if reason := (None if wide(head) or head[:2] in (b"\xff\xfe", b"\xfe\xff") else binary(head)):
        return _spoiled_table(head, suffix) or Guess("", reason)
    try:
        text = decode(head).text
    except NotText as error:
        return Guess("", str(error))
    guess = _text(text, suffix)
    if live and guess.format in ("json", "ninjs", "apmedia") and suffix not in FORMATS["json"].suffixes:
        return Guess("jsonl", guess.why)
    return guess


_FEW_ZEROS = 8  # bytes of a head


def _spoiled_table(head: bytes, suffix: str) -> Guess | None:
    """The guess for a table with a few zero bytes in it, as some programs write them; None for anything else."""
    if not 0 < head.count(0) <= max(_FEW_ZEROS, len(head) // 200):
        return None
    head = head.replace(b"\0", b"")
    return None if binary(head) else _table(decode(head).text.lstrip(), suffix)


_CLIPPING = re.compile(r"[^\r\n]{1,600}\r?\n- [^\r\n]{2,300}\|[^\r\n]{2,300}\r?\n")


def _text(text: str, suffix: str) -> Guess:
    start = text.lstrip()
    if not start:
        return Guess("", "is empty")
    if start[0] == "<" and (guess := _markup(start, suffix)):
        return guess
    start = start.lstrip("\x1e")  # RFC 7464
    if start[:1] in ("{", "[") and (guess := _json(start, suffix)):
        return guess
    if _CLIPPING.match(start) and "\n==========" in start:
        return Guess("kindle", "has a title, a line on a clipping, and a rule of equals signs")
    for test in (_front_matter, _mail, _export, _table):
        if guess := test(start, suffix):
            return guess
    return _prose(start, suffix)


# --- JSON ---------------------------------------------------------------------------------------------------------

_NINJS_KEY = re.compile(
    r'"(?:pubstatus|pubStatus|versioncreated|versionCreated|firstcreated|firstCreated|body_xhtml|headlines|bodies'
    r'|descriptions|renditions|urgency|usageterms|usageTerms|representationtype|representationType)"\s*:'
)
_NINJS_ID = re.compile(r'"(?:uri|guid)"\s*:|ninjs')
_APPLE_PART = re.compile(r'"components"\s*:\s*\[\s*\{[^{}]{0,4000}"role"\s*:')
_GHOST = re.compile(r'\s*\{\s*"(?:db"\s*:\s*\[\s*\{\s*"meta|meta)"\s*:\s*\{\s*"exported_on"')
_AP_ITEM = re.compile(r'"altids"\s*:\s*\{[^{}]{0,400}"itemid"')

_LIBRARY_HEAD = 4_096  # characters in which the keys of a library's format are looked for
# Format of a library -> words without which a text is not searched for its pattern, and the pattern.
_LIBRARIES = {
    "trove": (("articleText", "troveUrl"), re.compile(r'"(?:articleText|troveUrl)"\s*:')),
    "impresso": (
        ('"ft"', '"cdt"', '"transcript"'),
        re.compile(r'"u?id"\s*:\s*"[A-Za-z][\w.]{1,40}-\d{4}-\d\d-\d\d-[a-z]{1,2}(?:-[ip]\d{4})?"'),
    ),
    "europeana": (
        ("LangAware", "edm", "europeana", "FullTextResource", "dataProvider"),
        re.compile(
            r'"(?:dcTitleLangAware|edmPreview|europeanaAggregation|edmDataProvider|FullTextResource)"|"dataProvider"\s*:'
        ),
    ),
    "chronam": (('"lccn"',), re.compile(r'"(?:ocr_[a-z]{3}|edition_label|title_normal)"\s*:')),
}


def _json_kind(sample: str) -> str:
    """The format of the text of a JSON value, by the names of its keys."""
    if _AP_ITEM.search(sample):
        return "apmedia"
    start = sample[:_LIBRARY_HEAD]
    for name, (words, pattern) in _LIBRARIES.items():
        if any(word in start for word in words) and pattern.search(start):
            return name
    if '"components"' in sample and _APPLE_PART.search(sample):
        return "applenews"
    if _GHOST.match(sample):
        return "ghost"
    keys = set(_NINJS_KEY.findall(sample))
    if len({match.group() for match in _NINJS_KEY.finditer(sample)}) >= 2 and _NINJS_ID.search(sample):
        return "ninjs"
    return "ninjs" if keys and "ninjs-schema" in sample else "json"


_BETWEEN = " \t\r\n,\x1e"  # what separates JSON values that follow each other


def _json(start: str, suffix: str) -> Guess | None:
    first, _, rest = start.partition("\n")
    one_line = _is_json(first.rstrip().removesuffix(","))
    follows = rest.lstrip(_BETWEEN)
    if one_line and follows[:1] == "{" and first[:1] == "{":
        return Guess("jsonl", "holds a JSON value on each line")
    if one_line and follows and suffix in FORMATS["jsonl"].suffixes:
        return Guess("jsonl", f"opens with a JSON value and its name ends in {suffix}")
    if one_line and first[:1] == "{" and any(line[:1] == "{" and _is_json(line) for line in follows.split("\n")):
        return Guess("jsonl", "holds JSON values on lines of their own, and other lines")
    if one_line and not follows:
        named = suffix in FORMATS["jsonl"].suffixes
        kind = _json_kind(first)
        taken = "jsonl" if named else kind
        others = tuple(other for other in ("json", "jsonl") if other != taken)
        return Guess(taken, "is one JSON value", True, others)
    if start[0] == "{" and (after := _after_object(start)) is not None and after.lstrip(_BETWEEN)[:1] not in (
        "", "{", "["
    ):  # fmt: skip
        return Guess("markdown", "opens with a JSON object that text follows", suffix in FORMATS["markdown"].suffixes)
    if suffix in FORMATS["jsonl"].suffixes:
        return Guess("jsonl", f"opens with {start[0]} and its name ends in {suffix}")
    if first[:1] == "{" and not one_line and follows[:1] == "{" and _is_json(follows.partition("\n")[0]):
        return Guess("jsonl", "holds a JSON value on the line after a broken one")
    if first.startswith('{"') and follows.startswith('{"'):
        return Guess("jsonl", "holds lines that open with {", False, ("json",))
    if not re.match(r'[\[{]\s*(?:["{\[\]}]|-?\d|true|false|null)', start):
        return None
    return Guess(_json_kind(start), f"opens with {start[0]} as JSON does")


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _after_object(text: str) -> str | None:
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return text[end:].lstrip()


# --- XML, SGML, HTML ----------------------------------------------------------------------------------------------

_PROLOG = re.compile(r"\s*(?:<\?[^>]{0,2000}\?>|<!--(?:[^-]|-(?!->)){0,20000}-->)")
_DOCTYPE = re.compile(r"\s*<!DOCTYPE\s+([\w:.-]+)[^\[>]{0,1000}(?:\[[^\]]{0,20000}\]\s*)?>", re.IGNORECASE)
_ROOT = re.compile(r"\s*<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_HTML_TAGS = name_set(
    "head body div p h1 h2 h3 article section main span table ul ol a meta title script link style br img"
)
_KB_TEXT = re.compile(r"\s*<text>\s*<title[\s>/]")
_HOCR = re.compile(r"""class\s*=\s*["'][^"']{0,80}\bocr_page\b|name\s*=\s*["']ocr-(?:system|capabilities)\b""")


def _markup(start: str, suffix: str) -> Guess | None:
    rest, doctype = _past_prolog(start)
    if rest.lstrip().startswith(("---\n", "---\r\n", "+++")):
        return Guess("markdown", "has front matter after an HTML comment")
    if ("ocr_page" in start or "ocr-" in start) and _HOCR.search(start):
        return Guess("hocr", "is HTML with the classes of hOCR")
    if doctype in ("html", "lewis"):
        return Guess("html" if doctype == "html" else "sgml", f"has <!DOCTYPE {doctype}>")
    root = _ROOT.match(rest)
    if root is None:
        return Guess("xml", "starts with an XML declaration", False) if start.startswith("<?xml") else None
    name = root.group(2)
    why = f"has the first element <{name}>"
    if name == "text" and _KB_TEXT.match(rest):
        return Guess("didl", why + " and a title, as the KB's articles")
    if name == "RDF" and "europeana.eu/schemas/edm" in start:
        return Guess("edm", why + " with Europeana's elements")
    if name == "rss" and ("wordpress.org/export" in start or "<wp:" in start):
        return Guess("wxr", why + " with WordPress's elements")
    if name == "RDF" and "zotero.org/namespaces" in start:
        return Guess("zotero", why + " with Zotero's elements")
    if name in ("doc", "corpus") and "<main" in start and "<doc " in start:
        return Guess("trafilatura", why + " with <main> in it")
    if name == "document" and ":opendocument:" in start[:4000]:
        return Guess("odt", "is an OpenDocument text in one XML file")
    if kind := ROOTS.get(name) or ("sgml" if name.upper() == "DOC" and "DOCNO" in start.upper() else None):
        return Guess(kind, why)
    if name.lower() == "html" or (name.lower() in _HTML_TAGS and not start.startswith("<?xml")):
        return Guess("html", why)
    if start.startswith("<?xml") or suffix == ".xml" or f"</{root.group(0).strip()[1:]}" in start:
        return Guess("xml", why, suffix in (".xml", ""), ("sgml",))
    return None


def _past_prolog(text: str) -> tuple[str, str]:
    """The text after declarations, comments and the doctype, and the doctype's name in lower case."""
    at, doctype = 0, ""
    for _ in range(50):
        if match := _PROLOG.match(text, at):
            at = match.end()
        elif match := _DOCTYPE.match(text, at):
            at, doctype = match.end(), match.group(1).lower()
        else:
            break
    return text[at:], doctype


# --- text ---------------------------------------------------------------------------------------------------------

_YAML_FRONT = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_TOML_FRONT = re.compile(r"\+\+\+[ \t]*\r?\n(?:.*\r?\n)*?\+\+\+[ \t]*(?:\r?\n|\Z)")
_YAML_KEY = re.compile(r"""^["']?[A-Za-z_][\w .-]{0,60}["']?\s*:(?:\s|$)""", re.MULTILINE)


def _front_matter(start: str, suffix: str) -> Guess | None:
    if start.startswith("+++") and _TOML_FRONT.match(start):
        return Guess("markdown", "has TOML front matter")
    if start.startswith("---") and (match := _YAML_FRONT.match(start)) and _YAML_KEY.search(match.group()):
        return Guess("markdown", "has YAML front matter")
    if start.startswith("---") and suffix in FORMATS["markdown"].suffixes:
        return Guess("markdown", f"opens with --- and its name ends in {suffix}", False, ("text",))
    return None


_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):(?=[ \t\r\n]|$)")
_MAIL_HEADERS = name_set(
    "from to cc subject date received return-path delivered-to message-id mime-version content-type reply-to sender "
    "x-mailer x-original-to list-id dkim-signature x-received authentication-results references in-reply-to "
    "content-transfer-encoding x-apparently-to envelope-to"
)
_CERTAIN_MAIL = name_set(
    "received return-path delivered-to message-id mime-version dkim-signature x-received envelope-to"
)


_EMLX = re.compile(r"\d{1,10}[ \t\r]*")
_ENVELOPE = re.compile(r"From \S{1,200} .{0,150}?\d{2}:\d{2}(?::\d{2})? ")


def _mail(start: str, suffix: str) -> Guess | None:
    lines = start[:20000].split("\n")
    if _EMLX.fullmatch(lines[0]) and any(name in _MAIL_HEADERS for name in _header_names(lines[1:])):
        return Guess("emlx", "opens with a number of bytes and mail headers")
    mbox = _ENVELOPE.match(lines[0][:400] + " ") is not None
    names = _header_names(lines[1:] if mbox else lines)
    known = [name for name in names if name in _MAIL_HEADERS]
    if mbox and known:
        several = suffix != ".eml"
        return Guess("mbox" if several else "eml", "opens with a mailbox's From line", True, ("eml",))
    if suffix in FORMATS["mhtml"].suffixes and {"mime-version", "content-type"} & set(names):
        return Guess("mhtml", f"opens with mail headers and its name ends in {suffix}")
    if suffix in (".eml", ".mbox") and len(known) >= 1:
        return Guess("eml", f"opens with mail headers and its name ends in {suffix}")
    if len(known) >= 3 and (any(name in _CERTAIN_MAIL for name in known) or {"from", "subject"} <= set(known)):
        return Guess("eml", "opens with mail headers")
    return None


def _header_names(lines: list[str]) -> list[str]:
    """Names of the header fields that the lines open with, lower case, up to the first blank or other line."""
    names: list[str] = []
    for line in lines[:200]:
        if names and line[:1] in (" ", "\t"):
            continue
        match = _HEADER.match(line)
        if match is None:
            break
        names.append(match.group(1).lower())
    return names


def _export(start: str, _suffix: str) -> Guess | None:
    from morgue.readers import exports

    name = exports.named(start)
    return Guess(name, f"is laid out as downloads of {FORMATS[name].title} are") if name in FORMATS else None


def _table(start: str, suffix: str) -> Guess | None:
    from morgue.readers.documents import table

    named = suffix in FORMATS["csv"].suffixes
    layout = table.sniff_layout(start)
    if layout is not None and (layout.known >= 2 or (named and layout.columns > 1)):
        return Guess("csv", f"has lines of {layout.columns} columns separated by {layout.title}")
    if layout is not None and layout.columns > 2 and layout.even and (layout.known or layout.delimiter != ","):
        why = f"has lines of {layout.columns} columns separated by {layout.title}"
        return Guess("csv", why, False, ("text",))
    if named:
        return Guess("csv", f"has a name that ends in {suffix}", False, ("text",))
    return None


def _prose(start: str, suffix: str) -> Guess:
    if start[:6].upper().startswith("ZCZC"):
        return Guess("text", "opens with ZCZC")
    if suffix in FORMATS["markdown"].suffixes:
        return Guess("markdown", f"is text and its name ends in {suffix}")
    if re.match(r"#{1,3} \S", start) and re.search(r"^#{1,6} \S|\]\(http", start[4:], re.MULTILINE):
        return Guess("markdown", "opens with a Markdown heading", False, ("text",))
    if suffix in FORMATS["html"].suffixes:
        return Guess("html", f"has a name that ends in {suffix}", False, ("text",))
    named = [item.name for item in FORMATS.values() if suffix in item.suffixes and item.name != "text"]
    if named and suffix not in FORMATS["text"].suffixes:
        return Guess("text", f"is plain text although its name ends in {suffix}", False, tuple(named))
    return Guess("text", "is plain text")
