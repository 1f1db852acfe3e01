"""The finished lines of a record's Python files, one module a file."""

from scaffold.resolve.code.imports import import_blocks
from scaffold.resolve.code.models import models
from scaffold.resolve.code.policy import policy
from scaffold.resolve.code.routes import routes
from scaffold.resolve.code.schemas import schemas
from scaffold.resolve.code.service import service
from scaffold.resolve.code.tests import tests

__all__ = ["import_blocks", "models", "policy", "routes", "schemas", "service", "tests"]
