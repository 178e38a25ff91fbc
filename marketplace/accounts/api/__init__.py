"""Accounts as GraphQL and HTTP show them."""
