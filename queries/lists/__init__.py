"""Lists that leave the service: rows of typed cells under Chinese headers, computed from the snapshot."""
