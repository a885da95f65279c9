"""The clinic's logo, checked and made small before it reaches a letter."""

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.files import read_file
from desktop_app.library.phrases import Phrases
from guideline_core.file_limits import LOGO_BYTES, MEGABYTE

if TYPE_CHECKING:  # Pillow is imported only when there is a logo
    from PIL.Image import Image

MAXIMUM_MEGAPIXELS = 50
PRINTED_PIXELS = (900, 320)  # 300 dots an inch at the largest size on paper
PNG_SIGN, JPEG_SIGN = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
BAD_IMAGE = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, OverflowError)  # what Pillow raises


class LogoRefused(Exception):
    """A file cannot serve as a logo: `key` says why, and `limit` is the number in the phrase."""

    def __init__(self, key: str, limit: int = 0) -> None:
        super().__init__(key)
        self.key = key
        self.details = {"limit": limit}

    def message(self, phrases: Phrases) -> str:
        """Why the letter has no logo, as the end of a sentence."""
        return phrases.get("letter", "logo_refused", self.key).format_map(self.details)


def logo_of(file: Path) -> bytes:
    """The logo in a file, checked and small; raises LogoRefused. Of a file that is far too large no more is read than
    shows that it is."""
    try:
        content = read_file(file, LOGO_BYTES + 1)
    except (OSError, ValueError):
        raise LogoRefused("unreadable") from None
    return checked_logo(content)


@lru_cache(maxsize=4)
def checked_logo(content: bytes) -> bytes:
    """The logo as a small PNG; raises LogoRefused. The size is read from the header: an image bomb is never decoded."""
    if len(content) > LOGO_BYTES:
        raise LogoRefused("too_large_file", LOGO_BYTES // MEGABYTE)
    image = _opened(content)
    if image.width * image.height > MAXIMUM_MEGAPIXELS * 1_000_000:
        raise LogoRefused("too_many_pixels", MAXIMUM_MEGAPIXELS)
    return _as_small_png(image)


def _opened(content: bytes) -> "Image":
    """Header only, by the reader of the format itself: the general one refuses at a size of its own, with a warning."""
    # Pillow is loaded only where there is a logo.
    from PIL import JpegImagePlugin, PngImagePlugin

    for sign, reader in ((PNG_SIGN, PngImagePlugin.PngImageFile), (JPEG_SIGN, JpegImagePlugin.JpegImageFile)):
        if content.startswith(sign):
            try:
                return reader(io.BytesIO(content))
            except BAD_IMAGE:
                raise LogoRefused("damaged") from None
    raise LogoRefused("not_an_image")


def _as_small_png(image: "Image") -> bytes:
    small = io.BytesIO()
    try:
        image.draft("RGB", PRINTED_PIXELS)
        see_through = "A" in image.getbands() or "transparency" in image.info
        mode = "RGBA" if see_through else "RGB"
        flat: Image = image if image.mode == mode else image.convert(mode)  # a copy of 50 megapixels is dear
        flat.thumbnail(PRINTED_PIXELS)
        flat.save(small, format="PNG")
    except BAD_IMAGE:
        raise LogoRefused("damaged") from None
    return small.getvalue()
