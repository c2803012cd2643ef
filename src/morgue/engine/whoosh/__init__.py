"""Whoosh's codec and reader interfaces over our segments."""
