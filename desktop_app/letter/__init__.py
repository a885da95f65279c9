"""The letter: a typed model made from plan and case, and its two forms, PDF and plain text. Knows no Qt.

    letter = compose_letter(plan, case, words, settings, today)    # what is said
    content = write_letter_pdf(letter)                             # how it looks
    text = letter_text(letter)                                     # the same for the electronic health record

Nothing is imported here: who asks for the model does not wait for ReportLab.
"""
