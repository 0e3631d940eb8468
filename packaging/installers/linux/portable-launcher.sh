#!/bin/sh
# Starts the program from wherever its folder lies. Needs no other program unless it is called by a link.
self=$0
if [ -L "$self" ]; then self=$(readlink -f "$self"); fi
here=${self%/*}
exec "$here/bin/python3" -I -m facea_desktop "$@"
