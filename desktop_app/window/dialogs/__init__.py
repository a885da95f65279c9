"""The dialogs that a window opens: saved cases, a patient, settings, the passphrase, a text."""
