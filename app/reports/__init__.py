"""Forms in which audits are told; a format has `NAME`, `MEDIA_TYPE`, `SUFFIX` and `render(reports, *, catalogue, refused) -> bytes`."""
