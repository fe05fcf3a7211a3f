#!/bin/sh
# Installs Debian's Chromium and a Chinese font for the browser tests: only as root, only where they are missing.
# Never fails: without a browser the tests run and say loudly which of them did not.
set -u
have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family)" ]; }

if have_browser && have_font; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Browser tests need chromium and fonts-noto-cjk: install them as root (sh tests/install_browser.sh)" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || true
have_browser || apt-get install -y -qq --no-install-recommends chromium >/dev/null || true
have_font || apt-get install -y -qq --no-install-recommends fontconfig fonts-noto-cjk >/dev/null \
    || apt-get install -y -qq --no-install-recommends fontconfig fonts-wqy-zenhei >/dev/null || true
have_browser && have_font || echo "Browser tests: chromium or a Chinese font could not be installed" >&2
exit 0
