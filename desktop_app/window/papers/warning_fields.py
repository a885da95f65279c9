"""Where a warning about a letter leads: to the settings of the sender, or to the field that mends it."""

SENDER_WARNINGS = ("sender", "clinic", "recipient", "logo")
FIELD_OF_WARNING = {
    "name": "patient.family_name",
    "birth_date": "patient.birth_date",
    "identifier": "patient.patient_number",
    "question_standard": "letter.question",
    "told_to_patient": "letter.told_to_patient",
    "images_way": "images.sent_by",
    "images_date": "images.sent_on",
    "images_not_confirmed": "images.received_confirmed",
    "phone_not_arranged": "consultation.contact",
    "consult_first_open": "consultation.contact",
}
"""The field to which a warning leads."""
