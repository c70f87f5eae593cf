"""Law as data: a profile of rules for each jurisdiction, national defaults, the working-day calendar."""
