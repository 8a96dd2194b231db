"""Sores in the mouth: which words tell of them, and the numbers of them that a clause tells."""
