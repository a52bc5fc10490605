"""Pages of the console: what embeds show, with a head that leads from one to the other, and forms to change what is kept."""
