"""GraphQL types of the media, and the addresses of pictures."""
