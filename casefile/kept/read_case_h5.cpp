// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/case_h5.hpp"
#include "casefile/kept/reader/case_kind.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/h5/read_in_child.hpp"
#include "system/h5/user_block.hpp"

namespace cmq::casefile {

void check_user_block(std::span<std::byte const> bytes) {
    cmq::check_user_block(bytes, case_kind);
}

KeptCase to_kept_case_from_h5(std::span<std::byte const> bytes,
                              std::filesystem::path const& reader) {
    return to_kept_case(read_in_child(bytes, case_kind, reader).bytes());
}

KeptCase read_case_h5(std::filesystem::path const& path, std::filesystem::path const& reader) {
    try {
        return to_kept_case_from_h5(read_file(path, case_h5_size_limit), reader);
    } catch (Error& error) {
        error.at(path.string());
        throw;
    }
}

} // namespace cmq::casefile
