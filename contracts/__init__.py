"""Applications for development rights, the rights, their agreements with signatures, and data elements."""
