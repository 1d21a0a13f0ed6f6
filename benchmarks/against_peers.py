# SPDX-License-Identifier: GPL-3.0-or-later
"""Detect and source-extractor on the same simulated pictures: what is found, what is false, what it costs.

Run by benchmarks/against_peers, which builds the programs. Prints Markdown. Python 3, standard library only.
"""
import argparse
import array
import csv
import math
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/release/bin/contremarque"
DECODER = ROOT / "build/release/bin/contremarque-decoder"
TIMER = ROOT / "build/release/benchmarks/detect/time_detect"
CONV = pathlib.Path("/usr/share/source-extractor")

WIDTH, HEIGHT = 1500, 1000
DROPLETS = 50  # a frame
REACH = 4.0  # photosites from a droplet's centre within which a detection counts as it
EDGE = 8  # photosites around the letters of raw value 0 where nothing is counted
PROMISE = 1.0  # false traces a frame
BACKGROUNDS = ("flat", "gradient", "woven")
READ_NOISE = 3.0  # electrons, the simulator's standard
BINS = ((3, 5), (5, 7), (7, 10), (10, 15), (15, 30))  # of the ideal signal-to-noise


class Kind:
    """What is photographed: the light of the surface and the colour of the marker, by plane r, g, b."""

    def __init__(self, name, background, colour):
        self.name, self.background, self.colour = name, background, colour


GREY = Kind("grey", (90, 90, 90), (1, 1, 1))
COLOURED = Kind("coloured", (60, 90, 180), (0.55, 1, 0.25))


def text(values):
    return ",".join(str(v) for v in values)


def run(command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, check=False, **more)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout


def processor_time(command):
    """User and system seconds of a process and its own children."""
    child = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime


# ---- pictures


class Picture:
    """One simulated frame: its file, its droplets, and the same photosites as FITS for the peer."""

    def __init__(self, folder, kind, surface, number, droplets, size=(WIDTH, HEIGHT)):
        self.kind = kind
        self.path = folder / f"{kind.name}_{surface}_{number}_{droplets}.dng"
        self.fits = self.path.with_suffix(".fits")
        truth = self.path.with_suffix(".csv")
        width, height = size
        command = [PROGRAM, "simulate", "scene", "-o", self.path, "--truth", truth, "--threads", 1]
        command += ["--width", width, "--height", height, "--background", surface, "--seed", number]
        command += ["--background-electrons", text(kind.background), "--colour", text(kind.colour)]
        # Hot photosites would be sources to the peer, which has no test for them.
        command += ["--hot-share", 0, "--droplets", droplets, "--flux", 450, "--flux-log-sd", 0.8]
        command += ["--separation", 40, "--region", f"40,40,{width - 80},{height - 140}"]
        run(command)
        with open(truth, encoding="ascii") as file:
            self.truth = [(float(r["x"]), float(r["y"]), float(r["snr_ideal"])) for r in csv.DictReader(file)]
        self.write_fits()

    def write_fits(self):
        # dcraw's document mode: the visible photosites as they are, 16 bits, highest byte first, as in FITS.
        pgm = run(["dcraw", "-D", "-4", "-c", self.path])
        _, size, _, pixels = pgm.split(b"\n", 3)
        width, height = (int(n) for n in size.split())
        values = array.array("H", pixels)
        values.byteswap()
        self.find_letters(values, width)
        if self.kind is GREY:
            write_fits(self.fits, values, width, height, 16)
        else:
            write_fits(self.fits, weighted_cells(self.kind, values, width, height), width // 2, height // 2, -32)
        self.scale = 1 if self.kind is GREY else 2

    def find_letters(self, values, width):
        """Their box; and they take the median of the frame, so that the peer sees no hole."""
        zeros = [i for i, v in enumerate(values) if v == 0]
        rows = [i // width for i in zeros]
        columns = [i % width for i in zeros]
        self.box = (min(columns) - EDGE, min(rows) - EDGE, max(columns) + EDGE, max(rows) + EDGE)
        planes = [[values[y * width + x] for y in range(dy, 100, 2) for x in range(dx, width, 2)]
                  for dy in (0, 1) for dx in (0, 1)]
        middle = [round(statistics.median(plane)) for plane in planes]
        for i in zeros:
            values[i] = middle[i // width % 2 * 2 + i % width % 2]

    def in_letters(self, x, y):
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


def weighted_cells(kind, values, width, height):
    """Each cell's four photosites summed with the weights that find this colour best on an even surface."""
    (r, g, b), (light_r, light_g, light_b) = kind.colour, kind.background
    w_r, w_g, w_b = (c / (light + READ_NOISE**2) for c, light in ((r, light_r), (g, light_g), (b, light_b)))
    scale = 1 / max(w_r, w_g, w_b)
    w_r, w_g, w_b = w_r * scale, w_g * scale, w_b * scale
    cells = array.array("f")
    for y in range(0, height, 2):
        upper = values[y * width:(y + 1) * width]
        lower = values[(y + 1) * width:(y + 2) * width]
        cells.extend(w_r * a + w_g * (c + d) + w_b * e
                     for a, c, d, e in zip(upper[0::2], upper[1::2], lower[0::2], lower[1::2]))
    return cells


def write_fits(path, values, width, height, bitpix):
    """Source: FITS standard 4.0, sections 3 and 4: cards of 80 characters, blocks of 2880 bytes."""
    cards = [("SIMPLE", "T"), ("BITPIX", bitpix), ("NAXIS", 2), ("NAXIS1", width), ("NAXIS2", height)]
    head = "".join(f"{name:8}= {value:>20}".ljust(80) for name, value in cards) + "END".ljust(80)
    data = array.array("h" if bitpix == 16 else "f", values)
    data.byteswap()
    body = data.tobytes()
    with open(path, "wb") as file:
        file.write(head.ljust(2880).encode("ascii"))
        file.write(body + bytes(-len(body) % 2880))


# ---- the two programs


def detect(picture, promise=PROMISE):
    table = picture.path.with_suffix(".found.csv")
    table.unlink(missing_ok=True)
    run([PROGRAM, "detect", "--threads", 1, "--false-traces", promise, "--csv", table, picture.path])
    with open(table, encoding="utf-8") as file:
        return [(float(r["x"]), float(r["y"])) for r in csv.DictReader(file)]


class Peer:
    """source-extractor with one filter and threshold. What is not set is as installed."""

    def __init__(self, folder, name, kernel, minarea, threshold=None):
        self.folder, self.name, self.kernel, self.minarea = folder, name, kernel, minarea
        self.threshold = threshold

    def command(self, picture):
        parameters = self.folder / "columns.param"
        parameters.write_text("X_IMAGE\nY_IMAGE\nFLUX_ISO\nFLUXERR_ISO\nISOAREA_IMAGE\nA_IMAGE\nB_IMAGE\n"
                              "THETA_IMAGE\nXMIN_IMAGE\nYMIN_IMAGE\nXMAX_IMAGE\nYMAX_IMAGE\nFLAGS\n")
        return ["source-extractor", picture.fits, "-c", CONV / "default.sex", "-PARAMETERS_NAME", parameters,
                "-FILTER_NAME", CONV / self.kernel, "-STARNNW_NAME", CONV / "default.nnw",
                "-DETECT_MINAREA", self.minarea, "-DETECT_THRESH", self.threshold,
                "-ANALYSIS_THRESH", self.threshold, "-CATALOG_NAME", self.folder / "peer.cat",
                "-CATALOG_TYPE", "ASCII", "-VERBOSE_TYPE", "QUIET"]

    def find(self, picture):
        run(self.command(picture))
        found = []
        for line in (self.folder / "peer.cat").read_text().splitlines():
            x, y = (float(word) for word in line.split()[:2])
            # Its first pixel is (1, 1); a cell's middle is half a photosite from its first photosite.
            found.append((picture.scale * (x - 1) + (picture.scale - 1) / 2,
                          picture.scale * (y - 1) + (picture.scale - 1) / 2))
        return found

    def calibrate(self, empty):
        """The threshold at which frames without droplets give PROMISE false ones each."""
        target = PROMISE * len(empty)

        def count(threshold, pictures):
            self.threshold = round(threshold, 4)
            return sum(score(p, self.find(p)).false for p in pictures)

        few = empty[:3]
        start = 20.0
        while count(start, few) < PROMISE * len(few):
            start /= 1.3
        high, low = start * 1.3, start
        while (above := count(high, empty)) >= target:
            high *= 1.3
        while (below := count(low, empty)) < target:
            low /= 1.3
        while high / low > 1.05:
            middle = math.sqrt(high * low)
            if (found := count(middle, empty)) >= target:
                low, below = middle, found
            else:
                high, above = middle, found
        # Between the two, the logarithm of the count is taken as a straight line.
        a, b = math.log(max(above, 0.3)), math.log(below)
        share = (math.log(target) - a) / (b - a)
        self.threshold = round(high - share * (high - low), 3)


# ---- scores


class Score:
    def __init__(self):
        self.false = 0
        self.true = 0
        self.found = [0] * len(BINS)
        self.there = [0] * len(BINS)

    def add(self, other):
        self.false += other.false
        self.true += other.true
        self.found = [a + b for a, b in zip(self.found, other.found)]
        self.there = [a + b for a, b in zip(self.there, other.there)]


def score(picture, found):
    """A droplet is found by the detection nearest to it within REACH, one for one; what is left is false."""
    found = [(x, y) for x, y in found if not picture.in_letters(x, y)]
    pairs = sorted((math.dist(t[:2], f), i, j) for i, t in enumerate(picture.truth) for j, f in enumerate(found)
                   if math.dist(t[:2], f) <= REACH)
    droplets, detections = set(), set()
    for _, i, j in pairs:
        if i not in droplets and j not in detections:
            droplets.add(i)
            detections.add(j)
    result = Score()
    result.false = len(found) - len(detections)
    result.true = len(droplets)
    for i, (_, _, snr) in enumerate(picture.truth):
        for k, (low, high) in enumerate(BINS):
            if low <= snr < high:
                result.there[k] += 1
                result.found[k] += i in droplets
    return result


def total(pictures, find):
    result = Score()
    for picture in pictures:
        result.add(score(picture, find(picture)))
    return result


def row(surface, name, setting, empty, filled):
    shares = " | ".join(f"{f}/{t}" for f, t in zip(filled.found, filled.there))
    print(f"| {surface} | {name} | {setting} | {empty.false} | {filled.false} | {filled.true} | {shares} |", flush=True)


def peers(folder):
    return [Peer(folder, "source-extractor", "gauss_3.0_7x7.conv", 1),
            Peer(folder, "source-extractor", "gauss_5.0_9x9.conv", 1),
            Peer(folder, "source-extractor", "gauss_3.0_7x7.conv", 5),
            Peer(folder, "source-extractor", "mexhat_3.0_9x9.conv", 1)]


def compare(folder, kind, frames):
    names = " | ".join(f"{low} to {high}" for low, high in BINS)
    print(f"| surface | program | settings | false, {frames} empty frames | false, {frames} with droplets "
          f"| true, of {frames * DROPLETS} | {names} |")
    print("|---|---|---|---|---|---|" + "---|" * len(BINS))
    first = None
    for surface in BACKGROUNDS:
        calibration = [Picture(folder, kind, surface, 3000 + i, 0) for i in range(frames)]
        empty = [Picture(folder, kind, surface, 4000 + i, 0) for i in range(frames)]
        filled = [Picture(folder, kind, surface, 5000 + i, DROPLETS) for i in range(frames)]
        row(surface, "detect", f"promise {PROMISE:g}", total(empty, detect), total(filled, detect))
        for peer in peers(folder):
            peer.calibrate(calibration)
            setting = f"{peer.kernel}, MINAREA {peer.minarea}, THRESH {peer.threshold:g}"
            row(surface, peer.name, setting, total(empty, peer.find), total(filled, peer.find))
            first = first or peer
        installed = Peer(folder, "source-extractor", "default.conv", 5, 1.5)
        row(surface, installed.name, "as installed (default.conv, MINAREA 5, THRESH 1.5)",
            total(empty, installed.find), total(filled, installed.find))
        for path in folder.glob(f"{kind.name}_*"):
            path.unlink()
    return first


# ---- time


def timing(folder, peer, repeats):
    size = (4000, 3000)
    picture = Picture(folder, GREY, "flat", 6000, 400, size)
    photosites = size[0] * size[1] / 1e6
    times = {"detect_traces alone, one thread": [],
             "`contremarque detect --threads 1`, whole process with decoding": [],
             f"source-extractor, whole process ({peer.kernel}, THRESH {peer.threshold:g})": []}
    ours, whole, theirs = times
    # In turn, so that whatever else the machine does falls on all alike.
    for _ in range(repeats):
        line = run([TIMER, DECODER, picture.path, 1, PROMISE])
        times[ours].append(float(line.split()[0]))
        times[whole].append(processor_time(
            [PROGRAM, "detect", "--threads", 1, "--false-traces", PROMISE, picture.path]))
        times[theirs].append(processor_time(peer.command(picture)))
    print(f"| processor time (user + system), {size[0]} x {size[1]} photosites, {repeats} repeats "
          "| least, s | median, s | photosites/s by the least |")
    print("|---|---|---|---|")
    for name, seconds in times.items():
        print(f"| {name} | {min(seconds):.2f} | {statistics.median(seconds):.2f} "
              f"| {photosites / min(seconds):.1f} M |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--commit", required=True)
    parser.add_argument("--frames", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    version = subprocess.run(["source-extractor", "--version"], capture_output=True, check=True, text=True)
    own = run([PROGRAM, "version"]).decode().splitlines()[0]
    print(f"`benchmarks/against_peers {options.frames} {options.repeats}`, commit {options.commit}; {own}; "
          f"{(version.stdout + version.stderr).strip().splitlines()[0]}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        print("## One plane: grey\n")
        peer = compare(folder, GREY, options.frames)
        print("\n## Four planes: coloured\n")
        compare(folder, COLOURED, options.frames)
        print("\n## Time\n")
        timing(folder, peer, options.repeats)


if __name__ == "__main__":
    main()
