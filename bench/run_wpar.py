#!/usr/bin/env python3
"""WPAR commands beside what they are made of, in one run, taking turns: as root.

    run_wpar.py --build BUILD [--runs N] [--wpars N] [exec | restore | many | list]...

exec: wparexec of a warm hello, and the same OCI runtime running a native static /bin/true, median milliseconds. restore: mkwpar -C -B of an
image, and GNU tar extracting the same tree. many: N system WPARs active at once: milliseconds of each start, Pss and processes of each.
list: lswpar of 1,000 defined WPARs, and ls -l of as many files. Without names everything is measured.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

PARTS = ["exec", "restore", "many", "list"]


def timed(command, **options):
    start = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True, **options)
    return (time.perf_counter() - start) * 1000


class Bench:
    def __init__(self, build, scratch, runs, wpars):
        self.build, self.scratch, self.runs, self.wpars = os.path.abspath(build), scratch, runs, wpars
        self.bin = os.path.join(self.build, "bin")
        self.environment = {**os.environ, "WPAR_STATE": f"{scratch}/state", "VWPAR_CACHE": f"{scratch}/cache"}

    def wpar(self, name, *words):
        return timed([f"{self.bin}/{name}", *words], env=self.environment)

    def compare(self, what, ours, other_name, other):
        """Both in turns; the median of each."""
        times = [(ours(i), other(i)) for i in range(self.runs)]
        mine, theirs = (statistics.median(column) for column in zip(*times))
        print(f"{what}: {mine:.1f} ms; {other_name}: {theirs:.1f} ms; ratio {mine / theirs:.2f} ({self.runs} runs each)")

    def exec(self):
        app, bundle = f"{self.scratch}/app", f"{self.scratch}/bundle"
        os.makedirs(app)
        os.makedirs(f"{bundle}/rootfs/bin")
        source = f"{self.scratch}/hello.c"
        with open(source, "w", encoding="ascii") as f:
            f.write('#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n')
        subprocess.run([f"{self.bin}/aixcc", "-O2", "-o", f"{app}/hello", source], check=True)
        subprocess.run(["clang-19", "-O2", "-static", "-o", f"{bundle}/rootfs/bin/true", source], check=True)
        subprocess.run(["runc", "spec", "--bundle", bundle], check=True)
        with open(f"{bundle}/config.json", encoding="ascii") as f:
            config = json.load(f)
        config["process"].update(terminal=False, args=["/bin/true"])
        with open(f"{bundle}/config.json", "w", encoding="ascii") as f:
            json.dump(config, f)
        words = ["-n", "bench", "-M", "directory=/app", f"dev={app}", "--", "/app/hello"]
        for _ in range(5):
            self.wpar("wparexec", *words)
            time.sleep(0.5)
        self.compare("wparexec hello", lambda i: self.wpar("wparexec", *words), "runc run, native",
                     lambda i: timed(["runc", "run", "--bundle", bundle, "bench-native"]))

    def restore(self):
        tree, image, archive = f"{self.scratch}/tree", f"{self.scratch}/image", f"{self.scratch}/tree.tar"
        shutil.copytree(f"{self.build}/base", f"{tree}/base", symlinks=True)
        for name in ("programs", "tsc-aix", "esbuild-aix"):
            if os.path.exists(f"{self.build}/inputs/{name}"):
                shutil.copytree(f"{self.build}/inputs/{name}", f"{tree}/{name}", symlinks=True)
        with open(f"{tree}/image.data", "w", encoding="ascii") as f:
            f.write("image_data:\n\tOSLEVEL_R= 5300-12\n")
        subprocess.run([f"{self.bin}/wpar", "image", "create", "-C", tree, image], check=True)
        subprocess.run(["tar", "-C", tree, "-cf", archive, "."], check=True)
        print(f"tree: {sum(len(files) for _, _, files in os.walk(tree))} files, {os.path.getsize(archive) >> 20} MiB")

        def by_tar(i):
            os.makedirs(f"{self.scratch}/out{i}")
            took = timed(["tar", "-C", f"{self.scratch}/out{i}", "-xf", archive])
            shutil.rmtree(f"{self.scratch}/out{i}")
            return took

        def by_mkwpar(i):
            took = self.wpar("mkwpar", "-C", "-B", image, "-n", f"r{i}")
            self.wpar("rmwpar", f"r{i}")
            return took
        self.compare("mkwpar -C -B", by_mkwpar, "tar -x", by_tar)

    def many(self):
        starts, memory, processes = [], 0, 0
        for i in range(self.wpars):
            self.wpar("mkwpar", "-n", f"m{i}")
        for i in range(self.wpars):
            starts.append(self.wpar("startwpar", f"m{i}"))
        rows = subprocess.run([f"{self.bin}/lswpar", "--ps", "-q"], capture_output=True, text=True, check=True, env=self.environment).stdout
        for line in rows.splitlines():
            with open(f"/proc/{line.split()[1]}/smaps_rollup", encoding="ascii") as f:
                memory += next(int(row.split()[1]) for row in f if row.startswith("Pss:"))
            processes += 1
        print(f"{self.wpars} WPARs active: start {statistics.median(starts):.1f} ms (median), {max(starts):.1f} ms (longest); "
              f"{memory / self.wpars:.0f} KiB Pss and {processes / self.wpars:.1f} processes each")
        stops = [self.wpar("stopwpar", f"m{i}") for i in range(self.wpars)]
        print(f"stop: {statistics.median(stops):.1f} ms (median)")
        for i in range(self.wpars):
            self.wpar("rmwpar", f"m{i}")

    def list(self):
        self.wpar("mkwpar", "-n", "model")
        definitions = f"{self.scratch}/state/etc/wpars"
        with open(f"{definitions}/model.cf", encoding="ascii") as f:
            text = f.read()
        for i in range(999):
            with open(f"{definitions}/w{i:03}.cf", "w", encoding="ascii") as f:
                f.write(text.replace("model", f"w{i:03}"))
        self.compare("lswpar of 1,000", lambda i: self.wpar("lswpar"), "ls -l of 1,000 files", lambda i: timed(["ls", "-l", definitions]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--wpars", type=int, default=200)
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    options = parser.parse_args()
    for part in options.parts or PARTS:
        memory = "/dev/shm" if part == "exec" and os.path.isdir("/dev/shm") else None       # as /run is on usual systems
        with tempfile.TemporaryDirectory(prefix="vwpar-bench-", dir=memory) as scratch:
            getattr(Bench(options.build, scratch, options.runs, options.wpars), part)()


main()
