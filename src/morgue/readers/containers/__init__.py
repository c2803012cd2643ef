"""Containers: compression, archives, web archives."""
