// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_row.hpp"
#include "apps/pipeline/keep_measured_parts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;

constexpr auto last_verdict = static_cast<std::int64_t>(lab::CodeVerdict::inconclusive);
constexpr auto last_use = static_cast<std::int64_t>(report::ReadingUse::no_finding);

/// What a reading says, in columns; no error: it says nothing.
struct CodeColumns {
    std::optional<double> error;
    std::optional<double> given_marker;
    std::optional<double> given_material;
    std::optional<double> given_other_lot;
    std::string laboratory;
    std::string run;
    std::string examiner;
};

CodeColumns to_columns(std::optional<lab::CodeEvidence> const& code) {
    return code ? CodeColumns{code->error,
                              code->given_marker,
                              code->given_material,
                              code->given_other_lot,
                              code->laboratory,
                              code->run,
                              code->examiner}
                : CodeColumns{};
}

std::optional<lab::CodeEvidence> to_evidence(CodeColumns const& from) {
    if (!from.error) {
        return std::nullopt;
    }
    return lab::CodeEvidence{.error = *from.error,
                             .given_marker = from.given_marker.value_or(0.0),
                             .given_material = from.given_material.value_or(0.0),
                             .given_other_lot = from.given_other_lot.value_or(0.0),
                             .laboratory = from.laboratory,
                             .run = from.run,
                             .examiner = from.examiner};
}

template <class Row>
void add_code_columns(RowMap<Row>& map) {
    map.add(
        "code_error", "", "p(result whatever the zone bears); none: it says nothing", [
        ](auto& r) -> auto& { return r.code.error; });
    map.add(
        "code_given_marker", "", "p(result given the lot, no error)", [](auto& r) -> auto& {
            return r.code.given_marker;
        });
    map.add(
        "code_given_material", "", "given what bears no code", [](auto& r) -> auto& {
            return r.code.given_material;
        });
    map.add(
        "code_given_other_lot", "", "given another lot", [](auto& r) -> auto& {
            return r.code.given_other_lot;
        });
    map.add(
        "laboratory", "", "as stated", [](auto& r) -> auto& { return r.code.laboratory; });
    map.add(
        "run", "", "as stated", [](auto& r) -> auto& { return r.code.run; });
    map.add(
        "examiner", "", "as stated", [](auto& r) -> auto& { return r.code.examiner; });
}

struct ReadingRow {
    report::NoteReading reading;
    CodeColumns code;
};

struct FindingCodeRow {
    std::int64_t finding = 0;
    CodeColumns code;
};

template <class Entry>
struct PartRow {
    std::int64_t reading = 0;
    Entry entry;
};

struct RegistryRow {
    std::string sha256;
    std::uint64_t lots = 0;
    std::optional<double> history_positive;
    std::optional<double> history_all;
};

RowMap<RegistryRow> registry_map() {
    RowMap<RegistryRow> map;
    map.add(
        "sha256", "", "of the registry", [](auto& r) -> auto& { return r.sha256; });
    map.add(
        "lots", "", "how many it has", [](auto& r) -> auto& { return r.lots; });
    map.add(
        "history_positive", "", "of the laboratory's negative controls", [](auto& r) -> auto& {
            return r.history_positive;
        });
    map.add(
        "history_all", "", "the laboratory's negative controls", [](auto& r) -> auto& {
            return r.history_all;
        });
    return map;
}

RowMap<report::NoteLotFact> fact_map() {
    RowMap<report::NoteLotFact> map;
    map.add(
        "key", "", "as in registry.toml", [](auto& r) -> auto& { return r.key; });
    map.add(
        "text", "", "of the lot in question", [](auto& r) -> auto& { return r.text; });
    return map;
}

RowMap<ReadingRow> reading_map() {
    RowMap<ReadingRow> map;
    map.add(
        "id", "", "of the case", [](auto& r) -> auto& { return r.reading.id; });
    map.add(
        "is_reported", "", "1: raw data not seen", [](auto& r) -> auto& {
            return r.reading.is_reported;
        });
    map.add(
        "verdict",
        "",
        "0 match, 1 no match, 2 inconclusive",
        [](auto& r) -> auto& { return r.reading.verdict; },
        last_verdict);
    map.add(
        "use",
        "",
        "0 weighed, 1 inconclusive, 2 no rates, 3 no rate of misses, 4 nothing seen, 5 no finding",
        [](auto& r) -> auto& { return r.reading.use; },
        last_use);
    map.add(
        "lots", "", "read", [](auto& r) -> auto& { return r.reading.lots; });
    map.add(
        "false_match", "", "p(a foreign code passes for one of the registry)", [
        ](auto& r) -> auto& { return r.reading.false_match; });
    map.add(
        "false_match_low", "", "95 % interval", [](auto& r) -> auto& {
            return r.reading.false_match_low;
        });
    map.add(
        "false_match_high", "", "95 % interval", [](auto& r) -> auto& {
            return r.reading.false_match_high;
        });
    map.add(
        "laboratory_error", "", "rate", [](auto& r) -> auto& {
            return r.reading.laboratory_error;
        });
    map.add(
        "clerical_error", "", "rate", [](auto& r) -> auto& { return r.reading.clerical_error; });
    map.add(
        "drop_in", "", "95 % bound of its rate", [](auto& r) -> auto& {
            return r.reading.drop_in;
        });
    map.add(
        "rates_are_stated", "", "0: assumed", [](auto& r) -> auto& {
            return r.reading.rates_are_stated;
        });
    add_code_columns(map);
    return map;
}

template <class Entry>
RowMap<PartRow<Entry>> part_map() {
    RowMap<PartRow<Entry>> map;
    map.add(
        "reading", "", "row of readings", [](auto& r) -> auto& { return r.reading; });
    return map;
}

RowMap<PartRow<report::NoteReadingFile>> file_map() {
    auto map = part_map<report::NoteReadingFile>();
    map.add(
        "file", "", "as in the case", [](auto& r) -> auto& { return r.entry.file; });
    map.add(
        "sha256", "", "of its bytes", [](auto& r) -> auto& { return r.entry.sha256; });
    map.add(
        "role", "", "sample, or the kind of control", [](auto& r) -> auto& {
            return r.entry.role;
        });
    map.add(
        "format", "", "of the file", [](auto& r) -> auto& { return r.entry.format; });
    map.add(
        "read", "", "usable reads, or readable bases", [](auto& r) -> auto& {
            return r.entry.read;
        });
    map.add(
        "is_good", "", "of a control: as it should be", [](auto& r) -> auto& {
            return r.entry.is_good;
        });
    map.add(
        "lots", "", "read in it", [](auto& r) -> auto& { return r.entry.lots; });
    return map;
}

RowMap<PartRow<report::NoteReadingLot>> lot_map() {
    auto map = part_map<report::NoteReadingLot>();
    map.add(
        "lot", "", "name", [](auto& r) -> auto& { return r.entry.lot; });
    map.add(
        "log10_lr", "", "bounded", [](auto& r) -> auto& { return r.entry.log10_lr; });
    map.add(
        "distance", "", "of the consensus to its code", [](auto& r) -> auto& {
            return r.entry.distance;
        });
    map.add(
        "share", "", "of molecules", [](auto& r) -> auto& { return r.entry.share; });
    map.add(
        "share_low", "", "95 % interval", [](auto& r) -> auto& { return r.entry.share_low; });
    map.add(
        "share_high", "", "95 % interval", [](auto& r) -> auto& { return r.entry.share_high; });
    map.add(
        "is_read", "", "counts for the verdict", [](auto& r) -> auto& { return r.entry.is_read; });
    return map;
}

RowMap<PartRow<report::NoteReadingReason>> reason_map() {
    auto map = part_map<report::NoteReadingReason>();
    map.add(
        "reason", "", "name", [](auto& r) -> auto& { return r.entry.id; });
    map.add(
        "fr", "", "in French", [](auto& r) -> auto& { return r.entry.fr; });
    map.add(
        "en", "", "in English", [](auto& r) -> auto& { return r.entry.en; });
    return map;
}

RowMap<PartRow<report::NoteHandledLot>> handled_map() {
    auto map = part_map<report::NoteHandledLot>();
    map.add(
        "lot", "", "name", [](auto& r) -> auto& { return r.entry.lot; });
    map.add(
        "by", "", "who or what handled it", [](auto& r) -> auto& { return r.entry.by; });
    map.add(
        "role", "", "how they acted in the case", [](auto& r) -> auto& { return r.entry.role; });
    map.add(
        "is_read", "", "1: read in this reading", [](auto& r) -> auto& { return r.entry.is_read; });
    return map;
}

RowMap<FindingCodeRow> finding_code_map() {
    RowMap<FindingCodeRow> map;
    map.add(
        "finding", "", "row of findings", [](auto& r) -> auto& { return r.finding; });
    add_code_columns(map);
    return map;
}

/// One table of what belongs to readings.
template <class Entry>
void put_parts(KeptCase& kept,
               std::string name,
               RowMap<PartRow<Entry>> const& map,
               std::vector<report::NoteReading> const& readings,
               std::vector<Entry> report::NoteReading::*list) {
    std::vector<PartRow<Entry>> rows;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        for (Entry const& entry : readings[i].*list) {
            rows.push_back({static_cast<std::int64_t>(i), entry});
        }
    }
    put(kept, std::move(name), map, rows);
}

template <class Entry>
void restore_parts(KeptCase const& kept,
                   std::string const& name,
                   RowMap<PartRow<Entry>> const& map,
                   std::vector<report::NoteReading>& readings,
                   std::vector<Entry> report::NoteReading::*list) {
    for (PartRow<Entry> const& row : map.to_rows(table_of(kept, name))) {
        (parent(readings, row.reading).*list).push_back(row.entry);
    }
}

} // namespace

void keep_readings(report::NoteInput const& input, KeptCase& kept) {
    report::NoteReadings const& all = input.readings;
    put(kept,
        "reading_registry",
        registry_map(),
        std::vector<RegistryRow>{
            {all.registry_sha256, all.registry_lots, all.history_positive, all.history_all}});
    put(kept, "reading_lot_facts", fact_map(), all.lot);
    std::vector<ReadingRow> rows;
    for (report::NoteReading const& reading : all.readings) {
        rows.push_back({reading, to_columns(reading.evidence)});
    }
    put(kept, "readings", reading_map(), rows);
    using report::NoteReading;
    put_parts(kept, "reading_files", file_map(), all.readings, &NoteReading::files);
    put_parts(kept, "reading_lots", lot_map(), all.readings, &NoteReading::found);
    put_parts(kept, "reading_reasons", reason_map(), all.readings, &NoteReading::reasons);
    put_parts(kept, "reading_handled", handled_map(), all.readings, &NoteReading::handled);
}

void restore_readings(KeptCase const& kept, report::NoteInput& input) {
    report::NoteReadings& all = input.readings;
    for (RegistryRow const& row : registry_map().to_rows(table_of(kept, "reading_registry"))) {
        all.registry_sha256 = row.sha256;
        all.registry_lots = row.lots;
        all.history_positive = row.history_positive;
        all.history_all = row.history_all;
    }
    all.lot = fact_map().to_rows(table_of(kept, "reading_lot_facts"));
    for (ReadingRow const& row : reading_map().to_rows(table_of(kept, "readings"))) {
        all.readings.push_back(row.reading);
        all.readings.back().evidence = to_evidence(row.code);
    }
    using report::NoteReading;
    restore_parts(kept, "reading_files", file_map(), all.readings, &NoteReading::files);
    restore_parts(kept, "reading_lots", lot_map(), all.readings, &NoteReading::found);
    restore_parts(kept, "reading_reasons", reason_map(), all.readings, &NoteReading::reasons);
    restore_parts(kept, "reading_handled", handled_map(), all.readings, &NoteReading::handled);
}

void keep_finding_codes(report::NoteInput const& input, KeptCase& kept) {
    std::vector<FindingCodeRow> rows;
    for (std::size_t i = 0; i < input.findings.size(); ++i) {
        if (input.findings[i].finding.code) {
            rows.push_back(
                {static_cast<std::int64_t>(i), to_columns(input.findings[i].finding.code)});
        }
    }
    put(kept, "finding_codes", finding_code_map(), rows);
}

void restore_finding_codes(KeptCase const& kept, report::NoteInput& input) {
    for (FindingCodeRow const& row : finding_code_map().to_rows(table_of(kept, "finding_codes"))) {
        parent(input.findings, row.finding).finding.code = to_evidence(row.code);
    }
}

} // namespace cmq::pipeline
