"""Running the site: what must stand before it starts, its processes, and what production still lacks."""
