"""The ground of a measurement: a stand-in and the bot's database as a long life would have left them, laid at once.

What stands on the stand-in and what is stored agree in everything, so that a bot that is started there has nothing to
mend.
"""
