"""Tells a screen reader what changed elsewhere in the window than where the user is.

Whoever sees the window notices a message or another plan at its edge; whoever hears it is told in one sentence. No
sentence that is announced may hold who the patient is: a screen reader speaks aloud.
"""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Have a sentence about a widget spoken: at the next pause, or at once when it is urgent.

    What is not on the screen is not spoken either: a covered case stays silent.
    """
    words = " ".join(text.split())
    if not words or not widget.isVisible():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    _send(event)


def _send(event: QAccessibleAnnouncementEvent) -> None:
    QAccessible.updateAccessibility(event)
