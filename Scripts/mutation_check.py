#!/usr/bin/env python3
"""Tampers with a store in every way that it can think of, and asks `xunjie verify` to find and name each.

  mutation_check.py PROGRAM [--count 10000] [--seed 1] [--packages 20] [--store FOLDER] [--keep FOLDER]

Makes a small store of sealed packages (or takes --store, which is not touched), then COUNT mutations, one at a time, each on a
copy of its own: files are hard links, and the ones that are changed are replaced. Bit flips, cut and swapped files, frames of
equal size moved between clips, edited clocks, removed, reordered and copied packages, foreign keys, edited, removed, added and
moved rows and log lines. Every one must be found, and the line that says so must name the file, package, row or log line.

Whoever can write the database can also rewrite a whole log with its hashes and all rows with it: that shows only by comparing
with a hash kept elsewhere, and is not among the mutations.
"""
import argparse, base64, collections, json, os, random, re, shutil, sqlite3, subprocess, sys, tempfile, time

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATABASE = "xunjie.sqlite"
# How many copies are checked by one call.
BATCH = 50
# Lines of these may not be changed at all; each is found by its hash chain, in stores new enough to have one.
LOGS = {"case_events": ["case_id", "at", "actor", "kind", "detail"],
        "ledger_entries": ["kind", "id", "version", "document", "is_retired", "author", "at"]}


class Skip(Exception):
    """This mutation cannot be made of this store."""


def replace(path, data):
    """The file with other bytes, without touching what the hard link shares."""
    os.remove(path)
    with open(path, "wb") as f:
        f.write(data)


def read(path):
    with open(path, "rb") as f:
        return f.read()


class Copy:
    """A copy of the store, to be tampered with."""

    def __init__(self, source, root, rng):
        self.root, self.rng = root, rng
        for folder, _, files in os.walk(source):
            place = os.path.join(root, os.path.relpath(folder, source))
            os.makedirs(place, exist_ok=True)
            for name in files:
                if name.endswith(("-wal", "-shm")):
                    continue
                os.link(os.path.join(folder, name), os.path.join(place, name))
        self.evidence = os.path.join(root, "evidence")

    def packages(self):
        found = []
        for folder, _, files in os.walk(self.evidence):
            if "manifest.json" in files:
                found.append(os.path.relpath(folder, self.evidence))
        return sorted(found)

    def path(self, package, name=""):
        return os.path.join(self.evidence, package, name) if name else os.path.join(self.evidence, package)

    def files(self, package):
        """All files of a package, addenda in folders of it too, the manifest among them."""
        base, found = self.path(package), []
        for folder, _, names in os.walk(base):
            found += [os.path.relpath(os.path.join(folder, n), base) for n in names]
        return sorted(found)

    def any_package(self):
        return self.rng.choice(self.packages())

    def database(self):
        """The copy's own database, open for anything: no keys, no triggers."""
        path = os.path.join(self.root, DATABASE)
        replace(path, read(path))
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA foreign_keys = OFF")
        self.triggers = [r[0] for r in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("PRAGMA ignore_check_constraints = ON")
        return db

    def finish(self, db):
        for sql in self.triggers:
            db.execute(sql)
        db.execute("PRAGMA journal_mode = WAL")
        db.close()
        for end in ("-wal", "-shm"):
            if os.path.exists(os.path.join(self.root, DATABASE + end)):
                os.remove(os.path.join(self.root, DATABASE + end))


# ---- files ---------------------------------------------------------------------------------------------------------------------

def flip(data, rng):
    data = bytearray(data)
    place = rng.randrange(len(data))
    data[place] ^= 1 << rng.randrange(8)
    return bytes(data)


def bit_flip(store):
    package = store.any_package()
    name = store.rng.choice(store.files(package))
    path = store.path(package, name)
    replace(path, flip(read(path), store.rng))
    return [package, os.path.basename(name)], f"bit flip in {os.path.splitext(name)[0].split('/')[-1]}"


def truncated(store):
    package = store.any_package()
    name = store.rng.choice(store.files(package))
    data = read(store.path(package, name))
    replace(store.path(package, name), data[:store.rng.randrange(len(data))])
    return [package, os.path.basename(name)], "cut file"


def lengthened(store):
    package = store.any_package()
    name = store.rng.choice(store.files(package))
    data = read(store.path(package, name))
    replace(store.path(package, name), data + bytes(store.rng.randrange(256) for _ in range(store.rng.randrange(1, 64))))
    return [package, os.path.basename(name)], "lengthened file"


def removed_file(store):
    package = store.any_package()
    name = store.rng.choice(store.files(package))
    os.remove(store.path(package, name))
    # Without its manifest a package is no package: the folder or the case is what can be named.
    return [package if name == "manifest.json" else os.path.basename(name)], "removed file"


def added_file(store):
    package = store.any_package()
    with open(store.path(package, "extra.jpg"), "wb") as f:
        f.write(b"\xff\xd8\xff\xd9")
    return [package, "extra.jpg"], "added file"


def swapped_frames(store):
    """Bytes of equal size, such as a frame's, moved from one clip to another."""
    one, other = store.rng.sample(store.packages(), 2)
    a, b = bytearray(read(store.path(one, "clip.mp4"))), read(store.path(other, "clip.mp4"))
    size = store.rng.randrange(200, 20000)
    place = store.rng.randrange(0, min(len(a), len(b)) - size)
    if a[place:place + size] == b[place:place + size]:
        raise Skip
    a[place:place + size] = b[place:place + size]
    replace(store.path(one, "clip.mp4"), bytes(a))
    return [one, "clip.mp4"], "frames of another clip"


def reordered_frames(store):
    package = store.any_package()
    data = bytearray(read(store.path(package, "clip.mp4")))
    size = store.rng.randrange(200, 20000)
    first = store.rng.randrange(0, len(data) // 2 - size)
    second = store.rng.randrange(len(data) // 2, len(data) - size)
    one, two = bytes(data[first:first + size]), bytes(data[second:second + size])
    if one == two:
        raise Skip
    data[first:first + size], data[second:second + size] = two, one
    replace(store.path(package, "clip.mp4"), bytes(data))
    return [package, "clip.mp4"], "frames reordered"


def swapped_stills(store):
    one, other = store.rng.sample(store.packages(), 2)
    name = store.rng.choice([n for n in store.files(one) if n.endswith(".jpg") and n in store.files(other)])
    a, b = store.path(one, name), store.path(other, name)
    os.rename(a, a + "~")
    os.rename(b, a)
    os.rename(a + "~", b)
    return [one, name], "stills swapped between packages"


def swapped_inside(store):
    package = store.any_package()
    one, other = store.rng.sample([n for n in store.files(package) if n.endswith(".jpg")], 2)
    a, b = store.path(package, one), store.path(package, other)
    os.rename(a, a + "~")
    os.rename(b, a)
    os.rename(a + "~", b)
    return [package, one], "stills swapped in a package"


# ---- manifests and chains ------------------------------------------------------------------------------------------------------

def clock_edit(store):
    package = store.any_package()
    path = store.path(package, "manifest.json")
    text = read(path).decode()
    numbers = [m for m in re.finditer(r'"(wallMinusPTSMicroseconds|ptsMicroseconds|utcOffsetMinutes)"\s*:\s*(-?\d+)', text)]
    times = [m for m in re.finditer(r"\d{4}-\d{2}-\d{2}T\d{2}:(\d{2})", text)]
    match = store.rng.choice(numbers + times)
    place = match.end(match.lastindex) - 1
    digit = str((int(text[place]) + store.rng.randrange(1, 10)) % 10)
    replace(path, (text[:place] + digit + text[place + 1:]).encode())
    return [package, "manifest.json"], "clock edited"


def edited_manifest(store):
    package = store.any_package()
    path = store.path(package, "manifest.json")
    text = read(path).decode()
    numbers = list(re.finditer(r"(?<=[:\[,\s])-?\d+(?=[,\]\s}])", text))
    match = store.rng.choice(numbers)
    replace(path, (text[:match.start()] + str(int(match.group()) + store.rng.randrange(1, 99)) + text[match.end():]).encode())
    return [package, "manifest.json"], "manifest edited"


def foreign_manifest(store):
    """A manifest of another package, as signed."""
    one, other = store.rng.sample(store.packages(), 2)
    replace(store.path(one, "manifest.json"), read(store.path(other, "manifest.json")))
    return [one], "another package's manifest"


def removed_addendum(store):
    """The newest: what was before it is missed by its number."""
    having = [package for package in store.packages() if os.path.isdir(store.path(package, "addenda"))]
    if not having:
        raise Skip
    package = store.rng.choice(having)
    folder = store.path(package, "addenda")
    shutil.rmtree(os.path.join(folder, max(os.listdir(folder))))
    return [package], "removed addendum"


def removed_package(store):
    package = store.any_package()
    shutil.rmtree(store.path(package))
    return [package], "removed package"


def renamed_package(store):
    package = store.any_package()
    parent, name = os.path.split(package)
    other = name[:-1] + ("0" if name[-1] != "0" else "1")
    os.rename(store.path(package), store.path(f"{parent}/{other}"))
    return [f"{parent}/{other}", package], "renamed package"


def reordered_packages(store):
    channel = store.rng.choice(sorted({p.split("/")[0] for p in store.packages()}))
    one, other = store.rng.sample([p for p in store.packages() if p.startswith(channel + "/")], 2)
    a, b = store.path(one), store.path(other)
    os.rename(a, a + "~")
    os.rename(b, a)
    os.rename(a + "~", b)
    return [one, other], "reordered packages"


def moved_package(store):
    package = store.any_package()
    channels = sorted({p.split("/")[0] for p in store.packages()} - {package.split("/")[0]})
    if not channels:
        raise Skip
    target = store.rng.choice(channels) + package[package.index("/"):]
    os.makedirs(os.path.dirname(store.path(target)), exist_ok=True)
    os.rename(store.path(package), store.path(target))
    return [package, target], "package of another channel"


def copied_package(store):
    package = store.any_package()
    parent, name = os.path.split(package)
    other = f"{parent}/{name[:-1]}{'0' if name[-1] != '0' else '1'}"
    shutil.copytree(store.path(package), store.path(other))
    return [other], "copied package"


def cut_tail(store):
    """The newest packages of a channel, together with its head."""
    channel = store.rng.choice(sorted({p.split("/")[0] for p in store.packages()}))
    mine = [p for p in store.packages() if p.startswith(channel + "/")]
    gone = mine[-store.rng.randrange(1, len(mine)):]
    for package in gone:
        shutil.rmtree(store.path(package))
    if store.rng.random() < 0.5:
        os.remove(os.path.join(store.evidence, channel, "chain.json"))
    return [gone[0], channel], "cut tail of a channel"


def edited_head(store):
    channel = store.rng.choice(sorted({p.split("/")[0] for p in store.packages()}))
    path = os.path.join(store.evidence, channel, "chain.json")
    data = flip(read(path), store.rng) if store.rng.random() < 0.8 else read(path)[:store.rng.randrange(10, 100)]
    replace(path, data)
    return [channel], "edited head of a chain"


def replaced_key(store):
    """The public key of somebody else, in place of the store's."""
    path = os.path.join(store.root, "key.pub")
    lines = read(path).decode().strip().splitlines()
    der = bytearray(base64.b64decode("".join(lines[1:-1])))
    # An Ed25519 key is 32 bytes of any value at the end (RFC 8410, section 4).
    der[-32:] = bytes(store.rng.randrange(256) for _ in range(32))
    body = base64.b64encode(bytes(der)).decode()
    replace(path, "\n".join([lines[0], body, lines[-1], ""]).encode())
    return ["key", "trusted"], "replaced key"


# ---- rows and log lines --------------------------------------------------------------------------------------------------------

def other_value(value, rng):
    if value is None:
        return rng.randrange(1, 10 ** 12)
    if isinstance(value, int):
        return 1 - value if value in (0, 1) else value + rng.choice([-1, 1]) * rng.randrange(1, 10 ** 5)
    if isinstance(value, float):
        return value + rng.uniform(0.01, 0.2)
    if value.startswith("{"):
        try:
            return other_json(json.loads(value), rng)
        except ValueError:
            pass
    if not value:
        return "x"
    place = rng.randrange(len(value))
    return value[:place] + rng.choice([c for c in "0123456789abcdef" if c != value[place]]) + value[place + 1:]


def other_json(document, rng):
    """The document with one of its values changed."""
    leaves = []

    def walk(node, path):
        if isinstance(node, dict):
            for key in node:
                walk(node[key], path + [key])
        elif isinstance(node, list) and node:
            for index, item in enumerate(node):
                walk(item, path + [index])
        elif isinstance(node, (int, float, str)):
            leaves.append(path)

    walk(document, [])
    if not leaves:
        raise Skip
    path = rng.choice(leaves)
    node = document
    for key in path[:-1]:
        node = node[key]
    value = node[path[-1]]
    node[path[-1]] = (not value) if isinstance(value, bool) else other_value(value, rng)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def columns(db, table):
    # Generated columns are read out of others: they cannot be written.
    return [r[1] for r in db.execute(f"PRAGMA table_xinfo({table})") if r[6] == 0]


def edited_row(table, key, subject, skipped=()):
    def mutate(store):
        db = store.database()
        try:
            column = store.rng.choice([c for c in columns(db, table) if c not in skipped])
            rows = db.execute(f'SELECT {key}, "{column}" FROM {table}').fetchall()
            if not rows:
                raise Skip
            row, value = store.rng.choice(rows)
            new = other_value(value, store.rng)
            try:
                db.execute(f'UPDATE {table} SET "{column}" = ? WHERE {key} = ?', (new, row))
            except sqlite3.Error:
                raise Skip  # the table itself refuses it: not STRICT, not unique
            named = [f"{subject} {row}"] + ([f"{subject} {new}"] if column == key else [])
        finally:
            store.finish(db)
        return named, f"edited {table}.{column}"

    return mutate


def removed_row(table, key, subject):
    def mutate(store):
        db = store.database()
        try:
            row = store.rng.choice(db.execute(f"SELECT {key} FROM {table}").fetchall())[0]
            db.execute(f"DELETE FROM {table} WHERE {key} = ?", (row,))
            named = [f"{subject} {row}"]
            if table == "incidents":
                named = ["cases"]
        finally:
            store.finish(db)
        return named, f"removed row of {table}"

    return mutate


def added_case(store):
    db = store.database()
    try:
        names = [c for c in columns(db, "cases")]
        row = dict(zip(names, store.rng.choice(db.execute(f"SELECT {', '.join(names)} FROM cases").fetchall())))
        incident = [c for c in columns(db, "incidents")]
        source = dict(zip(incident, db.execute(f"SELECT {', '.join(incident)} FROM incidents WHERE id = ?", (row["incident_id"],)).fetchone()))
        source["id"] = row["incident_id"] + "-x"
        row.update(id=row["id"][:-1] + ("0" if row["id"][-1] != "0" else "1"), incident_id=source["id"],
                   package_path=row["package_path"] + "x")
        for table, values in (("incidents", source), ("cases", row)):
            db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values()))
        named = [f"cases {row['id']}"]
    finally:
        store.finish(db)
    return named, "added case"


def swapped_rows(store):
    """Two cases trade their standings, so that all totals stay right."""
    db = store.database()
    try:
        rows = db.execute("SELECT id, state, standing, due_at, settled_at, shop_id FROM cases").fetchall()
        one, other = store.rng.sample(rows, 2)
        if one[1:] == other[1:]:
            raise Skip
        for target, values in ((one[0], other[1:]), (other[0], one[1:])):
            db.execute("UPDATE cases SET state = ?, standing = ?, due_at = ?, settled_at = ?, shop_id = ? WHERE id = ?",
                       (*values, target))
    finally:
        store.finish(db)
    return [f"cases {one[0]}", f"cases {other[0]}"], "standings traded"


def log_line(table):
    def line(number):
        return f"{table} line {number}"

    def removed(store):
        db = store.database()
        try:
            number = store.rng.choice(db.execute(f"SELECT sequence FROM {table}").fetchall())[0]
            db.execute(f"DELETE FROM {table} WHERE sequence = ?", (number,))
        finally:
            store.finish(db)
        return [line(number)], f"removed line of {table}"

    def tail(store):
        db = store.database()
        try:
            last = db.execute(f"SELECT MAX(sequence) FROM {table}").fetchone()[0]
            first = store.rng.randrange(max(1, last - 30), last + 1)
            db.execute(f"DELETE FROM {table} WHERE sequence >= ?", (first,))
        finally:
            store.finish(db)
        return [line(first)], f"cut tail of {table}"

    def inserted(store):
        db = store.database()
        try:
            names = [c for c in columns(db, table) if c != "sequence"]
            last = db.execute(f"SELECT MAX(sequence) FROM {table}").fetchone()[0]
            number = store.rng.randrange(1, last + 2)
            db.execute(f"UPDATE {table} SET sequence = -sequence - 1 WHERE sequence >= ?", (number,))
            db.execute(f"UPDATE {table} SET sequence = -sequence WHERE sequence < 0")
            # A copy of the very line that stood there changes nothing but the one behind it.
            source = store.rng.choice([r[0] for r in db.execute(f"SELECT sequence FROM {table}")])
            values = list(db.execute(f"SELECT {', '.join(names)} FROM {table} WHERE sequence = ?", (source,)).fetchone())
            broken = number + 1 if source == number + 1 and "version" not in names else number
            if "version" in names:
                values[names.index("version")] += 1000
            db.execute(f"INSERT INTO {table} (sequence, {', '.join(names)}) VALUES (?, {', '.join('?' * len(names))})",
                       [number] + values)
        finally:
            store.finish(db)
        return [line(broken)], f"inserted line in {table}"

    def reordered(store):
        db = store.database()
        try:
            numbers = [r[0] for r in db.execute(f"SELECT sequence FROM {table}")]
            one, other = sorted(store.rng.sample(numbers, 2))
            db.execute(f"UPDATE {table} SET sequence = -1 WHERE sequence = ?", (one,))
            db.execute(f"UPDATE {table} SET sequence = ? WHERE sequence = ?", (one, other))
            db.execute(f"UPDATE {table} SET sequence = ? WHERE sequence = -1", (other,))
        finally:
            store.finish(db)
        return [line(one)], f"reordered lines of {table}"

    def edited(store):
        db = store.database()
        try:
            column = store.rng.choice(columns(db, table))
            number, value = store.rng.choice(db.execute(f"SELECT sequence, {column} FROM {table}").fetchall())
            try:
                db.execute(f"UPDATE {table} SET {column} = ? WHERE sequence = ?", (other_value(value, store.rng), number))
            except sqlite3.Error:
                raise Skip
        finally:
            store.finish(db)
        # A line moved away leaves a gap; one whose own hash was edited is found there, and so is one moved before the first.
        return [f"{table} line"] if column == "sequence" else [line(number)], f"edited {table}.{column}"

    def rehashed(store):
        """An edited line with a hash that fits it, but not what follows."""
        import hashlib
        db = store.database()
        try:
            names = [c for c in columns(db, table) if c not in ("sequence", "hash")]
            last = db.execute(f"SELECT MAX(sequence) FROM {table}").fetchone()[0]
            if last < 2:
                raise Skip
            number = store.rng.randrange(1, last)
            before = db.execute(f"SELECT hash FROM {table} WHERE sequence = ?", (number - 1,)).fetchone()
            column = store.rng.choice(["at"])
            db.execute(f"UPDATE {table} SET {column} = {column} + 60000 WHERE sequence = ?", (number,))
            fields = db.execute(f"SELECT {', '.join(names)} FROM {table} WHERE sequence = ?", (number,)).fetchone()
            digest = hashlib.sha256()
            for text in [before[0] if before else "0" * 64, str(number)] + ["" if f is None else str(f) for f in fields]:
                data = text.encode()
                digest.update(f"{len(data)}:".encode() + data)
            db.execute(f"UPDATE {table} SET hash = ? WHERE sequence = ?", (digest.hexdigest(), number))
        finally:
            store.finish(db)
        return [line(number + 1)], f"rehashed line of {table}"

    return [removed, tail, inserted, reordered, edited, edited, rehashed]


def all_mutations(store_path):
    db = sqlite3.connect(f"file:{os.path.join(store_path, DATABASE)}?mode=ro", uri=True)
    logs = [t for t in LOGS]
    for table in ("access_log",):
        if any(r[1] == "hash" for r in db.execute(f"PRAGMA table_info({table})")):
            logs.append(table)
        else:
            print(f"{table} has no hash chain in this store: left out", file=sys.stderr)
    db.close()
    files = [bit_flip, bit_flip, bit_flip, truncated, lengthened, removed_file, added_file, swapped_frames, swapped_frames, reordered_frames,
             swapped_stills, swapped_inside, clock_edit, clock_edit, edited_manifest, foreign_manifest, removed_addendum, removed_package, renamed_package,
             reordered_packages, moved_package, copied_package, cut_tail, edited_head, replaced_key]
    rows = [edited_row("cases", "id", "cases"), edited_row("cases", "id", "cases"), edited_row("incidents", "id", "incidents", ("id",)),
            edited_row("users", "id", "users"), removed_row("cases", "id", "cases"), removed_row("users", "id", "users"),
            removed_row("incidents", "id", "incidents"), added_case, swapped_rows, edited_totals]
    return files + rows + [m for table in logs for m in log_line(table)]


def edited_totals(store):
    db = store.database()
    try:
        names = [c for c in columns(db, "case_totals") if c not in ("cut", "day", "channel_id", "violation")]
        column = store.rng.choice(names)
        cut, day, channel, violation = store.rng.choice(db.execute("SELECT cut, day, channel_id, violation FROM case_totals").fetchall())
        db.execute(f"UPDATE case_totals SET {column} = {column} + 1 WHERE cut = ? AND day = ? AND channel_id = ? AND violation = ?",
                   (cut, day, channel, violation))
    finally:
        store.finish(db)
    return [f"case_totals {cut} of day {day}"], "edited case_totals"


# ---- the check -----------------------------------------------------------------------------------------------------------------

def verify(program, roots):
    """The problem lines of each root."""
    answer = subprocess.run([program, "verify"] + roots, capture_output=True, text=True, errors="replace")
    if answer.returncode not in (0, 1):
        sys.exit(f"verify ended with {answer.returncode}: {answer.stderr[-2000:]}")
    lines = collections.defaultdict(list)
    if len(roots) == 1:
        lines[roots[0]] = answer.stdout.splitlines()
    else:
        for text in answer.stdout.splitlines():
            for root in roots:
                if text.startswith(root + ": "):
                    lines[root].append(text[len(root) + 2:])
                    break
    # The last line of each only counts.
    return {root: lines[root][:-1] for root in roots}, {root: lines[root][-1] if lines[root] else "" for root in roots}


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program")
    options.add_argument("--count", type=int, default=10000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--packages", type=int, default=20)
    options.add_argument("--store", help="an existing store at rest, instead of one made for the purpose")
    options.add_argument("--keep", help="where copies whose mutation was not found are left")
    options = options.parse_args()
    rng = random.Random(options.seed)
    folder = tempfile.mkdtemp(prefix="xunjie-mutations-")
    source = options.store or os.path.join(folder, "store")
    try:
        if not options.store:
            subprocess.run([options.program, "bench", "packages", source, "--count", str(options.packages),
                            "--streams", f"{project}/SampleStreams"], check=True, stdout=subprocess.DEVNULL)
        problems, last = verify(options.program, [source])
        if problems[source] or "all as sealed" not in last[source]:
            sys.exit(f"the untouched store is not sound: {problems[source]} {last[source]}")
        print(last[source])
        mutations = all_mutations(source)
        done, found, named = collections.Counter(), collections.Counter(), collections.Counter()
        failures = []
        start = time.time()
        made = 0
        while made < options.count:
            batch = []
            while len(batch) < min(BATCH, options.count - made):
                root = os.path.join(folder, f"m{made + len(batch)}")
                mutate = mutations[(made + len(batch)) % len(mutations)] if rng.random() < 0.5 else rng.choice(mutations)
                copy = Copy(source, root, rng)
                try:
                    names, kind = mutate(copy)
                    batch.append((root, names, kind))
                except Skip:
                    shutil.rmtree(root)
            problems, _ = verify(options.program, [root for root, _, _ in batch])
            for root, names, kind in batch:
                done[kind] += 1
                lines = problems[root]
                found[kind] += bool(lines)
                is_named = any(name in text for text in lines for name in names)
                named[kind] += is_named
                if not is_named:
                    failures.append((root, kind, names, lines[:4]))
                    if options.keep:
                        shutil.copytree(root, os.path.join(options.keep, os.path.basename(root)))
                shutil.rmtree(root)
            made += len(batch)
            if made % 1000 < BATCH:
                print(f"{made} of {options.count}, {time.time() - start:.0f} s", file=sys.stderr)
        for kind in sorted(done):
            print(f"{kind:44}{done[kind]:7}{found[kind]:7} found{named[kind]:7} named")
        for root, kind, names, lines in failures[:20]:
            print(f"NOT NAMED: {os.path.basename(root)} {kind}: wanted one of {names}, said {lines}")
        print(f"{made} mutations of {len(done)} kinds: {sum(found.values())} found, {sum(named.values())} named "
              f"· seed {options.seed}, {time.time() - start:.0f} s")
        sys.exit(0 if sum(named.values()) == made else 1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
