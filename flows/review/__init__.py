"""Acting from the report: a server of this machine alone that shows each change of a file before it is saved."""
