"""`botwijzer letter` and `botwijzer export-fhir`: the letter of one case as a PDF or as text, or as a FHIR document."""

import argparse
from collections.abc import Iterable
from dataclasses import replace

from desktop_app.cli.cases import day_of_clock
from desktop_app.cli.context import OK, UNREADABLE, Context, Refused, leave
from desktop_app.cli.files import case_for, own_settings, save
from desktop_app.cli.output import complain, say
from desktop_app.exchange.made_paper import fhir_document, letter_to_save
from desktop_app.papers.correspondents import Centre, Recipient, recipient_of
from desktop_app.papers.letter.compose import KindNotAllowed, compose_letter
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.letter_kinds import Kind, recipients_for
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.papers.order import PaperOrder, order_paper
from desktop_app.settings.settings import Settings

BY_KIND = {"maxima": "princess_maxima", "committee": "advisory"}
"""Short names of those of whom the directory has one; the other centres go by their own id or name."""


def run_letter(chosen: argparse.Namespace, context: Context) -> int:
    """Write the letter of one case: whole or not at all, and never over another file without being told to."""
    if chosen.output is None and not chosen.text:
        raise Refused([context.message("output_needed")], UNREADABLE)
    kept = own_settings(context)
    chosen_here = {"attach_case": chosen.attach, "attach_plan": chosen.plan}
    kept = kept.model_copy(update={path: is_wanted for path, is_wanted in chosen_here.items() if is_wanted is not None})
    order = replace(_order(chosen, kept, context), with_case=kept.attach_case)
    letter = compose_letter(order)
    if chosen.text:
        return _write_text(letter, chosen.output, context)
    made = letter_to_save(order, letter)
    save(chosen.output, made.pdf, "letter_written", context)
    complain([warning.text for warning in made.warnings])
    leave()
    return OK


def run_export(chosen: argparse.Namespace, context: Context) -> int:
    """Write the letter of one case as a FHIR document, on the same terms."""
    order = _order(chosen, own_settings(context), context)
    letter = compose_letter(order)
    save(chosen.output, fhir_document(order, letter), "export_written", context)
    complain([warning.text for warning in letter.warnings])
    leave()
    return OK


def _order(chosen: argparse.Namespace, kept: Settings, context: Context) -> PaperOrder:
    """What the letter is made of, of the kind and to the centre that were asked for; raises Refused."""
    today = day_of_clock(context)
    case, kind = case_for(chosen, today, context), _kind(chosen.kind, context)
    settings = letter_settings(kept, identity_verified=chosen.identity_verified)
    order = order_paper(case, context.edition, context.phrases, settings, today, kind=kind)
    if order.kind not in order.kinds:
        raise Refused([KindNotAllowed(order.kind, order.kinds).message(context.phrases)], UNREADABLE)
    return replace(order, recipient=_recipient(chosen.recipient, order, context))


def _write_text(letter: Letter, output: str | None, context: Context) -> int:
    """The letter as plain text for a patient record: on standard output, or in a file."""
    text = letter_text(letter)
    if output is None:
        say(text)
    else:
        save(output, text.encode(), "letter_written", context)
    complain([warning.text for warning in letter.warnings])
    return OK


def _kind(given: str | None, context: Context) -> Kind | None:
    """The kind of letter that was asked for; raises Refused for one that does not exist."""
    try:
        return Kind(given) if given else None
    except ValueError:
        raise Refused([context.message("kind_unknown", kind=given, known=", ".join(Kind))], UNREADABLE) from None


def _recipient(given: str | None, order: PaperOrder, context: Context) -> Recipient | None:
    """The centre that was asked for, when a letter of this kind may go there; raises Refused with those that may."""
    if given is None:
        return None
    centres, kind = order.settings.centres, order.kind
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


def _is_named(centre: Centre, given: str) -> bool:
    return given.casefold() in (centre.key, centre.name.casefold()) or BY_KIND.get(given.casefold()) == centre.kind


def _listed(centres: Iterable[Centre]) -> str:
    return ", ".join(f"{centre.key} ({centre.name})" for centre in centres)
