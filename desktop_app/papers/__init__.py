"""The papers that a case gives: letter, sheet for the meeting, sheet for the patient, and their PDF. No Qt."""
