// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/evaluate_case.hpp"

#include "casefile/read_case.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace cmq::pipeline {

LoadedCase to_loaded_case(std::string text, std::string const& name) {
    LoadedCase loaded{.text = std::move(text), .sha256 = {}, .file = {}};
    loaded.sha256 = sha256_hex(std::as_bytes(std::span{loaded.text}));
    loaded.file = casefile::parse_case(loaded.text, name);
    casefile::check_references(loaded.file);
    return loaded;
}

LoadedCase load_case(std::filesystem::path const& case_file) {
    return to_loaded_case(read_text(case_file, casefile::case_size_limit), case_file.string());
}

Results
measure_case(LoadedCase const& loaded, MeasureSettings const& settings, Progress const& progress) {
    Results results;
    results.file = loaded.file;
    results.case_sha256 = loaded.sha256;
    results.captures = measure_captures(results.file, settings, progress);
    results.zones =
        measure_zones(results.file, results.captures, examination_minutes(results.file));
    for (ZoneMeasurement const& zone : results.zones) {
        results.findings.push_back(zone.finding);
    }
    return results;
}

std::vector<lab::Finding> typed_findings(Translation const& translation,
                                         std::span<lab::Finding const> measured) {
    std::vector<lab::Finding> typed;
    for (lab::Finding const& finding : translation.findings) {
        if (std::ranges::find(measured, finding.zone, &lab::Finding::zone) == measured.end()) {
            typed.push_back(finding);
        }
    }
    return typed;
}

Results evaluate_case(std::filesystem::path const& case_file,
                      MeasureSettings const& settings,
                      Progress const& progress) {
    LoadedCase const loaded = load_case(case_file);
    Results results = measure_case(loaded, settings, progress);
    Translation const translation = to_account(results.file);
    auto const typed = typed_findings(translation, results.findings);
    results.findings.insert(results.findings.end(), typed.begin(), typed.end());
    for (auto const& comparison : results.file.comparisons) {
        results.evaluations.push_back(evaluate_comparison(
            results.file, translation, comparison, results.findings, settings.threads));
    }
    return results;
}

} // namespace cmq::pipeline
