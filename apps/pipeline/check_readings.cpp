// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_readings.hpp"

#include "apps/pipeline/check_row.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

bool is_sha256(std::string_view text) {
    return text.size() == 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void expects_share(std::optional<double> const& share,
                   CheckedRow const& row,
                   std::string_view column) {
    if (share) {
        row.expects_in(*share, 0.0, 1.0, column);
    }
}

void check_code(std::optional<lab::CodeEvidence> const& code, CheckedRow const& row) {
    if (!code) {
        return;
    }
    row.expects_in(code->error, 0.0, 1.0, "code_error");
    row.expects_in(code->given_marker, 0.0, 1.0, "code_given_marker");
    row.expects_in(code->given_material, 0.0, 1.0, "code_given_material");
    row.expects_in(code->given_other_lot, 0.0, 1.0, "code_given_other_lot");
}

/// Files in the order in which readings name them.
std::vector<std::pair<std::string_view, std::string>> files_of(casefile::Reading const& reading) {
    std::array<std::pair<std::string_view, std::vector<casefile::Placed<std::string>> const*>,
               5> const lists{{{"sample", &reading.files},
                               {"negative", &reading.negative_controls},
                               {"extraction", &reading.extraction_controls},
                               {"environment", &reading.environment_controls},
                               {"positive", &reading.positive_controls}}};
    std::vector<std::pair<std::string_view, std::string>> files;
    for (auto const& [role, list] : lists) {
        for (auto const& file : *list) {
            files.emplace_back(role, *file);
        }
    }
    return files;
}

/// Rows of the tables that belong to readings, counted over all readings.
struct PartRows {
    std::size_t files = 0;
    std::size_t lots = 0;
    std::size_t reasons = 0;
    std::size_t handled = 0;
};

void check_parts(report::NoteReading const& note,
                 casefile::Reading const& reading,
                 CheckedRow const& of_reading,
                 PartRows& rows) {
    auto const files = files_of(reading);
    of_reading.agrees(note.files.size() == files.size(), "id");
    for (std::size_t i = 0; i < files.size(); ++i) {
        CheckedRow const row{"reading_files", rows.files++};
        row.agrees(note.files[i].role == files[i].first, "role");
        row.agrees(note.files[i].file == files[i].second, "file");
        row.expects(is_sha256(note.files[i].sha256), "sha256");
        row.expects_text(note.files[i].format, "format");
        row.expects_text(note.files[i].lots, "lots");
    }
    for (report::NoteReadingLot const& lot : note.found) {
        CheckedRow const row{"reading_lots", rows.lots++};
        row.expects_text(lot.lot, "lot");
        row.expects_in(lot.log10_lr, -1e6, 1e6, "log10_lr");
        expects_share(lot.share, row, "share");
        expects_share(lot.share_low, row, "share_low");
        expects_share(lot.share_high, row, "share_high");
    }
    for (report::NoteReadingReason const& reason : note.reasons) {
        CheckedRow const row{"reading_reasons", rows.reasons++};
        row.expects_text(reason.id, "reason");
        row.expects_text(reason.fr, "fr");
        row.expects_text(reason.en, "en");
    }
    for (report::NoteHandledLot const& handled : note.handled) {
        CheckedRow const row{"reading_handled", rows.handled++};
        row.expects_text(handled.lot, "lot");
        row.expects_text(handled.by, "by");
        row.expects_text(handled.role, "role");
    }
}

void check_rates(report::NoteReading const& note, CheckedRow const& row) {
    expects_share(note.false_match, row, "false_match");
    expects_share(note.false_match_low, row, "false_match_low");
    expects_share(note.false_match_high, row, "false_match_high");
    expects_share(note.laboratory_error, row, "laboratory_error");
    expects_share(note.clerical_error, row, "clerical_error");
    expects_share(note.drop_in, row, "drop_in");
}

} // namespace

void check_readings(report::NoteInput const& input) {
    auto const& readings = input.readings.readings;
    CheckedRow const registry{"reading_registry", 0};
    bool const has_registry =
        input.file.marker && input.file.marker->registry && !input.file.readings.empty();
    std::string const& hash = input.readings.registry_sha256;
    registry.agrees(has_registry ? is_sha256(hash) : hash.empty(), "sha256");
    for (std::size_t i = 0; i < input.readings.lot.size(); ++i) {
        CheckedRow const row{"reading_lot_facts", i};
        row.expects_text(input.readings.lot[i].key, "key");
        row.expects_text(input.readings.lot[i].text, "text");
    }
    registry.agrees(readings.size() == input.file.readings.size(), "lots");
    PartRows rows;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        CheckedRow const row{"readings", i};
        row.agrees(readings[i].id == *input.file.readings[i].id, "id");
        row.agrees(readings[i].is_reported == input.file.readings[i].files.empty(), "is_reported");
        row.agrees(readings[i].evidence || readings[i].use != report::ReadingUse::weighed, "use");
        row.expects_text(readings[i].lots, "lots");
        check_rates(readings[i], row);
        check_code(readings[i].evidence, row);
        check_parts(readings[i], input.file.readings[i], row, rows);
    }
    for (std::size_t i = 0; i < input.findings.size(); ++i) {
        check_code(input.findings[i].finding.code, CheckedRow{"finding_codes", i});
    }
}

} // namespace cmq::pipeline
