"""Runs the command that was chosen: the one door to the commands.

Each command is loaded when it runs, because a command line must answer at once, and what one command needs (the
planner, ReportLab, Qt, a solver) takes far longer to load than another takes to run.
"""

import argparse
from collections.abc import Sequence

from desktop_app.cli.arguments import parser_of_program
from desktop_app.cli.context import Context
from desktop_app.cli.schema import run_schema
from desktop_app.cli.window import open_window, run_open


def run_given(given: Sequence[str], context: Context) -> int:
    """Run what was given on the command line, the window where that names no command; returns the exit status."""
    parser = parser_of_program(context)
    try:
        chosen = parser.parse_args(given)
    except SystemExit as done:  # --help and --version have been printed
        return int(done.code or 0)
    return run_command(chosen, context) if hasattr(chosen, "command") else open_window(context)


def run_command(chosen: argparse.Namespace, context: Context) -> int:
    """Run a command; returns the exit status."""
    match chosen.command:
        case "plan":
            # the model of a case, and the planner
            from desktop_app.cli.plan import run_plan

            return run_plan(chosen, context)
        case "letter" | "export-fhir" | "meeting-sheet" | "patient-sheet":
            return _write_paper(chosen, context)
        case "check-guideline" | "guideline show" | "guideline list":
            return _about_guideline(chosen, context)
        case "guideline review":
            # the papers, and ReportLab
            from desktop_app.cli.guideline_review import run_review

            return run_review(chosen, context)
        case "schema":
            return run_schema(chosen, context)
        case "open":
            return run_open(chosen, context)
    raise AssertionError(f"{chosen.command} is no command")


def _write_paper(chosen: argparse.Namespace, context: Context) -> int:
    # the papers, and what writes them
    from desktop_app.cli import letter, sheets

    runs = {
        "letter": letter.run_letter,
        "export-fhir": letter.run_export,
        "meeting-sheet": sheets.run_meeting_sheet,
        "patient-sheet": sheets.run_patient_sheet,
    }
    return runs[chosen.command](chosen, context)


def _about_guideline(chosen: argparse.Namespace, context: Context) -> int:
    # the readers of an edition and of YAML
    from desktop_app.cli.guideline import run_check, run_list, run_show

    runs = {"check-guideline": run_check, "guideline show": run_show, "guideline list": run_list}
    return runs[chosen.command](chosen, context)
