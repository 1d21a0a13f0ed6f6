// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_profile.hpp"

#include "capture/profile_bytes.hpp"
#include "capture/profile_reader/profile_kind.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/h5/read_in_child.hpp"
#include "system/sha256.hpp"

namespace cmq::capture {

CameraProfile to_profile_from_h5(std::span<std::byte const> bytes,
                                 std::filesystem::path const& reader) {
    CameraProfile profile = to_camera_profile(read_in_child(bytes, profile_kind, reader).bytes());
    check_profile(profile);
    profile.sha256 = sha256_hex(bytes);
    return profile;
}

CameraProfile read_profile(std::filesystem::path const& path, std::filesystem::path const& reader) {
    try {
        return to_profile_from_h5(read_file(path, profile_kind.bytes), reader);
    } catch (Error& error) {
        error.at(path.string());
        throw;
    }
}

} // namespace cmq::capture
