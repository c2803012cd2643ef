"""Measurements: quality/ (metadata and ranking), speed/, torture/, and the runs that were kept."""
