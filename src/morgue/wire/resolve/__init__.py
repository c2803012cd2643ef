"""What to believe of a draft: each field's claims weighed against each other and the text."""
