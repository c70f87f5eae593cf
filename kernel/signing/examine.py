"""What a signed file says of itself: every signature and time stamp in it, and whether each of them holds.

pyHanko's check alone lets garbage after the end pass, and a file cut back to its first signature. Here the last time
stamp must reach to the last byte, every signature must pass the AdES check at level B-LTA, and no certificate may have
been revoked when it signed. Who had to sign, and which bytes were signed, is asked of the log: `kernel.documents`.
"""

import asyncio
import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from kernel.signing.trust import Trust
from kernel.words import N_, Text

UNREADABLE = Exception  # the readers below raise anything over bytes that somebody wrote to break them
WORDS = {
    "unreadable": N_("The file is not a PDF that can be read to its end."),
    "garbage": N_("Bytes stand after the end of the file that no signature covers."),
    "appended": N_("A revision was appended after the last signature and its time stamp."),
    "changed": N_("The content that {signer} signed was changed."),
    "revoked": N_("The certificate of {signer} was revoked before it signed."),
    "untrusted": N_("The signature of {signer} does not pass the check ({cause})."),
    "timestamp": N_("A time stamp of the signature of {signer} was changed or is not to be believed."),
}
_QUIET = logging.getLogger("pyhanko")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a code for programs, words for people, the revision it stands in (from 1)."""

    code: str
    text: Text
    revision: int | None = None


@dataclass(frozen=True)
class Found:
    """One signature in a file."""

    field: str
    revision: int
    signer: str
    stamped_at: datetime | None
    level: str
    status: str
    certificate_sha256: str


@dataclass(frozen=True)
class Examined:
    """The signatures of a file, its time stamps over the whole, and what is wrong with it."""

    signatures: tuple[Found, ...]
    stamps: tuple[datetime, ...]
    revisions: int
    problems: tuple[Problem, ...]


def examine(content: bytes, believed: Trust) -> Examined:
    """Everything a file says of its own signatures. Never raises over a file."""
    level, _QUIET.disabled = _QUIET.disabled, True
    try:
        reader = PdfFileReader(io.BytesIO(content))
        return _examined(reader, content, believed)
    except UNREADABLE:
        return Examined((), (), 0, (_problem("unreadable"),))
    finally:
        _QUIET.disabled = level


def _examined(reader: PdfFileReader, content: bytes, believed: Trust) -> Examined:
    problems: list[Problem] = []
    signatures = []
    for embedded in reader.embedded_regular_signatures:
        found, wrong = _signature(embedded, believed)
        signatures.append(found)
        problems += wrong
    stamps = list(reader.embedded_timestamp_signatures)
    problems += _ending(reader, content, [*reader.embedded_regular_signatures, *stamps])
    moments = tuple(filter(None, map(_stamp_of, stamps)))
    return Examined(tuple(signatures), moments, reader.total_revisions, tuple(problems))


def _signature(embedded: EmbeddedPdfSignature, believed: Trust) -> tuple[Found, list[Problem]]:
    signer = str(embedded.signer_cert.subject.native.get("common_name", embedded.field_name))
    revision = int(embedded.signed_revision) + 1
    status, level, problems = "PASSED", "B-LTA", list[Problem]()
    try:
        embedded.compute_integrity_info()
        result = asyncio.run(_ades(embedded, believed))
        status = str(result.ades_subindic.standard_name)
        problems += _judged(embedded, result, believed, signer, revision)
        level = _level(embedded, result)
    except UNREADABLE as error:
        status = type(error).__name__
        problems.append(_problem("untrusted", revision, signer=signer, cause=str(error)[:200]))
    stamped = _stamped_at(embedded)
    fingerprint = embedded.signer_cert.sha256.hex()
    return Found(str(embedded.field_name), revision, signer, stamped, level, status, fingerprint), problems


def _judged(
    embedded: EmbeddedPdfSignature, result: Any, believed: Trust, signer: str, revision: int
) -> Iterator[Problem]:
    """What is wrong with one signature, the most telling first."""
    api = result.api_status
    stamped = _stamped_at(embedded)
    since = believed.revoked_at(embedded.signer_cert)
    stamp = result.signature_timestamp_status
    if api is None or not (api.intact and api.valid):
        yield _problem("changed", revision, signer=signer)
    elif since and stamped and since <= stamped:
        yield _problem("revoked", revision, signer=signer)
    elif stamp is None or str(stamp.ades_subindic.standard_name) != "OK":
        yield _problem("timestamp", revision, signer=signer)
    elif str(result.ades_subindic.standard_name) != "OK":
        cause = result.failure_msg or result.ades_subindic.standard_name
        yield _problem("untrusted", revision, signer=signer, cause=str(cause)[:200])
    elif api.coverage < SignatureCoverageLevel.ENTIRE_REVISION or not api.bottom_line:
        yield _problem("appended", revision, signer=signer)


def _level(embedded: EmbeddedPdfSignature, result: Any) -> str:
    """The level of long-term proof that was reached."""
    if result.oldest_evidence_record_timestamp is not None:
        return "B-LTA"
    return "B-T" if result.signature_timestamp_status is not None else "B-B"


async def _ades(embedded: EmbeddedPdfSignature, believed: Trust) -> Any:
    """The check of ETSI EN 319 102-1 for long-term signatures, on what is known here: nothing is fetched."""
    rule = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
    # Of a certificate that expired since, only the lists that were put into the file in its time can speak.
    signer = embedded.signer_cert
    expired = signer.not_valid_after <= believed.at
    lists = [one for one in believed.lists if not (expired and one.issuer == signer.issuer)]
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=list(believed.roots)),
        revinfo_policy=CertRevTrustPolicy(
            RevocationCheckingPolicy(ee_certificate_rule=rule, intermediate_ca_cert_rule=rule)
        ),
    )
    spec = SignatureValidationSpec(
        cert_validation_policy=policy,
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(known_crls=[CRLContainer(one) for one in lists]),
        key_usage_settings=KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        ),
    )
    timing = ValidationTimingInfo(believed.at, believed.at, point_in_time_validation=False)
    return await ades_lta_validation(embedded, PdfSignatureValidationSpec(spec), timing)


def _ending(reader: PdfFileReader, content: bytes, found: list[EmbeddedPdfSignature]) -> list[Problem]:
    """Whether the last signature or stamp reaches to the last byte: nothing may stand behind it."""
    if not found:
        return []
    reached = max(int(one.byte_range[2]) + int(one.byte_range[3]) for one in found)
    if reached >= len(content):
        return []
    newest = max(int(one.signed_revision) for one in found)
    later = reader.total_revisions - 1 - newest
    return [_problem("appended", reader.total_revisions) if later > 0 else _problem("garbage")]


def _stamped_at(embedded: EmbeddedPdfSignature) -> datetime | None:
    """The moment the time stamp of a signature names."""
    return _moment(lambda: next(extract_tst_data_iter(embedded.signer_info, signed=False), None))


def _stamp_of(whole: EmbeddedPdfSignature) -> datetime | None:
    """The moment a time stamp over the whole file names."""
    return _moment(lambda: whole.signed_data)


def _moment(token: Callable[[], Any]) -> datetime | None:
    """The moment a time stamp names; None where there is none, or it cannot be read."""
    try:
        found: datetime = token()["encap_content_info"]["content"].parsed["gen_time"].native
    except UNREADABLE:
        return None
    return found


def _problem(code: str, revision: int | None = None, **values: Any) -> Problem:
    return Problem(code, Text(WORDS[code], **values), revision)
