#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page of HTML is to somebody without a mouse, or without eyes: read_page.py PAGE.html PROFILE_FOLDER

Drives chromium-headless-shell through its debugging pipe (no port, no network) and prints JSON: what the Tab key reaches,
in its order, and how the focus shows; what a screen reader is given; and the least contrast of words in light, dark and
print. html_keyboard_test.cpp says what must hold.
"""
import json
import os
import subprocess
import sys

BROWSER = ["chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
           "--host-resolver-rules=MAP * ~NOTFOUND", "--window-size=900,700"]

# Elements that the Tab key must reach: links, summaries, what asks for it; not those within closed details.
REACHABLE = """
[...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter(each => {
    const closed = each.parentElement.closest('details:not([open])');
    return !closed || (each.tagName === 'SUMMARY' && each.parentElement === closed &&
                       !closed.parentElement.closest('details:not([open])'));
})
"""

NAME = """(each => each.tagName + ' ' + (each.getAttribute('href') || each.getAttribute('aria-label') || '') +
    ' ' + each.textContent.trim().slice(0, 40))"""

FOCUSED = """
(() => {
    const name = %s, each = document.activeElement, style = getComputedStyle(each), box = each.getBoundingClientRect();
    return {name: name(each), visible: each.matches(':focus-visible') && style.outlineStyle !== 'none' &&
            parseFloat(style.outlineWidth) >= 2,
            inside: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth};
})()
""" % NAME

# WCAG 2.2: relative luminance, and the ratio of two of them. Words of a drawing take fill and its opacity.
CONTRAST = """
(() => {
    const parse = text => {
        const n = text.match(/[\\d.]+/g).map(Number);
        return {rgb: n.slice(0, 3), a: n.length > 3 ? n[3] : 1};
    };
    const over = (top, below) => top.rgb.map((v, i) => top.a * v + (1 - top.a) * below[i]);
    const luminance = rgb => {
        const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = element => {
        const layers = [];
        for (let each = element; each; each = each.parentElement) {
            layers.push(parse(getComputedStyle(each).backgroundColor));
        }
        return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
    };
    let least = {ratio: 100, words: '', count: 0};
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        const style = getComputedStyle(element);
        const hidden = element.closest('details:not([open])') && element.tagName !== 'SUMMARY';
        if (!node.textContent.trim() || hidden || style.display === 'none' || !element.getClientRects().length) {
            continue;
        }
        const drawn = element instanceof SVGElement;
        const ink = parse(drawn ? style.fill : style.color);
        ink.a *= drawn ? parseFloat(style.fillOpacity) : 1;
        const below = ground(element);
        const a = luminance(over(ink, below)), b = luminance(below);
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        least.count += 1;
        if (ratio < least.ratio) {
            least = {...least, ratio, words: element.tagName + ': ' + node.textContent.trim().slice(0, 60)};
        }
    }
    return least;
})()
"""


class Browser:
    def __init__(self, profile):
        to_read, self.to_write = os.pipe()
        self.from_read, from_write = os.pipe()

        def wire():  # the browser reads from 3 and writes to 4
            os.dup2(to_read, 10)
            os.dup2(from_write, 11)
            os.dup2(10, 3)
            os.dup2(11, 4)

        self.process = subprocess.Popen(BROWSER + ["--user-data-dir=" + profile], preexec_fn=wire,
                                        pass_fds=(3, 4), stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.rest = b""
        self.number = 0
        self.session = None

    def receive(self):
        while b"\0" not in self.rest:
            part = os.read(self.from_read, 1 << 16)
            if not part:
                raise EOFError("the browser ended")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(method + ": " + str(answer["error"]))
                return answer["result"]

    def open(self, path):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        while self.value("document.readyState + location.protocol") != "completefile:":
            pass

    def value(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def press(self, key, code):
        text = {"Enter": "\r"}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      text=text if kind == "keyDown" else "")

    def end(self):
        self.session = None
        self.call("Browser.close")
        self.process.wait(20)


def tab_stops(browser):
    """Every stop of the Tab key from the top of the page to its end."""
    stops = []
    for _ in range(2000):
        browser.press("Tab", 9)
        if browser.value("document.activeElement === document.body"):
            break
        stops.append(browser.value(FOCUSED))
    return stops


def opened_by_key(browser):
    """Enter on the first closed details opens it, and what lies in it can be reached."""
    if not browser.value("!!document.querySelector('details:not([open]) > summary')"):
        return None
    browser.value("document.querySelector('details:not([open]) > summary').focus()")
    browser.press("Enter", 13)
    return browser.value("document.activeElement.parentElement.open")


def spoken(browser):
    """Role, name and level of what a screen reader is given, in order."""
    result = []
    for node in browser.call("Accessibility.getFullAXTree")["nodes"]:
        if node.get("ignored"):
            continue
        properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        result.append({"role": node["role"]["value"], "name": node.get("name", {}).get("value", ""),
                       "level": properties.get("level", 0)})
    return result


def main():
    browser = Browser(sys.argv[2])
    browser.open(sys.argv[1])
    result = {"language": browser.value("document.documentElement.lang"), "spoken": spoken(browser),
              "reachable": browser.value(REACHABLE + ".map(" + NAME + ")"), "stops": tab_stops(browser),
              "opened": opened_by_key(browser), "contrast": {}}
    for name, media, scheme in (("light", "screen", "light"), ("dark", "screen", "dark"), ("print", "print", "dark")):
        browser.call("Emulation.setEmulatedMedia", media=media,
                     features=[{"name": "prefers-color-scheme", "value": scheme}])
        result["contrast"][name] = browser.value(CONTRAST)
    browser.end()
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
