"""Registry: the catalogue of public data, data resources, their registration, and the licences of operators."""
