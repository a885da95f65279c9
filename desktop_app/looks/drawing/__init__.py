"""Pictures as rows of shapes: the window and the documents draw the same picture, each with its own pen."""
