"""What the scripts and the tests around them both know, free of Qt."""

PASSPHRASE = "vier rode fietsen in de regen"

SEED = "BOTWIJZER_TEST_SEED"
"""The variable with the seed of random answers."""
