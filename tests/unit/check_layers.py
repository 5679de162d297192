#!/usr/bin/env python3
"""Include directions: who may include whom, no cycles, no LLVM outside the worker.

    check_layers.py SOURCE_DIR [AIXRUN]

With AIXRUN, also checks that no LLVM symbol reached the program. Prints one line per wrong edge; exit status 1 if any.
"""
import os
import re
import subprocess
import sys

LEAF = {"runtime/be.h", "runtime/host.h", "runtime/error.h", "runtime/cleanup.h", "runtime/log.h", "runtime/cpu.h",
        "runtime/reserve.h", "runtime/guest_guard.h"}

# layer -> layers it may include (itself always)
ALLOWED = {
    "runtime": set(),
    "loader": {"runtime"},
    "xlate/isa": {"runtime"},
    "xlate/cache": {"runtime", "xlate/isa"},
    "xlate/run": {"runtime", "xlate/isa", "xlate/cache"},
    "xlate/worker": {"leaf", "xlate/isa", "xlate/cache"},
    "syscalls/bridge": {"runtime"},
    "syscalls": {"runtime", "loader", "syscalls/bridge"},
    "rootfs-tools": {"leaf"},
    "main": {"runtime", "loader", "xlate/isa", "xlate/cache", "xlate/run", "syscalls", "syscalls/bridge"},
}
MAIN = {"runtime/aixrun.c", "runtime/fatal_report.c", "runtime/translate_ahead.c"}
# The linker writes the format the loader reads; `mkwpar --check` reads modules as the loader does.
EXTRA = {"rootfs-tools": {"loader/xcoff.h", "loader/xcoff_read.h", "loader/big_archive.h", "loader/find_module.h",
                          "loader/libraries.def", "loader/library_choice.h", "syscalls/kernel_imports.def", "syscalls/kernel_data.def"}}
GUEST = "rootfs-tools/base/"


def layer_of(path):
    if path in MAIN:
        return "main"
    for layer in sorted(ALLOWED, key=len, reverse=True):
        if path.startswith(layer + "/"):
            return layer
    return None


def sources(root):
    for top in ("runtime", "loader", "xlate", "syscalls", "rootfs-tools"):
        for folder, _, files in os.walk(os.path.join(root, top)):
            for name in files:
                path = os.path.relpath(os.path.join(folder, name), root)
                if name.endswith((".c", ".h", ".S", ".inc", ".def")) and not path.startswith(GUEST):
                    yield path


def includes(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as f:
        return re.findall(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', f.read(), re.M)


def edge_allowed(src, dst):
    a, b = layer_of(src), layer_of(dst)
    if b is None or a == b or dst in EXTRA.get(a, ()):
        return True
    return b in ALLOWED[a] or ("leaf" in ALLOWED[a] and dst in LEAF)


def cycles(graph):
    state, stack = {}, []

    def visit(node):
        state[node] = 1
        stack.append(node)
        for nxt in graph.get(node, ()):
            if state.get(nxt) == 1:
                yield stack[stack.index(nxt):] + [nxt]
            elif nxt not in state:
                yield from visit(nxt)
        stack.pop()
        state[node] = 2

    for node in list(graph):
        if node not in state:
            yield from visit(node)


def main():
    root = sys.argv[1]
    wrong, graph, files = [], {}, 0
    for path in sources(root):
        files += 1
        for local, system in includes(root, path):
            if system.startswith("llvm-c/") and layer_of(path) != "xlate/worker":
                wrong.append(f"{path}: includes <{system}>: LLVM lives in xlate/worker only")
            if not local:
                continue
            target = local if os.path.exists(os.path.join(root, local)) else os.path.join(os.path.dirname(path), local)
            graph.setdefault(path, []).append(target)
            if not edge_allowed(path, target):
                wrong.append(f"{path}: must not include {target}")
    headers = {k: v for k, v in graph.items() if k.endswith(".h")}
    wrong += ["include cycle: " + " -> ".join(c) for c in cycles(headers)]
    if len(sys.argv) > 2:
        symbols = subprocess.run(["nm", sys.argv[2]], capture_output=True, text=True, check=True).stdout
        wrong += [f"{sys.argv[2]}: LLVM symbol {s}" for s in re.findall(r"\b(_?LLVM\w+|_ZN4llvm\w+)", symbols)[:5]]
    print("\n".join(wrong) if wrong else f"{files} files, every include points the right way")
    return 1 if wrong or files == 0 else 0


sys.exit(main())
