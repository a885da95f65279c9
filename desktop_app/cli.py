"""The command line: `plan`, `check-guideline`, `guideline` and `schema`. Imports what a command needs only when it
runs.

Exit status: 0 success; 1 the guideline has faults, or what was asked for does not exist; 2 the input or the command
cannot be read; 3 an unexpected fault of the program. Messages go to standard error and never hold patient data on
purpose.
"""

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from desktop_app.editions import Library, OpenedEdition
    from desktop_app.phrases import Phrases
    from guideline_core.case import Case
    from guideline_core.case_reading import Fault

PROGRAM = "botwijzer"
DEBUG = "BOTWIJZER_DEBUG"
OK, FAULTY, UNREADABLE, DEFECT, INTERRUPTED = 0, 1, 2, 3, 130
LANGUAGES = ("nl", "en")
STANDARD_INPUT = "-"
NARROWEST, WIDEST, USUAL_WIDTH = 60, 100, 88


class Refused(Exception):
    """The command ends here: what to say on standard error, and the exit status."""

    def __init__(self, lines: Sequence[str], status: int) -> None:
        super().__init__()
        self.lines = lines
        self.status = status


class OutputFailed(Exception):
    """What was to be said could not be written, such as on a full disk."""


class Context:
    """What the commands share, opened when it is first needed."""

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def library(self) -> "Library":
        """Edition and phrases."""
        from desktop_app.editions import Library

        return Library()

    @cached_property
    def phrases(self) -> "Phrases":
        """The words in the chosen language."""
        return self.library.phrases(self.language)

    @cached_property
    def edition(self) -> "OpenedEdition":
        """The edition of the guideline."""
        return self.library.edition()

    def message(self, key: str, **details: object) -> str:
        """A message of the command line."""
        return self.phrases.get("command_line", "message", key).format(**details)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; no fault ends in a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    _start_fast()
    context = Context(_language_of(given))
    try:
        status = _run(given, context)
        _say("")
    except Refused as refused:
        _complain(refused.lines)
        status = refused.status
    except BrokenPipeError:  # whoever read the output has seen enough
        _forget_output()
        status = OK
    except OutputFailed as failed:
        _forget_output()
        _complain([context.message("output_failed", reason=failed)])
        status = DEFECT
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as defect:
        status = _unexpected(defect, context)
    finally:
        gc.enable()
    return status


def _start_fast() -> None:
    """Let no foreign plugin into the reading of a case, and leave the collecting of garbage until there is some.

    Looking for plugins and collecting while modules load take a tenth of a start.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.disable()


def _load(context: Context) -> None:
    """Load what stays; from then on garbage is collected as usual, and what was loaded is not looked at again."""
    _ = context.edition.planner, context.phrases
    gc.freeze()
    gc.enable()


def _run(given: list[str], context: Context) -> int:
    parser = _parser(context)
    try:
        chosen = parser.parse_args(given)
    except SystemExit as done:  # --help and --version have been printed
        return int(done.code or 0)
    if not hasattr(chosen, "run"):
        return _open_window(context)
    run: Callable[[argparse.Namespace, Context], int] = chosen.run
    return run(chosen, context)


def has_screen() -> bool:
    """Whether a window can be shown: Windows and macOS always can, Linux with a display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _open_window(context: Context, file: "Path | None" = None) -> int:
    """Open the window; without a screen do the main job on an example and say so."""
    if not has_screen():
        from desktop_app.demonstration import demonstrate

        return demonstrate(context, _say, _complain)
    from importlib import import_module

    return int(import_module("desktop_app.window_start").main(file))


# --- output -----------------------------------------------------------------------------------------------------------


def _speak_utf8() -> None:
    """UTF-8 whatever the locale says; a file name that is no text is shown with escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(text: str) -> None:
    """Write text as lines of its own; without text, write what is still waiting to be written."""
    if sys.stdout is None:
        return
    try:
        if text:
            sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        else:
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(error.strerror) from None


def _complain(lines: Sequence[str]) -> None:
    try:
        print(*lines, sep="\n", file=sys.stderr)
    except OSError:
        return  # there is nobody left to tell


def _forget_output() -> None:
    """Let nothing more be written, or Python complains of the closed pipe when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _width() -> int:
    """As wide as the terminal within reason; always the same in a file or pipe."""
    if sys.stdout is None or not sys.stdout.isatty():
        return USUAL_WIDTH
    from shutil import get_terminal_size

    return max(NARROWEST, min(WIDEST, get_terminal_size((USUAL_WIDTH, 24)).columns - 1))


def _unexpected(defect: Exception, context: Context) -> int:
    """Say that something went wrong, where, and what to do; never the message of the defect, which may hold patient
    data."""
    if os.environ.get(DEBUG) == "1":
        from traceback import print_exception

        print_exception(defect)
    from desktop_app.resource_files import ResourceMissing

    kind, place = type(defect).__name__, _place_of(defect)
    try:
        if isinstance(defect, ResourceMissing):
            text = context.message("resources_missing", reason=defect)
        else:
            text = context.message("unexpected", kind=kind, place=place)
    except Exception:  # without resources there are no words either
        text = f"Botwijzer: {kind}, {place}: {defect if isinstance(defect, ResourceMissing) else ''}"
    _complain([text])
    return DEFECT


def _place_of(defect: BaseException) -> str:
    """File and line of the innermost own code: enough to find a defect, and no patient data."""
    place = ""
    own = os.path.dirname(__file__)
    folders = (own, os.path.join(os.path.dirname(own), "guideline_core"))
    trace = defect.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(folders):
            place = f"{os.path.basename(name)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


# --- arguments --------------------------------------------------------------------------------------------------------


def _language_of(given: Sequence[str]) -> str:
    """The language that was asked for: looked up before the rest, for help and faults are in it as well."""
    for number, word in enumerate(given):
        value = given[number + 1] if word == "--language" and number + 1 < len(given) else ""
        value = word.partition("=")[2] if word.startswith("--language=") else value
        if value in LANGUAGES:
            return value
    return LANGUAGES[0]


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the chosen language; argparse itself speaks the language of the system."""

    context: Context

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})

    def dress(self, context: Context) -> "_Parser":
        """Give the parser its words and the options that each command has."""
        self.context = context
        self._positionals.title = self.word("positional_arguments")
        self._optionals.title = self.word("options")
        self.add_argument("-h", "--help", action="help", help=self.word("show_help"))
        described = context.phrases.get("command_line", "help", "language")
        self.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=described)
        return self

    def word(self, key: str, **details: object) -> str:
        """A word of usage."""
        return self.context.phrases.get("command_line", "usage", key).format(**details)

    def format_usage(self) -> str:
        """The usage line, in the chosen language."""
        return self._translated(super().format_usage())

    def format_help(self) -> str:
        """The help, in the chosen language."""
        return self._translated(super().format_help())

    def _translated(self, text: str) -> str:
        return text.replace("usage:", self.word("usage"), 1)

    def error(self, message: str) -> NoReturn:
        """Refuse a command that cannot be understood."""
        hint = self.word("see_help", program=self.prog)
        raise Refused([f"{self.prog}: {self._refusal(message)}.", hint], UNREADABLE)

    def _refusal(self, message: str) -> str:
        for pattern, key in _REFUSALS:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                problem = self.word(key, **{name: _unquoted(part) for name, part in found.groupdict().items()})
                return f"{found['name']}: {problem}" if "name" in found.groupdict() else problem
        name, _, own = message.removeprefix("argument ").partition(": ")
        return f"{name}: {own}" if own else message


_REFUSALS = (
    (r"the following arguments are required: (?P<what>.*)", "required"),
    (r"unrecognized arguments: (?P<what>.*)", "unrecognised"),
    (r"argument (?P<name>.*?): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)", "invalid_choice"),
    (r"argument (?P<name>.*?): expected one argument", "expected_one"),
    (r"argument (?P<name>.*?): expected at least one argument", "expected_one"),
    (r"argument (?P<name>.*?): ignored explicit argument .*", "expected_none"),
)


def _unquoted(text: str) -> str:
    return text.replace("'", "")


def _parser(context: Context) -> _Parser:
    def words(key: str) -> str:
        return context.phrases.get("command_line", "help", key)

    parser = _Parser(prog=PROGRAM, description=words("program"), epilog=words("exit_status")).dress(context)
    version = parser.word("show_version")
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help=version)
    commands = parser.add_subparsers(title=parser.word("commands"), metavar=parser.word("command"))
    for add in (_add_plan, _add_letter, _add_open, _add_check, _add_guideline, _add_schema):
        add(commands, context, words)
    return parser


class _ShowVersion(argparse.Action):
    """--version: of the program, and of the guideline for which it speaks."""

    def __call__(self, parser: Any, *_: Any) -> None:
        """Print and end."""
        from desktop_app import __version__

        context = parser.context
        guideline = context.edition.tables.guideline
        title = context.edition.title[context.language]
        _say(f"{PROGRAM} {__version__}\n{title} ({guideline.id}, {guideline.sha256[:12]})")
        parser.exit(OK)


Subcommands = Any
HelpWords = Callable[[str], str]


def _add_plan(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("plan", help=words("plan"), description=words("plan_long")).dress(context)
    parser.add_argument("files", nargs="+", metavar="CASE.json", help=words("plan_files"))
    parser.add_argument("--json", action="store_true", help=words("plan_json"))
    parser.add_argument("--all", action="store_true", help=words("plan_all"))
    parser.add_argument("--date", metavar=parser.word("date"), type=_date_type(parser), help=words("plan_date"))
    parser.set_defaults(run=_plan)


def _date_type(parser: _Parser) -> "Callable[[str], datetime.date]":
    def date(written: str) -> "datetime.date":
        import datetime

        if re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
            try:
                return datetime.date.fromisoformat(written)
            except ValueError:
                pass
        raise argparse.ArgumentTypeError(parser.word("invalid_date", value=written))

    return date


def _add_letter(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("letter", help=words("letter"), description=words("letter_long")).dress(context)
    parser.add_argument("file", metavar="CASE.json", help=words("letter_file"))
    parser.add_argument("-o", "--output", required=True, metavar="LETTER.pdf", help=words("letter_output"))
    parser.add_argument("--force", action="store_true", help=words("letter_force"))
    parser.add_argument("--identity-verified", action="store_true", help=words("letter_identity"))
    parser.set_defaults(run=_letter)


def _add_open(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("open", help=words("open"), description=words("open_long")).dress(context)
    parser.add_argument("file", metavar="CASE.json", help=words("letter_file"))
    parser.set_defaults(run=_open)


def _open(chosen: argparse.Namespace, context: Context) -> int:
    from pathlib import Path

    if not has_screen():
        raise Refused([context.message("no_screen")], UNREADABLE)
    return _open_window(context, Path(chosen.file))


def _add_check(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("check-guideline", help=words("check"), description=words("check_long")).dress(context)
    parser.add_argument("folder", nargs="?", metavar=parser.word("folder"), help=words("check_folder"))
    parser.set_defaults(run=_check_guideline)


def _add_guideline(commands: Subcommands, context: Context, words: HelpWords) -> None:
    from guideline_core.compiled_form import LOOKED_UP

    parser = commands.add_parser("guideline", help=words("guideline"), description=words("guideline")).dress(context)
    inner = parser.add_subparsers(title=parser.word("commands"), metavar=parser.word("command"), required=True)
    show = inner.add_parser("show", help=words("guideline_show"), description=words("guideline_show")).dress(context)
    show.add_argument("identifiers", nargs="+", metavar="ID", help=words("guideline_show_id"))
    show.set_defaults(run=_show)
    listing = inner.add_parser("list", help=words("guideline_list"), description=words("guideline_list")).dress(context)
    listing.add_argument("kind", nargs="?", choices=LOOKED_UP, metavar=parser.word("kind"), help=_kinds_help(words))
    listing.set_defaults(run=_list)


def _kinds_help(words: HelpWords) -> str:
    from guideline_core.compiled_form import LOOKED_UP

    return f"{words('guideline_list_what')}: {', '.join(LOOKED_UP)}"


def _add_schema(commands: Subcommands, context: Context, words: HelpWords) -> None:
    parser = commands.add_parser("schema", help=words("schema"), description=words("schema")).dress(context)
    parser.add_argument("which", choices=("case", "plan"), metavar="case|plan", help=words("schema_which"))
    parser.set_defaults(run=_schema)


# --- plan -------------------------------------------------------------------------------------------------------------


def _plan(chosen: argparse.Namespace, context: Context) -> int:
    import datetime

    today = chosen.date or datetime.date.today()
    _load(context)
    cases = _read_all(chosen.files, today, context)
    if chosen.json:
        return _plan_as_json(cases, today, chosen.all, context)
    return _plan_as_text(cases, today, chosen.all, context)


def _plan_as_json(
    cases: "Sequence[tuple[str, Case]]", today: "datetime.date", everything: bool, context: Context
) -> int:
    import json

    from desktop_app.plan_json import excluded_recommendations, plan_as_data

    edition, title = context.edition, context.edition.title[context.language]
    for _, case in cases:
        day = case.reference_date or today
        plan = edition.planner.make_plan(case, day)
        excluded = excluded_recommendations(plan, case, day, edition) if everything else ()
        _say(json.dumps(plan_as_data(plan, title, context.phrases, excluded), ensure_ascii=False))
    return OK


def _plan_as_text(
    cases: "Sequence[tuple[str, Case]]", today: "datetime.date", everything: bool, context: Context
) -> int:
    from desktop_app.plan_json import excluded_pairs
    from desktop_app.plan_text import plan_as_text

    edition, width = context.edition, _width()
    for number, (name, case) in enumerate(cases, 1):
        if len(cases) > 1:
            heading = context.message("case_number", number=number, total=len(cases), name=name)
            _say(f"{'' if number == 1 else chr(10)}{'=' * width}\n{heading}\n{'=' * width}\n")
        plan = edition.planner.make_plan(case, case.reference_date or today)
        excluded = excluded_pairs(plan, edition) if everything else None
        _say(plan_as_text(plan, edition.names, context.phrases, width, excluded))
    return OK


def _read_all(files: Sequence[str], today: "datetime.date", context: Context) -> "list[tuple[str, Case]]":
    """Read every case before the first plan is made; raises Refused with all faults of all files."""
    from guideline_core.case_reading import CaseFaults, Fault
    from guideline_core.fields import without_age_beside_birth_date

    found: list[tuple[str, Case]] = []
    faulty: list[tuple[str, tuple[Fault, ...]]] = []
    for number, file in enumerate(files):
        name = context.message("standard_input") if file == STANDARD_INPUT else file
        try:
            if file == STANDARD_INPUT and STANDARD_INPUT in files[:number]:
                raise CaseFaults([Fault("", "stdin_twice")])
            case = context.edition.read_case(_content_of(file), today)
            found.append((name, without_age_beside_birth_date(case)))
            _tell_of_age(name, case, today, context)
        except CaseFaults as error:
            faulty.append((name, error.faults))
    if faulty:
        raise Refused(list(_refusal_of_cases(faulty, context)), UNREADABLE)
    return found


def _tell_of_age(name: str, case: "Case", today: "datetime.date", context: Context) -> None:
    """Say so when the age of a case is of before a birthday."""
    from guideline_core.answers import age_on

    birth_date, years = case.patient.birth_date, case.patient.age_years
    if birth_date is not None and years not in (None, age_on(birth_date, case.reference_date or today)):
        _complain([f"{name}: {context.message('age_is_old', years=years)}"])


def _refusal_of_cases(faulty: "Sequence[tuple[str, tuple[Fault, ...]]]", context: Context) -> Iterator[str]:
    from desktop_app.fault_text import lines_of_faults

    yield context.message("case_refused", number=sum(len(faults) for _, faults in faulty))
    for name, faults in faulty:
        yield f"{name}:"
        yield from lines_of_faults(faults, context.phrases)


def _content_of(file: str) -> bytes:
    """The content of a file or of standard input; no more is read than a case can hold."""
    from guideline_core.case_reading import LARGEST_BYTES, CaseFaults, Fault

    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(LARGEST_BYTES + 1)
        with open(file, "rb") as opened:
            return opened.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        fault = Fault("", "file_missing")
    except IsADirectoryError:
        fault = Fault("", "file_is_folder")
    except PermissionError:  # what Windows says of a folder
        fault = Fault("", "file_is_folder" if os.path.isdir(file) else "file_not_allowed")
    except (OSError, ValueError, AttributeError) as error:
        fault = Fault("", "file_unreadable", {"reason": getattr(error, "strerror", None) or type(error).__name__})
    raise CaseFaults([fault])


# --- letter -----------------------------------------------------------------------------------------------------------


def _letter(chosen: argparse.Namespace, context: Context) -> int:
    """Write the letter of one case as PDF: whole or not at all, and never over another file without being told to."""
    import datetime
    from pathlib import Path

    from desktop_app.letter.pdf import write_letter
    from desktop_app.letter.writing import letter_for, letter_settings, warnings_of
    from desktop_app.settings import load_settings, write_whole
    from desktop_app.settings_file import default_path

    target, today = Path(chosen.output), datetime.date.today()
    if os.path.lexists(target) and not chosen.force:
        raise Refused([context.message("file_exists", file=target)], UNREADABLE)
    _load(context)
    [(_, case)] = _read_all([chosen.file], today, context)
    settings = letter_settings(load_settings(default_path()).settings, identity_verified=chosen.identity_verified)
    letter = letter_for(case, context.edition, context.phrases, settings, today)
    written = write_letter(letter)
    try:
        write_whole(target, written.content)
    except OSError as error:
        raise Refused([context.message("not_saved", file=target, reason=error.strerror)], UNREADABLE) from None
    _complain([warning.text for warning in warnings_of(letter, written, context.phrases)])
    _say(context.message("letter_written", file=target))
    return OK


# --- the guideline ----------------------------------------------------------------------------------------------------


def _check_guideline(chosen: argparse.Namespace, context: Context) -> int:
    from guideline_core.edition_reader import EditionFaults, read_edition

    files, folder = _edition_files(chosen.folder, context)
    try:
        edition = read_edition(files)
    except EditionFaults as error:
        _say(context.message("edition_faulty", number=len(error.faults), folder=folder))
        _say("\n".join(f"  {fault}" for fault in error.faults))
        return FAULTY
    _say(context.message("edition_read", title=edition.title[context.language]))
    for name, number in _counts(edition):
        _say(f"  {number:>5}  {context.phrases.get('command_line', 'count', name)}")
    return _prove(edition, context)


def _edition_files(folder: str | None, context: Context) -> tuple[dict[str, bytes], str]:
    from pathlib import Path

    from desktop_app import editions, resource_files

    if folder is None:
        return context.library.edition_files, editions.newest_edition()
    try:
        return resource_files.files_in(Path(folder)), folder
    except (OSError, ValueError):
        raise Refused([context.message("no_folder", folder=folder)], UNREADABLE) from None


def _counts(edition: Any) -> Iterator[tuple[str, int]]:
    treatments = [statement.treatment for statement in edition.statements.values()]
    yield "statements", len(treatments)
    for treatment in ("encoded", "shown", "not_encoded"):
        yield treatment, treatments.count(treatment)
    yield "rules", len(edition.rules)
    yield "reviewed", sum(rule.reviewed_by is not None for rule in edition.rules)
    for name in ("interpretations", "actions", "entities", "bones", "properties"):
        yield name, len(getattr(edition, name))


def _prove(edition: Any, context: Context) -> int:
    """Prove the safety properties where the solver is installed; elsewhere say that nothing was proved."""
    from importlib.util import find_spec

    if find_spec("z3") is None:
        _say(context.message("not_proved_here"))
        return OK
    from importlib import import_module
    from time import monotonic

    _say(context.message("proving"))
    proof = import_module("guideline_core.proof.prove").prove(edition, monotonic)
    for line in proof.lines():
        _say(f"  {line}")
    return OK if proof.proved else FAULTY


def _show(chosen: argparse.Namespace, context: Context) -> int:
    from desktop_app.guideline_text import looked_up

    status = OK
    for identifier in chosen.identifiers:
        text = looked_up(identifier, context.edition.texts, context.phrases, _width())
        if text is None:
            _complain([context.message("unknown_id", identifier=identifier) + _close(identifier, context)])
            status = FAULTY
        else:
            _say(text)
    return status


def _close(identifier: str, context: Context) -> str:
    from difflib import get_close_matches

    from desktop_app.guideline_text import known_ids

    close = get_close_matches(identifier, [name for _, name in known_ids(context.edition.texts)], n=1)
    return f" {context.phrases.get('faults', 'extra', 'suggestion').format(suggestion=close[0])}" if close else ""


def _list(chosen: argparse.Namespace, context: Context) -> int:
    from desktop_app.guideline_text import known_ids, one_line
    from guideline_core.compiled_form import LOOKED_UP

    texts, phrases = context.edition.texts, context.phrases
    kinds = LOOKED_UP if chosen.kind is None else (chosen.kind,)
    for kind in kinds:
        for _, name in known_ids(texts, [kind]):
            _say(f"{name:<40} {one_line(kind, name, texts, phrases)}")
    return OK


def _schema(chosen: argparse.Namespace, context: Context) -> int:
    from desktop_app import resource_files

    _say(resource_files.content("schema", f"{chosen.which}.schema.json").decode())
    return OK
