"""Words about registrars and what the authority does about them (YN L115-116, L173-178)."""

from kernel.words import N_

MILD = {"interview": N_("Interview"), "guidance": N_("Guidance on the spot")}
ADVERSE = {"suspension": N_("Suspension of the qualification"), "cancellation": N_("Cancellation of the qualification")}
MEASURES = MILD | ADVERSE
# What a registrar may be held to account for.
FAULTS = {
    "false_registration": N_("False registration"),
    "tampering": N_("Results copied, altered or forged without authority"),
    "leak": N_("Information from the registration leaked or used for gain"),
    "dereliction": N_("Duties refused or neglected"),
}
# How a notice came into the registrar's hands.
SERVICE = {
    "platform": N_("Opened on the platform"),
    "handed_over": N_("Handed over against signature"),
    "post": N_("Registered post"),
    "notice": N_("By public notice"),
}
