"""XML formats: NITF, NewsML, feeds, SGML, and XML that describes a record."""
