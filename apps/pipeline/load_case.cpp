// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/load_case.hpp"

#include "casefile/read_case.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

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

} // namespace cmq::pipeline
