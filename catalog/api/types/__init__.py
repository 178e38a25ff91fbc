"""GraphQL types of the catalogue, and the fields it adds to other packages' types."""
