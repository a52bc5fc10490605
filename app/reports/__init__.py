"""Forms in which an analysis is told; each module has `MEDIA_TYPE`, `SUFFIX` and `render(analysis) -> bytes`."""
