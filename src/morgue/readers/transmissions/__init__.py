"""Wire transmissions with control characters: ANPA 1312, IPTC 7901."""
