"""Tools that any room may use: frozen values, worker processes, interrupts. Imports nothing else of the package."""
