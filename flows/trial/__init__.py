"""What a change of code, rules or vocabularies would change in the rows, before it is accepted (`shegong facts`)."""
