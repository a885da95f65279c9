"""The letter as a FHIR R4 document: one file for each part of the bundle."""
