#!/bin/sh
set -e
case "$1" in
remove|purge)
    echo "@name@ is gone. People and portraits stay where they are, in every user's"
    echo "@data_linux@: to delete them for good, delete that folder."
    ;;
esac
