"""What the program says about itself: its purpose, its guideline and the review of that, and its libraries."""

import platform
from collections.abc import Iterator

from desktop_app import __version__
from desktop_app.window.libraries import libraries
from desktop_app.window.services import Services

NOTICES = ("draft_edition", "advice_only", "no_ce_mark", "not_reviewed")


def about_text(services: Services) -> str:
    """The whole text, in the language of the window."""
    return "\n".join(_lines(services))


def _lines(services: Services) -> Iterator[str]:
    words, phrases, guideline = services.window_words, services.phrases, services.edition.tables.guideline
    yield words("about", "text", version=__version__)
    yield ""
    yield words("about", "purpose")
    yield ""
    title = services.edition.names.title(phrases.language)
    yield words("about", "edition", title=title, edition=guideline.id, fingerprint=guideline.sha256[:12])
    yield from (phrases.notice(name) for name in NOTICES)
    yield words("about", "figure")
    yield ""
    yield words("about", "licence")
    yield words("about", "libraries")
    yield f"  Python {platform.python_version()} – PSF-2.0"
    for library in libraries():
        yield f"  {library.name} {library.version or words('about', 'no_version')} – {library.licence}"
    yield words("about", "fonts")
