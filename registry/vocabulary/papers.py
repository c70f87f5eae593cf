"""Words of operators' dossiers and of what is decided about them: papers, grounds, outcomes."""

from kernel.words import N_

# The papers the rules may ask for (licence.documents).
PAPERS = {
    "business_licence": N_("Business licence or registration certificate"),
    "technical_ability": N_("Proof of the technical condition"),
    "processing_ability": N_("Proof of the processing ability"),
    "security_system": N_("Rules of security management"),
    "security_officer": N_("Appointment of the data security officer"),
    "graded_protection": N_("Certificate of graded protection"),
    "cryptography_assessment": N_("Assessment of commercial cryptography"),
    "credit_statement": N_("Credit report"),
}
# Which papers speak for which criterion; the others speak for the applicant as such.
PAPERS_OF = {
    "technical_condition": ("technical_ability", "graded_protection", "cryptography_assessment"),
    "processing_ability": ("processing_ability",),
    "security_management": ("security_system", "security_officer"),
}
# Why an assessor must not assess; the first four the product finds itself.
CONFLICTS = {
    "member": N_("Belongs to the applicant or to an organisation behind it"),
    "control": N_("The assessing body and the applicant are under one control"),
    "applied": N_("Took part in the application"),
    "family": N_("Is related to somebody at the applicant"),
    "interest": N_("Has an economic interest in the applicant"),
    "employment": N_("Worked for the applicant or advised it in the last years"),
    "other": N_("Another reason that puts impartiality in doubt"),
}
DECLARABLE = ("family", "interest", "employment", "member", "other")
REFUSAL_GROUNDS = {
    "purpose": N_("The purpose is not lawful or not proper"),
    "technical_condition": N_("The technical condition is not sufficient"),
    "processing_ability": N_("The processing ability is not sufficient"),
    "security_management": N_("The security management is not sufficient"),
    "record": N_("The record of the last years is not clean"),
    "untrue": N_("What was handed in is not true"),
    "objection": N_("An objection was upheld"),
    "other": N_("Another ground, named in the reasons"),
}
DEBARMENT_GROUNDS = {
    "leak": N_("Data were leaked, tampered with or lost"),
    "misuse": N_("Data were used outside purpose or scope"),
    "passed_on": N_("Data or rights were passed on without permission"),
    "fraud": N_("A licence or right was obtained by deceit"),
    "not_rectified": N_("An order to rectify was not followed"),
    "other": N_("Another ground, named in the reasons"),
}
ACTS = {
    "refuse": N_("Refusal of the licence"),
    "suspend": N_("Suspension of the licence"),
    "revoke": N_("Revocation of the licence"),
    "debar": N_("Debarment"),
}
SUCCESSION_GROUNDS = {
    "merger": N_("Merger"),
    "division": N_("Division"),
    "transformation": N_("Change of the legal form"),
    "transfer": N_("Transfer of the whole business"),
}
