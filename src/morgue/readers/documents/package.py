"""Documents that are ZIP files (DOCX, ODT, EPUB): their parts by name, unpacked within limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from morgue.readers.containers.zips import part_name
from morgue.readers.encoding import NotText
from morgue.readers.options import ReadOptions, size
from morgue.readers.xml import dom

# What zipfile raises for damaged, encrypted and unknown members.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class BadDocument(ValueError):
    """A document that cannot be read; its text is a reason for a `Rejected`."""


class Package:
    """An open document; names of parts are compared without case, relative to its root."""

    def __init__(self, archive: zipfile.ZipFile, options: ReadOptions) -> None:
        self._archive = archive
        self._options = options
        self._infos = {part_name(info.filename): info for info in reversed(archive.infolist())}
        self._left = options.max_total

    def has(self, name: str) -> bool:
        """True when there is a part called `name`."""
        return part_name(name) in self._infos

    def part(self, name: str) -> bytes | None:
        """The bytes of the part called `name`, None when there is none; raises `BadDocument` beyond the limits."""
        info = self._infos.get(part_name(name))
        if info is None:
            return None
        options = self._options
        with self._archive.open(info) as member:
            data = member.read(options.max_bytes + 1)
        self._left -= len(data)
        if len(data) > options.max_bytes:
            raise BadDocument(f"{name} unpacks to more than the limit of {size(options.max_bytes)}")
        if len(data) > options.free_bytes and len(data) > options.max_ratio * max(info.compress_size, 1):
            raise BadDocument(f"{name} unpacks to more than {options.max_ratio} times its size: refused as a bomb")
        if self._left < 0:
            raise BadDocument(f"unpacks to more than the limit of {size(options.max_total)}")
        return data

    def xml(self, name: str) -> Element | None:
        """The root element of the part called `name`, without namespaces; None when there is no such part."""
        data = self.part(name)
        return None if data is None else dom.parse(data).root

    def related(self, base: str, kind: str) -> str:
        """The part that `base` ("" for the package) names as its `kind`, the end of a relationship's type; or ""."""
        folder, name = posixpath.split(base)
        for relation in dom.each(self.xml(posixpath.join(folder, "_rels", f"{name}.rels")), "Relationship"):
            if relation.get("Type", "").endswith("/" + kind) and relation.get("TargetMode") != "External":
                return resolved(base, relation.get("Target", ""))
        return ""


def resolved(base: str, target: str) -> str:
    """The part that a reference (`target`, percent-encoded, without its fragment) means in the part `base`."""
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")


@contextmanager
def opened(data: bytes, options: ReadOptions, title: str) -> Iterator[Package]:
    """The document in `data`, read within the limits of `options`.

    Args:
        data: the ZIP file. options: limits. title: what it is, for reasons: `Word document`.

    Raises:
        BadDocument: for whatever goes wrong inside, a damaged file or broken XML.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Package(archive, options)
    except (BadDocument, dom.BadXml, NotText) as error:
        raise BadDocument(str(error)) from None
    except _ZIP_ERRORS as error:
        if "encrypted" in str(error):
            raise BadDocument(f"an encrypted {title}") from None
        raise BadDocument(f"a damaged {title}: {error}"[:300]) from None
