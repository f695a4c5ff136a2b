"""The processes that take part in a measurement of votes: who sends them, the bot, and what it is compared with."""
