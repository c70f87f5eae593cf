"""Time stamps grow old with their certificates and algorithms: each year a fresh one is laid over the last."""

import io
from dataclasses import replace
from datetime import datetime

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper, TimestampDSSContentSettings

from kernel.errors import Conflict
from kernel.signing.examine import examine
from kernel.signing.pades import REFUSALS
from kernel.signing.trust import Trust, time_stamper, trust
from kernel.words import N_, Text

# What proves the stamp goes in before it, so that the fresh stamp covers the file to its last byte.
BEFORE = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)


def renewed(content: bytes, at: datetime) -> bytes:
    """The file with a fresh archive time stamp. Raises Conflict where what it would vouch for no longer holds."""
    believed = trust(at)
    found = examine(content, believed)
    if found.problems or not found.stamps:
        raise _failed([problem.text for problem in found.problems] or N_("it carries no time stamp"))
    try:
        chain = PdfTimeStamper(time_stamper(at), field_name=f"Archive-{at:%Y%m%d%H%M%S}")
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        out = chain.timestamp_pdf(writer, "sha256", _about_stamps(content, believed).context(), dss_settings=BEFORE)
    except (*REFUSALS, ValueError, KeyError, TypeError) as error:
        raise _failed(str(error)[:300]) from error
    return bytes(out.getvalue())


def _about_stamps(content: bytes, believed: Trust) -> Trust:
    """What proves the stamps alone: a list of today says nothing of a signer's certificate that expired since."""
    issuers = [one.signer_cert.issuer for one in PdfFileReader(io.BytesIO(content)).embedded_timestamp_signatures]
    return replace(believed, lists=tuple(one for one in believed.lists if one.issuer in issuers))


def _failed(cause: object) -> Conflict:
    return Conflict(Text(N_("The time stamp could not be renewed: {cause}"), cause=cause))
