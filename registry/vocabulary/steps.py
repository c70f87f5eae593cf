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
    "consent": N_("Written consent of the registrant"),
}
# On what an interested party asks for a correction; profile key reg.correction_basis.
CORRECTION_BASES = {
    "written_consent": N_("The registrant has consented in writing"),
    "evidence": N_("Evidence shows that the entry is wrong"),
}
# Why a registration ends; profile key reg.cancel_grounds.
CANCEL_GROUNDS = {
    "resource_lost": N_("The resource is lost and cannot be restored"),
    "given_up_or_expired": N_("The registrant gives it up, or its right or the validity has expired"),
    "registrant_ended": N_("The registrant was dissolved, its licence revoked, or it went bankrupt"),
    "other": N_("Another ground"),
}
# What makes the last day of a registration the day it is, by key of the profile.
BOUNDS = {
    "reg.validity_years": N_("The period of validity"),
    "reg.renewal_max_years": N_("The longest period of a renewal"),
    "reg.bounded_by_agreement": N_("The end of the authorisation {number}"),
}
DEFAULT_BOUND = "reg.validity_years"
# The rights in what is registered, kept apart (WZ34, YN L128).
RIGHTS = {
    "hold": N_("Holding the resource"),
    "use": N_("Processing and using the data"),
    "operate": N_("Operating the products"),
}
DUTY_GROUNDS = {
    "delivery": N_("Data were provided or a product delivered under authorised operation"),
    "transition": N_("Operation had begun before the rules came into force"),
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
# What makes an entry follow (WZ13, DG12, CD14, YN L46-47).
CHANGE_KINDS = {"law": N_("A law, regulation or rule changed"), "duties": N_("Duties of the agency changed")}
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
IMPORT_MODES = {
    "best_effort": N_("Enter every row that can be taken; the others stay in the report"),
    "all_or_nothing": N_("Enter the file only as a whole; one row that can not be taken stops it"),
}
# What one file may hold: protects the machine, not the rules.
IMPORT_ROWS = 200_000
RELEASE_ROWS = 5_000_000
# A file of at most so many rows is dealt with at once; a longer one in chunks, each a transaction of its own.
IMPORT_AT_ONCE, IMPORT_CHUNK = 2_000, 5_000
