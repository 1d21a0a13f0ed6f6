// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/number_text.hpp"
#include "lab/blanks/share_interval.hpp"
#include "lab/transfer/code_states.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/codes.hpp"
#include "report/typography.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace cmq::report {

namespace {

Phrase const& kind_phrase(std::string_view role) {
    if (role == "extraction") {
        return phrases::control_extraction;
    }
    if (role == "environment") {
        return phrases::control_environment;
    }
    return role == "positive" ? phrases::control_positive : phrases::control_negative;
}

Phrase const& use_phrase(ReadingUse use) {
    switch (use) {
    case ReadingUse::weighed:
        return phrases::use_weighed;
    case ReadingUse::inconclusive:
        return phrases::use_inconclusive;
    case ReadingUse::no_rates:
        return phrases::use_no_rates;
    case ReadingUse::no_miss_rate:
        return phrases::use_no_miss_rate;
    case ReadingUse::nothing_seen:
        return phrases::use_nothing_seen;
    case ReadingUse::no_finding:
        break;
    }
    return phrases::use_no_finding;
}

Phrase const& role_phrase(std::string_view role) {
    if (role == "arrested") {
        return phrases::role_arrested;
    }
    if (role == "searched") {
        return phrases::role_searched;
    }
    if (role == "swabbed") {
        return phrases::role_swabbed;
    }
    return role == "analysed" ? phrases::role_analysed : phrases::role_carried;
}

/// Whether the lot in question is among those read.
bool is_lot_in_question(NoteWriter const& writer, NoteReading const& reading) {
    return reading.evidence ? reading.evidence->given_marker == 1.0
                            : reading.lots == *writer.file().marker->lot;
}

std::string controls_text(NoteWriter const& writer, NoteReading const& reading) {
    if (reading.is_reported) {
        return writer.say(phrases::controls_not_shown);
    }
    std::vector<std::string> items;
    for (NoteReadingFile const& file : reading.files) {
        if (file.role == "sample") {
            continue;
        }
        std::string const kind = writer.say(kind_phrase(file.role));
        if (file.is_good) {
            items.push_back(writer.say(phrases::control_good, {{"kind", kind}}));
        } else if (file.lots.empty()) {
            items.push_back(writer.say(phrases::control_bad, {{"kind", kind}}));
        } else {
            items.push_back(
                writer.say(phrases::control_bad_lots, {{"kind", kind}, {"lots", file.lots}}));
        }
    }
    return items.empty() ? writer.say(phrases::controls_none) : writer.joined(items, "\n");
}

/// 0.002 as "0,2 %"; what would be zeros only as "1 sur 140 000".
std::string rate(NoteWriter const& writer, double value) {
    constexpr double smallest_percentage = 1e-5;
    constexpr double smallest = 1e-12;
    if (value > 0.0 && value < smallest_percentage) {
        return writer.say(value < smallest ? phrases::rarer_than : phrases::one_in,
                          {{"number", writer.rounded(1.0 / std::max(value, smallest), 2)}});
    }
    std::string const sign =
        writer.language() == Language::french ? std::string{narrow_no_break_space} + "%" : "%";
    return writer.rounded(100.0 * value, 2) + sign;
}

void add_lot(NoteWriter& writer) {
    std::string const lot = *writer.file().marker->lot;
    std::vector<NoteLotFact> const& facts = writer.input().readings.lot;
    if (facts.empty()) {
        writer.paragraph(writer.say(phrases::codes_lot_unknown, {{"lot", lot}}));
        return;
    }
    writer.paragraph(writer.say(phrases::codes_lot, {{"lot", lot}}));
    std::array<std::pair<std::string_view, Phrase const*>, 10> const keys{
        {{"product", &phrases::lot_product},
         {"holder", &phrases::lot_holder},
         {"pellets", &phrases::lot_pellets},
         {"litres", &phrases::lot_litres},
         {"opened", &phrases::lot_opened},
         {"deliveries", &phrases::lot_deliveries},
         {"trainings", &phrases::lot_trainings},
         {"demonstrations", &phrases::lot_demonstrations},
         {"people", &phrases::lot_people},
         {"vehicles", &phrases::lot_vehicles}}};
    std::vector<std::string> items;
    for (auto const& [key, phrase] : keys) {
        std::vector<std::string> texts;
        for (NoteLotFact const& fact : facts) {
            if (fact.key == key) {
                texts.push_back(typeset(fact.text, writer.language()));
            }
        }
        if (!texts.empty()) {
            items.push_back(writer.say(*phrase, {{"text", writer.joined(texts)}}));
        }
    }
    writer.list(items);
}

void add_table(NoteWriter& writer) {
    TableBlock table;
    table.caption = writer.say(phrases::readings_caption);
    table.columns = {writer.column(phrases::reading_zone, 0.9),
                     writer.column(phrases::reading_result, 1.5),
                     writer.column(phrases::reading_controls, 1.3),
                     writer.column(phrases::reading_use, 1.2)};
    auto const& readings = writer.input().readings.readings;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        table.rows.push_back({plain(writer.zone(*writer.file().readings[i].zone)),
                              plain(reading_result(writer, readings[i])),
                              plain(controls_text(writer, readings[i])),
                              plain(writer.say(use_phrase(readings[i].use)))});
    }
    writer.add(std::move(table));
}

void tell_factor(NoteWriter const& writer,
                 NoteReading const& reading,
                 std::vector<std::string>& items) {
    if (!reading.evidence || reading.evidence->error <= 0.0) {
        return;
    }
    lab::CodeEvidence const& code = *reading.evidence;
    double const marker = p_read(code, code.given_marker);
    double const material = p_read(code, code.given_material);
    double const other = p_read(code, code.given_other_lot);
    bool const is_lot = marker > material;
    bool const is_other = !is_lot && other > material;
    Phrase const& phrase = is_lot     ? phrases::factor_lot
                           : is_other ? phrases::factor_other_lot
                                      : phrases::factor_no_code;
    double const factor = is_lot ? marker / material : (is_other ? other : material) / marker;
    items.push_back(writer.say(
        phrase,
        {{"factor", writer.factor(std::log10(factor), 2)}, {"lot", *writer.file().marker->lot}}));
}

void tell_history(NoteWriter const& writer,
                  NoteReading const& reading,
                  std::vector<std::string>& items) {
    NoteReadings const& all = writer.input().readings;
    if (!reading.drop_in || !all.history_all || !all.history_positive) {
        return;
    }
    std::string const controls = decimal_text(*all.history_all, 0, writer.language());
    std::string const bound = rate(writer, *reading.drop_in);
    if (*all.history_positive == 0.0) {
        items.push_back(
            writer.say(phrases::history_none_positive, {{"all", controls}, {"bound", bound}}));
        return;
    }
    auto const interval = lab::clopper_pearson(static_cast<std::int64_t>(*all.history_positive),
                                               static_cast<std::int64_t>(*all.history_all));
    items.push_back(
        writer.say(phrases::history_some,
                   {{"positive", decimal_text(*all.history_positive, 0, writer.language())},
                    {"all", controls},
                    {"low", rate(writer, interval.low)},
                    {"high", rate(writer, interval.high)},
                    {"bound", bound}}));
}

void tell_errors(NoteWriter const& writer,
                 NoteReading const& reading,
                 std::vector<std::string>& items) {
    if (reading.laboratory_error && reading.rates_are_stated) {
        items.push_back(
            writer.say(phrases::rates_stated,
                       {{"laboratory", rate(writer, *reading.laboratory_error)},
                        {"clerical", rate(writer, reading.clerical_error.value_or(0.0))}}));
    } else if (reading.laboratory_error) {
        items.push_back(writer.say(
            phrases::rates_assumed,
            {{"laboratory", rate(writer, *reading.laboratory_error)},
             {"largest", decimal_text(1.0 / *reading.laboratory_error, 0, writer.language())}}));
    }
    tell_history(writer, reading, items);
    if (!reading.false_match) {
        return;
    }
    std::string const lots = writer.count(writer.input().readings.registry_lots);
    std::string const p = rate(writer, *reading.false_match);
    if (reading.false_match_low.value_or(0.0) > 0.0) {
        items.push_back(
            writer.say(phrases::false_match,
                       {{"lots", lots},
                        {"p", p},
                        {"low", rate(writer, *reading.false_match_low)},
                        {"high", rate(writer, reading.false_match_high.value_or(1.0))}}));
    } else {
        items.push_back(writer.say(phrases::false_match_at_most, {{"lots", lots}, {"p", p}}));
    }
}

bool names_actors(NoteWriter const& writer, casefile::Reading const& entry) {
    casefile::Marker const& marker = *writer.file().marker;
    return !marker.arrested_by.empty() || !marker.searched_by.empty() ||
           !entry.swabbed_by.empty() || !entry.examiner.empty() || !marker.vehicles.empty();
}

void tell_elimination(NoteWriter const& writer,
                      casefile::Reading const& entry,
                      NoteReading const& reading,
                      std::vector<std::string>& items) {
    for (NoteHandledLot const& handled : reading.handled) {
        items.push_back(
            writer.say(handled.is_read ? phrases::handled_read : phrases::handled_not_read,
                       {{"lot", handled.lot},
                        {"by", handled.by},
                        {"role", writer.say(role_phrase(handled.role))}}));
    }
    if (reading.handled.empty()) {
        items.push_back(writer.say(writer.input().readings.registry_sha256.empty()
                                       ? phrases::handled_no_registry
                                   : names_actors(writer, entry) ? phrases::handled_nothing
                                                                 : phrases::handled_nobody));
    }
}

void add_details(NoteWriter& writer, std::size_t i) {
    casefile::Reading const& entry = writer.file().readings[i];
    NoteReading const& reading = writer.input().readings.readings[i];
    writer.heading(2,
                   writer.say(phrases::heading_reading,
                              {{"id", reading.id}, {"zone", writer.zone(*entry.zone)}}),
                   "reading-" + std::to_string(i + 1));
    std::vector<std::string> items;
    if (reading.is_reported && !entry.source.document.empty()) {
        items.push_back(
            writer.say(phrases::reported_from, {{"source", source_text(writer, entry.source)}}));
    }
    tell_factor(writer, reading, items);
    tell_errors(writer, reading, items);
    for (NoteReadingReason const& reason : reading.reasons) {
        if (reason.id == "handled_by") {
            continue; // told below, with who
        }
        bool const french = writer.language() == Language::french;
        items.push_back(
            writer.say(phrases::reading_reason,
                       {{"text", typeset(french ? reason.fr : reason.en, writer.language())}}));
    }
    tell_elimination(writer, entry, reading, items);
    writer.list(items);
}

/// Weighed readings of one zone, and what they say together; nothing where there is one alone.
void tell_together(NoteWriter& writer, lab::Finding const& finding) {
    std::vector<std::string> ids;
    auto const& readings = writer.input().readings.readings;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        bool const is_of_zone = *writer.file().readings[i].zone == finding.zone;
        if (is_of_zone && readings[i].use == ReadingUse::weighed) {
            ids.push_back(readings[i].id);
        }
    }
    if (ids.size() < 2) {
        return;
    }
    lab::CodeEvidence const& code = *finding.code;
    double const marker = p_read(code, code.given_marker);
    double const rest =
        std::max(p_read(code, code.given_material), p_read(code, code.given_other_lot));
    if (marker <= 0.0 || rest <= 0.0) {
        return;
    }
    bool const is_for = marker >= rest;
    double const factor = is_for ? marker / rest : rest / marker;
    writer.paragraph(writer.say(phrases::readings_of_zone,
                                {{"zone", writer.zone(finding.zone)},
                                 {"ids", writer.joined(ids)},
                                 {"factor", writer.factor(std::log10(factor), 2)},
                                 {"for",
                                  writer.say(is_for ? phrases::for_lot : phrases::against_lot,
                                             {{"lot", *writer.file().marker->lot}})}}));
}

bool any_err_together(std::vector<NoteReading> const& readings) {
    for (std::size_t i = 0; i < readings.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (readings[i].use == ReadingUse::weighed && readings[k].use == ReadingUse::weighed &&
                lab::err_together(*readings[i].evidence, *readings[k].evidence)) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

std::string reading_file_role(NoteWriter const& writer, NoteReadingFile const& file) {
    return file.role == "sample"
               ? writer.say(phrases::role_sample)
               : writer.say(phrases::control_file, {{"kind", writer.say(kind_phrase(file.role))}});
}

void add_codes(NoteWriter& writer) {
    if (writer.file().readings.empty()) {
        return;
    }
    writer.section(phrases::heading_codes, "codes");
    writer.paragraph(writer.say(phrases::codes_prove));
    writer.paragraph(writer.say(phrases::codes_do_not_prove));
    add_lot(writer);
    add_table(writer);
    if (any_err_together(writer.input().readings.readings)) {
        writer.paragraph(writer.say(phrases::readings_together));
    }
    for (NoteFinding const& each : writer.input().findings) {
        if (each.finding.code) {
            tell_together(writer, each.finding);
        }
    }
    for (std::size_t i = 0; i < writer.file().readings.size(); ++i) {
        add_details(writer, i);
    }
}

void add_without_codes(NoteWriter& writer, lab::Evaluation const& evaluation) {
    if (!evaluation.log10_lr || !evaluation.log10_lr_without_codes) {
        return;
    }
    std::string const with = capped_ratio(writer, *evaluation.log10_lr, 1);
    std::string const without = capped_ratio(writer, *evaluation.log10_lr_without_codes, 1);
    if (with == without) {
        writer.paragraph(writer.say(phrases::value_codes_change_nothing));
        return;
    }
    writer.paragraph(
        writer.say(phrases::value_without_codes, {{"with", with}, {"without", without}}));
}

std::string reading_result(NoteWriter const& writer, NoteReading const& reading) {
    std::string text;
    switch (reading.verdict) {
    case lab::CodeVerdict::match:
        text = writer.say(is_lot_in_question(writer, reading) ? phrases::result_match
                                                              : phrases::result_other,
                          {{"lot", reading.lots}});
        break;
    case lab::CodeVerdict::no_match:
        text = writer.say(phrases::result_none);
        break;
    case lab::CodeVerdict::inconclusive:
        text = writer.say(phrases::result_inconclusive);
        break;
    }
    return reading.is_reported ? writer.say(phrases::result_reported, {{"result", text}}) : text;
}

std::string reading_use(NoteWriter const& writer, NoteReading const& reading) {
    return writer.say(use_phrase(reading.use));
}

} // namespace cmq::report
