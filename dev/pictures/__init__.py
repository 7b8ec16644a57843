"""The pictures of the documentation: each module draws one, from what an analysis answers on the demo."""
