"""Words of the registry's procedures: kinds of registration, papers to hand in, criteria, file folders."""

from kernel.words import N_

REGISTRATION_KINDS = {
    "first": N_("First registration"),
    "change": N_("Change of registration"),
    "correction": N_("Correction of registration"),
    "cancellation": N_("Cancellation of registration"),
    "renewal": N_("Renewal of registration"),
}
OBJECT_TYPES = {"resource": N_("Data resource"), "product": N_("Data product or service")}
# Papers of a registration; which of them a kind needs is said in rules.registration.
MATERIALS = {
    "commitment_letter": N_("Registration commitment letter"),
    "description": N_("Description of the resource or product"),
    "security_assessment": N_("Data security risk assessment"),
    "evidence": N_("Proof of the ground for the change, correction or cancellation"),
}
LICENCE_LEVELS = {
    "first_level": N_("First-level development"),
    "second_level": N_("Second-level development"),
}
# What an operator is assessed on (WZ36).
CRITERIA = {
    "purpose": N_("Purpose of use"),
    "technical_condition": N_("Technical condition"),
    "processing_ability": N_("Processing ability"),
    "security_management": N_("Security management"),
}
RELEASE_FORMATS = ("csv", "xlsx", "json")
# What may bar opening (WZ29, YN L99), and how the bar is removed.
OPENING_GROUNDS = {
    "state_secret": N_("State secrets"),
    "trade_secret": N_("Trade secrets"),
    "privacy": N_("Personal information"),
    "agreement_forbids": N_("An agreement forbids opening"),
    "agreement_silent": N_("An agreement does not expressly allow opening"),
}
GROUND_REMOVED_BY = {
    "treatment": N_("Treatment: masked, declassified, aggregated"),
    "consent": N_("Consent of those concerned"),
}
# What one file may hold: protects the machine, not the rules.
IMPORT_ROWS = 200_000
RELEASE_ROWS = 5_000_000
