"""Pages for people: HTML that is made here, without scripts, and without anything from elsewhere."""
