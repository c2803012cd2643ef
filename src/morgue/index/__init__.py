"""The interface of an index, independent of the engine: documents, values, the protocols of reader and writer."""
