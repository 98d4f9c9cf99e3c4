#!/bin/sh
# Proves `make serve` and `make test` in a clean Debian root without any cache of this machine.
# Needs root and debootstrap. Writes docs/operations/test-fresh.log.
set -eu
cd "$(dirname "$0")/../.."

release=bookworm
# What README.md asks for.
prerequisites="git make python3 python3-venv ca-certificates"
log="$PWD/docs/operations/test-fresh.log"

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
    echo "test-fresh needs root and debootstrap (apt-get install -y debootstrap)." >&2
    exit 1
fi

if [ "${1:-}" != prove ]; then
    mkdir -p "$(dirname "$log")"
    # Addresses of mirrors belong to this machine, not to the record.
    "$0" prove 2>&1 | sed -u 's#[a-z]*://[^1 ][^ ]*##g' | tee "$log"
    tail -n 1 "$log" | grep -q "^== all passed"
    exit
fi

root=$(mktemp -d /var/tmp/mc-fresh-XXXXXX)
chmod 755 "$root"
finish() {
    for process in /proc/[0-9]*; do
        if [ "$(readlink "$process/root" 2>/dev/null)" = "$root" ]; then
            kill -KILL "${process#/proc/}" 2>/dev/null || true
        fi
    done
    for mounted in proc dev/pts dev/shm; do
        if mountpoint --quiet "$root/$mounted"; then umount --lazy "$root/$mounted"; fi
    done
    rm -rf --one-file-system "$root"
}
trap finish EXIT
trap 'exit 130' INT TERM

inside() {
    chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        ${SSL_CERT_FILE:+SSL_CERT_FILE="$SSL_CERT_FILE" PIP_CERT="$SSL_CERT_FILE"} \
        sh -euc "$1"
}

timed() {
    began=$(date +%s)
    echo "== $1"
    shift
    "$@"
    echo "== took $(($(date +%s) - began)) s"
}

make_root() {
    mirror=$(sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' \
        /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
    debootstrap --variant=minbase $release "$root" ${mirror:+"$mirror"} >/dev/null
    # The way to the package registries is this machine's; nothing else is taken from it.
    cp -rL /etc/resolv.conf /etc/hosts "$root/etc/"
    rm -f "$root/etc/apt/sources.list"
    cp -r /etc/apt/. "$root/etc/apt/"
    if [ -e /etc/pip.conf ]; then cp /etc/pip.conf "$root/etc/"; fi
    mount -t proc proc "$root/proc"
    mkdir -p "$root/dev/pts" "$root/dev/shm"
    mount -t devpts devpts "$root/dev/pts"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mkdir -p "$root/etc/ssl/certs"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    inside "apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $prerequisites >/dev/null 2>&1"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    git clone --quiet . "$root/root/mot-cua"
}

serve_until_ready() {
    inside 'cd /root/mot-cua
        PORT=18080 make serve > /tmp/serve.log 2>&1 &
        make=$!
        for second in $(seq 600); do
            if grep -q "^Ready after" /tmp/serve.log; then break; fi
            if ! kill -0 $make 2>/dev/null; then break; fi
            sleep 1
        done
        cat /tmp/serve.log
        grep -q "^Ready after" /tmp/serve.log
        kill -TERM $make
        wait $make || true'
}

timed "clean root: $release minbase with $prerequisites" make_root
timed "make serve, first start" serve_until_ready
timed "make serve, second start" serve_until_ready
timed "make system-packages" inside "cd /root/mot-cua && make system-packages >/dev/null 2>&1"
timed "make test" inside "cd /root/mot-cua && CI=true make test"
echo "== all passed"
