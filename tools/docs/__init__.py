"""The pages of docs/ that are written out of the code and the catalogue: `python -m tools.docs`."""
