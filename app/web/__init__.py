"""What all routers share: problems, negotiation, lists, limits, headers, the OpenAPI document."""
