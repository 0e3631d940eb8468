#!/bin/sh
# Started by any path or link; needs no other program, so that an empty PATH will do.
here=@place@
exec "$here/bin/python3" -I -m facea_desktop "$@"
