"""The authority's desk and the pages of the whole house: due work, calendar, income, check of documents, rule book."""
