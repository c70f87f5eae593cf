"""Words of the way to a decision: consultations, advice, weights, outcomes of a reconsideration."""

from enum import StrEnum

from kernel.documents import Kind, register
from kernel.words import N_


class Weight(StrEnum):
    """How much hangs on a case: it says how many people countersign."""

    ORDINARY = "ordinary"
    CONSIDERABLE = "considerable"
    GRAVE = "grave"


OPINION, CONSENT = "opinion", "provider_consent"
CONSULTATIONS = {
    OPINION: N_("Opinion; silence is noted as no objection"),
    CONSENT: N_("Consent to the use of data the body provided; silence is no consent"),
}
AGREES = ("agrees", "agrees_on_conditions")
ANSWERS = {
    "agrees": N_("The body agrees."),
    "agrees_on_conditions": N_("The body agrees on the conditions named."),
    "objects": N_("The body objects."),
}
RECOMMENDATIONS = {
    "grant": N_("Grant"),
    "grant_in_part": N_("Grant in part"),
    "refuse": N_("Refuse"),
}
WEIGHT_WORDS = {
    Weight.ORDINARY.value: N_("Ordinary case"),
    Weight.CONSIDERABLE.value: N_("Considerable case"),
    Weight.GRAVE.value: N_("Grave case"),
}
OUTCOMES = {
    "confirmed": N_("The decision is confirmed."),
    "changed": N_("The case is decided anew, by somebody else and under the directions below."),
    "revoked": N_("The decision is revoked."),
}
# What a deficiency can be about: each is a section of the application.
SECTIONS = {
    "scope": N_("What and what for"),
    "purpose": N_("Purpose and scenarios"),
    "plan": N_("Development plan"),
    "ability": N_("Technical condition and processing ability"),
    "security": N_("Security management"),
    "term": N_("Term and territory"),
    "funding": N_("Costs and shared data"),
    "files": N_("Attachments"),
}
register(Kind("reconsideration_decision", "FH", N_("Decision on a reconsideration")))
