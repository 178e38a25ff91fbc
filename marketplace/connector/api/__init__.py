"""GraphQL and HTTP of connections."""
