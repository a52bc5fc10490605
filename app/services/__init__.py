"""Use cases as plain functions: what routers and commands call."""
