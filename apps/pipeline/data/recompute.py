#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes the likelihood ratios of numbers.json again from network.xdsl, by adding up every combination of states.

Needs Python 3.8 or later and nothing else: python3 recompute.py
Shares no code with the program that wrote the network."""
import json
import math
import os
import sys
import xml.etree.ElementTree as ElementTree

FOLDER = os.path.dirname(os.path.abspath(__file__))


def read_network(path):
    """id -> (states, parents, numbers), and the id of each label. A parent stands before its children in the file."""
    root = ElementTree.parse(path).getroot()
    labels = {node.findtext("name"): node.get("id") for node in root.find("extensions/genie")}
    nodes = {}
    for cpt in root.find("nodes"):
        states = [state.get("label") or state.get("id") for state in cpt.findall("state")]
        parents = (cpt.findtext("parents") or "").split()
        numbers = [float(word) for word in cpt.findtext("probabilities").split()]
        nodes[cpt.get("id")] = (states, parents, numbers)
    return nodes, labels


def probability(nodes, fixed):
    """p(the fixed states), the product of the tables added up over all states of the other nodes."""
    order = list(nodes)
    at = {}

    def added(position):
        if position == len(order):
            return 1.0
        name = order[position]
        states, parents, numbers = nodes[name]
        row = 0
        for parent in parents:
            row = row * len(nodes[parent][0]) + at[parent]
        total = 0.0
        for state in [fixed[name]] if name in fixed else range(len(states)):
            p = numbers[row * len(states) + state]
            if p > 0.0:
                at[name] = state
                total += p * added(position + 1)
        return total

    return added(0)


def main():
    nodes, labels = read_network(os.path.join(FOLDER, "network.xdsl"))
    with open(os.path.join(FOLDER, "numbers.json"), encoding="utf-8") as file:
        results = json.load(file)["results"]
    good = True
    for result in results:
        network = result["network"]
        fixed = {}
        for each in network["evidence"]:
            name, state = each.rsplit("=", 1)
            node = labels[name]
            fixed[node] = nodes[node][0].index(state)
        root = labels[network["proposition"]]
        p = []
        for side in (result["h1"], result["h2"]):
            fixed[root] = nodes[root][0].index(side)
            p.append(probability(nodes, fixed))
        if min(p) <= 0.0:
            print(f"{result['h1']} / {result['h2']}: p = {p[0]:.6g} and {p[1]:.6g}; no ratio")
            good = good and result["log10_lr"]["value"] is None
            continue
        found = math.log10(p[0] / p[1])
        told = result["log10_lr"]["value"]
        fits = told is None or abs(found - told) <= network["stated_error"]
        good = good and fits
        print(f"{result['h1']} / {result['h2']}: log10 LR = {found:.6f} here, "
              f"{'not given' if told is None else format(told, '.6f')} in numbers.json: "
              f"{'agree' if fits else 'DIFFER'} (stated error {network['stated_error']:.4f})")
    sys.exit(0 if good else 1)


main()
