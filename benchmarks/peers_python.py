# SPDX-License-Identifier: GPL-3.0-or-later
"""SEP and photutils on pictures, for benchmarks/against_peers.py: reads a task as JSON, prints JSON.

A task holds program, minarea, filter (a .conv file), and either calibration + pictures + promise (the threshold
is sought that gives `promise` detections a calibration picture, then every picture gets its catalogue) or
picture + threshold + repeats (processor times). Debian's python3-sep, python3-photutils, python3-scipy.
"""
import json
import math
import sys
import time

import numpy as np
from astropy.io import fits

BLUR = 1.35  # photosites: standard deviation of the droplets sought, for windowed positions


def read_kernel(path):
    with open(path, encoding="ascii") as file:
        rows = [line.split() for line in file if line.strip() and not line.startswith(("#", "CONV"))]
    return np.array(rows, dtype=np.float32)


class Sep:
    def __init__(self, task):
        import sep
        self.sep, self.minarea, self.kernel = sep, task["minarea"], read_kernel(task["filter"])

    def prepare(self, data):
        background = self.sep.Background(data, bw=64, bh=64)
        return data - background.back(), background.rms()

    def detect(self, prepared, threshold):
        residual, rms = prepared
        # clean=True drops true sources with filter_type "matched"; "conv" is what source-extractor does.
        return self.sep.extract(residual, threshold, err=rms, minarea=self.minarea, filter_kernel=self.kernel,
                                filter_type="conv", clean=False)

    def count(self, found):
        return len(found)

    def measure(self, prepared, found):
        residual, _ = prepared
        x, y, _ = self.sep.winpos(residual, found["x"], found["y"], np.full(len(found), BLUR))
        flux, _, _ = self.sep.sum_circle(residual, x, y, 5.0)
        return [[float(a), float(b), float(c)] for a, b, c in zip(x, y, flux)]


class Photutils:
    def __init__(self, task):
        from astropy.convolution import convolve
        from photutils import background, segmentation
        self.background, self.segmentation, self.convolve = background, segmentation, convolve
        self.minarea, self.kernel = task["minarea"], read_kernel(task["filter"])

    def prepare(self, data):
        background = self.background.Background2D(data, 64, bkg_estimator=self.background.SExtractorBackground())
        residual = data - background.background
        smooth = self.convolve(residual, self.kernel, normalize_kernel=True)
        return residual, smooth, background.background_rms

    def detect(self, prepared, threshold):
        _, smooth, rms = prepared
        return self.segmentation.detect_sources(smooth, threshold * rms, npixels=self.minarea)

    def count(self, found):
        return 0 if found is None else found.nlabels

    def measure(self, prepared, found):
        if found is None:
            return []
        residual, smooth, _ = prepared
        catalogue = self.segmentation.SourceCatalog(residual, found, convolved_data=smooth)
        return [[float(a), float(b), float(c)] for a, b, c in
                zip(np.atleast_1d(catalogue.xcentroid_win), np.atleast_1d(catalogue.ycentroid_win),
                    np.atleast_1d(catalogue.kron_flux))]


def read(path):
    return np.ascontiguousarray(fits.getdata(path).astype(np.float32))


def calibrate(program, pictures, promise):
    """As for source-extractor: the straight line of ln count between two thresholds 5 % apart."""
    prepared = [program.prepare(read(p)) for p in pictures]
    target = promise * len(prepared)

    def count(threshold):
        return sum(program.count(program.detect(p, threshold)) for p in prepared)

    high = 20.0
    while count(high / 1.3) < target:
        high /= 1.3
    low = high / 1.3
    above, below = count(high), count(low)
    while high / low > 1.05:
        middle = math.sqrt(high * low)
        found = count(middle)
        if found >= target:
            low, below = middle, found
        else:
            high, above = middle, found
    a, b = math.log(max(above, 0.3)), math.log(below)
    return high - (math.log(target) - a) / (b - a) * (high - low)


def main():
    task = json.load(sys.stdin)
    program = {"SEP": Sep, "photutils": Photutils}[task["program"]](task)
    if "picture" in task:
        data = read(task["picture"])
        times = []
        for _ in range(task["repeats"]):
            before = time.process_time()
            prepared = program.prepare(data)
            program.measure(prepared, program.detect(prepared, task["threshold"]))
            times.append(time.process_time() - before)
        json.dump({"times": times}, sys.stdout)
        return
    threshold = round(calibrate(program, task["calibration"], task["promise"]), 4)
    found = {}
    for path in task["pictures"]:
        prepared = program.prepare(read(path))
        found[path] = program.measure(prepared, program.detect(prepared, threshold))
    json.dump({"threshold": threshold, "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
