"""Chaos: the real bot as a process of its own, killed and troubled on the stand-in, then held against its books.

Rules:
1. The bot is unmodified. What kills it is the stand-in, the clock, or a listener beside the database's own events.
2. What is chosen comes from one seed; how two processes interleave does not, and no seed can repeat that.
3. Nothing is forgiven: at the end each vote, addition, message, thread and figure stands once and right, or is named.
"""
