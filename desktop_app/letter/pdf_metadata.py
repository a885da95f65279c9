"""What a PDF says of itself, twice: as XMP and as document properties, which must agree (PDF/A).

Title, subject and names hold no identity: they end up in lists of files, in print jobs and on the frames of windows.
"""

from xml.sax.saxutils import escape

from desktop_app.letter.clean_text import cleaned
from desktop_app.letter.printed_document import PrintedDocument

PROGRAM = "Botwijzer"
PRODUCER = "ReportLab, pikepdf"

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
EXPLAINED = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{SPACES['pdfuaid']}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
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
    whole = (
        '<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces}>{_fields(document)}{EXPLAINED}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return whole.encode()


def _fields(document: PrintedDocument) -> str:
    said = {name: escape(value) for name, value in properties(document).items()}
    fields = {
        "pdfaid:part": "3",
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
        "dc:format": "application/pdf",
        "dc:title": _in_one_language(said["Title"]),
        "dc:description": _in_one_language(said["Subject"]),
        "dc:creator": f"<rdf:Seq><rdf:li>{said['Author']}</rdf:li></rdf:Seq>",
        "dc:language": f"<rdf:Bag><rdf:li>{document.language}</rdf:li></rdf:Bag>",
        "xmp:CreatorTool": said["Creator"],
        "pdf:Producer": said["Producer"],
    }
    if document.made_on is not None:
        fields["xmp:CreateDate"] = fields["xmp:ModifyDate"] = f"{document.made_on:%Y-%m-%d}T00:00:00Z"
    return "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())


def _in_one_language(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'
