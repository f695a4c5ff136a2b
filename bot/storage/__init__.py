"""Tables and rows; gives back the dataclasses of `bot.core`."""
