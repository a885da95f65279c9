"""What the scripts and the tests around them both know, free of Qt."""

PASSPHRASE = "vier rode fietsen in de regen"

SEED = "BOTWIJZER_TEST_SEED"
"""The variable with the seed of random answers."""

MEETING = "BOTWIJZER_TEST_MEETING"
"""The variable with a folder in which two programs wait for each other before they work at the same time."""

INCIDENT = "BOTWIJZER_TEST_INCIDENT"
"""The variable with a command that is run while the printing dialog is open."""
ANSWERS_BESIDE_ANOTHER = 80
"""How many turns of two answers each of two programs takes while the other does the same."""
