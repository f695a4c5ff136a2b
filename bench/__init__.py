"""Measurements of the bot beside what it is built on; `python -m bench` lists them. Nothing imports this package."""
