"""Composes the review of an edition: one document a module, one for what they share, or all in one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.library.phrases import Phrases
from desktop_app.papers.blocks import Block, Opening
from desktop_app.papers.document import DocumentOpening, PrintedDocument, RunningLines
from desktop_app.papers.guideline_review.blocks import ReviewBlocks
from desktop_app.papers.guideline_review.deck_cases import ShownBy
from guideline_core.edition.entries import EditionEntries


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """A part of the review: the name of its file, its title, and its blocks."""

    name: str
    title: str
    blocks: tuple[Block, ...]


class Review:
    """The review of one edition in one language; `sha256` is that of the edition."""

    def __init__(self, texts: EditionEntries, phrases: Phrases, shown_by: Mapping[str, ShownBy], sha256: str) -> None:
        self._texts = texts
        self._phrases = phrases
        self._blocks = ReviewBlocks(texts, phrases, shown_by)
        self._sha256 = sha256

    def parts(self) -> Iterator[ReviewPart]:
        """What the program says of itself, start page and modules in the order of their files, then what they share."""
        for name, module in self._texts.modules.items():
            title = module.title[self._phrases.language]
            if module.module:
                title = self._say("module").format(number=module.module, title=title)
            yield ReviewPart(name.removesuffix(".yaml"), title, tuple(self._blocks.module(module)))
        yield ReviewPart("shared", self._say("shared"), tuple(self._blocks.shared()))

    def document(self, parts: Sequence[ReviewPart]) -> PrintedDocument:
        """Some parts as one document, each beginning with its title."""
        blocks = [block for part in parts for block in (*self._blocks.title(part.title), *part.blocks)]
        about = self._texts.about
        edition = about.title[self._phrases.language] if about is not None else ""
        part = parts[0].title if len(parts) == 1 else edition
        title = self._say("title").format(part=part)
        foot = self._say("foot").format(title=edition, status=self._say("status"), hash=self._sha256[:12])
        return PrintedDocument(
            language=self._phrases.language,
            title=title,
            subject=self._say("subject"),
            blocks=(Opening(), *self._blocks.how_to_read(), *blocks),
            running=RunningLines(title, edition, (foot, self._say("foot_purpose")), self._say("page")),
            opening=DocumentOpening(title, f"{edition}. {self._say('subject')}"),
        )

    def _say(self, key: str) -> str:
        return self._phrases.get("guideline", "review", key)
