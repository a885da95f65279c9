"""The words in which is declared what an answer may change."""

Effects = frozenset[str]
"""Actions, keys of the referral decision (`referral.…`) and alerts (`alert.…`)."""

NOTHING: Effects = frozenset()
EVERYTHING: Effects = frozenset({"everything"})
"""Says of a field that its answer may change anything; used only where the whole guideline stops applying."""
SCOPE = "scope"
"""The effect that the guideline applies or no longer does, with everything that this brings."""


def changes(effects: str) -> Effects:
    """The effects that a text lists.

    >>> sorted(changes("refer.seek_advice alert.pregnancy"))
    ['alert.pregnancy', 'refer.seek_advice']
    """
    return frozenset(effects.split())
