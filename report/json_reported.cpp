// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_parts.hpp"

#include <nlohmann/json.hpp>

namespace cmq::report {

namespace {

Json source_json(casefile::Source const& source) {
    return Json{{"document", source.document},
                {"page", or_null(source.page)},
                {"words", source.words},
                {"author", source.author},
                {"date", source.date}};
}

Json at_json(std::optional<casefile::Placed<casefile::Moment>> const& at) {
    return at ? Json{{"written", (*at)->written}, {"uncertainty_min", (*at)->uncertainty_min}}
              : Json(nullptr);
}

Json number_json(std::optional<casefile::Placed<double>> const& number) {
    return number ? Json(**number) : Json(nullptr);
}

} // namespace

Json reported_json(casefile::Observation const& seen) {
    return Json{
        {"id", *seen.id},
        {"zone", *seen.zone},
        {"kind", std::string{casefile::to_word(*seen.kind)}},
        {"value", number_json(seen.value)},
        {"sigma", number_json(seen.sigma)},
        {"code", seen.code},
        {"at", at_json(seen.at)},
        {"examined_by", std::string{casefile::to_word(seen.examined_by)}},
        {"colour", seen.colour},
        {"size_mm", or_null(seen.size_mm)},
        {"lamp", seen.lamp},
        {"lamp_nm", or_null(seen.lamp_nm)},
        {"filter", seen.filter},
        {"distance_cm", or_null(seen.distance_cm)},
        {"room", seen.room ? Json(std::string{casefile::to_word(*seen.room)}) : Json(nullptr)},
        {"grade", std::string{casefile::to_word(seen.grade)}},
        {"source", source_json(seen.source)}};
}

Json search_json(casefile::SearchReport const& search) {
    return Json{{"id", *search.id},
                {"checked", search.population.checked},
                {"glowing", search.population.glowing},
                {"at", at_json(search.at)},
                {"lamp", search.lamp},
                {"source", source_json(search.source)}};
}

} // namespace cmq::report
