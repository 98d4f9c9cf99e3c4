#!/bin/sh
# Proves README.md's two commands in a clean Debian root, without any cache of this machine.
# Needs root and debootstrap. Adds a row to docs/operations/fresh-root.md.
set -eu
cd "$(dirname "$0")/../.."

release=bookworm
record=docs/operations/fresh-root.md
port=18080
product=/root/mot-cua

fail() { printf '%s\n' "$@" >&2; exit 1; }

# What README.md tells a stranger to install, and nothing else.
prerequisites=$(sed -n 's/.*`apt-get install \([^`]*\)`.*/\1/p' README.md)
[ -n "$prerequisites" ] || fail "README.md names no packages to install."

# --- Outside: a folder, and namespaces with which mounts and processes end ------------------
if [ -z "${FRESH_ROOT:-}" ]; then
    [ "$(id -u)" = 0 ] && command -v debootstrap >/dev/null ||
        fail "test-fresh needs root and debootstrap (apt-get install -y debootstrap)."
    FRESH_ROOT=$(mktemp -d /var/tmp/mc-fresh-XXXXXX)
    export FRESH_ROOT
    proof=
    finish() {
        trap - EXIT INT TERM
        # unshare holds SIGTERM back; killed, it takes everything in its namespaces along.
        if [ -n "$proof" ]; then kill -KILL "$proof" 2>/dev/null || true; fi
        for _ in 1 2 3 4 5; do
            if rm -rf --one-file-system "$FRESH_ROOT" 2>/dev/null; then break; fi
            sleep 1
        done
    }
    trap finish EXIT
    trap 'exit 130' INT TERM
    unshare --mount --pid --fork --kill-child tests/tools/fresh.sh &
    proof=$!
    wait "$proof" && status=0 || status=$?
    proof=
    if [ -e "$FRESH_ROOT/row" ]; then cat "$FRESH_ROOT/row" >> "$record"; fi
    exit "$status"
fi

# --- Inside the namespaces --------------------------------------------------------------------
root=$FRESH_ROOT/root
log=$FRESH_ROOT/log

inside() {
    chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        ${SSL_CERT_FILE:+SSL_CERT_FILE="$SSL_CERT_FILE" PIP_CERT="$SSL_CERT_FILE"} \
        sh -euc "$1"
}

# The step's seconds go into the variable `took`; its output is shown when it fails.
step() {
    echo "… $1"
    shift
    began=$(date +%s)
    if ! "$@" > "$log" 2>&1; then
        cat "$log" >&2
        row "failed: $*"
        exit 1
    fi
    took=$(($(date +%s) - began))
    echo "   $took s"
}

make_root() {
    # The way to the registries of packages is this machine's; nothing else is taken from it.
    mirror=$(sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' \
        /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
        /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
    debootstrap --variant=minbase $release "$root" ${mirror:+"$mirror"}
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    if [ -e /etc/pip.conf ]; then cp /etc/pip.conf "$root/etc/"; fi
    cp -r /etc/apt/apt.conf.d "$root/etc/apt/"
    mkdir -p "$root/etc/ssl/certs"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    mount -t proc proc "$root/proc"
    mkdir -p "$root/dev/pts" "$root/dev/shm"
    mount -t devpts devpts "$root/dev/pts"
    mount -t tmpfs tmpfs "$root/dev/shm"
}

install_prerequisites() {
    inside "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y $prerequisites"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
}

clone_product() {
    git clone --quiet . "$root$product"
    # Real records lie beside the product, where there are any.
    if [ -d ../shared/data ]; then
        mkdir -p "$root${product%/*}/shared"
        cp -r ../shared/data "$root${product%/*}/shared/"
    fi
}

# Tenths of a second from the command to the line that says it answers.
serve_until_ready() {
    inside "cd $product"'
        began=$(date +%s%N)
        PORT='"$port"' make serve > /tmp/serve.log 2>&1 &
        make=$!
        for _ in $(seq 6000); do
            if grep -q "^Ready after" /tmp/serve.log; then break; fi
            if ! kill -0 $make 2>/dev/null; then break; fi
            sleep 0.1
        done
        tenths=$((($(date +%s%N) - began) / 100000000))
        cat /tmp/serve.log
        grep -q "^Ready after" /tmp/serve.log
        kill -TERM $make
        wait $make || true
        echo "tenths $tenths"'
    tenths=$(sed -n 's/^tenths //p' "$log")
    ready=$((tenths / 10)).$((tenths % 10))
}

row() {
    cat > "$FRESH_ROOT/row" <<ROW
| $(date +%Y-%m-%d) | $(git rev-parse --short HEAD) | $(cat "$root/etc/debian_version") | ${python:--} | ${bootstrap:--} | ${first:--} | ${second:--} | ${tests:--} | $1 |
ROW
}

mkdir "$root"
# debootstrap wants a root that everybody can look into.
chmod 755 "$FRESH_ROOT" "$root"
step "clean $release" make_root
step "installing $prerequisites" install_prerequisites
python=$(inside "python3 --version" | cut -d ' ' -f 2)
step "cloning" clone_product
step "make bootstrap" inside "cd $product && make bootstrap"
bootstrap=$took
step "make serve, first start" serve_until_ready
first=$ready
step "make serve, second start" serve_until_ready
second=$ready
step "make system-packages" inside "cd $product && make system-packages"
step "make test" inside "cd $product && CI=true make test"
tests=$took
tail -n 30 "$log"
row passed
