"""The meaning of Concord as pure functions over values: no files, clock, network, SQL or randomness."""
