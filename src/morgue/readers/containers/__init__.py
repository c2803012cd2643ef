"""What holds other files: compression, archives, web archives."""
