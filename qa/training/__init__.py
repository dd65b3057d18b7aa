"""Makes the weights in `qa/model` again; nothing here is imported when a question is answered."""
