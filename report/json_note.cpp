// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_note.hpp"

#include "lab/blanks/share_interval.hpp"
#include "report/account_steps.hpp"
#include "report/facts.hpp"
#include "report/json_by_hand.hpp"
#include "report/json_claims.hpp"
#include "report/json_parts.hpp"
#include "report/missing.hpp"
#include "report/missing_effects.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace cmq::report {

namespace {

Json to_json(casefile::Bilingual const& text) {
    return Json{{"fr", text.fr}, {"en", text.en}};
}

Json case_json(NoteInput const& input) {
    casefile::Case const& file = input.file;
    casefile::ReportHead const& head = file.report;
    return Json{{"id", *file.head.id},
                {"file", file.file},
                {"sha256", input.case_sha256},
                {"title", to_json(file.head.title)},
                {"stage", file.head.stage},
                {"demonstration", file.demonstration},
                {"date", head.date},
                {"role", std::string{casefile::to_word(head.role)}},
                {"author", head.author},
                {"capacity", head.capacity},
                {"reviewer", head.reviewer},
                {"propositions_chosen_by", head.propositions_chosen_by},
                {"propositions_chosen_on", head.propositions_chosen_on},
                {"results_known_before", or_null(head.results_known_before)}};
}

Json capture_json(NoteInput const& input, NoteCapture const& capture) {
    Json json{{"id", capture.id},
              {"sha256", capture.sha256},
              {"file_bytes", capture.file_bytes},
              {"decoder", capture.decoder},
              {"width", capture.shape.width},
              {"height", capture.shape.height},
              {"cfa", capture.cfa.name()},
              {"make", capture.metadata.make},
              {"model", capture.metadata.model},
              {"exposure_s", or_null(capture.metadata.exposure_s)},
              {"iso", or_null(capture.metadata.iso)},
              {"f_number", or_null(capture.metadata.f_number)},
              {"simulated", capture.metadata.simulated},
              {"black_origin", std::string{capture::to_text(capture.black_origin)}},
              {"noise_origin", std::string{to_text(capture.noise_origin)}},
              {"saturated_photosites", planes_json(capture.saturated_photosites)},
              {"warnings", Json::array()}};
    for (capture::CaptureWarning const warning : capture.warnings) {
        json["warnings"].push_back(std::string{capture::to_text(warning)});
    }
    if (casefile::Capture const* const named = find_capture(input.file, capture.id)) {
        json["file"] = *named->file;
        json["role"] = std::string{casefile::to_word(*named->role)};
        json["zone"] = named->zone ? Json(**named->zone) : Json(nullptr);
        json["material"] = named->material;
        json["lamp_nm"] = or_null(named->lamp_nm);
        json["filter"] = named->filter;
        json["substrate"] = named->substrate;
        json["mm_per_photosite"] = or_null(named->mm_per_photosite);
    }
    return json;
}

Json picture_json(NotePicture const& view) {
    FramePicture const& picture = view.picture;
    return Json{{"capture", view.capture},
                {"x", picture.region.x},
                {"y", picture.region.y},
                {"width", picture.region.width},
                {"height", picture.region.height},
                {"photosites_per_pixel", picture.photosites_per_pixel},
                {"low_dn", picture.stretch.low_dn},
                {"high_dn", picture.stretch.high_dn},
                {"gamma", picture.stretch.gamma}};
}

// Its numbers are those of the scale; null where no map was made.
Json significance_json(std::optional<NotePicture> const& map) {
    if (!map) {
        return nullptr;
    }
    FramePicture const& picture = map->picture;
    return Json{{"x", picture.region.x},
                {"y", picture.region.y},
                {"width", picture.region.width},
                {"height", picture.region.height},
                {"photosites_per_pixel", picture.photosites_per_pixel},
                {"low_snr", picture.stretch.low_dn},
                {"high_snr", picture.stretch.high_dn}};
}

Json detection_json(casefile::Case const& file, NoteDetection const& each) {
    Json json{{"capture", each.capture},
              {"false_traces_expected", each.detection.false_traces_expected},
              {"threshold", each.detection.threshold},
              {"tail_factor", each.detection.tail_factor},
              {"darker", each.detection.darker},
              {"flux_with_areas", with_areas_json(detect::total_flux(each.detection), each.areas)},
              {"traces", Json::array()},
              {"areas", Json::array()},
              {"pictures", Json::array()},
              {"significance", significance_json(each.significance)}};
    for (std::size_t i = 0; i < each.detection.traces.size(); ++i) {
        json["traces"].push_back(measures_json(each.detection.traces[i]));
        if (!each.colours.empty()) {
            json["traces"].back()["colour"] = colour_json(each.colours[i]);
        }
    }
    std::optional<detect::SceneScale> scale;
    if (casefile::Capture const* const named = find_capture(file, each.capture);
        named != nullptr && named->mm_per_photosite) {
        scale = detect::SceneScale{.mm_per_photosite = *named->mm_per_photosite};
    }
    for (detect::LargeArea const& area : each.areas) {
        json["areas"].push_back(area_json(area, scale));
    }
    json["joined"] = Json::array();
    if (casefile::Capture const* const named = find_capture(file, each.capture)) {
        for (std::size_t const i : casefile::joined_to(file, *named)) {
            json["joined"].push_back(*file.captures[i].id);
        }
    }
    for (NotePicture const& view : each.views) {
        json["pictures"].push_back(picture_json(view));
    }
    for (NotePicture const& view : each.neighbours) {
        json["pictures"].push_back(picture_json(view));
    }
    return json;
}

Json blanks_json(NoteInput const& input, NoteBlanks const& blanks) {
    return Json{{"evidence", blanks.evidence},
                {"evidence_total_dn", or_null(evidence_total(input, blanks))},
                {"captures", blanks.captures},
                {"totals_dn", blanks.totals_dn},
                {"mean_dn", or_null(blanks.mean_dn)},
                {"sd_dn", or_null(blanks.sd_dn)},
                {"critical_dn", or_null(blanks.critical_dn)}};
}

Json finding_json(NoteInput const& input, NoteFinding const& each) {
    Json json{{"zone", each.finding.zone},
              {"kind", std::string{lab::to_text(each.finding.kind)}},
              {"value", each.finding.value},
              {"sigma", each.finding.sigma},
              {"captures", each.captures},
              {"total_dn", or_null(each.total_dn)},
              {"total_dn_sigma", or_null(each.total_dn_sigma)},
              {"limit_dn", or_null(each.limit_dn)},
              {"observation", nullptr},
              {"reading", each.reading.empty() ? Json(nullptr) : Json(each.reading)},
              {"code_is_weighed", each.finding.code.has_value()}};
    if (auto const* const observation = find_observation(input.file, each.observation)) {
        casefile::Source const& source = observation->source;
        json["observation"] = Json{{"id", *observation->id},
                                   {"document", source.document},
                                   {"page", or_null(source.page)},
                                   {"words", source.words},
                                   {"grade", std::string{casefile::to_word(observation->grade)}}};
    }
    return json;
}

Json population_json(casefile::Population const& population) {
    constexpr double confidence = 0.95;
    auto const interval = lab::clopper_pearson(population.glowing, population.checked, confidence);
    return Json{
        {"checked", population.checked},
        {"glowing", population.glowing},
        {"share",
         static_cast<double>(population.glowing) / static_cast<double>(population.checked)},
        {"share_low", interval.low},
        {"share_high", interval.high},
        {"confidence", confidence},
        {"rule_of_three",
         population.glowing == 0 ? Json(rule_of_three(population.checked)) : Json(nullptr)}};
}

Json propositions_json(NoteInput const& input) {
    Json list = Json::array();
    for (casefile::Proposition const& each : input.file.propositions) {
        if (!is_compared(input.file, *each.id)) {
            continue;
        }
        Json json{{"id", *each.id},
                  {"side", std::string{casefile::to_word(*each.side)}},
                  {"text", to_json(each.text)},
                  {"deliveries", Json::array()},
                  {"events", Json::array()}};
        for (auto const& delivery : each.deliveries) {
            json["deliveries"].push_back(*delivery);
        }
        for (auto const& event : each.events) {
            json["events"].push_back(*event);
        }
        list.push_back(std::move(json));
    }
    return list;
}

/// What the compared propositions include, numbered as in the drawings.
Json steps_json(casefile::Case const& of) {
    Json list = Json::array();
    for (AccountStep const& step : account_steps(of)) {
        list.push_back({{"number", list.size() + 1},
                        {"kind", to_text(step.kind)},
                        {"id", step.id},
                        {"minutes", step.minutes},
                        {"uncertainty_min", step.uncertainty_min},
                        {"zones", step.zones},
                        {"one_way", step.one_way},
                        {"probability", step.probability},
                        {"included_by", step.included_by}});
    }
    return list;
}

template <class Entry, class Make>
Json list_json(std::vector<Entry> const& entries, Make const& make) {
    Json list = Json::array();
    for (Entry const& entry : entries) {
        list.push_back(make(entry));
    }
    return list;
}

std::string_view name_of(Contradiction contradiction) {
    switch (contradiction) {
    case Contradiction::chosen_after_frozen:
        return "chosen_after_frozen";
    case Contradiction::results_unknown_but_before:
        return "results_unknown_but_before";
    case Contradiction::results_known_but_none_before:
        break;
    }
    return "results_known_but_none_before";
}

Json frozen_json(NoteInput const& input) {
    if (!input.frozen) {
        return nullptr;
    }
    ResultsByDay const results = results_by_day(input);
    Json json{{"on", input.frozen->on},
              {"day_is_stated", input.frozen->is_stated},
              {"sha256", input.frozen->sha256},
              {"first_on", input.frozen->first_on},
              {"times", input.frozen->times},
              {"changed", input.frozen->changed},
              {"results",
               {{"after", results.after},
                {"before", results.before},
                {"same_day", results.same_day},
                {"undated", results.undated}}},
              {"contradictions", Json::array()}};
    for (Contradiction const each : find_contradictions(input)) {
        json["contradictions"].push_back(name_of(each));
    }
    return json;
}

Json text_or_null(std::string const& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json seal_json(casefile::Seal const& seal) {
    return {{"number", *seal.number},
            {"holds", {{"fr", seal.holds.fr}, {"en", seal.holds.en}}},
            {"zone", seal.zone ? Json(**seal.zone) : Json(nullptr)},
            {"condition", {{"fr", seal.condition.fr}, {"en", seal.condition.en}}},
            {"sealed_on", text_or_null(seal.sealed_on)},
            {"sealed_by", text_or_null(seal.sealed_by)},
            {"opened_on", text_or_null(seal.opened_on)},
            {"opened_by", text_or_null(seal.opened_by)},
            {"resealed_on", text_or_null(seal.resealed_on)},
            {"resealed_as", text_or_null(seal.resealed_as)}};
}

Json circumstance_json(casefile::Circumstance const& each) {
    return {{"kind", std::string{casefile::to_word(*each.kind)}},
            {"shows", to_json(each.shows)},
            {"document", each.source.document},
            {"page", or_null(each.source.page)},
            {"words", each.source.words}};
}

Json missing_json(NoteInput const& input, Missing const& missing) {
    Json json{{"item", std::string{to_text(missing.item)}},
              {"details", missing.details},
              {"effects", Json::array()}};
    for (MissingEffect const& each : find_missing_effects(input, missing.item)) {
        lab::Evaluation const& evaluation = input.evaluations[each.evaluation];
        json["effects"].push_back({{"h1", evaluation.h1},
                                   {"h2", evaluation.h2},
                                   {"parameter", each.parameter},
                                   {"low", each.low},
                                   {"high", each.high},
                                   {"log10_lr_at_low", each.log10_lr_at_low},
                                   {"log10_lr_at_high", each.log10_lr_at_high}});
    }
    return json;
}

} // namespace

std::string json_note(NoteInput const& input) {
    std::vector<lab::Parameter> const parameters = used_parameters(input);
    GradeCount const grades = count_grades(parameters);
    Json json{{"schema", 1}, {"program", input.program}, {"case", case_json(input)}};
    // What a reader of the page is told there, in words that a program can compare.
    json["leaves_out"] = {"accounts_of_persons",
                          "propositions_not_compared",
                          "comments_of_the_case",
                          "names_of_the_key"};
    json["frozen"] = frozen_json(input);
    json["population"] =
        input.file.population ? population_json(*input.file.population) : Json(nullptr);
    json["captures"] =
        list_json(input.captures, [&](auto const& each) { return capture_json(input, each); });
    json["detections"] = list_json(input.detections, [&](NoteDetection const& each) {
        return detection_json(input.file, each);
    });
    json["blanks"] =
        list_json(input.blanks, [&](auto const& each) { return blanks_json(input, each); });
    json["findings"] =
        list_json(input.findings, [&](auto const& each) { return finding_json(input, each); });
    json["reported"] = list_json(input.file.observations, reported_json);
    json["searches"] = list_json(input.file.searches, search_json);
    json["seals"] = list_json(input.file.seals, seal_json);
    json["circumstances"] = list_json(input.file.circumstances, circumstance_json);
    json["claims"] = claims_json(input.file);
    json["marker"] = marker_json(input.file, input.readings);
    json["readings"] = readings_json(input.file, input.readings);
    json["zones_not_examined"] = unexamined_zones(input);
    json["propositions"] = propositions_json(input);
    json["steps"] = steps_json(input.file);
    json["evaluations"] =
        list_json(input.evaluations, [](auto const& each) { return evaluation_json(each); });
    json["by_hand"] = by_hand_json(input.by_hand);
    json["parameters"] = list_json(parameters, parameter_json);
    json["grades"] = Json{{"all", grades.all},
                          {"measured_on_product", grades.product},
                          {"measured_on_proxy", grades.proxy},
                          {"expert_judgement", grades.judgement}};
    json["missing"] = list_json(find_missing(input),
                                [&](Missing const& each) { return missing_json(input, each); });
    json["commands"] = input.commands;
    json["ledger_head"] = input.ledger_head.empty() ? Json(nullptr) : Json(input.ledger_head);
    // Text that is not UTF-8 must not cost the whole note: it is replaced, never dropped.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace cmq::report
