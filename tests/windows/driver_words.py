"""What the scripts and the tests around them both know, free of Qt."""

PASSPHRASE = "vier rode fietsen in de regen"
