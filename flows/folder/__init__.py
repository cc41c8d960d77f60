"""A release as a folder: its files, sums, versions and tables, for whatever writes or reads one."""
