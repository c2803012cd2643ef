"""JSON formats: ninjs, the AP Media API, morgue's exports, and records by the alias table."""
