"""A letter in one step, for tests that look at what became of a case."""

from typing import Any

from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.model import Letter
from desktop_app.papers.order import order_letter


def letter_for(*order: Any, **chosen: Any) -> Letter:
    """Plan a case and make its letter: case, edition, phrases, settings, today, and what was chosen for it."""
    return compose_letter(order_letter(*order, **chosen))
