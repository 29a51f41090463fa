"""What the languages of Twitter's interface call things: generated tables and their readers.

``calendar.json`` and ``ago.json`` are written by ``scripts/build_date_tables.py``, from CLDR and our own additions, and
read when the first date is.
"""
