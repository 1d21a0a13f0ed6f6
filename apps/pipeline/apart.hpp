// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Keeps what stays in the office and what may be produced in folders of their own: whoever hands a folder on
/// hands on all that lies in it.

#pragma once

#include <filesystem>

namespace cmq::pipeline {

/// How the names of counsel's working notes begin.
inline constexpr char const* working_note_name = "working-note";

/// Before something is written that may be produced.
/// \throws Error usage  a working note of counsel lies in the folder
void refuse_beside_working_note(std::filesystem::path const& folder);

/// Before results are written, which are handed on as a whole folder.
/// \throws Error usage  a working note lies in the folder or in one right below it; or counsel's file,
///                      answers, or a key lie in it
void refuse_beside_office_files(std::filesystem::path const& folder);

/// Before a working note is written.
/// \throws Error usage  what analyse, report, requests or freeze wrote lies in the folder; or results in the
///                      one above it
void refuse_beside_court_files(std::filesystem::path const& folder);

} // namespace cmq::pipeline
