#!/bin/sh
# Installs those of Debian's packages that tests need and that are missing.
set -eu

missing=""
for package in chromium fonts-noto-core libatomic1 poppler-utils postgresql python3-venv; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    if [ "$status" != installed ]; then missing="$missing $package"; fi
done
if [ -z "$missing" ]; then exit 0; fi

echo "Installing$missing …"
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
# Debian starts a server with the package; tests start their own, so no port is taken.
if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
fi
# shellcheck disable=SC2086
apt-get install --quiet=2 --yes --no-install-recommends $missing
