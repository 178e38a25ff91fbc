"""Signed messages to and from other systems (Standard Webhooks)."""
