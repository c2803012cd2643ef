"""Answering a query tree from the segments of one commit: plan, match, score, sort, count."""
