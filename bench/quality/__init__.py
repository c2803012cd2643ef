"""How well morgue reads and ranks, with floors that CI keeps."""
