"""Drafts resolved to articles: each field's claims weighed against each other and the text."""
