// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/case_steps.hpp"

#include "apps/pipeline/keep_evaluations.hpp"
#include "report/json_envelope.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <gnu/libc-version.h>
#include <span>
#include <string_view>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;
using casefile::LedgerEntry;

constexpr std::string_view case_file_is = "case file ";

std::string libraries() {
    // Logarithms and exponentials come from the C library; LibRaw's version stands with each capture.
    return std::string{"glibc "} + ::gnu_get_libc_version();
}

std::string without_line_breaks(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return text;
}

/// SHA-256 of the tables that `is_of` names, in the order of the case.
template <class IsOf>
std::string lines_of_tables(KeptCase const& kept, IsOf const& is_of) {
    std::string lines;
    for (casefile::KeptTable const& entry : kept.tables) {
        if (is_of(std::string_view{entry.name})) {
            lines += entry.name + ' ' + sha256_hex(casefile::to_bytes(entry.table)) + '\n';
        }
    }
    return lines;
}

std::string hash_of_lines(std::string const& lines) {
    return sha256_hex(std::as_bytes(std::span{lines}));
}

bool is_of_findings(std::string_view table) {
    return table == "findings" || table.starts_with("finding_");
}

bool is_of_account(std::string_view table) {
    return table.starts_with("account_");
}

bool is_of_frozen(std::string_view table) {
    return table.starts_with("frozen");
}

bool is_of_readings(std::string_view table) {
    return table.starts_with("reading");
}

bool is_of_measurement(std::string_view table) {
    return !is_of_findings(table) && !is_of_account(table) && !table.starts_with("evaluation") &&
           !is_of_readings(table) && !is_of_frozen(table) && table != "ledger";
}

} // namespace

std::string program_name() {
    return "Contremarque " + report::program_version();
}

std::string weigh_step(casefile::Comparison const& comparison) {
    return "weigh " + *comparison.h1 + "/" + *comparison.h2;
}

std::vector<std::string> steps_of(casefile::Case const& of, bool is_frozen) {
    std::vector<std::string> steps{"case", "measure"};
    if (!of.readings.empty()) {
        steps.emplace_back(read_step);
    }
    steps.emplace_back("find");
    std::ranges::transform(of.comparisons, std::back_inserter(steps), weigh_step);
    if (is_frozen) {
        steps.emplace_back(freeze_step);
    }
    return steps;
}

LedgerEntry
make_entry(std::string step, std::string inputs, std::string parameters, std::string made) {
    return {.step = std::move(step),
            .inputs = without_line_breaks(std::move(inputs)),
            .parameters = without_line_breaks(std::move(parameters)),
            .program = program_name(),
            .libraries = libraries(),
            .made = std::move(made),
            .previous = {},
            .hash = {}};
}

LedgerEntry make_first_entry(std::string const& file_name, std::string sha256) {
    return make_entry("case", std::string{case_file_is} + file_name, "", std::move(sha256));
}

std::string file_name_in(LedgerEntry const& first) {
    return first.inputs.starts_with(case_file_is) ? first.inputs.substr(case_file_is.size()) : "";
}

bool is_from_here(LedgerEntry const& entry) {
    return entry.program == program_name() && entry.libraries == libraries();
}

std::string inputs_of_find(KeptCase const& kept) {
    return "measurement " + hash_of_measurement(kept) + "; readings " + hash_of_readings(kept) +
           "; case " + hash_of_case_text(kept);
}

std::string inputs_of_weigh(KeptCase const& kept) {
    return "findings " + hash_of_findings(kept) + "; account " +
           hash_of_lines(lines_of_tables(kept, is_of_account));
}

std::string hash_of_case_text(KeptCase const& kept) {
    return sha256_hex(std::as_bytes(std::span{kept.case_text}));
}

std::string hash_of_measurement(KeptCase const& kept) {
    std::string lines = lines_of_tables(kept, is_of_measurement);
    for (casefile::KeptPicture const& picture : kept.pictures) {
        lines += picture.name + ' ' + std::to_string(picture.height) + ' ' +
                 std::to_string(picture.width) + ' ' +
                 sha256_hex(std::as_bytes(std::span{picture.rgb})) + '\n';
    }
    return hash_of_lines(lines);
}

std::string hash_of_readings(KeptCase const& kept) {
    return hash_of_lines(lines_of_tables(kept, is_of_readings));
}

std::string hash_of_findings(KeptCase const& kept) {
    return hash_of_lines(lines_of_tables(kept, is_of_findings));
}

std::string inputs_of_freeze(std::string const& text_sha256, KeptCase const& kept) {
    return "frozen text " + text_sha256 + "; case " + hash_of_case_text(kept);
}

std::string hash_of_frozen(KeptCase const& kept) {
    return hash_of_lines(lines_of_tables(kept, is_of_frozen));
}

std::string hash_of_evaluation(lab::Evaluation const& evaluation) {
    KeptCase alone;
    keep_evaluations(std::span{&evaluation, 1}, alone);
    return hash_of_lines(lines_of_tables(alone, [](std::string_view) { return true; }));
}

} // namespace cmq::pipeline
