"""Events: meetings, ceremonies and campaigns that a story tells of, with day, place, roles and attendance.

The words that name one stand in `words/`, what surrounds it in `circumstances`.
"""
