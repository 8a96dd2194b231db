"""A text as tokens, the classes of words that a lexicon knows in it, and the clauses they stand in."""
