"""HTML pages: metadata, linked data, headline, body."""
