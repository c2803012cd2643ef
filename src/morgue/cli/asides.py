"""Which notices are asides: said beside an answer when nothing is wrong with the query."""

ASIDES = ("unpublished-hidden", "date-uncertain", "did-you-mean", "would-find", "other-field", "expanded", "corrected")
