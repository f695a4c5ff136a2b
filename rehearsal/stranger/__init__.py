"""A stranger's bot on the stand-in: Red-DiscordBot, which knows nothing of this project, unchanged.

It promises a second opinion on the stand-in: a large bot, written for Discord alone, starts on it, reads its events,
answers members and makes requests, and each of these is counted. `python -m rehearsal.stranger` runs it.
"""
