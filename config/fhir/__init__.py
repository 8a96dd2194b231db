"""The FHIR API (R4) as a whole: its addresses, what it says of itself, and a whole record in one answer."""
