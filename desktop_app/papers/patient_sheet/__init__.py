"""The sheet for the patient: plain words, ticked by the clinician."""
