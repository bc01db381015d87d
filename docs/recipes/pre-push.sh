#!/bin/sh
# No push with a new boot-order bug. Copy to .git/hooks/pre-push of a kernel tree and say once where it was captured:
#
#   git config bootorder.captured ../captured
#   git config bootorder.baseline Documentation/boot-order.yaml       (optional)
#
# The working tree is checked, as the compile database describes it: capture again after a change of the configuration.
# Whatever is not a clean answer stops the push; 'git push --no-verify' goes past it.

bootorder=${BOOTORDER:-$(git config bootorder.command || echo bootorder)}
captured=$(git config bootorder.captured) || {
  echo "pre-push: say where the tree was captured: git config bootorder.captured DIR" >&2
  exit 1
}
baseline=$(git config bootorder.baseline || true)

if [ -n "$baseline" ]; then
  exec "$bootorder" check -p "$captured" --baseline "$baseline" --fail-on new
fi
exec "$bootorder" check -p "$captured"
