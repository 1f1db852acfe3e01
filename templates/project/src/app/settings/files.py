"""Where the content of files is kept: a folder, or a bucket of any store that speaks S3."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class FileStore(BaseSettings):
    """Where the content of files is kept."""

    files_folder: Path = Field(
        default=Path(".dev/files"), description="The folder of files, where no bucket is named."
    )
    files_bucket: str | None = Field(
        default=None, description="The bucket of files, in a store that speaks S3."
    )
    files_endpoint: str | None = Field(
        default=None, description="The store's address; that of Amazon where there is none."
    )
    files_region: str = Field(default="us-east-1", description="The region of the bucket.")
    files_key_id: SecretStr | None = Field(
        default=None, description="The id of the key to the bucket; else the machine's own role."
    )
    files_key: SecretStr | None = Field(default=None, description="The key to the bucket.")
