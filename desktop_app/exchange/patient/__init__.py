"""A patient from somebody else's file: read from FHIR, and merged with what a case says already."""
