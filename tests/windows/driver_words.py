"""What the scripts and the tests around them both know, free of Qt."""

PASSPHRASE = "vier rode fietsen in de regen"

SEED = "BOTWIJZER_TEST_SEED"
"""The variable with the seed of random answers."""

MEETING = "BOTWIJZER_TEST_MEETING"
"""The variable with a folder in which two programs wait for each other before they work at the same time."""

INCIDENT = "BOTWIJZER_TEST_INCIDENT"
"""The variable with a command that is run while the printing dialog is open."""
