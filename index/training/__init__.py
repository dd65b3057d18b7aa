"""Scripts that train what ships. Not needed to answer questions, only to make the model again (`make train`)."""
