"""What a PDF says of itself, twice: as XMP and as document properties, which must agree (PDF/A).

Title, subject and names hold no identity: they end up in lists of files, in print jobs and on the frames of windows.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from desktop_app.papers.clean_text import cleaned
from desktop_app.papers.document import PrintedDocument

PROGRAM = "Botwijzer"
PRODUCER = "ReportLab, pikepdf"

Parts = tuple[tuple[str, Any], ...]
"""Elements of XML: each with its name, and either its text or the elements in it."""

SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/A knows nothing of PDF/UA: the one field that PDF/UA adds has to be explained to it.
EXPLAINED_FIELD: Parts = (
    ("pdfaProperty:name", "part"),
    ("pdfaProperty:valueType", "Integer"),
    ("pdfaProperty:category", "internal"),
    ("pdfaProperty:description", "Part of ISO 14289 that the file follows"),
)
EXPLAINED: Parts = (
    ("pdfaSchema:schema", "PDF/UA identification"),
    ("pdfaSchema:namespaceURI", SPACES["pdfuaid"]),
    ("pdfaSchema:prefix", "pdfuaid"),
    ("pdfaSchema:property", (("rdf:Seq", (('rdf:li rdf:parseType="Resource"', EXPLAINED_FIELD),)),)),
)


def properties(document: PrintedDocument) -> dict[str, str]:
    """The document properties, by the names that PDF gives them."""
    found = {
        "Title": cleaned(document.title),
        "Author": PROGRAM,
        "Subject": cleaned(document.subject),
        "Creator": PROGRAM,
        "Producer": PRODUCER,
    }
    if document.made_on is not None:
        found["CreationDate"] = found["ModDate"] = f"D:{document.made_on:%Y%m%d}000000Z"
    return found


def xmp(document: PrintedDocument) -> bytes:
    """The same as XMP, with the standards that the file follows."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())
    explained = ("pdfaExtension:schemas", (("rdf:Bag", (('rdf:li rdf:parseType="Resource"', EXPLAINED),)),))
    description = (f'rdf:Description {spaces} rdf:about=""', (*_fields(document), explained))
    syntax = 'rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    lines = _lines((('x:xmpmeta xmlns:x="adobe:ns:meta/"', ((syntax, (description,)),)),), "")
    begin = '<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    return "\n".join([begin, *lines, "", '<?xpacket end="w"?>', ""]).encode()


def _lines(parts: Parts, indent: str) -> Iterator[str]:
    """Elements as lines of XML; texts are escaped here."""
    for start, content in parts:
        name = start.partition(" ")[0]
        if isinstance(content, str):
            yield f"{indent}<{start}>{escape(content, quote=False)}</{name}>"
        else:
            yield f"{indent}<{start}>"
            yield from _lines(content, f"{indent}  ")
            yield f"{indent}</{name}>"


def _fields(document: PrintedDocument) -> Parts:
    said = properties(document)
    fields = (
        ("pdfaid:part", "3"),
        ("pdfaid:conformance", "A"),
        ("pdfuaid:part", "1"),
        ("dc:format", "application/pdf"),
        ("dc:title", _in_one_language(said["Title"])),
        ("dc:description", _in_one_language(said["Subject"])),
        ("dc:creator", (("rdf:Seq", (("rdf:li", said["Author"]),)),)),
        ("dc:language", (("rdf:Bag", (("rdf:li", document.language),)),)),
        ("xmp:CreatorTool", said["Creator"]),
        ("pdf:Producer", said["Producer"]),
    )
    if document.made_on is None:
        return fields
    moment = f"{document.made_on:%Y-%m-%d}T00:00:00Z"
    return (*fields, ("xmp:CreateDate", moment), ("xmp:ModifyDate", moment))


def _in_one_language(text: str) -> Parts:
    return (("rdf:Alt", (('rdf:li xml:lang="x-default"', text),)),)
