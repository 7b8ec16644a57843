"""The outside: HTTP, settings, logs, the web page and the command line."""
