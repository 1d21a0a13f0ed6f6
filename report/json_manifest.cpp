// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_manifest.hpp"

#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "system/sha256.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace cmq::report {
namespace {

std::string to_manifest(std::string const& version, std::span<ManifestEntry const> entries) {
    std::string all = version + '\n';
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (ManifestEntry const& entry : entries) {
        all += entry.file + '\n' + std::to_string(entry.bytes) + '\n' + entry.sha256 + '\n';
        files.push_back({{"file", entry.file}, {"bytes", entry.bytes}, {"sha256", entry.sha256}});
    }
    nlohmann::ordered_json result{{"files", std::move(files)},
                                  {"entries_sha256", sha256_hex(std::as_bytes(std::span{all}))}};
    nlohmann::ordered_json text{{"schema", 1}, {"version", version}};
    text["results"] = nlohmann::ordered_json::array({std::move(result)});
    return text.dump(2) + '\n';
}

} // namespace

std::string json_manifest(std::span<ManifestEntry const> entries) {
    return to_manifest(program_version(), entries);
}

std::vector<ManifestEntry> read_manifest(std::string_view text) {
    std::vector<ManifestEntry> entries;
    std::string written;
    try {
        nlohmann::json const all = nlohmann::json::parse(text);
        for (nlohmann::json const& file : all.at("results").at(0).at("files")) {
            entries.push_back({.file = file.at("file").get<std::string>(),
                               .bytes = file.at("bytes").get<std::uint64_t>(),
                               .sha256 = file.at("sha256").get<std::string>()});
        }
        written = to_manifest(all.at("version").get<std::string>(), entries);
    } catch (nlohmann::json::exception const&) {
        written.clear(); // broken JSON and text that is no UTF-8 are as wrong as a changed digit
    }
    if (written.empty() || written != text) {
        throw Error{ErrorKind::integrity,
                    {"la liste des fichiers a été modifiée", "the manifest was changed"}};
    }
    for (ManifestEntry const& entry : entries) {
        if (entry.file.empty() || entry.file.find('/') != std::string::npos || entry.file == "." ||
            entry.file == "..") {
            throw Error{ErrorKind::integrity,
                        {"la liste des fichiers en nomme un hors de son répertoire",
                         "the manifest names a file outside its folder"}};
        }
    }
    return entries;
}

} // namespace cmq::report
