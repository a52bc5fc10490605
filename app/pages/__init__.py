"""Pages that people look at: templates, styles and scripts, and what turns values into them."""
