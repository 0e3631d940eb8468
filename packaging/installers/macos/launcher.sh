#!/bin/sh
here=${0%/*}
exec "$here/../Resources/python/bin/python3" -I -m facea_desktop "$@"
