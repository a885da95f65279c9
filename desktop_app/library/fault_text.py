"""The faults of a case in words, for command line and window."""

from collections.abc import Iterable, Mapping

from desktop_app.library.phrases import Phrases
from guideline_core.case_reading.faults import Fault

_LIMITS = ("ge", "gt", "le", "min_length", "max_length")


def fault_in_words(fault: Fault, phrases: Phrases) -> str:
    """What is wrong and what is expected; where it is, is said by the caller."""
    details = _details_in_words(fault.details, phrases)
    sentences = [phrases.get("faults", "fault", fault.code).format(**details)]
    sentences += [
        phrases.get("faults", "extra", key).format(**details)
        for key in ("given", "suggestion", "elsewhere")
        if key in fault.details and "{" + key + "}" not in phrases.get("faults", "fault", fault.code)
    ]
    return " ".join(sentences)


def lines_of_faults(faults: Iterable[Fault], phrases: Phrases, indent: str = "  ") -> list[str]:
    """One line for each fault: its path, unless it concerns the whole, and what is wrong there."""
    return [f"{indent}{fault.path}{': ' if fault.path else ''}{fault_in_words(fault, phrases)}" for fault in faults]


def _details_in_words(details: Mapping[str, object], phrases: Phrases) -> dict[str, str]:
    words = {key: _in_words(value, phrases) for key, value in details.items()}
    for key in ("expected", "found"):
        kind = phrases.find("faults", "kind", str(details.get(key)))
        if kind is not None:
            words[key] = kind
    told_by_system = phrases.find("command_line", "system", words.get("system", ""))
    if told_by_system is not None:
        words["reason"] = told_by_system
    limits = [phrases.get("faults", "limit", key).format(**words) for key in _LIMITS if key in details]
    return {**words, "limits": f" {phrases.word('and')} ".join(limits)}


def _in_words(value: object, phrases: Phrases) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(item, phrases) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return phrases.number(value) if isinstance(value, int | float) else str(value)
