"""The desk's pictures: frozen values in, SVG out. No database, no web, no clock; same values, same bytes.

Looks live in `static/pictures.css`; marks have classes and never styles of their own, as pages forbid inline styles.
What is shown of a text is escaped by `svg.element`.
"""
