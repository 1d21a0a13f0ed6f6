// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where the programs lie that meet foreign bytes.

#pragma once

#include <filesystem>

namespace cmq::cli {

/// The program contremarque-decoder, which reads camera files: beside this program, else in
/// libexec/contremarque of the folder above (so an installation may be moved), else where it is installed
/// by default.
/// \throws Error io  it is in none of these places
[[nodiscard]] std::filesystem::path find_decoder();

/// The program contremarque-picture-reader, which reads tags and pictures, in the same places.
/// \throws Error io  it is in none of these places
[[nodiscard]] std::filesystem::path find_picture_reader();

/// The program contremarque-case-reader, which reads case files, in the same places.
/// \throws Error io  it is in none of these places
[[nodiscard]] std::filesystem::path find_case_reader();

/// The program contremarque-profile-reader, which reads camera profiles, in the same places.
/// \throws Error io  it is in none of these places
[[nodiscard]] std::filesystem::path find_profile_reader();

/// The program contremarque-code-reader, which unpacks reads, in the same places.
/// \throws Error io  it is in none of these places
[[nodiscard]] std::filesystem::path find_code_reader();

} // namespace cmq::cli
