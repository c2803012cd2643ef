"""Tables of places, regions, countries and agencies."""
