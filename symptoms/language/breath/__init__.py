"""Cough and breathlessness: which words tell of them, how bad they are, and which are harmless."""
