"""Going through the whole site as each of the demo’s people: by links, without a browser."""
