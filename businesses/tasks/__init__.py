"""Jobs of businesses: load tools, call a service; safe to run twice."""
