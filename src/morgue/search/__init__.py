"""From a query text to a page of hits: requests, ranking, expansion, near-duplicates, explanations, snippets."""
