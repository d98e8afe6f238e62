"""Sphinx's settings for the site; what it reads is written by build.py."""

import os

project = "chipnotes"
author = "The chipnotes engineers"
copyright = ""
language = "en"
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_ipywidgets_js = {}
suppress_warnings = ["misc.highlighting_failure"]  # code that the public site shows in part
html_theme = "pydata_sphinx_theme"
html_title = "chipnotes"
html_static_path, templates_path = ["static"], ["templates"]
html_css_files = ["site.css"]
html_favicon = "static/icon.svg"
html_extra_path = [os.environ.get("SITE_EXTRA", "")]
html_sidebars = {"**": ["parts.html"]}
# A page opened from the disk may not fetch others: the search shows titles alone. Sources are a second copy.
html_show_search_summary = html_copy_source = html_show_sourcelink = False
html_show_sphinx = html_show_copyright = False
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_center": [],
    "navbar_persistent": ["search-button"],
    "navbar_end": ["theme-switcher"],
    "footer_start": ["rights.html"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "back_to_top_button": False,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
