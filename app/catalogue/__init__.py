"""Knowledge as data, and one loader that returns it as a domain Catalogue."""
