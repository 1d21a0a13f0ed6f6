#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the alleles of the ladders of two STR kits. usage: make_kits.py FOLDER"""
import sys


def sizes(first, repeat, alleles):
    """Nominal base pairs: first is (allele, bp); 9.3 is nine repeats and three bases."""
    def bases(name):
        whole, _, part = name.partition(".")
        return int(whole) * repeat + int(part or 0)
    return [(name, first[1] + bases(name) - bases(first[0])) for name in alleles]


def span(a, b, *more):
    names = [str(i) for i in range(a, b + 1)] + list(more)
    return sorted(names, key=float)


powerplex16 = [
    ("D3S1358", 1, 4, ("14", 123), span(12, 20)),
    ("TH01", 1, 4, ("8", 172), span(4, 11, "9.3", "13.3")),
    ("D21S11", 1, 4, ("30", 227), span(24, 38, "24.2", "25.2", *(f"{i}.2" for i in range(28, 36)))),
    ("D18S51", 1, 4, ("15", 318), span(8, 27, "10.2", "13.2")),
    ("Penta E", 1, 5, ("12", 414), span(5, 24)),
    ("D5S818", 2, 4, ("11", 135), span(7, 16)),
    ("D13S317", 2, 4, ("11", 192), span(7, 15)),
    ("D7S820", 2, 4, ("10", 231), span(6, 14)),
    ("D16S539", 2, 4, ("11", 288), span(8, 15, "5")),
    ("CSF1PO", 2, 4, ("10", 337), span(6, 15)),
    ("Penta D", 2, 5, ("12", 424), span(7, 17, "5", "2.2", "3.2")),
    ("vWA", 3, 4, ("17", 151), span(10, 22)),
    ("D8S1179", 3, 4, ("13", 227), span(7, 18)),
    ("TPOX", 3, 4, ("8", 270), span(6, 13)),
    ("FGA", 3, 4, ("23", 350), span(16, 30, *(f"{i}.2" for i in [*range(18, 26), 31, 43, 44, 45, 46]))),
]
identifiler = [
    ("D8S1179", 1, 4, ("13", 147), span(8, 19)),
    ("D21S11", 1, 4, ("30", 210), span(24, 38, "24.2", *(f"{i}.2" for i in range(28, 36)))),
    ("D7S820", 1, 4, ("10", 273), span(6, 15)),
    ("CSF1PO", 1, 4, ("10", 321), span(6, 15)),
    ("D3S1358", 2, 4, ("14", 121), span(12, 19)),
    ("TH01", 2, 4, ("8", 180), span(4, 11, "9.3", "13.3")),
    ("D13S317", 2, 4, ("8", 217), span(8, 15)),
    ("D16S539", 2, 4, ("11", 276), span(8, 15, "5")),
    ("D2S1338", 2, 4, ("19", 323), span(15, 28)),
    ("D19S433", 3, 4, ("14", 126), span(9, 17, *(f"{i}.2" for i in range(12, 18)))),
    ("vWA", 3, 4, ("17", 180), span(11, 24)),
    ("TPOX", 3, 4, ("8", 225), span(6, 13)),
    ("D18S51", 3, 4, ("15", 296), span(9, 27, "7", "10.2", "13.2", "14.2")),
    ("D5S818", 4, 4, ("11", 150), span(7, 16)),
    ("FGA", 4, 4, ("23", 238), span(17, 30, "26.2", *(f"{i}.2" for i in [*range(30, 34), *range(42, 49), 50, 51]))),
]
amel = {"powerplex16": ("AMEL", 3, [("X", 106), ("Y", 112)]), "identifiler": ("AMEL", 4, [("X", 103), ("Y", 109)])}
for name, loci in (("powerplex16", powerplex16), ("identifiler", identifiler)):
    with open(f"{sys.argv[1]}/{name}.csv", "w", newline="\n") as file:
        print("locus,dye,allele,bp", file=file)
        locus, dye, alleles = amel[name]
        for allele, bp in alleles:
            print(locus, dye, allele, bp, sep=",", file=file)
        for locus, dye, repeat, first, alleles in loci:
            for allele, bp in sizes(first, repeat, alleles):
                print(locus, dye, allele, bp, sep=",", file=file)
