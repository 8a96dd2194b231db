"""Of whom a clause speaks, and whether it is so: now, of the speaker, and not asked, feared or past."""
