"""What every package's GraphQL modules share: ids, lists, refusals, scalars, composition."""
