"""Pages and menus as the GraphQL schema shows them."""
