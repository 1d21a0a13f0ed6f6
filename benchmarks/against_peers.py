# SPDX-License-Identifier: GPL-3.0-or-later
"""One plane of photosites: detect_plane, source-extractor, SEP and photutils on the same simulated pictures.

What is found at equal false detections, where and how bright, at which cost. Run by benchmarks/against_peers, which
builds the programs. Prints Markdown and draws a figure. Python 3, standard library only; SEP and photutils run in
benchmarks/peers_python.py. With --coloured: detect on four planes and source-extractor on their weighted sum.
"""
import argparse
import array
import concurrent.futures
import csv
import json
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
PLANE = ROOT / "build/release/benchmarks/detect/time_plane"
PEERS_PYTHON = ROOT / "benchmarks/peers_python.py"
PYTHON = "/usr/bin/python3"  # Debian's, whose packages the peers are
CONV = pathlib.Path("/usr/share/source-extractor")

WIDTH, HEIGHT = 1500, 1000
DROPLETS = 50  # a frame
REACH = 4.0  # photosites from a droplet's centre within which a detection counts as it
EDGE = 8  # photosites around the letters of raw value 0 where nothing is counted
PROMISE = 1.0  # false traces a frame
BACKGROUNDS = ("flat", "gradient", "woven")
READ_NOISE = 3.0  # electrons, the simulator's standard
BINS = ((3, 5), (5, 7), (7, 10), (10, 15), (15, 30), (30, 120))  # of the ideal signal-to-noise
MEASURED = (10, 30)  # droplets whose place and light are compared
BLACK, GAIN = 512, 0.5  # the simulator's standard: DN, DN per electron


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


# A process starts with the peak memory of the one that started it: so a small one does.
LAUNCHER = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def cost(command, given=None):
    """User and system seconds of a process, and the most memory it held at once, MB (at least the launcher's 10)."""
    seconds, memory = run([sys.executable, "-S", "-c", LAUNCHER, *command], input=given).split()
    return float(seconds), float(memory)


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
            self.truth = [(float(r["x"]), float(r["y"]), float(r["snr_ideal"]), sum(float(r[f"electrons_{p}"]) for p in ("r", "g1", "g2", "b"))) for r in csv.DictReader(file)]
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
            # The rows above the letters: filled, their outlines are edges in the texture that no cloth has.
            rows = self.box[1] // 2 * 2
            write_fits(self.fits, values[:rows * width], width, rows, 16)
        else:
            write_fits(self.fits, weighted_cells(self.kind, values, width, height), width // 2, height // 2, -32)
        self.scale = 1 if self.kind is GREY else 2

    def find_letters(self, values, width):
        """Their box; and they take what lies above, so that no program sees a hole."""
        zeros = [i for i, v in enumerate(values) if v == 0]
        rows = [i // width for i in zeros]
        columns = [i % width for i in zeros]
        self.box = (min(columns) - EDGE, min(rows) - EDGE, max(columns) + EDGE, max(rows) + EDGE)
        # What surrounds them goes on, texture included: rows from above, an even number away.
        up = (self.box[3] - self.box[1]) // 2 * 2 + 2
        for i in zeros:
            values[i] = values[i - up * width]

    def in_letters(self, x, y):
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


def weights_of(kind):
    """Of a cell's photosites: those that find this colour best on an even surface, scaled so that its light stays."""
    (r, g, b), (light_r, light_g, light_b) = kind.colour, kind.background
    w_r, w_g, w_b = (c / (light + READ_NOISE**2) for c, light in ((r, light_r), (g, light_g), (b, light_b)))
    scale = (r + 2 * g + b) / (w_r * r + 2 * w_g * g + w_b * b)
    return w_r * scale, w_g * scale, w_b * scale


def weighted_cells(kind, values, width, height):
    w_r, w_g, w_b = weights_of(kind)
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


# ---- the programs: find(pictures) gives {path of the picture: [(x, y, flux in DN)]}


class Traces:
    """detect: all four planes; the marker's colour may be told, as the peer's weights tell it."""

    name = "detect"

    def __init__(self, colour=None):
        self.options = ["--colour", text(colour)] if colour else []
        self.setting = f"promise {PROMISE:g}" + ", told the colour" * bool(colour)

    def calibrate(self, empty):
        pass

    def find_one(self, picture):
        table = picture.path.with_suffix(".found.csv")
        table.unlink(missing_ok=True)
        run([PROGRAM, "detect", "--threads", 1, "--false-traces", PROMISE, *self.options, "--csv", table, picture.path])
        with open(table, encoding="utf-8") as file:
            return [(float(r["x"]), float(r["y"]), sum(float(r[f"flux_{p}"]) for p in ("r", "g1", "g2", "b")))
                    for r in csv.DictReader(file)]

    def find(self, pictures):
        return {p.path: self.find_one(p) for p in pictures}


class Plane:
    """detect_plane, told the sensor's gain and read noise."""

    name, setting = "detect_plane", f"promise {PROMISE:g}"

    def calibrate(self, empty):
        pass

    def command(self, picture, repeats=1):
        table = picture.path.with_suffix(".plane.csv")
        return [PLANE, picture.fits, BLACK, GAIN, GAIN * READ_NOISE, PROMISE, repeats, table]

    def find(self, pictures):
        found = {}
        for picture in pictures:
            run(self.command(picture))
            with open(picture.path.with_suffix(".plane.csv"), encoding="ascii") as file:
                found[picture.path] = [(float(r["x"]), float(r["y"]), float(r["flux"])) for r in csv.DictReader(file)]
        return found


class Extractor:
    """source-extractor with one filter and threshold. What is not set is as installed."""

    name = "source-extractor"

    def __init__(self, folder, kernel, minarea, threshold=None):
        self.folder, self.kernel, self.minarea, self.threshold = folder, kernel, minarea, threshold
        self.parameters = folder / "columns.param"
        self.parameters.write_text("\n".join((
            "XWIN_IMAGE", "YWIN_IMAGE", "FLUX_AUTO", "FLUXERR_AUTO", "ISOAREA_IMAGE", "A_IMAGE", "B_IMAGE", "THETA_IMAGE",
            "XMIN_IMAGE", "YMIN_IMAGE", "XMAX_IMAGE", "YMAX_IMAGE", "FLAGS", "")))

    @property
    def setting(self):
        return f"{self.kernel}, MINAREA {self.minarea}, THRESH {self.threshold:g}"

    def command(self, picture):
        return ["source-extractor", picture.fits, "-c", CONV / "default.sex", "-PARAMETERS_NAME", self.parameters,
                "-FILTER_NAME", CONV / self.kernel, "-STARNNW_NAME", CONV / "default.nnw",
                "-DETECT_MINAREA", self.minarea, "-DETECT_THRESH", self.threshold,
                "-ANALYSIS_THRESH", self.threshold, "-CATALOG_NAME", picture.path.with_suffix(".cat"),
                "-CATALOG_TYPE", "ASCII", "-VERBOSE_TYPE", "QUIET"]

    def find_one(self, picture):
        run(self.command(picture))
        found = []
        for line in picture.path.with_suffix(".cat").read_text().splitlines():
            x, y, flux = (float(word) for word in line.split()[:3])
            # Its first pixel is (1, 1); a cell's middle is half a photosite from its first photosite.
            found.append((picture.scale * (x - 1) + (picture.scale - 1) / 2,
                          picture.scale * (y - 1) + (picture.scale - 1) / 2, flux))
        return found

    def find(self, pictures):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return dict(zip((p.path for p in pictures), pool.map(self.find_one, pictures)))

    def calibrate(self, empty):
        """The threshold at which pictures without droplets give PROMISE detections each."""
        target = PROMISE * len(empty)

        def count(threshold, pictures):
            self.threshold = round(threshold, 4)
            return sum(len(f) for f in self.find(pictures).values())

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


class InPython:
    """SEP or photutils."""

    def __init__(self, name, kernel, minarea, threshold=None):
        self.name, self.kernel, self.minarea, self.threshold = name, kernel, minarea, threshold
        self.calibration = []

    @property
    def setting(self):
        return f"{self.kernel}, area {self.minarea}, threshold {self.threshold:g}"

    def calibrate(self, empty):
        self.calibration = [str(p.fits) for p in empty]  # sought when the pictures are known: one process

    def task(self, **more):
        return json.dumps({"program": self.name, "minarea": self.minarea, "filter": str(CONV / self.kernel),
                           **more}).encode()

    def find(self, pictures):
        given = self.task(calibration=self.calibration, pictures=[str(p.fits) for p in pictures], promise=PROMISE)
        answer = json.loads(run([PYTHON, "-W", "ignore", PEERS_PYTHON], input=given))
        self.threshold = answer["threshold"]
        return {p.path: answer["found"][str(p.fits)] for p in pictures}


# ---- scores


class Score:
    def __init__(self):
        self.false = 0
        self.found = [0] * len(BINS)
        self.there = [0] * len(BINS)
        self.offsets = []  # photosites along an axis, droplets of MEASURED signal-to-noise
        self.fluxes = []  # measured by true


def add_picture(score, picture, found):
    """A droplet is found by the detection nearest to it within REACH, one for one; what is left is false."""
    found = [f for f in found if not picture.in_letters(f[0], f[1])]
    pairs = sorted((math.dist(t[:2], f[:2]), i, j) for i, t in enumerate(picture.truth) for j, f in enumerate(found)
                   if math.dist(t[:2], f[:2]) <= REACH)
    partner, taken = {}, set()
    for _, i, j in pairs:
        if i not in partner and j not in taken:
            partner[i] = found[j]
            taken.add(j)
    score.false += len(found) - len(taken)
    for i, (x, y, snr, electrons) in enumerate(picture.truth):
        for k, (low, high) in enumerate(BINS):
            if low <= snr < high:
                score.there[k] += 1
                score.found[k] += i in partner
        if i in partner and MEASURED[0] <= snr < MEASURED[1]:
            score.offsets += [partner[i][0] - x, partner[i][1] - y]
            score.fluxes.append(partner[i][2] / (GAIN * electrons))


def total(pictures, found):
    score = Score()
    for picture in pictures:
        add_picture(score, picture, found[picture.path])
    return score


def wilson(found, there):
    """95 % interval of a share. Source: E. B. Wilson, JASA 22 (1927) 209."""
    if there == 0:
        return 0.0, 1.0
    z, p = 1.96, found / there
    middle = (p + z * z / (2 * there)) / (1 + z * z / there)
    reach = z / (1 + z * z / there) * math.sqrt(p * (1 - p) / there + z * z / (4 * there * there))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def row(surface, program, empty, filled):
    shares = " | ".join(f"{f}/{t}" for f, t in zip(filled.found, filled.there))
    if len(filled.fluxes) >= 20:
        place = math.sqrt(statistics.fmean(d * d for d in filled.offsets))
        middle = statistics.median(filled.fluxes)
        spread = 1.4826 * statistics.median(abs(f - middle) for f in filled.fluxes)
        measured = f"{place:.3f} | {100 * (middle - 1):+.1f} % | {100 * spread:.1f} %"
    else:
        measured = "- | - | -"
    print(f"| {surface} | {program.name} | {program.setting} | {empty.false} | {filled.false} | {sum(filled.found)} "
          f"| {shares} | {measured} |", flush=True)


def plane_programs(folder, surface):
    cloth = [Extractor(folder, "mexhat_3.0_9x9.conv", 1), InPython("SEP", "mexhat_3.0_9x9.conv", 1)]
    return [Plane(), Extractor(folder, "gauss_3.0_7x7.conv", 1), Extractor(folder, "gauss_3.0_7x7.conv", 5),
            *(cloth if surface == "woven" else []),
            InPython("SEP", "gauss_3.0_7x7.conv", 1), InPython("SEP", "gauss_3.0_7x7.conv", 5),
            InPython("photutils", "gauss_3.0_7x7.conv", 5)]


def coloured_programs(folder, _):
    return [Traces(), Traces(COLOURED.colour), *(Extractor(folder, kernel, minarea) for kernel, minarea in (
        ("gauss_3.0_7x7.conv", 1), ("gauss_3.0_7x7.conv", 5), ("mexhat_3.0_9x9.conv", 1)))]


def compare(folder, kind, programs, frames, surfaces, only):
    """Prints the table; only: of the program so called, all without it."""
    names = " | ".join(f"{low} to {high}" for low, high in BINS)
    print(f"| surface | program | settings | false, {frames} empty | false, {frames} with droplets "
          f"| true, of {frames * DROPLETS} | {names} | place, rms | flux, median | flux, spread |")
    print("|---|---|---|---|---|---|" + "---|" * (len(BINS) + 3))
    for surface in surfaces:
        numbers = [(first + i, droplets) for first, droplets in ((3000, 0), (4000, 0), (5000, DROPLETS))
                   for i in range(frames)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            made = list(pool.map(lambda n: Picture(folder, kind, surface, *n), numbers))
        calibration, empty, filled = made[:frames], made[frames:2 * frames], made[2 * frames:]
        for program in programs(folder, surface):
            if only and program.name != only:
                continue
            program.calibrate(calibration)
            found = program.find(empty + filled)
            row(surface, program, total(empty, found), total(filled, found))
        for path in folder.glob(f"{kind.name}_*"):
            path.unlink()


# ---- the figure


COLOURS = {"detect_plane": "#1b6ca8", "source-extractor": "#c8553d", "SEP": "#6a994e", "photutils": "#8e6c8a"}


def read_table(page):
    """{surface: {program: found and there by bin, of the setting that found most}} from a page that holds the table."""
    best = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == len(BINS) + 9 and cells[1] in COLOURS:
            shares = [tuple(int(n) for n in cell.split("/")) for cell in cells[6:6 + len(BINS)]]
            programs = best.setdefault(cells[0], {})
            if sum(f for f, _ in shares) > sum(f for f, _ in programs.get(cells[1], [(-1, 0)])):
                programs[cells[1]] = shares
    return best


def draw(page, path):
    """Completeness by signal-to-noise: of each program the setting that found most, with 95 % intervals."""
    results = read_table(page)
    wide, high, left, top, gap = 250, 220, 46, 34, 22
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + 3 * (wide + gap)} {high + 92}" '
             'font-family="sans-serif" font-size="11">', '<rect width="100%" height="100%" fill="white"/>']
    for s, (surface, programs) in enumerate(results.items()):
        x0 = left + s * (wide + gap)
        parts.append(f'<text x="{x0 + wide / 2}" y="20" text-anchor="middle" font-size="13">{surface}</text>')
        for share in (0, 0.25, 0.5, 0.75, 1):
            y = top + high * (1 - share)
            parts.append(f'<path d="M{x0} {y}h{wide}" stroke="#ddd"/>')
            if s == 0:
                parts.append(f'<text x="{x0 - 6}" y="{y + 4}" text-anchor="end">{100 * share:.0f} %</text>')
        for k, (low, upper) in enumerate(BINS):
            x = x0 + wide * (k + 0.5) / len(BINS)
            parts.append(f'<text x="{x}" y="{top + high + 16}" text-anchor="middle">{low}–{upper}</text>')
        for n, (name, shares) in enumerate(programs.items()):
            colour, points = COLOURS[name], []
            for k, (found, there) in enumerate(shares):
                if there == 0:
                    continue
                x = x0 + wide * (k + 0.5) / len(BINS) + 5 * (n - 1.5)
                lower, upper = (top + high * (1 - v) for v in wilson(found, there))
                y = top + high * (1 - found / there)
                points.append(f"{x:.1f},{y:.1f}")
                parts.append(f'<path d="M{x:.1f} {lower:.1f}V{upper:.1f}" stroke="{colour}"/>'
                             f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>')
            parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-opacity="0.5"/>')
    parts.append(f'<text x="{left + 1.5 * wide + gap}" y="{top + high + 34}" text-anchor="middle">'
                 'ideal signal-to-noise of the droplet</text>')
    for n, (name, colour) in enumerate(COLOURS.items()):
        x = left + 150 * n
        parts.append(f'<circle cx="{x}" cy="{top + high + 50}" r="4" fill="{colour}"/>'
                     f'<text x="{x + 9}" y="{top + high + 54}">{name}</text>')
    parts.append("</svg>")
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


# ---- time and memory


def timing(folder, repeats):
    size = (4000, 3000)
    picture = Picture(folder, GREY, "flat", 6000, 400, size)
    photosites = size[0] * size[1] / 1e6
    # Thresholds that give about one false detection in 1.5 million photosites; time does not hang on them.
    shown = {"detect_plane": Plane(), "source-extractor": Extractor(folder, "gauss_3.0_7x7.conv", 1, 1.06),
             "SEP": InPython("SEP", "gauss_3.0_7x7.conv", 1, 1.05),
             "photutils": InPython("photutils", "gauss_3.0_7x7.conv", 5, 0.88)}
    whole = {name: [] for name in shown}
    alone = {name: [] for name in shown if name != "source-extractor"}
    memory = {}
    # In turn, so that whatever else the machine does falls on all alike.
    for i in range(repeats):
        for name, program in shown.items():
            if isinstance(program, InPython):
                if i >= 3:
                    continue
                task = program.task(picture=str(picture.fits), threshold=program.threshold, repeats=1)
                alone[name] += json.loads(run([PYTHON, "-W", "ignore", PEERS_PYTHON], input=task))["times"]
                seconds, memory[name] = cost([PYTHON, "-W", "ignore", PEERS_PYTHON], task)
            else:
                seconds, memory[name] = cost(program.command(picture))
            whole[name].append(seconds)
            if isinstance(program, Plane):
                alone[name].append(min(float(line) for line in run(program.command(picture, 3)).split()))
    base = min(whole["source-extractor"])
    print(f"| {size[0]} x {size[1]} photosites, 400 droplets | detection alone, s | whole process, s: least, median "
          "| photosites/s, whole process | by source-extractor | most memory, MB |")
    print("|---|---|---|---|---|---|")
    for name, program in shown.items():
        inside = f"{min(alone[name]):.3f}" if name in alone else "-"
        print(f"| {name} ({program.setting}) | {inside} | {min(whole[name]):.3f}, {statistics.median(whole[name]):.3f} "
              f"| {photosites / min(whole[name]):.1f} M | {base / min(whole[name]):.1f} | {memory[name]:.0f} |")
    ratios = [b / a for a, b in zip(alone["detect_plane"], whole["source-extractor"])]
    print(f"\nsource-extractor's whole process by detect_plane alone: {base / min(alone['detect_plane']):.1f} by the "
          f"least of each, {statistics.median(ratios):.1f} median of {len(ratios)} pairs run one after the other.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--commit")
    parser.add_argument("--frames", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--surfaces", default="flat,gradient,woven,time", help="parts, in this order")
    parser.add_argument("--coloured", action="store_true")
    parser.add_argument("--only", metavar="PROGRAM", help="its rows of the table; the others' stay as they were")
    parser.add_argument("--draw", type=pathlib.Path, nargs=2, metavar=("PAGE", "FIGURE"))
    options = parser.parse_args()
    if options.draw:
        draw(*options.draw)
        return
    parts = options.surfaces.split(",")
    surfaces = [part for part in BACKGROUNDS if part in parts]
    version = subprocess.run(["source-extractor", "--version"], capture_output=True, check=True, text=True)
    modules = run([PYTHON, "-W", "ignore", "-c", "import sep, photutils; print('SEP', sep.__version__ + ',', "
                   "'photutils', photutils.__version__)"]).decode().strip()
    own = run([PROGRAM, "version"]).decode().splitlines()[0]
    more = f" --surfaces {options.surfaces}" * (options.surfaces != "flat,gradient,woven,time")
    more += " --coloured" * options.coloured
    more += f" --only {options.only}" if options.only else ""
    print(f"`benchmarks/against_peers {options.frames} {options.repeats}{more}`, "
          f"commit {options.commit}; {own}; {(version.stdout + version.stderr).strip().splitlines()[0]}; {modules}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if options.coloured:
            compare(folder, COLOURED, coloured_programs, options.frames, surfaces, options.only)
            return
        if surfaces:
            compare(folder, GREY, plane_programs, options.frames, surfaces, options.only)
        if "time" in parts:
            print()
            timing(folder, options.repeats)


if __name__ == "__main__":
    main()
