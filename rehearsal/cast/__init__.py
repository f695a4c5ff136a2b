"""The cast: simulated members who play a script on a Discord, and keep their own ledger of it.

It knows the script and Discord, and nothing of the bot: a command `/critique open` with an attachment option
`document`, a button labelled "Confirm", and two emoji that the bot seeds on each point are all it relies on; where
the script has moderation, also what `office.py` names. Votes are invented, and so are names where the script gives
none; everything random comes from the script's seed, so the same script on a fresh server gives the same deeds.
"""

from rehearsal.cast.deeds import Deeds, Said, VoteAct
from rehearsal.cast.play import play
from rehearsal.cast.stage import Missing
from rehearsal.moderation import Ruling

__all__ = ["Deeds", "Missing", "Ruling", "Said", "VoteAct", "play"]
