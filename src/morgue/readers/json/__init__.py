"""JSON formats: ninjs, the AP Media API, exports of ours, and records by the alias table."""
