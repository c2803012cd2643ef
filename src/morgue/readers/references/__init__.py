"""Lists of references: RIS, EndNote, BibTeX, Zotero and MODS, as press databases and reference managers write them."""
