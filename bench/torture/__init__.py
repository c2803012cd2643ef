"""What an archive has to stand: `python -m bench.torture --help`."""
