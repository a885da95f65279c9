"""Which commands there are and what each takes; `commands` runs the one that was chosen."""

import argparse
import datetime
import re
from collections.abc import Callable
from typing import TypeAlias

from desktop_app import PROGRAM, __version__
from desktop_app.cli.context import OK, Context
from desktop_app.cli.output import say
from desktop_app.cli.parser import Parser
from guideline_core.keys import ENTRY_KINDS

Subcommands: TypeAlias = "argparse._SubParsersAction[Parser]"
HelpWords = Callable[[str], str]

SUSPICIONS = ("finding", "tumour_open", "probably_benign", "may_be_cancer", "proven_cancer")
KINDS = (
    "referral",
    "request_for_advice",
    "request_for_reassessment",
    "request_for_pathology_review",
    "other_guideline",
    "no_referral_needed",
    "undecided",
)
"""`Suspicion` of the patient sheet and `Kind` of letter, which are not imported for the help of all commands."""


def parser_of_program(context: Context) -> Parser:
    """The parser of all commands; what it gives has `command`, unless no command was named."""

    def words(key: str) -> str:
        return context.phrases.get("command_line", "help", key)

    parser = Parser(prog=PROGRAM, description=words("program"), epilog=words("exit_status")).dress(context)
    version = parser.word("show_version")
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help=version)
    commands = parser.add_subparsers(title=parser.word("commands"), metavar=parser.word("command"))
    papers = (_add_letter, _add_meeting_sheet, _add_patient_sheet, _add_export)
    for add in (_add_plan, *papers, _add_open, _add_check, _add_guideline, _add_schema):
        add(commands, context, words)
    return parser


class _ShowVersion(argparse.Action):
    """--version: of the program, and of the guideline for which it speaks."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print and end."""
        assert isinstance(parser, Parser)
        context = parser.context
        guideline = context.edition.tables.guideline
        title = context.edition.title[context.language]
        say(f"{PROGRAM} {__version__}\n{title} ({guideline.id}, {guideline.sha256[:12]})")
        parser.exit(OK)


def _add_plan(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("plan", help=words("plan"), description=words("plan_long")).dress(context)
    parser.add_argument("files", nargs="+", metavar="CASE.json", help=words("plan_files"))
    _add_patient(parser, words)
    parser.add_argument("--json", action="store_true", help=words("plan_json"))
    parser.add_argument("--all", action="store_true", help=words("plan_all"))
    parser.add_argument("--date", metavar=parser.word("date"), type=_date_type(parser), help=words("plan_date"))
    parser.set_defaults(command="plan")


def _add_patient(parser: Parser, words: HelpWords) -> None:
    parser.add_argument("--patient", metavar="PATIENT.json", help=words("patient"))


def _listed(written: str) -> list[str]:
    """Names with commas between them: a row of words would take in the case that follows."""
    return [name for each in written.split(",") if (name := each.strip())]


def _date_type(parser: Parser) -> Callable[[str], datetime.date]:
    def date(written: str) -> datetime.date:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
            try:
                return datetime.date.fromisoformat(written)
            except ValueError:
                pass
        raise argparse.ArgumentTypeError(parser.word("invalid_date", value=written))

    return date


def _add_letter(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("letter", help=words("letter"), description=words("letter_long")).dress(context)
    _add_document(parser, words, "LETTER.pdf", "letter_output", output_required=False)
    parser.add_argument("--text", action="store_true", help=words("letter_text"))
    _add_choices(parser, words)
    attach = argparse.BooleanOptionalAction
    parser.add_argument("--attach", action=attach, default=None, help=words("letter_attach"))
    parser.add_argument("--plan", action=attach, default=None, help=words("letter_plan"))
    parser.set_defaults(command="letter")


def _add_export(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("export-fhir", help=words("export"), description=words("export_long")).dress(context)
    _add_document(parser, words, "FILE.json", "export_output")
    _add_choices(parser, words)
    parser.set_defaults(command="export-fhir")


def _add_meeting_sheet(commands: Subcommands, context: Context, words: HelpWords) -> None:
    long = words("meeting_sheet_long")
    parser = commands.add_parser("meeting-sheet", help=words("meeting_sheet"), description=long).dress(context)
    _add_document(parser, words, "SHEET.pdf", "sheet_output")
    parser.set_defaults(command="meeting-sheet")


def _add_patient_sheet(commands: Subcommands, context: Context, words: HelpWords) -> None:
    long = words("patient_sheet_long")
    parser = commands.add_parser("patient-sheet", help=words("patient_sheet"), description=long).dress(context)
    _add_document(parser, words, "SHEET.pdf", "sheet_output")
    parser.add_argument(
        "--tick", action="extend", type=_listed, default=[], metavar=parser.word("what"), help=words("patient_tick")
    )
    how_sure = parser.word("how_sure")
    parser.add_argument("--suspicion", choices=SUSPICIONS, metavar=how_sure, help=words("patient_suspicion"))
    parser.add_argument("--for-parents", action="store_true", help=words("patient_parents"))
    parser.set_defaults(command="patient-sheet")


def _add_document(
    parser: Parser, words: HelpWords, output: str, output_help: str, output_required: bool = True
) -> None:
    """What every command takes that writes a document of a case."""
    parser.add_argument("file", metavar="CASE.json", help=words("letter_file"))
    _add_patient(parser, words)
    parser.add_argument("-o", "--output", required=output_required, metavar=output, help=words(output_help))
    parser.add_argument("--force", action="store_true", help=words("letter_force"))


def _add_choices(parser: Parser, words: HelpWords) -> None:
    """What the user settles of a letter, whatever its format: the kind, to whom, and whether the BSN may be on it."""
    parser.add_argument("--kind", metavar=parser.word("kind"), help=words("letter_kind").format(kinds=", ".join(KINDS)))
    parser.add_argument("--recipient", metavar=parser.word("recipient"), help=words("letter_recipient"))
    parser.add_argument("--identity-verified", action="store_true", help=words("letter_identity"))


def _add_open(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("open", help=words("open"), description=words("open_long")).dress(context)
    parser.add_argument("file", metavar=parser.word("file"), help=words("open_file"))
    parser.set_defaults(command="open")


def _add_check(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("check-guideline", help=words("check"), description=words("check_long")).dress(context)
    parser.add_argument("folder", nargs="?", metavar=parser.word("folder"), help=words("check_folder"))
    parser.set_defaults(command="check-guideline")


def _add_guideline(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("guideline", help=words("guideline"), description=words("guideline")).dress(context)
    inner = parser.add_subparsers(title=parser.word("commands"), metavar=parser.word("command"), required=True)
    show = inner.add_parser("show", help=words("guideline_show"), description=words("guideline_show")).dress(context)
    show.add_argument("identifiers", nargs="+", metavar="ID", help=words("guideline_show_id"))
    show.set_defaults(command="guideline show")
    listing = inner.add_parser("list", help=words("guideline_list"), description=words("guideline_list")).dress(context)
    listing.add_argument("kind", nargs="?", choices=ENTRY_KINDS, metavar=parser.word("kind"), help=_kinds_help(words))
    listing.set_defaults(command="guideline list")
    review = inner.add_parser("review", help=words("review"), description=words("review_long")).dress(context)
    review.add_argument("-o", "--output", required=True, metavar=parser.word("file"), help=words("review_output"))
    review.add_argument("--force", action="store_true", help=words("letter_force"))
    review.set_defaults(command="guideline review")


def _kinds_help(words: HelpWords) -> str:
    return f"{words('guideline_list_what')}: {', '.join(ENTRY_KINDS)}"


def _add_schema(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("schema", help=words("schema"), description=words("schema")).dress(context)
    parser.add_argument("which", choices=("case", "plan"), metavar="case|plan", help=words("schema_which"))
    parser.set_defaults(command="schema")
