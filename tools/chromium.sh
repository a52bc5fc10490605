#!/bin/sh
# Installs Debian's Chromium for the browser tests where it is missing and may be installed; without it those tests are skipped.
for name in "${CONCORD_TEST_CHROMIUM:-chromium}" chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests …"
    apt-get install --yes --no-install-recommends -qq chromium >/dev/null 2>&1 ||
        { apt-get update -qq && apt-get install --yes --no-install-recommends -qq chromium >/dev/null; } ||
        echo "Chromium could not be installed; the browser tests are skipped."
else
    echo "There is no Chromium and it may not be installed here; the browser tests are skipped."
fi
