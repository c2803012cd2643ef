"""Datelines: found in the opening of a story or in a field, with place, date and agency."""
