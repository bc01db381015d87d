#!/bin/sh
# Which commit put code into the wrong order? For 'git bisect run', in a configured kernel tree:
#
#   git bisect start BAD GOOD
#   git bisect run path/to/bisect.sh [MAKE-ARG...]
#
# Each revision is captured with 'make MAKE-ARG...' and checked. Exit status: 0 good, 1 bad, 125 when the revision
# cannot be judged: it does not configure or build, units are lost, or bootorder failed.
#
# BOOTORDER        the command; default: bootorder
# BOOTORDER_CHECK  more options of 'bootorder check', such as '--baseline FILE --fail-on new'
# CONFIGURE        make target that brings .config up to date, such as olddefconfig; default: none

bootorder=${BOOTORDER:-bootorder}
captured=$(mktemp -d) || exit 125
trap 'rm -rf "$captured"' EXIT

[ -z "${CONFIGURE:-}" ] || make "$@" "$CONFIGURE" || exit 125
"$bootorder" capture -o "$captured" -- make "$@" || exit 125

# Words of the variable are options of their own.
# shellcheck disable=SC2086
"$bootorder" check -p "$captured" ${BOOTORDER_CHECK:-}
case $? in
  0) exit 0 ;;
  1) exit 1 ;;
  *) exit 125 ;; # 2, 3, 4: nothing, or not everything, was checked
esac
