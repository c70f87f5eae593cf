"""Applications for development rights, the rights, their agreements and signatures, and the data elements made under them."""
