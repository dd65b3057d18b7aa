"""What the page shows and keeps: sources, look-up, suggestions, downloads, feedback, documents.

Pure functions and small values; the widgets that call them are in `app.py`. Everything that becomes HTML goes through
`escape.py`.
"""
