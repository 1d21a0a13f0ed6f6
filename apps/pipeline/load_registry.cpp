// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/load_registry.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

namespace cmq::pipeline {
namespace {

constexpr std::uintmax_t most_list_bytes = std::uintmax_t{256} << 20U;

lab::Lot to_lot(casefile::LotEntry const& from) {
    lab::Lot lot;
    lot.name = *from.name;
    if (from.sequence) {
        lot.kind = lab::CodeKind::sequence;
        lot.sequence = from.sequence->value;
    } else if (!from.fragments.empty()) {
        lot.kind = lab::CodeKind::fragments;
        lot.fragments = from.fragments;
        lot.fragment_dyes = from.fragment_dyes;
    } else {
        lot.kind = from.particle.empty() ? lab::CodeKind::other : lab::CodeKind::particle;
        lot.text = from.particle.empty() ? from.other_code : from.particle;
    }
    lot.product = from.product;
    lot.holder = from.holder;
    lot.pellets = from.pellets;
    lot.litres = from.litres;
    lot.opened = from.opened;
    lot.deliveries = from.deliveries;
    lot.trainings = from.trainings;
    lot.demonstrations = from.demonstrations;
    lot.people = from.people;
    lot.vehicles = from.vehicles;
    return lot;
}

} // namespace

lab::Registry to_registry(casefile::LotRegistry const& from) {
    lab::Registry registry;
    for (casefile::LotEntry const& lot : from.lots) {
        registry.lots.push_back(to_lot(lot));
    }
    auto const& laboratory = from.laboratory;
    registry.laboratory_error = laboratory.error_rate;
    registry.clerical_error = laboratory.clerical_error_rate;
    registry.error_source = laboratory.source;
    registry.sizing_sd = laboratory.sizing_sd_bp;
    registry.index_hopping = laboratory.index_hopping;
    if (laboratory.negative_controls) {
        registry.negative_controls = lab::ControlHistory{
            .positive = static_cast<std::uint64_t>(laboratory.positive_negative_controls),
            .all = static_cast<std::uint64_t>(*laboratory.negative_controls)};
    }
    return registry;
}

lab::Registry load_registry(std::filesystem::path const& path) {
    std::string const text = read_text(path, most_list_bytes); // its errors name the file
    if (path.extension() == ".toml") {
        return to_registry(casefile::parse_registry(text, path.string()));
    }
    try {
        return lab::parse_code_list(text);
    } catch (Error& error) {
        error.at(path.string());
        throw;
    }
}

} // namespace cmq::pipeline
