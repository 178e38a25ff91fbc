"""Queries executed from a compiled plan (decision 0020).

A query is compiled once into closures that know its types, its merged selections and its
resolvers; what the compiler does not know for certain stays with graphql-core.
"""
