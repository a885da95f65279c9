"""The letter: a typed model made from plan and case, and its two forms, PDF and plain text. Knows no Qt.

    order = order_paper(case, edition, words, settings, today)     # of what
    letter = compose_letter(order)                                 # what is said
    content = write_document(letter_document(letter)).content      # how it looks
    text = letter_text(letter)                                     # the same for the electronic health record

Nothing is imported here: who asks for the model does not wait for ReportLab.
"""
