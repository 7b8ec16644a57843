#!/usr/bin/env python3
"""Log in to a Neo4j; with `--first`, on a new server, change its first password to the one of the URL."""

import sys
from urllib.parse import urlsplit

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable


def main() -> int:
    """Return 0 when the server answers a query under the URL's name and password."""
    url = urlsplit(sys.argv[1])
    address, user, password = f"bolt://{url.hostname}:{url.port}", url.username or "", url.password or ""
    try:
        if "--first" in sys.argv:
            with GraphDatabase.driver(address, auth=(user, "neo4j")) as driver:
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
                    password=password,
                    database_="system",
                )
    except AuthError:
        pass  # not its first start
    try:
        with GraphDatabase.driver(address, auth=(user, password)) as driver:
            driver.execute_query("RETURN 1")
    except (Neo4jError, ServiceUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
