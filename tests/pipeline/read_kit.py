#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes the likelihood ratios of a kit from the kit alone, with no code of the product, and prints
"h1 TAB h2 TAB log10 of the ratio" for each comparison.

Takes what a reader of the guide would: the hashes of SHA256SUMS, network.net by the reader that the tests of networks
have, the findings of evidence.txt, the propositions and the node's name of numbers.json. By factors multiplied and
summed out one node after another, not by the sum over all states that recompute.py makes."""
import hashlib
import itertools
import json
import math
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lab", "network"))
sys.dont_write_bytecode = True
from read_network_file import check, read_net


def check_sums(folder):
    named = set()
    with open(os.path.join(folder, "SHA256SUMS"), encoding="utf-8") as file:
        for line in file:
            digest, name = line.rstrip("\n").split("  ", 1)
            with open(os.path.join(folder, name), "rb") as other:
                check(hashlib.sha256(other.read()).hexdigest() == digest, "hash of " + name)
            named.add(name)
    check(named == set(os.listdir(folder)) - {"SHA256SUMS"}, "names in SHA256SUMS")


def factor_of(name, network, fixed):
    """(names, {states: number}) of one table, with what is fixed taken out."""
    _, own, parents, numbers = network[name]
    names = [*parents, name]
    sizes = [len(network[each][1]) for each in names]
    table = {}
    for states, number in zip(itertools.product(*map(range, sizes)), numbers):
        if all(fixed.get(each, state) == state for each, state in zip(names, states)):
            table[tuple(s for each, s in zip(names, states) if each not in fixed)] = number
    return [each for each in names if each not in fixed], table


def product(a, b):
    names = a[0] + [each for each in b[0] if each not in a[0]]
    table = {}
    for left, p in a[1].items():
        at = dict(zip(a[0], left))
        for right, q in b[1].items():
            both = {**at, **dict(zip(b[0], right))}
            if all(both[each] == s for each, s in at.items()):
                table[tuple(both[each] for each in names)] = p * q
    return names, table


def summed_out(factor, name):
    at = factor[0].index(name)
    table = {}
    for states, p in factor[1].items():
        rest = states[:at] + states[at + 1:]
        table[rest] = table.get(rest, 0.0) + p
    return factor[0][:at] + factor[0][at + 1:], table


def probability(network, fixed):
    factors = [factor_of(name, network, fixed) for name in network]
    for name in reversed([each for each in network if each not in fixed]):
        met = [factor for factor in factors if name in factor[0]]
        factors = [factor for factor in factors if name not in factor[0]]
        joined = met[0]
        for other in met[1:]:
            joined = product(joined, other)
        factors.append(summed_out(joined, name))
    return math.prod(factor[1][()] for factor in factors)


def main():
    folder = sys.argv[1]
    check_sums(folder)
    with open(os.path.join(folder, "network.net"), encoding="utf-8") as file:
        network = read_net(file.read())
    by_label = {label: name for name, (label, *_) in network.items()}
    with open(os.path.join(folder, "evidence.txt"), encoding="utf-8") as file:
        found = dict(line.rstrip("\n").split("=", 1) for line in file)
    with open(os.path.join(folder, "numbers.json"), encoding="utf-8") as file:
        results = json.load(file)["results"]
    for result in results:
        node = by_label[result["network"]["proposition"]]
        fixed = {by_label[label]: network[by_label[label]][1].index(state) for label, state in found.items()}
        p = []
        for side in (result["h1"], result["h2"]):
            fixed[node] = network[node][1].index(side)
            p.append(probability(network, fixed))
        print(f"{result['h1']}\t{result['h2']}\t{math.log10(p[0] / p[1])!r}")


main()
