"""The referee: holds the stand-in's record against Discord's own OpenAPI file.

It promises four things.

1. Every request body, query and path parameter and every response of a route that the file describes is
   validated, and so is every object inside a gateway event that the file has a schema for.
2. It is stricter than the file in one respect: a field that the file does not describe is a finding. The
   file leaves its objects open, so a misspelt or invented field would otherwise pass.
3. A finding that is Discord's own doing is counted under a name of the table in `deviations`; none is
   dropped in silence.
4. What could not be held against the file is counted as uncovered, with the reason.

The file is not part of the project (`find_openapi` says where it is looked for).
Source: the discord/discord-api-spec repository, `specs/openapi.json`, OpenAPI 3.1.
"""

from rehearsal.referee.deviations import DEVIATIONS, Deviation
from rehearsal.referee.referee import Referee, find_openapi, load
from rehearsal.referee.verdict import Mismatch, Verdict

__all__ = ["DEVIATIONS", "Deviation", "Mismatch", "Referee", "Verdict", "find_openapi", "load"]
