# builtins.sh -- a shell without other programs: expansion, arithmetic, control flow, functions, here documents, redirection, traps,
# subshells, pipelines, background jobs, signals, options.
x=5; echo "sum $((x * 7 % 4)) $((0x1f | 32)) $((x > 3 ? 1 : 2)) ${x:-none} ${y:-none} ${#x} ${y+set}"
for i in 1 2 3; do printf '%02d %x %s|' $i $((i * 100)) "$i$i"; done; echo
factorial() { local n=$1; [ "$n" -le 1 ] && { echo 1; return; }; echo $((n * $(factorial $((n - 1))))); }
factorial 10
for f in hello.c notes.h "a b" ''; do case $f in *.h) echo header ;; *.c) echo source ;; ?\ ?) echo spaced ;; *) echo "other <$f>" ;; esac; done
(exit 3); echo "status $?"; ! true; echo "status $?"; false || echo or; true && echo and
echo one two three | while read -r a b; do echo "$b, $a"; done
copy() { while IFS= read -r line; do printf '%s\n' "$line"; done; }
copy <<EOF | copy
here $x $(echo substituted) \$x
EOF
copy <<'EOF'
as it stands $x
EOF
set -- a b "c d"; echo "$# $3 $*"; shift; echo "$@"; IFS=:; set -- $(echo p:q:r); echo $# "$*"; unset IFS
v=abc.def.ghi; echo "${v%.*} ${v%%.*} ${v#*.} ${v##*.}"
i=0; while :; do i=$((i + 1)); [ $i -eq 3 ] && continue; [ $i -gt 5 ] && break; echo -n "$i "; done; echo
until [ $i -eq 0 ]; do i=$((i - 1)); done; echo $i
echo text >out.tmp; echo more >>out.tmp; exec 3<out.tmp; read -r first <&3; read -r second <&3; exec 3<&-; echo "$first $second"
{ echo to-out; echo to-err >&2; } 2>&1 | { read -r a; read -r b; echo "$a $b"; }
[ -f out.tmp ] && [ -s out.tmp ] && [ ! -d out.tmp ] && [ -r out.tmp ] && echo file; echo *.tmp; echo [!o]*.tmp
(sleep_() { read -r _ <out.tmp; exit 7; }; sleep_) & wait $!; echo "background $?"
trap 'echo got USR1' USR1; kill -USR1 $$; trap - USR1
eval 'a=1; b=$((a + 1))'; echo $b; type cd; command -v true; umask 027; umask
set -e; (false; echo not reached) || echo "left early no"; set +e; set -u; (echo "$undefined") 2>/dev/null; echo "unset $?"; set +u
readonly r=1; (r=2) 2>/dev/null; echo "readonly $?"
a=$(printf 'x%.0s' 1 2 3 4 5 6 7 8); echo "$a ${#a}"; alias say='echo said'; eval 'say it'
getopts_() { OPTIND=1; while getopts ab:c o "$@"; do echo -n "$o${OPTARG:+=$OPTARG} "; done; echo "$OPTIND"; }; getopts_ -a -b value -c rest
n=0; while [ $n -lt 500 ]; do n=$((n + 1)); done; echo $n
trap 'echo leaving' EXIT
