#!/usr/bin/env bash
# check_completion.sh -- sources the completion and asks it as readline does: check_completion.sh COMPLETION_FILE BIN_DIR
#
# Expected words are those of the commands' documentation, written out here.
set -u
source "$1" || exit 1
PATH=$(cd "$2" && pwd):$PATH || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" && mkdir inner && touch hello.c || exit 1
export WPAR_STATE=$scratch/state
mkdir -p state/etc/wpars && printf 'general:\n\tname = "old"\n' >state/etc/wpars/old.cf || exit 1
failures=0

# expect "WORDS" COMMAND WORD...: completing the last word gives WORDS, sorted.
expect() {
    local want=$1 got function
    shift
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    function=$(complete -p "$1" | sed 's/.*-F \([^ ]*\) .*/\1/')
    "$function" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    got=$(printf '%s\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"} | LC_ALL=C sort -u | tr '\n' ' ')
    [ "${got% }" = "$want" ] && return
    echo "$*: expected \"$want\", got \"${got% }\""
    failures=$((failures + 1))
}

expect "--no-cache" aixrun --no
expect "--worker-socket= --worker=" aixrun --work
expect "--trace --trace-count --trace-file= --trace-follow --translate" aixrun --tra
expect "warn" aixrun --log-level = w
expect "debug error info warn" aixrun --log-level =
expect "inner" aixrun --root = i
expect "hello.c" aixrun h
expect "wparexec" wpar w
expect "--help --version" wpar --
expect "--interpret" wpar wparexec --in
expect "image" wpar i
expect "cat create" wpar image c
expect "--help --json --packages -l" wpar image ls -
expect "-C" wpar image create -C
expect "--sidecar" wpar image create --s
expect "inner" wpar image extract -C in
expect "inner" wpar translate --root in
expect "--cache" wpar translate --c
expect "hello.c" wpar translate h
expect "cache" wpar ca
expect "stats" wpar cache s
expect "--cache --help --root --version" wpar cache verify --
expect "hello.c" wpar cache verify h
expect "hello.c" wpar image verify he
expect "--json" lswpar --j
expect "-C" mkwpar -C
expect "hello.c" mkwpar -C -B he
expect "inner" mkwpar -d in
expect "old" startwpar o
expect "old" wpar rmwpar -F o
expect "--interpret" wpar clogin --in
expect "old" savewpar -i -f image o
expect "hello.c" restwpar -f he
expect "-K" chwpar -K
expect "A" lswpar -s A
expect "mkwpar mkwpardata" wpar m
expect "--cwd" wparexec --c
expect "directory=" wparexec -M di
expect "ro rw" wparexec -M directory = /app mountopts =
expect "namefs" wparexec vfs = n
expect "inner" wparexec dev = in
expect "-pthread" aixcc -pth
expect "-maix32 -maix64" aixcc -mai
expect "hello.c" aixcc -o hello he
expect "c c++" aixcc -x c
[ "$failures" = 0 ] && echo "completion: all as expected"
[ "$failures" = 0 ]
