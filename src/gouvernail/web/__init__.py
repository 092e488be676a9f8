"""The web application: the pages that management and marketing share. The only package that imports Django."""
