"""Model documents in and out of files: YAML, JSON, CSV sheets and workbooks, with the place of every value."""
