"""What a whole text says of the patient: which symptoms, how many sores, since when, and what is suspected."""
