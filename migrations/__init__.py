"""One numbered step per change of the schema, for both databases; never edited once released."""
