#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the simulated reads of this case and their truth: see README.md."""
import random

FORWARD = "ACGTTGCAAGTCCATGAGTC"
REVERSE = "TGACCTAGGATCGCTTAGCA"
LOTS = {
    "PMC-2023-017": "TTACCCGCGATTAGCCACCATCGCGGTAGCGT",
    "PMC-2021-004": "GACTTGCATCGGATCAACGTTCAGGCTATACC",
}
SUBSTITUTION = 0.004
DELETION = 0.0005
INSERTION = 0.0005


def bases(rng, n):
    return "".join(rng.choice("ACGT") for _ in range(n))


def read_once(rng, text):
    out = ""
    for base in text:
        if rng.random() < INSERTION:
            out += rng.choice("ACGT")
        if rng.random() < DELETION:
            continue
        out += rng.choice([b for b in "ACGT" if b != base]) if rng.random() < SUBSTITUTION else base
    return out


def write(name, seed, lot, molecules, copies, junk):
    rng = random.Random(seed)
    reads = []
    for _ in range(molecules):
        amplicon = FORWARD + bases(rng, 10) + LOTS[lot] + REVERSE
        reads += [(lot, read_once(rng, amplicon)) for _ in range(copies)]
    reads += [("none", bases(rng, 82)) for _ in range(junk)]
    rng.shuffle(reads)
    with open(name + ".fastq", "w", newline="\n") as file:
        for i, (_, text) in enumerate(reads):
            file.write(f"@SIMULATED_{name}_{i}\n{text}\n+\n{'7' * len(text)}\n")
    return [f"{name}.fastq,{lot},{molecules},{molecules * copies},{junk}"]


truth = ["file,lot,molecules,reads_of_lot,reads_of_nothing"]
truth += write("hand_swab", 1, "PMC-2023-017", 40, 4, 8)
truth += write("extraction_blank", 2, "PMC-2023-017", 0, 4, 14)
truth += write("run_blank", 3, "PMC-2023-017", 0, 4, 9)
truth += write("bench_wipe", 4, "PMC-2023-017", 0, 4, 11)
truth += write("positive", 5, "PMC-2021-004", 30, 4, 6)
with open("truth.csv", "w", newline="\n") as file:
    file.write("\n".join(truth) + "\n")
