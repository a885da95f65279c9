"""Makes what ReportLab drew a PDF/A-3a and PDF/UA-1: structure, language, metadata, colour space, associated files.

ReportLab has none of these; pikepdf adds them and writes the file anew, as PDF/A is strict about how streams stand in
it. pikepdf is imported here only. What a PDF says of itself stands in it twice, as XMP and as document properties that
must agree. Title, subject and names hold no identity: they end up in lists of files, in print jobs and on windows.
"""

import io
from collections.abc import Iterator
from html import escape
from typing import get_args

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from desktop_app.library import resource_files
from desktop_app.library.clean_text import cleaned
from desktop_app.papers.document import PrintedDocument
from desktop_app.papers.embedded_file import EmbeddedFile
from desktop_app.papers.pdf.structure import Element, Mark, Tag

pikepdf.settings.set_flate_compression_level(3)  # a fifth less time to save than at the usual 6, for 4 % of size


def finished(drawn: io.BytesIO, structure: Element, document: PrintedDocument) -> bytes:
    """The whole file."""
    with pikepdf.open(drawn) as pdf:
        _Structure(pdf).write(structure)
        _write_catalogue(pdf, document)
        _write_metadata(pdf, document)
        _write_attachments(pdf, document)
        whole = io.BytesIO()
        pdf.save(
            whole,
            min_version="1.7",
            deterministic_id=True,
            fix_metadata_version=False,  # our metadata name no version, and looking for one loads a reader of XML
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return whole.getvalue()


_TAGS = {tag: Name(f"/{tag}") for tag in get_args(Tag)}


class _Structure:
    """Writes the tree of elements, and for each page the way back from a mark to its element."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._owners: list[dict[int, pikepdf.Object]] = [{} for _ in self._pages]

    def write(self, root: Element) -> None:
        """Write all of it."""
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(self._ways_back())))
        tree.ParentTreeNextKey = len(self._pages)
        self._pdf.Root.StructTreeRoot = tree
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        fields: dict[str, object] = {"/S": _TAGS[element.tag], "/P": parent}
        page = next((child.page for child in element.children if isinstance(child, Mark)), None)
        if page is not None:
            fields["/Pg"] = self._pages[page]
        if element.alternative_text:
            fields["/Alt"] = String(element.alternative_text)
        if element.actual_text:
            fields["/ActualText"] = String(element.actual_text)
        if element.tag == "TH":
            fields["/A"] = Dictionary(O=Name.Table, Scope=Name.Column)
        if element.box is not None:
            fields["/A"] = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(element.box))
        written = self._pdf.make_indirect(Dictionary(fields))
        children = [
            self._mark(child, page, written) if isinstance(child, Mark) else self._element(child, written)
            for child in element.children
        ]
        if children:
            written["/K"] = children[0] if len(children) == 1 else Array(children)
        return written

    def _mark(self, mark: Mark, page: int | None, owner: pikepdf.Object) -> pikepdf.Object | int:
        self._owners[mark.page][mark.number] = owner
        if mark.page == page:
            return mark.number
        # An element that goes on on a later page.
        return Dictionary({"/Type": Name.MCR, "/Pg": self._pages[mark.page], "/MCID": mark.number})

    def _ways_back(self) -> list[pikepdf.Object | int]:
        found: list[pikepdf.Object | int] = []
        for number, (page, owners) in enumerate(zip(self._pages, self._owners, strict=True)):
            page.StructParents = number
            page.Tabs = Name.S
            found += [number, self._pdf.make_indirect(Array([owners[mark] for mark in range(len(owners))]))]
        return found


def _write_catalogue(pdf: Pdf, document: PrintedDocument) -> None:
    pdf.Root.Lang = String(document.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = Stream(pdf, resource_files.content("icc", "sRGB.icc"))
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([intent])


def _write_metadata(pdf: Pdf, document: PrintedDocument) -> None:
    """As XMP, which PDF/A asks for, and as the older properties, from which many programs take the title."""
    stream = Stream(pdf, xmp(document))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for name, value in properties(document).items():
        pdf.docinfo[f"/{name}"] = value


def _write_attachments(pdf: Pdf, document: PrintedDocument) -> None:
    if not document.attachments:
        return
    pdf.Root.AF = Array([_attached(pdf, attachment, document) for attachment in document.attachments])


def _attached(pdf: Pdf, attachment: EmbeddedFile, document: PrintedDocument) -> pikepdf.Object:
    moment = properties(document).get("ModDate", "")
    specification = pikepdf.AttachedFileSpec(
        pdf,
        attachment.content,
        filename=attachment.name,
        mime_type=attachment.media_type,
        description=attachment.description,
        creation_date=moment,
        mod_date=moment,
    )
    specification.obj["/AFRelationship"] = Name(f"/{attachment.relationship}")
    pdf.attachments[attachment.name] = specification
    return specification.obj


# --- what the file says of itself -------------------------------------------------------------------------------------

PROGRAM = "Botwijzer"
PRODUCER = "ReportLab, pikepdf"

Parts = tuple[tuple[str, "str | Parts"], ...]
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
