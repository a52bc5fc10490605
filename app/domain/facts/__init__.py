"""Facts: the typed tables that rules read, a module for each kind of row (semantics §6)."""
