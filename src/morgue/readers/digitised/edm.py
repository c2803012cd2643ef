"""Europeana's records in EDM, as RDF in XML."""

from __future__ import annotations

from morgue.readers.digitised.europeana import read_xml as read

__all__ = ["read"]
