// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_readings.hpp"

#include "lab/blanks/share_interval.hpp"
#include "report/json_parts.hpp"

#include <cmath>
#include <cstdint>

namespace cmq::report {

namespace {

Json interval_json(std::optional<double> const& low, std::optional<double> const& high) {
    return low && high ? Json{*low, *high} : Json(nullptr);
}

Json history_json(NoteReadings const& all) {
    if (!all.history_all || !all.history_positive || *all.history_all < 1.0) {
        return nullptr;
    }
    auto const positive = static_cast<std::int64_t>(*all.history_positive);
    auto const controls = static_cast<std::int64_t>(*all.history_all);
    auto const interval = lab::clopper_pearson(positive, controls);
    return Json{{"positive", positive},
                {"controls", controls},
                {"rate", static_cast<double>(positive) / static_cast<double>(controls)},
                {"interval", {interval.low, interval.high}}};
}

Json evidence_json(std::optional<lab::CodeEvidence> const& code) {
    if (!code) {
        return nullptr;
    }
    return Json{{"error", code->error},
                {"p_given_marker", p_read(*code, code->given_marker)},
                {"p_given_other_material", p_read(*code, code->given_material)},
                {"p_given_other_lot", p_read(*code, code->given_other_lot)},
                {"laboratory", code->laboratory},
                {"run", code->run},
                {"examiner", code->examiner}};
}

Json files_json(NoteReading const& reading) {
    Json list = Json::array();
    for (NoteReadingFile const& file : reading.files) {
        list.push_back({{"file", file.file},
                        {"sha256", file.sha256},
                        {"role", file.role},
                        {"format", file.format},
                        {"read", file.read},
                        {"good", file.role == "sample" ? Json(nullptr) : Json(file.is_good)},
                        {"lots", file.lots}});
    }
    return list;
}

Json reading_json(casefile::Reading const& entry, NoteReading const& reading) {
    Json json{
        {"id", reading.id},
        {"zone", *entry.zone},
        {"reported", reading.is_reported},
        {"verdict", std::string{lab::name_of(reading.verdict)}},
        {"read", reading.lots},
        {"use", std::string{to_text(reading.use)}},
        {"evidence", evidence_json(reading.evidence)},
        {"false_match_probability", or_null(reading.false_match)},
        {"false_match_interval", interval_json(reading.false_match_low, reading.false_match_high)},
        {"laboratory_error", or_null(reading.laboratory_error)},
        {"clerical_error", or_null(reading.clerical_error)},
        {"rates_are_stated", reading.rates_are_stated},
        {"drop_in", or_null(reading.drop_in)},
        {"files", files_json(reading)},
        {"lots", Json::array()},
        {"reasons", Json::array()},
        {"elimination", Json::array()}};
    for (NoteReadingLot const& lot : reading.found) {
        json["lots"].push_back({{"lot", lot.lot},
                                {"log10_lr", lot.log10_lr},
                                {"distance", lot.distance},
                                {"share", or_null(lot.share)},
                                {"share_low", or_null(lot.share_low)},
                                {"share_high", or_null(lot.share_high)},
                                {"is_read", lot.is_read}});
    }
    for (NoteReadingReason const& reason : reading.reasons) {
        json["reasons"].push_back({{"reason", reason.id}, {"fr", reason.fr}, {"en", reason.en}});
    }
    for (NoteHandledLot const& handled : reading.handled) {
        json["elimination"].push_back({{"lot", handled.lot},
                                       {"by", handled.by},
                                       {"role", handled.role},
                                       {"is_read", handled.is_read}});
    }
    return json;
}

} // namespace

std::string_view to_text(ReadingUse use) noexcept {
    switch (use) {
    case ReadingUse::weighed:
        return "weighed";
    case ReadingUse::inconclusive:
        return "inconclusive";
    case ReadingUse::no_rates:
        return "no_rates";
    case ReadingUse::no_miss_rate:
        return "no_miss_rate";
    case ReadingUse::nothing_seen:
        return "nothing_seen";
    case ReadingUse::no_finding:
        break;
    }
    return "no_finding";
}

Json marker_json(casefile::Case const& of, NoteReadings const& readings) {
    if (!of.marker) {
        return nullptr;
    }
    Json facts = Json::array();
    for (NoteLotFact const& fact : readings.lot) {
        facts.push_back({{"key", fact.key}, {"text", fact.text}});
    }
    bool const has_registry = !readings.registry_sha256.empty() && of.marker->registry;
    Json registry = nullptr;
    if (has_registry) {
        registry = Json{{"file", **of.marker->registry},
                        {"sha256", readings.registry_sha256},
                        {"lots", readings.registry_lots},
                        {"negative_controls", history_json(readings)}};
    }
    return Json{{"lot", *of.marker->lot}, {"registry", registry}, {"facts", facts}};
}

Json readings_json(casefile::Case const& of, NoteReadings const& readings) {
    Json list = Json::array();
    for (std::size_t i = 0; i < readings.readings.size(); ++i) {
        list.push_back(reading_json(of.readings[i], readings.readings[i]));
    }
    return list;
}

std::string with_readings(std::string const& evaluation,
                          casefile::Case const& of,
                          NoteReadings const& readings) {
    Json json = Json::parse(evaluation);
    json["marker"] = marker_json(of, readings);
    json["readings"] = readings_json(of, readings);
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
