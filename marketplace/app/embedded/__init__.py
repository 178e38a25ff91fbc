"""PostgreSQL and Meilisearch of our own, for demo, tests and small trials.

They run when no address is set. Several processes may use one of them at once (the site, a
command in another terminal, a test run): the last one to leave stops it.
"""
