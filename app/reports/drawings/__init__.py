"""Drawings as SVG: values in, markup out, each with a title, a description and a table that says the same."""
