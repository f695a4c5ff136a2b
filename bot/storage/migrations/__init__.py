"""Migrations, run by Alembic on the writer's own connection, so that a schema change is one transaction."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

_HERE = Path(__file__).parent


class NewerSchema(Exception):
    """The database was written by a newer version, at `revision`."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


def upgrade(connection: Connection) -> None:
    """Brings the schema up to date inside the connection's transaction. Raises NewerSchema."""
    here = revision(connection)
    if here is not None and here not in _known():
        raise NewerSchema(here)
    if here != newest():
        _run_alembic(connection)


def newest() -> str:
    """The schema of this version."""
    return _known()[-1]


def _known() -> list[str]:
    return sorted(path.stem.partition("_")[0] for path in (_HERE / "versions").glob("[0-9]*.py"))


def revision(connection: Connection) -> str | None:
    """The schema of the database; None where there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _run_alembic(connection: Connection) -> None:
    # Alembic is slow to import and is needed only when the schema moves.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
