#!/bin/sh
# Installs a Chromium of Debian's for the browser tests where none is there and one may be installed; without one those tests are skipped.
# The shell without windows comes first: it draws the same pages and takes two thirds of the time.
for name in "${CONCORD_TEST_CHROMIUM:-chromium-headless-shell}" chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
install() { apt-get install --yes --no-install-recommends -qq "$1" >/dev/null 2>&1; }
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests …"
    install chromium-headless-shell || { apt-get update -qq && install chromium-headless-shell; } || install chromium ||
        echo "Chromium could not be installed; the browser tests are skipped."
else
    echo "There is no Chromium and it may not be installed here; the browser tests are skipped."
fi
