"""The post offices behind the ports of accounts."""
