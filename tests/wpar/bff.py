"""Backup-by-name images put together byte by byte from the documented layout, for tests: an assembler, and nothing that reads.

Independent of the project's reader and writer. That it assembles what AIX's `backup` wrote is checked by image.py: sample() has to give
the sha256 of a public archive made on AIX (bffextract-rs, resources/test/test.bff, MIT).

    bff.py DIR      writes small images into DIR, as seeds for the fuzzers
"""
import os
import struct
import sys

PLAIN, PACKED, BY_INODE = 0xEA6B, 0xEA6C, 0xEA6D
FIFO, CHR, DIR, BLK, REG, LNK, SOCK = (n << 12 for n in (1, 2, 4, 6, 8, 10, 12))


def padded(data, unit=8):
    return data + bytes(-len(data) % unit)


def checksum(header):
    return sum((b << (b & 7)) & 0xFFFF for i, b in enumerate(header) if i not in (4, 5)) & 0xFFFF


def sealed(body, kind, magic=PLAIN):
    """A header: `body` begins behind the prefix of 6 bytes."""
    header = bytearray(struct.pack("<BBHH", (6 + len(body)) // 8, kind, magic, 0) + body)
    struct.pack_into("<H", header, 4, checksum(header))
    return bytes(header)


def volume(number=1, date=0, user=b"root", magic=PLAIN):
    return sealed(struct.pack("<HIII16s16s16sHH", number, date, date, 0x7FFFFFFF, b"by name", b"by name", user, 100, 0), 0, magic)


def end(stale=0):
    return sealed(struct.pack("<H", stale), 7)


def sac(mode, entries=b"", acl_mode=0, reserved=0):
    acl = struct.pack("<IIHHHH", 16 + len(entries), acl_mode, reserved, mode >> 6 & 7, mode >> 3 & 7, mode & 7) + entries
    acl = padded(acl)
    pcl = struct.pack("<IIQ", 16, mode, 0)
    return struct.pack("<II", len(acl) // 8, len(pcl) // 8) + acl + pcl


def entry(access, kind, number):
    return struct.pack("<HHHH", 12, access, 8, kind) + struct.pack(">I", number)


def header(name, mode, nlink=1, ino=0, uid=0, gid=0, size=0, times=(0, 0, 0), dev=(0, 0), rdev=(0, 0), dsize=None, magic=PLAIN, stale=b""):
    field = padded(name + b"\0")
    field = field[:len(name) + 1] + stale + field[len(name) + 1 + len(stale):]
    body = struct.pack("<H14I", nlink, ino & 0xFFFFFFFF, mode, uid, gid, size, *times, *dev, *rdev, size if dsize is None else dsize, 0)
    return sealed(body + field, 11, magic)


def member(name, mode, data=b"", unpacked=None, acl=None, **fields):
    """A member as `backup` stores it; `unpacked`: the size when data are packed."""
    packed = unpacked is not None
    size = fields.pop("size", unpacked if packed else len(data))
    fields.setdefault("dsize", len(data))
    head = header(name, mode, size=size, magic=PACKED if packed else PLAIN, **fields)
    return head + (sac(mode) if acl is None else acl) + padded(data)


def directory(name, mode=DIR | 0o755, **fields):
    return header(name, mode, **fields) + sac(mode)


def symlink(name, target, layout="target", mode=LNK | 0o777, **fields):
    """Layouts of three readers: bff.ex (target), bffextract-rs (target-sac), as for files (sac-target)."""
    head = header(name, mode, size=len(target), **fields)
    if layout == "target":
        return head + padded(target)
    if layout == "target-sac":
        return head + padded(target + b"\0") + sac(mode)
    return head + sac(mode) + padded(target)


def image(*records, cluster=51200):
    return padded(volume() + b"".join(records) + end(), cluster)


def pack(data):
    """Huffman code as System V pack's, without its file header; codes of at most 24 bits are the caller's care."""
    end_symbol = 256
    counts = {}
    for b in data:
        counts[b] = counts.get(b, 0) + 1
    nodes = [(n, 1, [s]) for s, n in counts.items()] + [(0, 0, [end_symbol])]
    depth = dict.fromkeys(list(counts) + [end_symbol], 0)
    while len(nodes) > 1:
        nodes.sort(key=lambda n: n[:2])
        a, b = nodes[:2]
        for s in a[2] + b[2]:
            depth[s] += 1
        nodes = nodes[2:] + [(a[0] + b[0], max(a[1], b[1]) + 1, a[2] + b[2])]
    levels = max(depth.values())
    assert depth[end_symbol] == levels <= 24
    leaves = [sorted(s for s in depth if depth[s] == level + 1) for level in range(levels)]
    internal = [0] * levels
    for i in range(levels - 2, -1, -1):
        internal[i] = (internal[i + 1] + len(leaves[i + 1])) // 2
    codes = {s: format(internal[i] + k, f"0{i + 1}b") for i, row in enumerate(leaves) for k, s in enumerate(row)}
    bits = "".join(codes[b] for b in data) + codes[end_symbol]
    bits += "0" * (-len(bits) % 8)
    table = bytes([levels] + [len(r) for r in leaves[:-1]] + [len(leaves[-1]) - 2])
    symbols = bytes(s for row in leaves for s in row if s != end_symbol)
    return table + symbols + int(bits, 2).to_bytes(len(bits) // 8, "big")


def gzip_pack_file(packed, size):
    """The same as a .z file, which gzip -d reads."""
    return b"\x1f\x1e" + struct.pack(">I", size) + packed


def sample():
    """The public archive made on AIX, stale bytes included."""
    owner = dict(uid=388113, gid=21803, dev=(10, 8))
    saved, made = 0x66545AB2, 0x66545A06
    records = volume(date=saved) + b"".join([
        header(b"backup", 0x10000 | DIR | 0o755, nlink=3, ino=-1, times=(saved, 0x66545992, made), dsize=256, **owner)
        + sac(0x10000 | DIR | 0o755),
        header(b"backup/file.txt", REG | 0o644, size=3, times=(0x66545968, 0x66545968, made), **owner)
        + sac(REG | 0o644, reserved=0xF100) + padded(b"abc"),
        header(b"backup/folder", 0x10000 | DIR | 0o755, nlink=2, ino=-2, times=(saved, 0x66545998, made), dsize=256, **owner)
        + sac(0x10000 | DIR | 0o755, reserved=0xF000),
        header(b"backup/folder/file_in_folder.txt", REG | 0o644, size=3, times=(0x665459A4, 0x665459A4, made), **owner)
        + sac(REG | 0o644, reserved=0xF100) + padded(b"xyz"),
    ]) + end(1)
    return records + records[len(records) - 512:512]


def seeds():
    text = b"so many words, so many words, so many words"
    return {
        "sample.bff": sample(),
        "packed.bff": image(member(b"./text", REG | 0o644, pack(text), unpacked=len(text)), cluster=8),
        "links.bff": image(directory(b"./"), *[symlink(b"./" + n.encode(), b"../etc/passwd", n) for n in ("target", "target-sac", "sac-target")],
                           member(b"./one", REG | 0o644, b"data", nlink=2, ino=5), header(b"./two", REG | 0o644, nlink=2, ino=5, size=4)
                           + sac(0o644), cluster=8),
        "hostile.bff": image(symlink(b"./up", b".."), member(b"./up/canary", REG | 0o644, b"escaped"), member(b"../canary", REG | 0o644, b"escaped"),
                             symlink(b"./canary", b"../canary"), member(b"./canary", REG | 0o666, b"escaped"), cluster=8),
        "special.bff": image(header(b"./null", CHR | 0o666, rdev=(2, 2)) + sac(0o666), header(b"./fifo", FIFO | 0o600) + sac(0o600),
                             member(b"./\x7f\x7f", REG | 0o600, b"*\n* ACL_type   NFS4\n"), header(b"./acl", 0x02000000 | DIR | 0o750)
                             + sac(0o750, entry(0x4006, 1, 204), 0x02000000), cluster=8),
        "volumes.bff": volume(1) + member(b"./a", REG | 0o644, b"1") + volume(2) + member(b"./b", REG | 0o644, b"2") + end(),
    }


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    for seed_name, seed_bytes in seeds().items():
        with open(os.path.join(sys.argv[1], seed_name), "wb") as seed_file:
            seed_file.write(seed_bytes)
