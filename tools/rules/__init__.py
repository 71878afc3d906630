"""The rules of the house, one module a subject, run by tools/check."""
