"""GraphQL and HTTP of messages between systems."""
