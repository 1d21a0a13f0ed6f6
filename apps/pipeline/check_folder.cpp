// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_folder.hpp"

#include "apps/pipeline/check_attestations.hpp"
#include "core/error.hpp"
#include "report/json_manifest.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t manifest_limit = std::uintmax_t{1} << 20U;
constexpr char const* manifest_name = "manifest.json";

Check check_of(CheckKind kind, CheckState state, CheckReason reason, std::string subject) {
    return {.kind = kind,
            .state = state,
            .reason = reason,
            .subject = std::move(subject),
            .detail = {}};
}

Check check_output(fs::path const& folder, report::ManifestEntry const& entry) {
    try {
        auto const bytes = read_file(folder / entry.file);
        bool const is_good = bytes.size() == entry.bytes && sha256_hex(bytes) == entry.sha256;
        return check_of(CheckKind::output,
                        is_good ? CheckState::good : CheckState::bad,
                        is_good ? CheckReason::none : CheckReason::differs,
                        entry.file);
    } catch (Error const&) {
        return check_of(CheckKind::output, CheckState::bad, CheckReason::missing, entry.file);
    }
}

/// Files that the manifest does not name, and that attest none of those.
std::vector<std::string> strangers_in(fs::path const& folder, std::set<std::string> const& known) {
    std::vector<std::string> strangers;
    std::error_code unreadable;
    for (auto const& file : fs::directory_iterator(folder, unreadable)) {
        std::string const found = file.path().filename().string();
        if (!known.contains(found) && !known.contains(attested_file(found))) {
            strangers.push_back(found);
        }
    }
    std::ranges::sort(strangers);
    return strangers;
}

} // namespace

std::vector<Check> check_folder(fs::path const& folder,
                                std::optional<std::string> const& authorities_pem) {
    std::vector<Check> checks;
    std::vector<report::ManifestEntry> entries;
    try {
        entries = report::read_manifest(read_text(folder / manifest_name, manifest_limit));
        checks.push_back(
            check_of(CheckKind::manifest, CheckState::good, CheckReason::none, manifest_name));
    } catch (Error const& error) {
        bool const is_changed = error.kind() == ErrorKind::integrity;
        checks.push_back(check_of(CheckKind::manifest,
                                  CheckState::bad,
                                  is_changed ? CheckReason::differs : CheckReason::missing,
                                  manifest_name));
        checks.back().detail = error.sentence();
        return checks;
    }
    std::set<std::string> known{manifest_name};
    for (report::ManifestEntry const& entry : entries) {
        known.insert(entry.file);
        checks.push_back(check_output(folder, entry));
    }
    for (std::string& stranger : strangers_in(folder, known)) {
        checks.push_back(check_of(
            CheckKind::stranger, CheckState::not_checked, CheckReason::none, std::move(stranger)));
    }
    for (std::string const& file : known) {
        std::error_code unreadable;
        if (fs::is_regular_file(folder / file, unreadable)) {
            std::ranges::move(check_attestations(folder / file, authorities_pem),
                              std::back_inserter(checks));
        }
    }
    return checks;
}

} // namespace cmq::pipeline
