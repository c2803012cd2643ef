"""The grammar of news copy: datelines, bylines, taglines, furniture, dates; and what to believe of a record."""

from morgue.wire.settle import settle

__all__ = ["settle"]
