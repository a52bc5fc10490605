"""Rows: the only place with SQL. Every statement goes through a transaction that knows its workspace."""
