// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The style sheet of the HTML note.

#pragma once

#include <string_view>

namespace cmq::report {

/// Light and dark after the reader's setting, black on white on paper; charts take the ink around them.
/// Banners repeat on every printed page, as the head of a table would.
inline constexpr std::string_view html_style = R"css(
:root {
  color-scheme: light dark;
  --ink: #1a1a1a; --soft: #4a4a4a; --ground: #ffffff; --line: #c4c4c4; --panel: #f3f5f8;
  --accent: #0b3d78; --warn: #7a1f00; --warn-ground: #fdf1ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #ececec; --soft: #bdbdbd; --ground: #16181b; --line: #4b4f55; --panel: #22262b;
    --accent: #9cc4f5; --warn: #ffb48f; --warn-ground: #36231a;
  }
}
* { box-sizing: border-box; }
html { font-size: 100%; }
body {
  margin: 0 auto; padding: 1rem 1.25rem 3rem; max-width: 54rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 "Liberation Serif", "Times New Roman", Georgia, serif; overflow-wrap: break-word;
}
h1, h2, h3, h4, nav, .banner, caption, th, .picture-title, summary {
  font-family: "Liberation Sans", Arial, Helvetica, sans-serif;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 0.2rem; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 0.6rem; padding-top: 0.6rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.08rem; margin: 1.6rem 0 0.4rem; }
h4 { font-size: 1rem; margin: 1.2rem 0 0.3rem; }
p { margin: 0.55rem 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.subtitle { color: var(--soft); font-size: 1.1rem; margin-top: 0; }
.banner {
  margin: 0 0 0.4rem; padding: 0.35rem 0.7rem; border: 2px solid var(--warn); color: var(--warn);
  background: var(--warn-ground); font-weight: bold; text-align: center;
}
.answer {
  margin: 0; padding: 0.6rem 1rem; background: var(--panel); border-left: 5px solid var(--accent); font-size: 1.08rem;
}
.warning {
  padding: 0.5rem 0.9rem; border-left: 5px solid var(--warn); background: var(--warn-ground); color: var(--ink);
}
.note { color: var(--soft); font-size: 0.92rem; }
nav { margin: 1.2rem 0; padding: 0.6rem 1rem; background: var(--panel); font-size: 0.95rem; }
nav ul { margin: 0.2rem 0; padding: 0; list-style: none; columns: 2; column-gap: 2rem; }
nav li { break-inside: avoid; padding: 0.1rem 0; }
.nav-title { margin: 0; font-weight: bold; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; }
caption { text-align: left; font-size: 0.9rem; color: var(--soft); padding: 0 0 0.35rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem 0.35rem 0; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); font-size: 0.87rem; }
tbody th { font-weight: normal; font-family: inherit; }
.right { text-align: right; }
td.right, th.right { font-variant-numeric: tabular-nums; white-space: nowrap; }
code {
  font-family: "Liberation Mono", "Courier New", monospace; font-size: 0.84em; overflow-wrap: anywhere;
  font-variant-ligatures: none;
}
.pictures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; }
.pictures figure { flex: 0 1 calc(50% - 0.5rem); min-width: 0; }
figure { margin: 1rem 0; }
.pictures figure { margin: 0; }
.picture-title { font-weight: bold; margin: 0 0 0.3rem; font-size: 0.93rem; }
img { display: block; width: 100%; height: auto; background: #ffffff; image-rendering: auto; }
figcaption { color: var(--soft); font-size: 0.88rem; margin-top: 0.35rem; }
.paper { padding: 0.4rem; border: 1px solid var(--line); }
.paper svg { display: block; width: 100%; height: auto; }
summary { cursor: pointer; font-size: 0.9rem; color: var(--accent); }
footer { margin-top: 3rem; border-top: 1px solid var(--line); }
@media (max-width: 34rem) { nav ul { columns: 1; } .pictures figure { flex-basis: 100%; } }
@media print {
  :root {
    --ink: #000000; --soft: #333333; --ground: #ffffff; --line: #999999; --panel: #f3f3f3; --accent: #000000;
    --warn: #000000; --warn-ground: #ffffff;
  }
  @page { size: A4; margin: 15mm 18mm 18mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav, .skip, footer .note { display: none; }
  footer { border: 0; margin: 0; }
  .page { display: table; width: 100%; }
  .banners { display: table-header-group; break-inside: avoid; }
  .content { display: table-row-group; }
  .banner { margin: 0; padding: 0.15rem 0.5rem; font-size: 9pt; border-width: 1px; }
  .banner:last-child { margin-bottom: 4mm; }
  h1 { margin-top: 0.6rem; }
  h2, h3, h4 { break-after: avoid; }
  tr, figure, .pictures, .answer, .warning { break-inside: avoid; }
  thead { display: table-header-group; }
  caption, thead { break-after: avoid; break-inside: avoid; }
  tbody tr:first-child { break-before: avoid; }
  .scroll { overflow: visible; }
  .break { break-after: page; }
  details:not([open]) { display: none; }
}
)css";

} // namespace cmq::report
