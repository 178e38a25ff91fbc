"""What `marketplace seed` loads: the province's data, its demo people, shops and goods."""
