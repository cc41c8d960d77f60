"""Who may speak to a Dask cluster. Whoever may runs code on all of it, since its messages are pickles: a certificate of
the cluster's own authority is what lets a scheduler, a worker and a flow in (TLS, asked of both sides).

For a cluster that runs already, a file in the form of Dask's configuration names the certificates; DASK_CONFIG gives
the same file to `dask scheduler` and `dask worker`. A cluster that is started for one run has certificates of its own,
in memory.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.errors import ShegongError

REMEDY = "docs/operator.md, Many machines, shows such a file and how to start the cluster with it."

HERE = frozenset({"127.0.0.1", "localhost", "::1"})


class SecurityError(ShegongError):
    """The certificates of a cluster cannot be used, or do not fit its address."""


def security_of(address: str, file: Path | None) -> Any:
    """The `distributed.Security` of a client of the scheduler at `address`: from the file, else from Dask's own
    configuration (DASK_CONFIG, DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …). An address without TLS that is not of this
    machine is used, and what that means is said.

    Raises:
        SecurityError: the certificates cannot be used, or there are some and the address is not tls://.
    """
    found = _configured(file)
    encrypted = address.startswith("tls://")
    if encrypted and not (found.tls_ca_file and found.tls_client_cert):
        problem = (
            "distributed.comm.tls names no ca-file or no certificate of the client, without which tls:// cannot be."
        )
        raise SecurityError("cluster_security", problem, REMEDY, file or address)
    if encrypted:
        try:
            found.get_connection_args("client")
        except (OSError, ValueError) as error:
            problem = f"its certificates cannot be used: {error}."
            raise SecurityError("cluster_security", problem, REMEDY, file or address) from error
    elif file is not None:
        problem = "the address is not tls://, so certificates would protect nothing."
        raise SecurityError("cluster_security", problem, REMEDY, address)
    elif urlsplit(address).hostname not in HERE:
        print(f"shegong: {address} asks nobody who they are: whoever reaches it runs code on the cluster and here. "
              "--dask-security is for certificates.", file=sys.stderr)  # fmt: skip
    return found


def temporary() -> Any:
    """Certificates for the cluster of one run; its scheduler and workers are of this machine, where others are, too.

    Raises:
        SecurityError: the package that makes them is missing.
    """
    try:
        return _security().temporary()
    except ImportError as error:
        remedy = "Install it: pip install 'shegong[dask]'."
        raise SecurityError("dask_missing", "a cluster of its own needs the package cryptography.", remedy) from error


def _configured(file: Path | None) -> Any:
    import dask
    import yaml

    security = _security()  # its package puts its own settings into Dask's, where they must not be undone below
    if file is None:
        return security()
    try:
        settings = yaml.safe_load(file.read_text(encoding="utf-8"))
        with dask.config.set(dask.config.merge(dask.config.config, settings)):
            return security(require_encryption=True)
    except (OSError, ValueError, TypeError, AttributeError, LookupError, yaml.YAMLError) as error:
        problem = f"it cannot be read as Dask's configuration: {str(error).splitlines()[0]}."
        raise SecurityError("cluster_security", problem, REMEDY, file) from error


def _security() -> Any:
    """The class, which has no types."""
    import distributed

    return distributed.Security
