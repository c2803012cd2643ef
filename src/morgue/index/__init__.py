"""What any index offers, apart from how it is built: documents in, values out, the protocols of reader and writer."""
