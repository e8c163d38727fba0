#!/bin/sh
# One step of `git bisect run`: sh step.sh 'BUILD COMMAND' 'CHECK COMMAND' [SECONDS]
# Ends with 0 (good), 1 (bad) or 125 (cannot be judged: no build, no end within SECONDS, no test or command found).
[ $# -ge 2 ] || { echo "usage: sh step.sh 'BUILD COMMAND' 'CHECK COMMAND' [SECONDS]" >&2; exit 255; }
export DOTNET_CLI_UI_LANGUAGE=en
seconds=${3:-300}
log=$(mktemp) || exit 255
trap 'rm -f "$log"' EXIT

if ! timeout -k 5 "$seconds" sh -c "$1" >"$log" 2>&1 </dev/null; then
    echo "step: does not build, skipped"
    exit 125
fi

timeout -k 5 "$seconds" sh -c "$2" >"$log" 2>&1 </dev/null
status=$?
tail -n 20 "$log"
if grep -q -e 'No test matches the given testcase filter' -e 'No test is available' "$log"; then
    echo "step: there is no such test, skipped"
    exit 125
fi
case $status in
    0) echo "step: good"; exit 0 ;;
    124 | 126 | 127 | 137) echo "step: ended with $status, skipped"; exit 125 ;;
    *) echo "step: bad ($status)"; exit 1 ;;
esac
