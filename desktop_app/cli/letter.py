"""`botwijzer letter` and `botwijzer export-fhir`: the letter of one case as a PDF or as text, or as a FHIR document."""

import argparse
from typing import TYPE_CHECKING

from desktop_app.cli.context import OK, UNREADABLE, Context, Refused, leave
from desktop_app.cli.files import case_for, own_settings, save
from desktop_app.cli.output import complain, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.papers.letter.model import Kind, Letter, Recipient
    from desktop_app.papers.order import LetterOrder
    from desktop_app.papers.sender import Centre
    from desktop_app.settings.settings import Settings

BY_KIND = {"maxima": "princess_maxima", "committee": "advisory"}
"""Short names of those of whom the directory has one; the other centres go by their own id or name."""


def run_letter(chosen: argparse.Namespace, context: Context) -> int:
    """Write the letter of one case: whole or not at all, and never over another file without being told to."""
    from desktop_app.exchange.finished_letter import make_letter

    if chosen.output is None and not chosen.text:
        raise Refused([context.message("output_needed")], UNREADABLE)
    kept = own_settings()
    made = make_letter(_order(chosen, kept, context))
    if chosen.text:
        return _write_text(made.letter, chosen.output, context)
    attach = kept.attach_case if chosen.attach is None else chosen.attach
    document = made.finished() if attach else made.bare
    save(chosen.output, document.pdf, context)
    complain([warning.text for warning in document.warnings])
    say(context.message("letter_written", file=chosen.output))
    leave()
    return OK


def run_export(chosen: argparse.Namespace, context: Context) -> int:
    """Write the letter of one case as a FHIR document, on the same terms."""
    from desktop_app.exchange.finished_letter import make_letter

    made = make_letter(_order(chosen, own_settings(), context))
    save(chosen.output, made.fhir_document(), context)
    complain([warning.text for warning in made.letter.warnings])
    say(context.phrases.get("exchange", "export", "written").format(file=chosen.output))
    leave()
    return OK


def _order(chosen: argparse.Namespace, kept: "Settings", context: Context) -> "LetterOrder":
    """What the letter is made of, of the kind and to the centre that were asked for; raises Refused."""
    import datetime
    from dataclasses import replace

    from desktop_app.papers.kinds import kinds_for
    from desktop_app.papers.order import order_letter
    from desktop_app.papers.writing import letter_settings

    today = datetime.date.today()
    case, kind = case_for(chosen, today, context), _kind(chosen.kind, context)
    settings = letter_settings(kept, identity_verified=chosen.identity_verified)
    order = order_letter(case, context.edition, context.phrases, settings, today, kind=kind)
    allowed = kinds_for(order.plan, context.edition.tables.actions)
    if kind is not None and kind not in allowed:
        raise Refused([context.message("kind_not_allowed", kind=kind, allowed=", ".join(allowed))], UNREADABLE)
    return replace(order, recipient=_recipient(chosen.recipient, order, kind or allowed[0], context))


def _write_text(letter: "Letter", output: str | None, context: Context) -> int:
    """The letter as plain text for a patient record: on standard output, or in a file."""
    from desktop_app.papers.letter.plain_text import letter_text

    text = letter_text(letter)
    if output is None:
        say(text)
    else:
        save(output, text.encode(), context)
    complain([warning.text for warning in letter.warnings])
    if output is not None:
        say(context.message("letter_written", file=output))
    return OK


def _kind(given: str | None, context: Context) -> "Kind | None":
    """The kind of letter that was asked for; raises Refused for one that does not exist."""
    from desktop_app.papers.letter.model import Kind

    try:
        return Kind(given) if given else None
    except ValueError:
        raise Refused([context.message("kind_unknown", kind=given, known=", ".join(Kind))], UNREADABLE) from None


def _recipient(given: str | None, order: "LetterOrder", kind: "Kind", context: Context) -> "Recipient | None":
    """The centre that was asked for, when a letter of this kind may go there; raises Refused with those that may."""
    from desktop_app.papers.kinds import recipients_for
    from desktop_app.papers.recipients import recipient_of

    if given is None:
        return None
    centres = order.settings.centres
    allowed = recipients_for(order.plan, kind, centres)
    if not allowed:
        raise Refused([context.message("recipient_is_doctor", kind=kind)], UNREADABLE)
    named = [centre for centre in centres.values() if _is_named(centre, given)]
    for centre in named:
        if centre in allowed:
            return recipient_of(centre)
    key = "recipient_not_allowed" if named else "recipient_unknown"
    message = context.message(key, recipient=given, kind=kind, allowed=_listed(allowed))
    raise Refused([message], UNREADABLE)


def _is_named(centre: "Centre", given: str) -> bool:
    return given.casefold() in (centre.key, centre.name.casefold()) or BY_KIND.get(given.casefold()) == centre.kind


def _listed(centres: "Iterable[Centre]") -> str:
    return ", ".join(f"{centre.key} ({centre.name})" for centre in centres)
