"""The parts of a window that are always there: banner, menus, steps, messages, cover, place on the screen."""
