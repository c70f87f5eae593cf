"""Words of plans and selections: modes, ways to find the operator, parts of a plan."""

from kernel.words import N_

MODES = {
    "whole": N_("Whole: all the data of a body or place"),
    "by_field": N_("By field"),
    "by_scenario": N_("By scenario"),
}
# Where the rules know a right to develop that is applied for, no selection is needed (WZ35; CD36).
APPLICATION = "application"
METHODS = {
    "public_tender": N_("Open tender"),
    "invited_tender": N_("Invited tender"),
    "negotiation": N_("Negotiation with notice"),
    APPLICATION: N_("Application, where the rules know it"),
}
PARTS = {
    "necessity": N_("Necessity and feasibility, economic and social benefit"),
    "mode": N_("Mode of authorisation"),
    "resource_list": N_("Scope and list of the data resources"),
    "products": N_("Planned products, services and scenarios"),
    "operator_conditions": N_("Conditions for the operator and way of selection"),
    "term": N_("Term"),
    "safeguards": N_("Platform, technical and security safeguards, personal information"),
    "cost_and_price": N_("Assets, costs, income and price"),
    "supervision_and_exit": N_("Supervision, evaluation and exit"),
}
CRITERIA = (
    ("technical_condition", 30),
    ("processing_ability", 30),
    ("security_management", 25),
    ("purpose", 15),
)
