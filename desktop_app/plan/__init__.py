"""What a plan means in words: as text, as JSON, what changed between two, the pathway as a picture."""
