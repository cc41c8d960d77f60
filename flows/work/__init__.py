"""Calls in other processes: pools, deadlines and ceilings of memory, for work of any kind."""
