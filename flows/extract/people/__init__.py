"""People: names with their titles and bodies, named by office, speech, list, byline or election."""
