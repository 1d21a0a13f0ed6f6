// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Texts that try to become something else than text, and a case into which they are planted.

#pragma once

#include "report/note.hpp"

#include <array>
#include <string>

namespace cmq::report::fixture {

/// Markup, scripts, keys of PDF, formulas, paths, controls, bytes that are no UTF-8, marks that turn the order of letters.
[[nodiscard]] inline std::array<std::string, 37> const& hostile_texts() {
    static std::array<std::string, 37> const texts{
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style><script>alert(1)</script>",
        "</title></head><body onload=alert(1)>",
        "]]><x/><![CDATA[",
        "<!-- --><?php ?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
        "&#60;script&#62;&lt;b&gt;",
        "javascript:alert(1)",
        "<svg/onload=alert(1)>",
        "</text:p><text:a xlink:href=\"file:///etc/passwd\">",
        ") /JS (app.alert(1)) /S /JavaScript (",
        ">> /OpenAction << /S /Launch /F (cmd.exe) >> <<",
        "x) >> endobj 99 0 obj << /Type /Catalog >> endobj (",
        "endstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
        "-7000003 -7000000 1 1 re\nf",
        "/Artifact BMC EMC BDC",
        "\\) \\( \\\\ \\n \\101",
        "=cmd|'/c calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\uFF1D1+1",
        "../../../etc/passwd",
        "C:\\Windows\\system32",
        "file:///etc/passwd",
        "\u202Efdp.exe\u202C",
        "\u2066\u2067\u2068\u2069\u200E\u200F",
        "\u200B\u200C\u200D\uFEFFx\u00AD",
        std::string{"\x1B[31m\x07\x08 \x01\x02\x7F"},
        "\u0085\u009B31m\u2028\u2029",
        std::string{"\xC0\xAF \xED\xA0\x80 \xFF\xFE \xF5\x80\x80\x80"},
        "\uFFFE\uFFFF\uFFFD",
        "\U0001F600\U000E0001\U0010FFFF",
        "{page} {pages} {factor} {0} %s %n",
        std::string(3000, 'w'),
        "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B\u030C\u030D\u030E"};
    return texts;
}

/// The text in every place of a case where its author, a document or a camera file may write what they like.
inline void plant(NoteInput& input, std::string const& text) {
    casefile::Bilingual const both{.fr = text, .en = text};
    casefile::Case& file = input.file;
    file.file = text;
    file.head.title = both;
    file.report.author = text;
    file.report.capacity = text;
    file.report.reviewer = text;
    file.report.propositions_chosen_by = text;
    for (auto& each : file.propositions) {
        each.text = both;
    }
    for (auto& each : file.carriers) {
        each.label = both;
    }
    for (auto& each : file.deliveries) {
        each.label = both;
    }
    for (auto& each : file.events) {
        each.label = both;
    }
    for (auto& each : file.contaminations) {
        each.label = both;
    }
    for (auto& each : file.observations) {
        each.source.document = text;
        each.source.words = text;
        each.source.author = text;
    }
    for (auto& each : file.captures) {
        each.file.value = text;
        each.filter = text;
    }
    for (auto& each : input.captures) {
        each.metadata.make = text;
        each.metadata.model = text;
    }
    for (auto& evaluation : input.evaluations) {
        for (auto& parameter : evaluation.parameters) {
            parameter.label_fr = text;
            parameter.label_en = text;
            parameter.source = text;
            parameter.source_fr = text;
            parameter.conditions = text;
            parameter.conditions_fr = text;
        }
    }
    input.commands = {text};
}

} // namespace cmq::report::fixture
