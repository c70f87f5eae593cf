"""Shapes that enter and leave the registry, the same for page, JSON and shell. One file per subject."""
