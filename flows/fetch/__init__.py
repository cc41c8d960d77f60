"""Fetching sources: from the list in sources.yaml to responses in WARC archives, politely and once.

sources.py      the list, checked
addresses.py    which addresses may be connected to, and connecting to none but those that were checked
client.py       one request, with limits on size and time
pace.py         one request at a time to a host, and how long to wait between two
robots.py       what robots.txt allows
visit.py        one page, politely: robots, pace, tries, redirects hop by hop
discover.py     feeds, sitemaps and list pages to addresses of pages
sitemap.py      a sitemap, whatever is wrong with it
apart.py        reading them in a process of its own, within limits
archive.py      WARC files that appear whole
ledger.py       what was fetched already: read from the archives, kept in a database
store.py        a response into the archives, unless they hold it
asking.py       what the sources of a run share, and asking for one address
listed.py       what a source lists now
collecting.py   a source's run
outcome.py      what came of it
"""
