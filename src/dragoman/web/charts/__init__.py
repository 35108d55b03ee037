"""Charts as geometry: what templates draw as SVG, without a script. Lengths are in units of the chart's own box."""
