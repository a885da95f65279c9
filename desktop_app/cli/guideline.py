"""`botwijzer check-guideline` and `botwijzer guideline`: whether an edition is in order, and what it says."""

import argparse
import importlib.util
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from time import monotonic

from desktop_app.cli.context import FAULTY, OK, UNREADABLE, Context, Refused
from desktop_app.cli.output import complain, say, width
from desktop_app.library import editions, resource_files
from desktop_app.library.guideline_text import known_ids, looked_up, one_line
from desktop_app.library.sentences import shown_in_line
from desktop_app.plan.combination_table import COMBINATION_TABLE, combination_text
from guideline_core.combinations import combination_table
from guideline_core.edition.faults import EditionFaults
from guideline_core.edition.values import Edition
from guideline_core.file_limits import FAULTS_TOLD
from guideline_core.keys import ENTRY_KINDS


def run_check(chosen: argparse.Namespace, context: Context) -> int:
    """Read an edition, count what is in it, and prove its safety properties."""
    # The reader of files, with YAML and all checks: what was compiled already is shown without it.
    from guideline_core.edition.reading import read_edition

    files, folder = _edition_files(chosen.folder, context)
    try:
        edition = read_edition(files)
    except EditionFaults as error:
        say(context.message("edition_faulty", number=len(error.faults), folder=folder))
        say("\n".join(f"  {shown_in_line(str(fault))}" for fault in error.faults[:FAULTS_TOLD]))
        if len(error.faults) > FAULTS_TOLD:
            say(f"  {context.message('more_faults', number=len(error.faults) - FAULTS_TOLD)}")
        return FAULTY
    say(context.message("edition_read", title=edition.title[context.language]))
    for name, number in _counts(edition):
        say(f"  {number:>5}  {context.phrases.get('command_line', 'count', name)}")
    return _prove(edition, context)


def _edition_files(folder: str | None, context: Context) -> tuple[dict[str, bytes], str]:
    if folder is None:
        return context.library.edition_files, editions.newest_edition()
    try:
        return resource_files.files_in(Path(folder)), folder
    except (OSError, ValueError):
        raise Refused([context.message("no_folder", folder=folder)], UNREADABLE) from None


def _counts(edition: Edition) -> Iterator[tuple[str, int]]:
    treatments = [statement.treatment for statement in edition.statements.values()]
    yield "statements", len(treatments)
    for treatment in ("encoded", "shown", "not_encoded"):
        yield treatment, treatments.count(treatment)
    yield "rules", len(edition.rules)
    yield "reviewed", sum(rule.reviewed_by is not None for rule in edition.rules)
    for name in ("interpretations", "actions", "entities", "bones", "properties"):
        yield name, len(getattr(edition, name))


def _prove(edition: Edition, context: Context) -> int:
    """Prove the safety properties where the solver is installed; elsewhere say that nothing was proved."""
    if importlib.util.find_spec("z3") is None:
        say(context.message("not_proved_here"))
        return OK
    # The solver is installed for development only.
    from guideline_core.proof.prove import prove

    say(context.message("proving"))
    proof = prove(edition, monotonic)
    for line in proof.lines():
        say(f"  {line}")
    return OK if proof.proved else FAULTY


def run_show(chosen: argparse.Namespace, context: Context) -> int:
    """Show what the guideline says under each identifier."""
    status = OK
    for identifier in chosen.identifiers:
        text = _text_under(identifier, context)
        if text is None:
            complain([context.message("unknown_id", identifier=identifier) + _close(identifier, context)])
            status = FAULTY
        else:
            say(text)
    return status


def _text_under(identifier: str, context: Context) -> str | None:
    """What stands under an id, or the page that the planner fills in; None when there is nothing."""
    if identifier == COMBINATION_TABLE:
        table = combination_table(context.edition.planner, context.edition.texts)
        return combination_text(table, context.edition.names, context.phrases, width())
    return looked_up(identifier, context.edition.texts, context.phrases, width())


def _close(identifier: str, context: Context) -> str:
    close = get_close_matches(identifier, [COMBINATION_TABLE, *known_ids(context.edition.texts)], n=1)
    return f" {context.phrases.get('faults', 'extra', 'suggestion').format(suggestion=close[0])}" if close else ""


def run_list(chosen: argparse.Namespace, context: Context) -> int:
    """List what can be shown."""
    texts, phrases = context.edition.texts, context.phrases
    kinds = ENTRY_KINDS if chosen.kind is None else (chosen.kind,)
    for kind in kinds:
        for name, entry in texts.of_kind(kind).items():
            say(f"{name:<40} {one_line(entry, texts, phrases)}")
    return OK
