// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Documents as files that people read and edit: .odt, PDF, plain text.

#pragma once

#include "report/document.hpp"
#include "report/renderer.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cmq::pipeline {

enum class DocumentFormat : std::uint8_t { odt, pdf, text };

struct DocumentSettings {
    std::filesystem::path output; ///< folder, made where it is missing
    std::vector<report::Language> languages;
    std::vector<DocumentFormat> formats;
    report::Renderer renderer;
};

/// For commands that compute before they write.
/// \throws Error unsupported  PDF is asked for and this build has none
void check_formats(DocumentSettings const& settings);

/// Writes documents into one folder, each in every format asked for, and remembers what it wrote.
class DocumentFiles {
public:
    /// \throws Error io  the folder cannot be made
    /// \throws Error     as check_formats
    explicit DocumentFiles(DocumentSettings const& settings);

    /// Writes NAME.LANG.{odt,pdf,txt}.
    /// \throws Error io  as write_file
    void write(std::string const& name, report::Document const& document);

    /// The files, in the order in which they were written.
    [[nodiscard]] std::vector<std::filesystem::path> take() { return std::move(files_); }

private:
    void put(std::string const& name, std::span<std::byte const> bytes);

    DocumentSettings const& settings_;
    std::vector<std::filesystem::path> files_;
};

} // namespace cmq::pipeline
