"""Digitised newspapers: recognised text of pages, issues with their articles, and what libraries deliver of them."""
