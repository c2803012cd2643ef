"""Results to text: a function per format, a table of functions (`formats.py`). Only the terminal views use Rich."""
