"""Chooses what is on the screen: plan or letter, a step, the next question, a trial of another answer."""

from functools import partial

from desktop_app.window.command import Command, Menu, Place
from desktop_app.window.parts.content import WindowContent
from desktop_app.wizard.flow import STEPS


def view_commands(content: WindowContent) -> tuple[Command, ...]:
    """The commands of this content. They are replaced with it when the language changes."""
    return (
        Command("show_plan", Place(Menu.VIEW, 1, 1), content.show_plan, "F7"),
        Command("show_letter", Place(Menu.VIEW, 1, 2), content.show_letter, "F8"),
        Command("next_question", Place(Menu.VIEW, 1, 3), content.go_to_next_question, button_keys="F6"),
        Command("what_if", Place(Menu.VIEW, 1, 4), content.try_at_hand, "F9"),
        *(_step_command(content, step, number) for number, step in enumerate(STEPS, 1)),
    )


def _step_command(content: WindowContent, step: str, number: int) -> Command:
    go, words = partial(content.go_to_step, step), ("plan", "step", step)
    return Command(f"step:{step}", Place(Menu.VIEW, 2, number), go, f"Alt+{number}", words=words)
