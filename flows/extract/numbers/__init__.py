"""Numbers: numerals of any script as values, with units, ranges, qualifiers and the codes that are none."""
