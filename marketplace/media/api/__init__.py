"""Media as the GraphQL schema and the addresses of the site show them."""
