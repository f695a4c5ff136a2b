"""Holding the bot's database against the stand-in's books, and both against what the members did.

Rules:
1. Both sides are plain values: `stored` reads the database with SQL of its own, `books` what Discord would show.
2. Each check gives findings, one for each thing that is lost, doubled or adrift, in words.
"""

from chaos.checks.findings import Finding, Kind, Verdict
from chaos.checks.judge import judge

__all__ = ["Finding", "Kind", "Verdict", "judge"]
