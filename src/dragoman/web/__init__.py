"""The workbench: a project in a browser, on this machine. `app.workbench` makes it, `views/` has a module for each screen."""
