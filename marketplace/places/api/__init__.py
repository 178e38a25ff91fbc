"""Places as the GraphQL schema shows them."""
