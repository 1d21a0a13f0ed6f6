#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an XDSL or .net file without any code of the product, checks it against the format's grammar, and prints
"node TAB state TAB p" for each state, p by the sum over all combinations of states.

XDSL: the elements, their order and attributes as in the schema that comes with GeNIe (smile, nodes, cpt, state,
parents, probabilities; extensions, genie, node, name, interior, outline, font, position, comment), by Python's XML
parser. .net: the grammar of the HUGIN net language, revision 3 (net, node, potential; label, position, states, data
with one bracket a parent), by a tokenizer and a descent of this file."""
import itertools
import re
import sys
import xml.etree.ElementTree as ElementTree

IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


def check(condition, what):
    if not condition:
        sys.exit("not as the grammar has it: " + what)


def children(element, pattern):
    """The children's names in order, matched as a regular expression over "name " for each."""
    names = "".join(child.tag + " " for child in element)
    check(re.fullmatch(pattern, names), f"<{element.tag}> holds {names}")
    return list(element)


def check_icon(node):
    parts = children(node, r"name interior outline font position (comment )?")
    colour = re.compile(r"[0-9a-fA-F]{6}\Z")
    check(colour.match(parts[1].get("color")) and colour.match(parts[2].get("color")), "colour")
    check(colour.match(parts[3].get("color")) and parts[3].get("name") and int(parts[3].get("size")) > 0, "font")
    place = [int(word) for word in parts[4].text.split()]
    check(len(place) == 4 and place[0] < place[2] and place[1] < place[3], "position")
    return parts[0].text


def read_xdsl(text):
    root = ElementTree.fromstring(text)
    check(root.tag == "smile" and root.get("version") and IDENTIFIER.match(root.get("id")), "smile")
    nodes, extensions = children(root, r"nodes extensions ")
    (genie,) = children(extensions, r"genie ")
    check(genie.get("version") and genie.get("name") is not None, "genie")
    labels = {icon.get("id"): check_icon(icon) for icon in children(genie, r"(node )*")}
    network = {}
    for cpt in children(nodes, r"(cpt )+"):
        identifier = cpt.get("id")
        check(IDENTIFIER.match(identifier) and identifier not in network, "id " + identifier)
        parts = children(cpt, r"(state ){2,}(parents )?probabilities (property )*")
        states = [part for part in parts if part.tag == "state"]
        ids = [state.get("id") for state in states]
        check(all(IDENTIFIER.match(word) for word in ids) and len(set(ids)) == len(ids), "states of " + identifier)
        parents = (cpt.findtext("parents") or "").split()
        check(all(parent in network for parent in parents), "a parent comes later: " + identifier)
        names = [state.get("label") or state.get("id") for state in states]
        numbers = [float(word) for word in cpt.findtext("probabilities").split()]
        network[identifier] = (labels[identifier], names, parents, numbers)
    check(set(labels) == set(network), "places of nodes")
    return network


def tokens_of(text):
    pattern = re.compile(r'\s+|%[^\n]*|("(?:[^"\\]|\\.)*")|([A-Za-z_][A-Za-z0-9_]*)|([-+]?[0-9.][-+0-9.eE]*)|([(){}=;|])')
    at = 0
    while at < len(text):
        match = pattern.match(text, at)
        check(match, "sign at " + repr(text[at:at + 20]))
        at = match.end()
        if match.lastindex:
            yield match.group(match.lastindex)


class Net:
    def __init__(self, text):
        self.tokens = list(tokens_of(text))
        self.at = 0

    def next(self, wanted=None):
        check(self.at < len(self.tokens), "the text ends")
        token = self.tokens[self.at]
        check(wanted is None or token == wanted, f"{wanted} is wanted, {token} is there")
        self.at += 1
        return token

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def text(self):
        token = self.next()
        check(token.startswith('"'), "a text is wanted: " + token)
        return re.sub(r"\\(.)", r"\1", token[1:-1])

    def nested(self):
        """A list in brackets, lists within it."""
        self.next("(")
        found = []
        while self.peek() != ")":
            found.append(self.nested() if self.peek() == "(" else self.next())
        self.next(")")
        return found

    def attributes(self):
        self.next("{")
        found = {}
        while self.peek() != "}":
            key = self.next()
            self.next("=")
            found[key] = self.nested() if self.peek() == "(" else (
                self.text() if self.peek().startswith('"') else self.next())
            self.next(";")
        self.next("}")
        return found


def flat(data, depths):
    """The numbers in order, each list as long as its parent (or the node itself) has states."""
    check(len(data) == depths[0], "brackets of data")
    if len(depths) == 1:
        return [float(word) for word in data]
    return [number for part in data for number in flat(part, depths[1:])]


def read_net(text):
    net = Net(text)
    net.next("net")
    net.attributes()
    nodes, network = {}, {}
    while net.peek() == "node":
        net.next()
        name = net.next()
        check(IDENTIFIER.match(name) and name not in nodes, "name " + name)
        found = net.attributes()
        check(len(found["position"]) == 2, "position")
        nodes[name] = (found["label"], [re.sub(r"\\(.)", r"\1", word[1:-1]) for word in found["states"]])
    while net.peek() == "potential":
        net.next()
        net.next("(")
        name = net.next()
        parents = []
        if net.peek() == "|":
            net.next()
            while net.peek() != ")":
                parents.append(net.next())
        net.next(")")
        data = net.attributes()["data"]
        depths = [len(nodes[parent][1]) for parent in parents] + [len(nodes[name][1])]
        network[name] = (*nodes[name], parents, flat(data, depths))
    check(net.peek() == "" and set(network) == set(nodes), "the end")
    return network


def marginals(network):
    names = list(network)
    sums = {name: [0.0] * len(network[name][1]) for name in names}
    for states in itertools.product(*(range(len(network[name][1])) for name in names)):
        at = dict(zip(names, states))
        p = 1.0
        for name in names:
            _, own, parents, numbers = network[name]
            row = 0
            for parent in parents:
                row = row * len(network[parent][1]) + at[parent]
            p *= numbers[row * len(own) + at[name]]
        for name in names:
            sums[name][at[name]] += p
    return sums


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    network = read_xdsl(text) if path.endswith(".xdsl") else read_net(text)
    for name, (label, states, parents, numbers) in network.items():
        size = len(states)
        for parent in parents:
            size *= len(network[parent][1])
        check(len(numbers) == size, "numbers of " + name)
    for name, sums in marginals(network).items():
        for state, p in zip(network[name][1], sums):
            print(f"{network[name][0]}\t{state}\t{p!r}")


if __name__ == "__main__":
    main()
