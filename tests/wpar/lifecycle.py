#!/usr/bin/env python3
"""mkwpar, lswpar, startwpar, clogin, stopwpar, rebootwpar, rmwpar, driven as an administrator does.

    lifecycle.py --build BUILD [--user]

Formats and field names are IBM's as published (WPAR.md says where); what happens inside is told by guest programs of the tests.
"""
import argparse
import errno
import json
import os
import pty
import re
import select
import shutil
import socket
import subprocess
import sys
import time

import wpars
from wpars import expect, expect_in

GENERAL = ("#name:state:type:rootvgwpar:hostname:routing:vipwpar:directory:owner:script:auto:privateusr:checkpointable:application:ostype:"
           "xwparipc:architecture:uuid")
RESOURCES = ("#name:state:active:rset:shares_CPU:CPU:shares_memory:memory:procVirtMem:totalVirtMem:totalProcesses:totalThreads:totalPTYs:"
             "totalLargePages:pct_msgIDs:pct_semIDs:pct_shmIDs:pct_pinMem")


def wait_for(what, condition, seconds=20):
    end = time.time() + seconds
    while not condition() and time.time() < end:
        time.sleep(0.05)
    expect(what, condition(), True)


def versioned(bench):
    """From a mksysb to a running partition and back to nothing."""
    name = f"v{os.getpid()}"
    image = bench.image()
    expect("mkwpar", bench.good("mkwpar", "-C", "-B", image, "-n", name, "-h", "oldhost"),
           f"Workload partition {name} created successfully.\n"
           f"mkwpar: 0960-390 To start the workload partition, execute the following as root: startwpar [-v] {name}\n")
    tree = f"{bench.state}/wpars/{name}"
    expect("default table", [line.split() for line in bench.good("lswpar").splitlines()[::2]],
           [["Name", "State", "Type", "Hostname", "Directory", "RootVG", "WPAR"], [name, "D", "S", "oldhost", tree, "no"]])
    header, line = bench.good("lswpar", "-c", "-G").splitlines()
    expect("-c -G", (header, line.split(":")[:16]),
           (GENERAL, [name, "D", "S", "no", "oldhost", "no", "", tree, bench.user.pw_name if bench.user else "root", "", "no", "yes", "no",
                      "", "1024", "no"]))
    expect("startwpar", bench.good("startwpar", "-v", name),
           f"Starting workload partition '{name}'.\nMounting all workload partition file systems.\nLoading workload partition.\n"
           "Starting workload partition init.\n")
    wait_for("the service is up", lambda: os.path.exists(f"{tree}/var/service.up"))
    expect("the entry before it ran", os.path.exists(f"{tree}/var/service.start"), True)
    expect("an entry of another level did not", os.path.exists(f"{tree}/var/never.up"), False)
    expect("state", bench.good("lswpar", "-q", "-c", "-a", "name,state", "-s", "A"), f"{name}:A\n")
    inside(bench, name)
    processes(bench, name)
    terminal(bench, name)
    bench.refused("is active (-s stops it first)", "rmwpar", name)
    bench.refused("is in state A", "startwpar", name)
    expect("stopwpar", bench.good("stopwpar", name), "")
    expect("the service was told", os.path.exists(f"{tree}/var/service.down"), True)
    expect("the stop script ran", os.path.exists(f"{tree}/var/K10last.stop"), True)
    with open(f"{bench.state}/var/adm/wpars/{name}.log", encoding="ascii") as f:
        log = f.read()
    for text in ("brc: /sbin/rc.boot 3: does not apply: configures the machine's devices", "service service is up",
                 "pipe: /usr/bin/nothing | /usr/bin/nothing: not started: it needs /usr/bin/sh", "wparinit: stopped"):
        expect_in("log", log, text)
    bench.refused("is not active", "stopwpar", name)
    bench.refused("is not active", "clogin", name, "uname")
    bench.good("rmwpar", name)
    expect("nothing is left", bench.leftovers(), [])


def translated(bench):
    """What --translate names is in the cache when the partition is made."""
    name, image = f"t{os.getpid()}", bench.image()
    done = bench.run("mkwpar", "-C", "-B", image, "-n", name, "--translate", "/usr/bin/probe,/nothing", timeout=600)
    expect("status", done.returncode, 0)
    expect_in("what is not there", done.stderr, "/nothing: No such file or directory")
    expect_in("a line about that", done.stderr, "mkwpar: not everything is translated; what is missing will be when it runs\n")
    expect_in("a program of it", done.stdout, "units in the cache")
    stats = bench.run("wpar", "cache", "stats", "--cache", os.path.join(bench.scratch, "cache"))
    expect("units", int(re.search(r"^all: (\d+) units", stats.stdout, re.M).group(1)) > 100, True)
    bench.good("rmwpar", name)


def inside(bench, name):
    """Commands in the partition, and what it cannot see."""
    expect("uname", bench.good("clogin", name, "uname"), "AIX oldhost 5.3\n")
    expect("-l behind the name", bench.run("clogin", name, "-l", "root", "exit", "5").returncode, 5)
    if bench.user:
        bench.refused("has no other users than root", "clogin", name, "-l", "guest", "id")
    else:
        expect("a user", bench.good("clogin", name, "-l", "guest", "id"), "uid 100 gid 100 terminal 0 home /home/guest\n")
    expect("status", bench.run("clogin", name, "/usr/bin/probe", "7").returncode, 7)
    done = bench.run("clogin", name, "cat", "/../../../../etc/debian_version")
    expect("the host's files", (done.returncode, done.stdout.split(":")[1:]), (1, [" No such file or directory\n"]))
    expect("its own files", bench.good("clogin", name, "cat", "/etc/keep"), "kept\n")
    expect("the host's processes", bench.run("clogin", name, "kill", str(os.getpid())).returncode, 1)
    bench.refused("no user nobody2", "clogin", name, "-l", "nobody2", "id")


def processes(bench, name):
    """lswpar --ps against what /proc says of the service; the seccomp filter is on."""
    rows = [line.split(None, 4) for line in bench.good("lswpar", "--ps", "-q", name).splitlines()]
    service = [row for row in rows if row[4].startswith("/usr/bin/service")]
    expect("--ps: init and the service", ([row[2] for row in rows].count("1"), len(service)), (1, 1))
    with open(f"/proc/{service[0][1]}/status", encoding="ascii") as f:
        status = dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)
    expect("--ps: pid inside", status["NSpid"].split("\t")[-1], service[0][2])
    expect("seccomp filter, no new privileges", (status["Seccomp"], status["NoNewPrivs"]), ("2", "1"))


def read_until(fd, text, seconds=20):
    got = ""
    end = time.time() + seconds
    while text not in got and time.time() < end and select.select([fd], [], [], 0.5)[0] is not None:
        try:
            got += os.read(fd, 4096).decode() if select.select([fd], [], [], 0)[0] else ""
        except OSError:
            break
    return got


def terminal(bench, name):
    """A login shell on a pseudo-terminal."""
    master, slave = pty.openpty()
    with subprocess.Popen(bench.command("clogin", name), stdin=slave, stdout=slave, stderr=slave, env=bench.environment,
                          start_new_session=True) as login:
        os.close(slave)
        expect_in("prompt", read_until(master, "guest# "), "guest# ")
        os.write(master, b"id\n")
        expect_in("terminal inside", read_until(master, "home /"), "terminal 1")
        os.write(master, b"exit 3\n")
        expect("status of the shell", login.wait(20), 3)
    os.close(master)


def listing(bench):
    """Selections and formats."""
    for name, host in (("two", "b"), ("one", "a")):
        bench.good("mkwpar", "-n", name, "-h", host, "-N", f"address=10.77.0.{len(host + name)}{ord(host) - 96}", "netmask=255.255.255.0",
                   "interface=en0", "-M", "directory=/data", "dev=/tmp", "mountopts=ro", "-R", "CPU=10%-50%,80%", "totalProcesses=20",
                   "-S", "privs=PV_A,PV_B", "-D", "devname=/dev/null", "-i", "-I", "rtdest=10.9.0.0/16", "rtgateway=10.77.0.1", "-A")
    expect("sorted by name", bench.names(), ["one", "two"])
    expect("one of them", bench.good("lswpar", "-q", "-c", "-a", "name,hostname,auto", "two"), "two:b:yes\n")
    expect("-d", bench.good("lswpar", "-d", "UCMDB", "-N", "one"),
           "#nameUCMDBinterfaceUCMDBaddressUCMDBmask_prefixUCMDBbroadcast\noneUCMDBen0UCMDB10.77.0.41UCMDB255.255.255.0UCMDB\n")
    expect("-M", bench.good("lswpar", "-c", "-q", "-M", "one"),
           f"one:/:{bench.state}/wpars/one:namefs::rw\none:/data:/tmp:namefs::ro\n")
    expect("-D", bench.good("lswpar", "-c", "-D", "one"),
           "#name:devname:devtype:vdevname:devstatus:devid:rootvg:adapter\none:/dev/null:pseudo::ALLOCATED::no:\n")
    expect("-R", bench.good("lswpar", "-c", "-R", "one"),
           f"{RESOURCES}\none:D:yes::unlimited:10%-50%,80%:unlimited:0%-100%,100%:unlimited:unlimited:20:unlimited:unlimited:unlimited:"
           "100%:100%:100%:100%\n")
    expect("-S", bench.good("lswpar", "-c", "-S", "one"), "#name:state:privs\none:D:PV_A,PV_B\n")
    expect("-I", bench.good("lswpar", "-q", "-c", "-I", "one"), "one::10.9.0.0/16:10.77.0.1:\n")
    expect("states", bench.good("lswpar", "-q", "-s", "A"), "")
    expect("types", bench.good("lswpar", "-q", "-t", "A"), "")
    paragraph(bench.good("lswpar", "-L", "one"))
    rows = json.loads(bench.good("lswpar", "--json"))
    expect("--json", [(r["name"], r["network"][0]["mask_prefix"], r["resources"]["CPU"]) for r in rows],
           [(n, "255.255.255.0", "10%-50%,80%") for n in ("one", "two")])
    expect_in("--overlay", bench.good("lswpar", "--overlay"), "/sbin/rc.boot")
    bench.refused("Could not find a workload partition called three.", "lswpar", "three")
    bench.refused("unknown field 'nme'", "lswpar", "-a", "nme", status=2)
    bench.refused("cannot go together", "lswpar", "-G", "-N", status=2)


def paragraph(text):
    """As chef/ohai's plugin reads it (virtualization_spec.rb): rules, sections, labels."""
    lines = text.splitlines()
    expect("-L head", lines[:4], ["=" * 65, "one - Defined", "=" * 65, "GENERAL"])
    expect("-L sections", [line for line in lines if line.isupper()],
           ["GENERAL", "NETWORK", "USER-SPECIFIED ROUTES", "FILE SYSTEMS", "RESOURCE CONTROLS", "OPERATION", "SECURITY SETTINGS",
            "DEVICE EXPORTS"])
    for line in ("Type:                    S", "WPAR-Specific Routing:   yes", "Start/Stop Script:", "CPU Limits:                         "
                 "10%-50%,80%", "Per-Process Virtual Memory Limit:   unlimited", "Privileges:   PV_A,PV_B", "Operation:    none"):
        expect(f"-L line {line!r}", line in lines, True)
    expect("-L devices", lines[-4].split(), ["Name", "Type", "Virtual", "Device", "RootVG", "Status"])


def refusals(bench):
    """What cannot be is found before anything is changed."""
    image = bench.image()
    old = bench.image("aix51", level="\tOSLEVEL= 5.1.0.0")
    untold = bench.image("untold", level="")
    with open(untold, "rb") as f:
        untold_text = f.read().replace(b"UNAME_INFO", b"UNAME_XXXX")
    with open(untold, "wb") as f:
        f.write(untold_text)
    bench.good("mkwpar", "-n", "there", "-h", "taken", "-N", "address=10.77.1.1")
    os.makedirs(f"{bench.scratch}/full/x")
    before = bench.leftovers()
    cases = [
        ("exists already", 1, "-n", "there"),
        ("is used by workload partition there", 1, "-n", "x", "-h", "taken"),
        ("address 10.77.1.1 is used by there", 1, "-n", "x", "-N", "address=10.77.1.1"),
        ("address 127.0.0.1 is used by this machine", 1, "-n", "x", "-N", "address=127.0.0.1"),
        ("is not empty (-p keeps", 1, "-n", "x", "-d", f"{bench.scratch}/full"),
        ("belongs to workload partition there", 1, "-n", "x", "-d", f"{bench.state}/wpars/there/etc"),
        ("does not exist", 1, "-n", "x", "-p", "-d", f"{bench.scratch}/none"),
        ("AIX 5300-12: -C is needed", 1, "-n", "x", "-B", image),
        ("AIX 5.1; a versioned", 1, "-n", "x", "-C", "-B", old),
        ("name it with --level", 1, "-n", "x", "-C", "-B", untold),
        ("No such file", 1, "-n", "x", "-C", "-B", "/no/such/image"),
        ("no AIX kernel", 1, "-n", "x", "-X", "kext=/usr/lib/drivers/x"),
        ("dev=/no/such/dir: No such file", 1, "-n", "x", "-M", "directory=/a", "dev=/no/such/dir"),
        ("rootvg=yes", 1, "-n", "x", "-D", "devname=hdisk1", "rootvg=yes"),
        ("CPU=50%: must be", 2, "-n", "x", "-R", "CPU=50%"),
        ("address=10.0.0: must be", 2, "-n", "x", "-N", "address=10.0.0"),
        ("-n NAME is missing", 1, "-A"),
        ("must not contain '.'", 2, "-n", "a.b"),
        ("cannot go together", 2, "-n", "x", "-e", "there", "-f", "/dev/null"),
        ("-C needs -B", 2, "-n", "x", "-C"),
        ("option -t is IBM's but not supported", 2, "-t"),
        ("-M needs attribute=value words that it knows, not dir=/a", 2, "-n", "x", "-M", "dir=/a"),
    ]
    for text, status, *words in cases:
        bench.refused(text, "mkwpar", *words, status=status)
    expect("nothing was changed", bench.leftovers(), before)
    bench.good("mkwpar", "-n", "told", "-C", "-B", untold, "--level", "5.2")
    expect("--level", bench.good("lswpar", "-q", "-c", "-a", "ostype", "told"), "1\n")
    bench.good("startwpar", "told")
    expect("uname of 5.2", bench.good("clogin", "told", "uname"), "AIX told 5.2\n")
    expect("and of what it starts", bench.good("clogin", "told", "/usr/bin/ksh", "-c", "uname"), "AIX told 5.2\n")
    bench.good("rmwpar", "-F", "told")
    done = bench.run("mkwpar", "-n", "x", "-h", "taken", "-N", "address=10.77.1.1", "-d", f"{bench.scratch}/full", "-a")
    expect("-a", (done.returncode, len(done.stderr.splitlines())), (0, 3))
    expect("-a: chosen", bench.good("lswpar", "-q", "-c", "-a", "hostname,directory", "x"), f"x:{bench.scratch}/full1\n")
    for name in ("startwpar", "stopwpar", "rmwpar", "clogin"):
        bench.refused("Could not find a workload partition called gone.", name, "gone")
        bench.refused("the name of a workload partition is missing", name, status=2)


def damaged(bench):
    """A damaged image makes nothing, with -F what can be read."""
    image = bench.image()
    data = bytearray(open(image, "rb").read())
    at = data.index(b"./etc/keep") - 0x40
    data[at + 8] ^= 0xFF
    with open(image, "wb") as f:
        f.write(data)
    done = bench.run("mkwpar", "-n", "hurt", "-C", "-B", image)
    expect("damaged: status", done.returncode, 1)
    expect_in("damaged: says it", done.stderr.splitlines()[-1], "incomplete")
    expect("damaged: nothing is left", bench.leftovers(), [])
    empty = f"{bench.state}/empty"
    os.makedirs(empty)
    if bench.user:
        os.chown(empty, bench.user.pw_uid, -1)
    expect("damaged again", bench.run("mkwpar", "-n", "hurt", "-C", "-B", image, "-d", empty).returncode, 1)
    expect("a directory that was there is there, empty", os.listdir(empty), [])
    os.rmdir(empty)
    done = bench.run("mkwpar", "-n", "hurt", "-F", "-C", "-B", image)
    expect("-F: status", done.returncode, 0)
    expect("-F: what can be read", os.path.exists(f"{bench.state}/wpars/hurt/usr/bin/service"), True)


def specifications(bench):
    """-w -o, -f, -e: what was written makes the same WPAR."""
    spec = f"{bench.scratch}/a.spec"
    words = ["-h", "ahost", "-A", "-l", "-R", "CPU=5%-60%,70%", "totalPTYs=9", "-M", "directory=/a", "dev=/tmp", "-M", "directory=/b",
             "vfs=tmpfs", "-N", "address=10.78.0.1", "netmask=255.255.0.0", "-S", "privs=PV_ONE,PV_TWO"]
    bench.good("mkwpar", "-w", "-o", spec, "-n", "a", *words)
    expect("only written", bench.names(), [])
    again = f"{bench.scratch}/b.spec"
    bench.good("mkwpar", "-w", "-o", again, "-f", spec)
    expect("round trip", open(again, encoding="ascii").read(), open(spec, encoding="ascii").read())
    bench.good("mkwpar", "-f", spec)
    bench.good("mkwpar", "-n", "b", "-e", "a", "-S", "privs-=PV_ONE", "-S", "privs+=PV_NEW")
    expect("-e takes settings", bench.good("lswpar", "-q", "-c", "-R", "-a", "CPU,totalPTYs", "b"), "5%-60%,70%:9\n")
    expect("-e takes mounts", bench.good("lswpar", "-q", "-c", "-M", "-a", "mountpoint", "b"), "/\n/a\n/b\n")
    expect("-e leaves addresses", bench.good("lswpar", "-q", "-c", "-N", "b"), "")
    expect("privs+ and -", bench.good("lswpar", "-q", "-c", "-S", "-a", "privs", "b"), "PV_TWO,PV_NEW\n")
    for value, good in ("libz=bridge,libc.a=native", True), ("libz=maybe", False):
        with open(f"{bench.scratch}/c.spec", "w", encoding="ascii") as f:
            f.write(f"general:\n\tname = \"c\"\n\tlibrary = \"{value}\"\n")
        if good:
            bench.good("mkwpar", "-w", "-o", again, "-f", f"{bench.scratch}/c.spec")
            expect_in("library is kept", open(again, encoding="ascii").read(), f"library = \"{value}\"")
        else:
            bench.refused("NAME=native", "mkwpar", "-f", f"{bench.scratch}/c.spec", status=2)
    with open(spec, "a", encoding="ascii") as f:
        f.write("general:\n\tcolour = \"red\"\n")
    bench.refused("unknown attribute 'colour'", "mkwpar", "-f", spec, status=2)


def kept_trees(bench):
    """rmwpar -p, mkwpar -p, and a root tree of the user's own."""
    bench.good("mkwpar", "-n", "k")
    tree = f"{bench.state}/wpars/k"
    with open(f"{tree}/etc/mine", "w", encoding="ascii") as f:
        f.write("mine\n")
    bench.good("rmwpar", "-p", "k")
    expect("kept", (bench.names(), os.path.exists(f"{tree}/etc/mine")), ([], True))
    bench.refused("is not empty", "mkwpar", "-n", "k")
    bench.good("mkwpar", "-p", "k")
    expect("taken again", os.path.exists(f"{tree}/etc/mine"), True)
    expect_in("rmwpar says that it stays", bench.good("rmwpar", "k"), f"{tree} was there before the workload partition and is kept")
    expect("and it does", os.path.exists(f"{tree}/etc/mine"), True)


def stubborn(bench):
    """A service that ignores SIGTERM: the timeouts, -h and -F."""
    top = bench.root_tree()
    with open(f"{top}/etc/inittab", "w", encoding="ascii") as f:
        f.write("init:2:initdefault:\ns:2:once:/usr/bin/service deaf stubborn\n")
    os.remove(f"{top}/etc/rc.d/rc2.d/K10last")
    if bench.user:
        subprocess.run(["chown", "-R", bench.user.pw_name, top], check=True)
    bench.good("mkwpar", "-n", "deaf", "-p", "-l", "-d", top, "-s")
    wait_for("it is up", lambda: os.path.exists(f"{top}/var/deaf.up"))
    bench.refused("has not stopped within 1 seconds (-F forces it)", "stopwpar", "-t", "1", "deaf")
    expect("still active", bench.good("lswpar", "-q", "-c", "-a", "state", "deaf"), "A\n")
    bench.good("stopwpar", "-F", "deaf")
    expect("stopped by force", bench.good("lswpar", "-q", "-c", "-a", "state", "deaf"), "D\n")
    bench.good("startwpar", "-1", "deaf")
    expect("loaded", bench.good("lswpar", "-q", "-c", "-a", "state", "deaf"), "L\n")
    bench.good("stopwpar", "deaf")
    expect("stopped from L", bench.good("lswpar", "-q", "-c", "-a", "state", "deaf"), "D\n")
    bench.good("startwpar", "-m", "deaf")
    expect("maintenance", bench.good("lswpar", "-q", "-c", "-a", "state", "deaf"), "M\n")
    bench.refused("is not active", "clogin", "deaf", "uname")
    bench.good("startwpar", "-2", "deaf")
    expect("started", bench.good("lswpar", "-q", "-c", "-a", "state", "deaf"), "A\n")
    begin = time.time()
    bench.good("rebootwpar", "-h", "deaf")
    expect("-h is sooner than the stop scripts' patience", time.time() - begin < 25, True)
    bench.good("rmwpar", "-F", "deaf")
    expect("the user's tree stays", os.path.exists(f"{top}/etc/keep"), True)


def without_shell(bench):
    """An image without the user's shell: commands run directly, by AIX's PATH."""
    bench.good("mkwpar", "-C", "-B", bench.image(with_shell=False), "-n", "bare", "-s")
    done = bench.run("clogin", "bare", "probe", "4")
    expect("by PATH", (done.returncode, done.stdout.split()[0]), (4, "AIX"))
    bench.refused("not found in the workload partition", "clogin", "bare", "nothing", status=127)
    bench.refused("/usr/bin/ksh, the shell of root, is not in the workload partition", "clogin", "bare", status=127)
    bench.good("rmwpar", "-s", "bare")
    expect("nothing is left", bench.leftovers(), [])


def applications(bench):
    """A WPAR of wparexec among the others."""
    name = f"app{os.getpid()}"
    with bench.start_application(name, "-R", "totalProcesses=50") as running:
        expect("type A", bench.good("lswpar", "-q", "-c", "-a", "name,state,type,directory,application", "-t", "A"),
               f"{name}:A:A:/:/app/service\n")
        bench.refused("is active", "mkwpar", "-n", name)
        bench.refused("is active already", "wparexec", "-n", name, "-M", "directory=/app", f"dev={bench.scratch}/app",
                      "/app/service")
        bench.refused("is an application workload partition", "rebootwpar", name)
        begin = time.time()
        bench.good("stopwpar", name)
        expect("its status", running.wait(20), 0)
        expect("stopwpar and wparexec do not wait for each other", time.time() - begin < 20, True)
    expect("it is gone", bench.names(), [])
    spec = f"{bench.scratch}/app.spec"
    bench.good("wparexec", "-w", "-o", spec, "-n", name, "-R", "CPU=1%-20%,30%")
    expect_in("specification", open(spec, encoding="ascii").read(), "CPU = \"1%-20%,30%\"")
    expect("nothing is left", bench.leftovers(), [])


def at_boot(bench):
    """startwpar --auto starts those that -A marks; the unit calls it."""
    for name, *flags in (("auto1", "-A"), ("manual",), ("auto2", "-A")):
        bench.good("mkwpar", "-n", name, *flags)
    bench.good("startwpar", "auto2")
    bench.good("startwpar", "--auto")
    expect("started", bench.good("lswpar", "-q", "-c", "-a", "name", "-s", "A"), "auto1\nauto2\n")
    unit = bench.good("startwpar", "--unit")
    command = next(line.split("=", 1)[1] for line in unit.splitlines() if line.startswith("ExecStop=")).replace("/bin/sh -c ", "")
    as_user = bench.command("lswpar")[:-1]
    subprocess.run([*as_user, "sh", "-c", command.strip("'")], check=True, env=bench.environment, timeout=60)
    expect("the unit's stop", bench.good("lswpar", "-q", "-s", "A"), "")
    expect_in("the unit's start", unit, f"ExecStart={bench.bin}/wpar startwpar --auto\n")


def network_and_limits(bench):
    """An address that this machine reaches, routes inside, limits as the kernel has them; nothing of it is left. Root only."""
    if bench.user:
        bench.good("mkwpar", "-n", "net", "-N", "address=10.201.77.2")
        bench.refused("-N: addresses need root", "startwpar", "net")
        expect("nothing was started", bench.good("lswpar", "-q", "-c", "-a", "state", "net"), "D\n")
        return
    name = f"net{os.getpid()}"
    bench.good("mkwpar", "-C", "-B", bench.image(), "-n", name, "-N", "address=10.201.77.2", "-I", "rtdest=10.202.0.0/16",
               "rtgateway=169.254.1.1", "-R", "CPU=0%-50%,50%", "memory=0%-20%,25%", "totalProcesses=33", "pct_msgIDs=50%", "-s")
    with socket.socket() as s:
        s.settimeout(5)
        expect("it answers", s.connect_ex(("10.201.77.2", 9)), errno.ECONNREFUSED)
    with open(f"{bench.state}/run/vwpar/{name}/state", encoding="ascii") as f:
        init = f.read().split()[1]
    routes = subprocess.run(["nsenter", "-t", init, "-n", "ip", "route"], capture_output=True, text=True, check=True).stdout
    for text in ("default via 169.254.1.1", "10.202.0.0/16 via 169.254.1.1"):
        expect_in("routes inside", routes, text)
    ids = subprocess.run(["nsenter", "-t", init, "-i", "cat", "/proc/sys/kernel/msgmni"], capture_output=True, text=True, check=True).stdout
    expect("IPC percentage", ids, "16000\n")
    memory = int(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGESIZE") / 100) * 25
    wanted = {"pids.max": 33, "cpu.cfs_quota_us": 100000 * os.cpu_count() // 2, "memory.limit_in_bytes": memory // 4096 * 4096,
              "memory.max": memory // 4096 * 4096}
    for directory, _, files in os.walk("/sys/fs/cgroup"):
        for limit in set(files) & set(wanted) if directory.endswith(f"/vwpar/{name}") else ():
            got = int(open(f"{directory}/{limit}", encoding="ascii").read())
            expect(f"{limit} ({got})", abs(got - wanted[limit]) <= 4096, True)
            wanted.pop(limit)
    expect("limits that were met", len(wanted) < 4, True)
    bench.good("rmwpar", "-s", name)
    links = subprocess.run(["ip", "route", "get", "10.201.77.2"], capture_output=True, text=True, check=False).stdout
    expect("no route is left", " dev vw" in links, False)


def checks(bench):
    """mkwpar --check: what it says of a program is what the loader says when it is run."""
    guests = f"{bench.build}/tests/wpar"
    top = bench.root_tree()
    os.makedirs(f"{top}/usr/lib/drivers")
    for name, to in (("needs", "usr/bin/needs"), ("guest_sh", "usr/lib/drivers/ext"), ("shr.o", "usr/lib/broken.o")):
        subprocess.run(["cp", f"{guests}/{name}", f"{top}/{to}"], check=True)
    with open(f"{top}/usr/lib/broken.o", "r+b") as f:
        f.truncate(os.fstat(f.fileno()).st_size // 2)
    done = bench.run("mkwpar", "--check", top, "--json")
    expect("status", (done.returncode, done.stderr), (3, ""))
    found = json.loads(done.stdout)
    modules = {m["path"]: m for m in found["modules"]}
    expect("level", found["level"], "5300-12")
    expect("left out", [s["id"] for s in found["services_left_out"]], ["brc"])
    expect("missing library", modules["/usr/bin/needs"]["cannot"], ["library libnowhere.a(shr.o) is missing"])
    expect("kernel extension", (modules["/usr/lib/drivers/ext"]["kind"], modules["/usr/lib/drivers/ext"]["verdict"]),
           ("kernel extension", "cannot run"))
    expect("damaged module", modules["/usr/lib/broken.o"]["verdict"], "cannot run")
    for path, module in modules.items():
        if module["kind"] != "program" or path.endswith("broken.o"):
            continue
        ran = subprocess.run([f"{bench.bin}/aixrun", "--no-cache", f"--root={top}", "--", path, "start"], capture_output=True, text=True,
                             stdin=subprocess.DEVNULL, timeout=20, check=False)
        expect(f"{path}: the loader agrees ({ran.stderr})", ran.returncode == 126, module["verdict"] == "cannot run")
    shutil.copy2(f"{guests}/libnowhere.a", f"{top}/usr/lib/libnowhere.a")
    os.remove(f"{top}/usr/lib/drivers/ext")
    os.remove(f"{top}/usr/lib/broken.o")
    image = f"{bench.scratch}/checked"
    subprocess.run([f"{bench.bin}/wpar", "image", "create", "-C", top, image], check=True)
    spec = f"{bench.scratch}/template"
    text = bench.good("mkwpar", "--check", image, "-o", spec)
    expect_in("all runs", text, " 0 cannot run")
    expect_in("inittab", text, "inittab: brc: /sbin/rc.boot 3: left out: configures the machine's devices")
    expect_in("template", open(spec, encoding="ascii").read(), 'level = "5300-12"')
    bench.refused("No such file", "mkwpar", "--check", "/no/such/image")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--user", action="store_true", help="as an ordinary user")
    parser.add_argument("--only", help="one test by its name")
    options = parser.parse_args()
    tests = [versioned, translated, listing, refusals, damaged, specifications, kept_trees, stubborn, without_shell, applications, at_boot,
             network_and_limits, checks]
    return wpars.main("WPAR life cycle", [t for t in tests if options.only in (None, t.__name__)], options)


sys.exit(main())
