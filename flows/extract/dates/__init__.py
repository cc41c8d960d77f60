"""Dates: days, months and spans of them, in words and figures, and the stamps that pages print.

Calendars and their parts come first; everything that reads a time reads it here.
"""
