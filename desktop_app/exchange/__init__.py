"""What leaves and enters the program as data: the case and a FHIR bundle inside a letter, and patients from FHIR.

No Qt here. Nothing of this is loaded before it is asked for.
"""
