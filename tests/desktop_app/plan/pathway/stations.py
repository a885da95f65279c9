"""The stations of the pathway as the tests expect them: in clinical order, written before the edition was read."""

STATIONS = ("complaint", "radiograph", "mri", "ct_local", "staging", "mdo", "biopsy", "pathology", "treatment")
