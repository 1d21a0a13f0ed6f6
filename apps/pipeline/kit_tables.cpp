// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/kit_tables.hpp"

#include "casefile/words.hpp"
#include "report/facts.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Collects rows of text, numbers and whole numbers into columns.
template <class T>
void add(Table& table,
         std::string_view name,
         std::string_view unit,
         std::string_view meaning,
         std::vector<T> cells) {
    table.add({std::string{name}, std::string{unit}, std::string{meaning}, std::move(cells)});
}

std::string_view name_of(lab::DistributionKind kind) {
    switch (kind) {
    case lab::DistributionKind::fixed:
        return "fixed";
    case lab::DistributionKind::lognormal:
        return "lognormal";
    case lab::DistributionKind::beta:
        return "beta";
    case lab::DistributionKind::log_uniform:
        return "log_uniform";
    case lab::DistributionKind::uniform:
        return "uniform";
    case lab::DistributionKind::gamma:
        break;
    }
    return "gamma";
}

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (std::string const& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// "PV 12, p. 3" of a typed observation; the captures of a measured one.
std::string origin_of(report::NoteInput const& input, report::NoteFinding const& finding) {
    if (finding.observation.empty()) {
        return joined(finding.captures);
    }
    casefile::Observation const* const observation =
        report::find_observation(input.file, finding.observation);
    if (observation == nullptr) {
        return finding.observation;
    }
    std::string text = observation->source.document;
    if (observation->source.page) {
        text += ", p. " + std::to_string(*observation->source.page);
    }
    return text;
}

std::string words_of(report::NoteInput const& input, report::NoteFinding const& finding) {
    casefile::Observation const* const observation =
        finding.observation.empty() ? nullptr
                                    : report::find_observation(input.file, finding.observation);
    return observation == nullptr ? "" : observation->source.words;
}

} // namespace

Table to_inputs_table(report::NoteInput const& input) {
    std::vector<std::string> files{input.file.file};
    std::vector<std::string> roles{"case"};
    std::vector<std::int64_t> bytes{0};
    std::vector<std::string> hashes{input.case_sha256};
    auto const row = [&](std::string file, std::string role, std::int64_t size, std::string hash) {
        files.push_back(std::move(file));
        roles.push_back(std::move(role));
        bytes.push_back(size);
        hashes.push_back(std::move(hash));
    };
    for (std::size_t i = 0; i < input.captures.size(); ++i) {
        casefile::Capture const& capture = input.file.captures.at(i);
        report::NoteCapture const& read = input.captures[i];
        row(*capture.file,
            std::string{casefile::to_word(*capture.role)},
            static_cast<std::int64_t>(read.file_bytes),
            read.sha256);
        if (capture.profile) {
            row(**capture.profile, "profile", 0, read.profile_sha256);
        }
    }
    if (!input.readings.registry_sha256.empty()) {
        row(**input.file.marker->registry, "registry", 0, input.readings.registry_sha256);
    }
    for (report::NoteReading const& reading : input.readings.readings) {
        for (report::NoteReadingFile const& file : reading.files) {
            row(file.file, "reading " + reading.id + " " + file.role, 0, file.sha256);
        }
    }
    Table table;
    add(table, "file", "", "Name as the case gives it.", std::move(files));
    add(table, "role", "", "What the computation used it for.", std::move(roles));
    add(table, "bytes", "", "Size; 0 where it was not kept.", std::move(bytes));
    add(table,
        "sha256",
        "",
        "Of the bytes; of the case file without its comments.",
        std::move(hashes));
    return table;
}

Table to_findings_table(report::NoteInput const& input) {
    std::vector<std::string> zones;
    std::vector<std::string> kinds;
    std::vector<double> values;
    std::vector<double> sigmas;
    std::vector<double> minutes;
    std::vector<std::string> origins;
    std::vector<std::string> words;
    for (report::NoteFinding const& each : input.findings) {
        bool const is_amount = each.finding.kind == lab::FindingKind::amount;
        bool const has_value = is_amount || each.finding.kind == lab::FindingKind::count;
        zones.push_back(each.finding.zone);
        kinds.emplace_back(lab::to_text(each.finding.kind));
        values.push_back(has_value ? each.finding.value : none);
        sigmas.push_back(is_amount ? each.finding.sigma : none);
        minutes.push_back(each.finding.minutes);
        origins.push_back(origin_of(input, each));
        words.push_back(words_of(input, each));
    }
    Table table;
    add(table, "zone", "", "Where.", std::move(zones));
    add(table, "kind", "", "What was found.", std::move(kinds));
    add(table, "value", "1 or DL", "Count, or amount in detection limits.", std::move(values));
    add(table, "sigma", "DL", "Standard uncertainty of an amount.", std::move(sigmas));
    add(table, "minutes", "min", "After midnight of the day of the account.", std::move(minutes));
    add(table, "origin", "", "Document, or captures.", std::move(origins));
    add(table, "words", "", "As written there.", std::move(words));
    return table;
}

Table to_parameters_table(report::NoteInput const& input) {
    std::vector<std::string> names;
    std::vector<std::string> units;
    std::vector<std::string> kinds;
    std::vector<std::string> grades;
    std::vector<std::string> conditions;
    std::vector<std::string> sources;
    std::vector<double> first;
    std::vector<double> second;
    std::vector<double> low;
    std::vector<double> high;
    std::vector<double> p05;
    std::vector<double> p50;
    std::vector<double> p95;
    for (lab::Parameter const& each : report::used_parameters(input)) {
        lab::Distribution const& from = each.distribution;
        lab::Quantiles const quantiles = lab::quantiles_of(from);
        names.push_back(each.name);
        units.push_back(each.unit);
        kinds.emplace_back(name_of(from.kind));
        first.push_back(from.first);
        second.push_back(from.kind == lab::DistributionKind::fixed ? none : from.second);
        low.push_back(from.low.value_or(none));
        high.push_back(from.high.value_or(none));
        p05.push_back(quantiles.p05);
        p50.push_back(quantiles.p50);
        p95.push_back(quantiles.p95);
        grades.emplace_back(lab::to_text(each.grade));
        conditions.push_back(each.conditions);
        sources.push_back(each.source);
    }
    Table table;
    add(table, "name", "", "As in the library of parameters.", std::move(names));
    add(table, "unit", "", "Empty for shares, odds ratios, counts.", std::move(units));
    add(table, "distribution", "", "Its kind.", std::move(kinds));
    add(table, "first", "", "value | median | a | low | low | shape", std::move(first));
    add(table, "second", "", "unused | gsd | b | high | high | rate", std::move(second));
    add(table, "cut_below", "", "Truncation, if any.", std::move(low));
    add(table, "cut_above", "", "Truncation, if any.", std::move(high));
    add(table, "p05", "", "Quantile at 5 %.", std::move(p05));
    add(table, "p50", "", "Median.", std::move(p50));
    add(table, "p95", "", "Quantile at 95 %.", std::move(p95));
    add(table, "grade", "", "How well it is known.", std::move(grades));
    add(table, "conditions", "", "On what, when and how measured.", std::move(conditions));
    add(table, "source", "", "Who says so.", std::move(sources));
    return table;
}

} // namespace cmq::pipeline
