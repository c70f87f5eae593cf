"""Signatures written into the file: PAdES B-LTA by pyHanko, one revision a signature, the issued text underneath.

The first signature also sets up a field for each signatory, so that a field nobody foresaw is a foreign one. The key
comes from the certificate authority of the demonstration, from a PKCS#12 file the signer brings and nobody keeps, or
from a PKCS#11 device of the site.
"""

import hashlib
import io
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields, timestamps
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, PdfSigningSession, TimestampDSSContentSettings
from pyhanko_certvalidator.errors import PathError, ValidationError

from kernel.errors import Conflict, InvalidInput
from kernel.signing import stamp
from kernel.signing.examine import examine
from kernel.signing.interface import SignedAct, SigningRequest
from kernel.signing.keys import Holder, KeySource
from kernel.signing.recorded import seal_holds, sealed_statement
from kernel.signing.trust import Trust, is_demonstration, time_stamper, trust
from kernel.words import N_, Text

FIELD = "Signature-{number}"
# What proves a time stamp goes into the file before it, so that the last stamp covers the file to its last byte.
PROOFS = DSSContentSettings(
    include_vri=False, next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
)
REFUSALS = (SigningError, PathError, ValidationError, timestamps.TimestampRequestError, PdfError, OSError)


class Pades:
    """A signature in the file, with its proof of time and everything needed to check it years later."""

    def __init__(self, method: str, source: KeySource) -> None:
        self.method, self.source = method, source

    def sign(self, request: SigningRequest) -> SignedAct:
        """Raises InvalidInput on what the signer brought, Conflict where the file or the services do not allow it."""
        evidence, believed = sealed_statement(request), trust(request.at)
        stamper = time_stamper(request.at)
        with self.source.opened(request) as holder:
            _trusted(holder, believed)
            _own(holder, request)
            signed = _signed(request, holder, believed, stamper)
            evidence |= {"certificate": described(holder.certificate), "field": _field(request.place)}
        found = examine(signed, believed)
        own = next((one for one in found.signatures if one.field == evidence["field"]), None)
        if own is None or found.problems:
            said = N_("The signed file does not pass its own check, so nothing was signed: {cause}")
            raise Conflict(Text(said, cause=[one.text for one in found.problems]))
        evidence |= {"file_sha256": hashlib.sha256(signed).hexdigest(), "level": own.level}
        return SignedAct(self.method, evidence, signed)

    def is_intact(self, evidence: dict[str, Any], sha256: str) -> bool:
        """Whether the sealed statement is unchanged; the signature in the file is checked with the file."""
        return seal_holds(evidence, sha256) and "file_sha256" in evidence


def described(certificate: Any) -> dict[str, Any]:
    """What is kept of a certificate beside the file."""
    return {
        "subject": certificate.subject.human_friendly,
        "issuer": certificate.issuer.human_friendly,
        "serial": format(certificate.serial_number, "x"),
        "sha256": certificate.sha256.hex(),
        "demonstration": is_demonstration(certificate),
    }


def _field(number: int) -> str:
    return FIELD.format(number=number)


def _trusted(holder: Holder, believed: Trust) -> None:
    """The signer's certificate must hold on this day before anything is fetched or written in its name."""
    if (since := believed.revoked_at(holder.certificate)) and since <= believed.at:
        said = N_("The certificate of {name} was revoked. Nothing was signed.")
        raise InvalidInput({"certificate": [Text(said, name=holder.certificate.subject.human_friendly)]})
    if not any(root.subject == last.issuer for root in believed.roots for last in (holder.certificate, *holder.chain)):
        said = N_("Nobody this site believes has issued the certificate “{name}”.")
        raise InvalidInput({"certificate": [Text(said, name=holder.certificate.subject.human_friendly)]})


def _own(holder: Holder, request: SigningRequest) -> None:
    """The certificate must name the person who signs, or the organisation whose seal it carries."""
    named = holder.certificate.subject.human_friendly
    if not _names(holder.certificate) & {name for name in (request.name, request.organisation_name) if name}:
        said = N_("The certificate is in another name ({name}) than the signer and the organisation.")
        raise InvalidInput({"certificate": [Text(said, name=named)]})


def _names(certificate: Any) -> set[str]:
    """The names in a subject, whole: part of a longer name is another name. Some authorities join parts by @."""
    values = certificate.subject.native.values()
    listed = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return {part.strip() for one in listed for part in (str(one), *str(one).split("@"))}


class _Signer(PdfSigner):
    """pyHanko's signer on our clock."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def _signed(request: SigningRequest, holder: Holder, believed: Trust, stamper: timestamps.TimeStamper) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(request.present or request.content))
    if request.present is None:
        _fields(writer, request.places)
    with _look(request, holder) as look:
        signer = _Signer(_facts(request, holder, believed), holder.signer, timestamper=stamper, stamp_style=look)
        signer.at = request.at
        try:
            written = signer.sign_pdf(writer)
        except REFUSALS as error:
            said = N_("The signature could not be written: {cause}")
            raise Conflict(Text(said, cause=str(error)[:300])) from error
    return bytes(written.getvalue())


def _facts(request: SigningRequest, holder: Holder, believed: Trust) -> PdfSignatureMetadata:
    """What the signature says of itself, and how far its proofs go."""
    return PdfSignatureMetadata(
        field_name=_field(request.place),
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        use_pades_lta=True,
        validation_context=believed.context(tuple(holder.chain)),
        signer_key_usage={"digital_signature", "non_repudiation"},
        timestamp_field_name=f"Time-{request.place}",
        dss_settings=PROOFS,
        name=request.name,
        reason=request.capacity["zh"],
        location=request.organisation_name or None,
    )


def _look(request: SigningRequest, holder: Holder) -> AbstractContextManager[Any]:
    seal = getattr(request.material, "seal", None)
    return stamp.style(request, demonstration=is_demonstration(holder.certificate), seal=seal)


def _fields(writer: IncrementalPdfFileWriter, count: int) -> None:
    for number, place in enumerate(stamp.places(writer.prev, count), start=1):
        spec = fields.SigFieldSpec(_field(number), on_page=place.page, box=place.box)
        fields.append_signature_field(writer, spec)
