// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_inspect.hpp"

#include "report/json_parts.hpp"

#include <numeric>
#include <string>

namespace cmq::report {
namespace {

Json text_or_null(std::string const& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json black(capture::Capture const& capture) {
    return {{"origin", capture::to_text(capture.black_origin)},
            {"level_dn", planes_json(capture.frame.black_dn)},
            {"level_sigma_dn", planes_json(capture.frame.black_dn_sigma)},
            {"stated_dn", planes_json(capture.stated_black_dn)},
            {"masked_photosites", planes_json(capture.masked_photosites)},
            {"masked_sd_dn", planes_json(capture.masked_sd_dn)}};
}

Json saturation(capture::Capture const& capture) {
    auto const total = std::accumulate(
        capture.saturated_photosites.begin(), capture.saturated_photosites.end(), std::size_t{0});
    return {
        {"level_dn", planes_json(capture.frame.saturation_dn)},
        {"photosites", planes_json(capture.saturated_photosites)},
        {"share", static_cast<double>(total) / static_cast<double>(capture.frame.shape.area())}};
}

Json comparison(std::optional<capture::NoiseComparison> const& compared) {
    if (!compared) {
        return nullptr;
    }
    return {{"signal_dn", planes_json(compared->signal_dn)},
            {"shown_variance_dn2", planes_json(compared->shown_dn2)},
            {"stated_variance_dn2", planes_json(compared->stated_dn2)}};
}

Json noise(capture::Capture const& capture) {
    NoiseModel const& model = capture.frame.noise;
    return {{"origin", to_text(model.origin)},
            {"read_noise_dn", planes_json(model.read_noise_dn)},
            {"read_noise_sigma_dn", planes_json(model.read_noise_dn_sigma)},
            {"gain_dn_per_electron", planes_json(model.gain_dn)},
            {"gain_sigma_dn_per_electron", planes_json(model.gain_dn_sigma)},
            {"gain_is_shared", planes_json(capture.gain_is_shared)},
            {"comparison", comparison(capture.noise_comparison)}};
}

Json metadata(capture::Metadata const& said) {
    return {{"make", text_or_null(said.make)},
            {"model", text_or_null(said.model)},
            {"unique_model", text_or_null(said.unique_model)},
            {"software", text_or_null(said.software)},
            {"description", text_or_null(said.description)},
            {"taken_at", text_or_null(said.taken_at)},
            {"exposure_s", or_null(said.exposure_s)},
            {"f_number", or_null(said.f_number)},
            {"iso", or_null(said.iso)},
            {"focal_length_mm", or_null(said.focal_length_mm)},
            {"auto_exposure", or_null(said.auto_exposure)},
            {"auto_white_balance", or_null(said.auto_white_balance)}};
}

Json identifying_json(Identifying const& identifying) {
    if (!identifying.tags) {
        return nullptr;
    }
    Json list = Json::array();
    for (capture::IdentifyingTag const& tag : *identifying.tags) {
        list.push_back({{"tag", tag.name}, {"value", tag.value}});
    }
    return list;
}

Json sentence(Sentence const& text) {
    return {{"fr", text.french()}, {"en", text.english()}};
}

Json worth_json(capture::Worth const& worth) {
    Json reasons = Json::array();
    for (Sentence const& reason : worth.reasons) {
        reasons.push_back(sentence(reason));
    }
    Json facts = Json::array();
    for (capture::Fact const& fact : worth.facts) {
        facts.push_back({{"kind", capture::to_text(fact.kind)},
                         {"state", capture::to_text(fact.state)},
                         {"text", fact.text.empty() ? Json(nullptr) : sentence(fact.text)},
                         {"sources", fact.sources}});
    }
    return {{"grade", capture::to_text(worth.grade)},
            {"reasons", reasons},
            {"facts", facts},
            {"not_found_means", sentence(Sentence{capture::what_not_found_means()})}};
}

Json picture_json(capture::Picture const& picture) {
    Json saturated = Json::array();
    Json white = Json::array();
    for (std::size_t c = 0; c < picture.channels; ++c) {
        white.push_back(picture.white[c]);
        saturated.push_back(picture.saturated[c]);
    }
    return {{"format", capture::to_text(picture.format)},
            {"width", picture.shape.width},
            {"height", picture.shape.height},
            {"channels", picture.channels},
            {"bits", picture.stated_bits},
            {"pages", picture.pages},
            {"page", picture.page + 1},
            {"palette", picture.is_palette},
            {"alpha", picture.has_alpha},
            {"reduced", picture.is_reduced},
            {"progressive", picture.is_progressive},
            {"bytes_behind", picture.bytes_behind},
            {"white_level", white},
            {"saturated_pixels", saturated},
            {"decoder", picture.library}};
}

// A file name may hold any bytes; JSON may not.
std::string dumped(Json const& all) {
    return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json capture_json(capture::Capture const& capture, std::string_view file) {
    Json warnings = Json::array();
    for (auto const warning : capture.warnings) {
        warnings.push_back(capture::to_text(warning));
    }
    Json all{{"file", file},
             {"sha256", capture.sha256},
             {"bytes", capture.file_bytes},
             {"decoder", capture.decoder},
             {"image",
              {{"width", capture.frame.shape.width},
               {"height", capture.frame.shape.height},
               {"raw_width", capture.raw_shape.width},
               {"raw_height", capture.raw_shape.height},
               {"left_margin", capture.left_margin},
               {"top_margin", capture.top_margin},
               {"cfa", capture.frame.cfa.name()}}},
             {"black", black(capture)},
             {"white_level_dn", capture.white_level_dn},
             {"saturation", saturation(capture)},
             {"noise", noise(capture)},
             {"masked",
              {{"hot", capture.hot_photosites},
               {"dead", capture.dead_photosites},
               {"no_data", capture.no_data_photosites},
               {"blooming", capture.blooming_photosites}}},
             {"metadata", metadata(capture.metadata)},
             {"simulated", capture.metadata.simulated},
             {"bits_per_photosite", capture.bits_per_photosite},
             {"warnings", warnings}};
    return all;
}

} // namespace

std::string json_inspect(capture::Capture const& capture,
                         std::string_view file,
                         std::optional<Identifying> const& identifying) {
    Json all = capture_json(capture, file);
    if (identifying) {
        all["identifying"] = identifying_json(*identifying);
    }
    return dumped(all);
}

std::string json_inspect(capture::Examination const& seen,
                         std::string_view file,
                         std::optional<Identifying> const& identifying) {
    Json all;
    if (seen.capture) {
        all = capture_json(*seen.capture, file);
    } else {
        all = {{"file", file},
               {"sha256", seen.picture->sha256},
               {"bytes", seen.picture->file_bytes},
               {"picture", picture_json(*seen.picture)},
               {"metadata", metadata(seen.metadata)},
               {"simulated", seen.metadata.simulated}};
    }
    all["worth"] = worth_json(seen.worth);
    if (identifying) {
        all["identifying"] = identifying_json(*identifying);
    }
    return dumped(all);
}

} // namespace cmq::report
