#!/bin/sh
# Puts @name@ into this user's menu and has it open .@own_ending@ files: ./menu.sh add, ./menu.sh remove.
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
files=$(cd "$here/share" && find applications icons mime -type f)
case ${1-} in
add)
    for file in $files; do
        mkdir -p "$share/${file%/*}"
        cp "$here/share/$file" "$share/$file"
    done
    # Inside quotes of a desktop file these signs are escaped, and a backslash once more as a value's.
    command=$(printf '%s' "$here/@id@" | sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g')
    export command
    awk '
        /^Exec=/ { print "Exec=\"" ENVIRON["command"] "\" open %F"; next }
        /^TryExec=/ { next }
        { print }' "$here/share/applications/@id@.desktop" > "$share/applications/@id@.desktop"
    ;;
remove)
    for file in $files; do
        rm -f "$share/$file"
    done
    ;;
*)
    echo "usage: $0 add|remove" >&2
    exit 2
    ;;
esac
if command -v update-desktop-database > /dev/null; then update-desktop-database "$share/applications" || true; fi
if command -v update-mime-database > /dev/null; then update-mime-database "$share/mime" || true; fi
