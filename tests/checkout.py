"""Where the checkout and its parts are, for tests that read files or start programs."""

from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
EXAMPLES = CHECKOUT / "resources" / "examples"
