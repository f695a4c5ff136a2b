"""What a ground is to be like, as it is handed to the process that lays it."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """Servers with a critique on each, stored in `database`; `points` and `votes` on each point are a critique's.

    `members` is how many may vote. With `rate_limits` the stand-in limits what is asked of it, as Discord does.
    """

    database: str
    servers: int = 1
    channels: int = 3
    roles: int = 3
    points: int = 20
    votes: int = 0
    members: int = 60
    forum: bool = False
    rate_limits: bool = False

    def written(self) -> str:
        """As one argument of a command line."""
        return json.dumps(asdict(self))


def read(written: str) -> Ground:
    """What `written` gave."""
    return Ground(**json.loads(written))
