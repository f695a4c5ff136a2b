"""Use cases: who may, in which order, what is one transaction."""
