"""Relations in time, and what the record says of them: plain functions over a project, each with `rows` for CSV and JSON."""
