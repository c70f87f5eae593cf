"""The law of the registry: one duty, one pure function. Facts in, answer or refusal out."""
