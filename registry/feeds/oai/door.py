"""The address `/oai`: one document an answer, errors of the protocol included."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flask import Response, request

from kernel import clock
from registry.feeds.door import address, pages
from registry.feeds.oai.asked import ProtocolRefused, arguments, datestamp
from registry.feeds.oai.records import OAI, XSI, text
from registry.feeds.oai.verbs import VERBS
from registry.feeds.xml import without_controls

SCHEMA = f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
# After these the arguments are not repeated: they may be none.
WITHOUT_ARGUMENTS = ("badVerb", "badArgument")


@pages.route("/oai", methods=["GET", "POST"])
def oai() -> Response:
    """Answers a request of OAI-PMH 2.0."""
    document = Element(f"{{{OAI}}}OAI-PMH", {f"{{{XSI}}}schemaLocation": SCHEMA})
    text(document, "responseDate", datestamp(clock.now()))
    said = text(document, "request", address("/oai"))
    sent = request.args if request.method == "GET" else request.form
    plain = {name: without_controls(value) for name, value in sent.items() if name.isidentifier()}
    try:
        verb, values = arguments(sent)
        VERBS[verb](document, values)
    except ProtocolRefused as error:
        if error.code in WITHOUT_ARGUMENTS:
            plain = {}
        for part in list(document)[2:]:
            document.remove(part)
        SubElement(document, f"{{{OAI}}}error", {"code": error.code}).text = without_controls(error.said)
    said.attrib.update(plain)
    body = ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type="text/xml; charset=utf-8")
