"""Finding as the GraphQL schema shows it."""
