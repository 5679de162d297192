# vwpar.bash -- bash completion for aixrun, aixcc, wpar and the WPAR commands.
#
# Options are asked of the program itself (--help), so that none is missing here and none is invented.

_vwpar_options() {
    "$1" --help 2>/dev/null | grep -oE '(^|[ ,])--?[A-Za-z][A-Za-z0-9-]*=?' | sed 's/^[ ,]*//' | sort -u
}

# Completions are words or, after an option that wants them, files; nospace after "name=".
_vwpar_words() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
    if [ "${#COMPREPLY[@]}" = 1 ] && [ "${COMPREPLY[0]%=}" != "${COMPREPLY[0]}" ]; then
        compopt -o nospace 2>/dev/null
    fi
}

_vwpar_files() {
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
    compopt -o filenames 2>/dev/null
}

_vwpar_directories() {
    mapfile -t COMPREPLY < <(compgen -d -- "$1")
    compopt -o filenames 2>/dev/null
}

# bash splits words at "=": "--log-level=wa" arrives as "--log-level" "=" "wa".
_vwpar_value_of() {
    local current=${COMP_WORDS[COMP_CWORD]} i=$((COMP_CWORD - 1))
    if [ "$current" = = ]; then
        vwpar_option=${COMP_WORDS[i]} vwpar_value=
    elif [ "$i" -ge 2 ] && [ "${COMP_WORDS[i]}" = = ]; then
        vwpar_option=${COMP_WORDS[i - 1]} vwpar_value=$current
    elif [ "$i" -ge 1 ]; then
        vwpar_option=${COMP_WORDS[i]} vwpar_value=$current
    else
        vwpar_option= vwpar_value=$current
    fi
}

_vwpar_aixrun() {
    local vwpar_option vwpar_value current=${COMP_WORDS[COMP_CWORD]}
    _vwpar_value_of
    case $vwpar_option in
    --root | --base | --cache) _vwpar_directories "$vwpar_value" ;;
    --log-level) _vwpar_words "error warn info debug" "$vwpar_value" ;;
    --headers | --trace-file | --log | --worker | --worker-socket | -o) _vwpar_files "$vwpar_value" ;;
    *)
        case $current in
        -*) _vwpar_words "$(_vwpar_options "$1")" "$current" ;;
        *) _vwpar_files "$current" ;;
        esac ;;
    esac
}

_vwpar_wparexec() {
    local vwpar_option vwpar_value current=${COMP_WORDS[COMP_CWORD]}
    _vwpar_value_of
    case $vwpar_option in
    dev | --cwd | directory) _vwpar_directories "$vwpar_value" ;;
    vfs) _vwpar_words "namefs tmpfs" "$vwpar_value" ;;
    mountopts) _vwpar_words "ro rw" "$vwpar_value" ;;
    -n | -h) COMPREPLY=() ;;
    -M) _vwpar_words "directory= dev= vfs= mountopts=" "$current" ;;
    *)
        case $current in
        -*) _vwpar_words "$(_vwpar_options "${1:-wparexec}")" "$current" ;;
        [dvm]*) _vwpar_words "directory= dev= vfs= mountopts=" "$current" ;;
        *) _vwpar_files "$current" ;;
        esac ;;
    esac
}

# mkwpar, lswpar, startwpar ...: options, files behind those that want them, and the names of WPARs.
_vwpar_command() {
    local program=$1 command=$2 current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    case $command:$previous in
    mkwpar:-[Bu] | *:-f | *:-o | *:-w) _vwpar_files "$current" ;;
*:-[hgHULb] | mkwpar:-n | chwpar:-n | restwpar:-n | lswpar:-[ad] | *:-t) COMPREPLY=() ;;
    *:-d) _vwpar_directories "$current" ;;
    lswpar:-s) _vwpar_words "A B D L P T" "$current" ;;
    *)
        case $current in
        -*) _vwpar_words "$(_vwpar_options "$program")" "$current" ;;
        *) _vwpar_words "$("$(dirname "$program")/lswpar" -q -c -a name 2>/dev/null)" "$current" ;;
        esac ;;
    esac
}

_vwpar_named() { _vwpar_command "$(command -v "$1")" "${1##*/}"; }

# The options of the verbs are those of their usage lines.
_vwpar_image() {
    local program=$1 first=$2 verb=${COMP_WORDS[$2]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    if [ "$COMP_CWORD" = "$first" ]; then
        _vwpar_words "--help --version $("$program" image --help 2>/dev/null | sed -n 's/.*wpar image \([a-z]*\) .*/\1/p')" "$current"
        return
    fi
    case $previous in
    -C) _vwpar_directories "$current" ;;
    --max-bytes | --max-members) COMPREPLY=() ;;
    *)
        case $current in
        -*) _vwpar_words "--help $("$program" image --help 2>/dev/null | sed -n "s/.*wpar image $verb //p" | grep -oE -- '--?[A-Za-z-]+')" "$current" ;;
        *) _vwpar_files "$current" ;;
        esac ;;
    esac
}

_vwpar_translate() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    case $previous in
    --root | --cache) _vwpar_directories "$current" ;;
    *)
        case $current in
        -*) _vwpar_words "$("$1" translate --help 2>/dev/null | sed -n 's/^  //p' | grep -oE -- '--?[a-z]+')" "$current" ;;
        *) _vwpar_files "$current" ;;
        esac ;;
    esac
}

_vwpar_cache() {
    local program=$1 current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    if [ "$COMP_CWORD" = 2 ]; then
        _vwpar_words "--help --version $("$program" cache --help 2>/dev/null | sed -n 's/.*wpar cache \([a-z]*\) .*/\1/p')" "$current"
        return
    fi
    case $previous in
    --root | --cache) _vwpar_directories "$current" ;;
    trim) COMPREPLY=() ;;
    *)
        case $current in
        -*) _vwpar_words "$("$program" cache --help 2>/dev/null | grep -oE -- '--[a-z]+')" "$current" ;;
        *) _vwpar_files "$current" ;;
        esac ;;
    esac
}

_vwpar_base_rootfs() {
    local current=${COMP_WORDS[COMP_CWORD]}
    case $current in
    -*) _vwpar_words "$("$1" base-rootfs --help 2>/dev/null | grep -oE -- '--[a-z]+')" "$current" ;;
    *) _vwpar_directories "$current" ;;
    esac
}

_vwpar_wpar() {
    local commands
    if [ "$COMP_CWORD" = 1 ]; then
        commands=$("$1" --help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\)  *.*/\1/p')
        _vwpar_words "--help --version $commands" "${COMP_WORDS[1]}"
    elif [ "${COMP_WORDS[1]}" = wparexec ]; then
        _vwpar_wparexec "$(dirname "$(command -v "$1")")/wparexec"
    elif [ "${COMP_WORDS[1]}" = image ]; then
        _vwpar_image "$1" 2
    elif [ "${COMP_WORDS[1]}" = translate ]; then
        _vwpar_translate "$1"
    elif [ "${COMP_WORDS[1]}" = cache ]; then
        _vwpar_cache "$1"
    elif [ "${COMP_WORDS[1]}" = base-rootfs ]; then
        _vwpar_base_rootfs "$1"
    else
        _vwpar_command "$(dirname "$(command -v "$1")")/${COMP_WORDS[1]}" "${COMP_WORDS[1]}"
    fi
}

_vwpar_aixcc() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=
    [ "$COMP_CWORD" -lt 1 ] || previous=${COMP_WORDS[COMP_CWORD - 1]}
    case $previous in
    -o) _vwpar_files "$current" ;;
    -L | -I | --sysroot) _vwpar_directories "$current" ;;
    -x) _vwpar_words "c c++ none" "$current" ;;
    *)
        case $current in
        -*) _vwpar_words "$(_vwpar_options "$1")" "$current" ;;
        *) _vwpar_files "$current" ;;
        esac ;;
    esac
}

complete -F _vwpar_aixrun aixrun
complete -F _vwpar_wparexec wparexec
complete -F _vwpar_wpar wpar
complete -F _vwpar_named mkwpar lswpar startwpar stopwpar rebootwpar clogin rmwpar chwpar savewpar restwpar restwparfiles lssavewpar mkwpardata
complete -F _vwpar_aixcc aixcc
