"""The language of the schema: how types, fields and arguments are made of what the layers below describe."""
