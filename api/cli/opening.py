"""The store that the settings name."""

from contextlib import AbstractAsyncContextManager

from api.settings import Settings
from graph.store.backends import open_store
from graph.store.store import Store


def opened(
    settings: Settings, *, exclusive: bool = False, joining: bool = False, wait: bool = True
) -> AbstractAsyncContextManager[Store]:
    """Open the store of the settings; `exclusive` refuses an embedded one that is already open.

    With `joining` an embedded one is left to another process. Without `wait` it may still be starting.
    """
    return open_store(
        settings.store,
        user=settings.store_user,
        password=settings.store_password.get_secret_value(),
        database=settings.database,
        exclusive=exclusive,
        joining=joining,
        wait=wait,
    )
