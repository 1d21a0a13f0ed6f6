// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/frame.hpp"

#include <algorithm>

namespace cmq {

std::array<std::ptrdiff_t, 2> Cfa::offset(Plane plane) const noexcept {
    for (std::ptrdiff_t i = 0; i < 4; ++i) {
        if (cell[static_cast<std::size_t>(i)] == plane) {
            return {i / 2, i % 2};
        }
    }
    CMQ_EXPECTS(!"a Cfa holds each plane once");
    return {};
}

std::string Cfa::name() const {
    std::string text;
    for (Plane const plane : cell) {
        text += plane == Plane::red ? 'R' : plane == Plane::blue ? 'B' : 'G';
    }
    return text;
}

Cfa make_cfa(std::string_view name) {
    using enum Plane;
    if (name == "RGGB") {
        return {{red, green1, green2, blue}};
    }
    if (name == "GRBG") {
        return {{green1, red, blue, green2}};
    }
    if (name == "GBRG") {
        return {{green2, blue, red, green1}};
    }
    if (name == "BGGR") {
        return {{blue, green2, green1, red}};
    }
    throw Error{ErrorKind::unsupported,
                {"le motif de filtres colorés « {} » n’est pas RGGB, GRBG, GBRG ou BGGR",
                 "colour filter pattern '{}' is not one of RGGB, GRBG, GBRG, BGGR"},
                name};
}

std::string_view to_text(NoiseOrigin origin) noexcept {
    switch (origin) {
    case NoiseOrigin::profile:
        return "profile";
    case NoiseOrigin::dng_tag:
        return "dng_tag";
    case NoiseOrigin::estimated:
        return "estimated";
    }
    return "";
}

double NoiseModel::variance(Plane plane, double signal_dn) const noexcept {
    auto const p = static_cast<std::size_t>(plane);
    double const fixed = prnu[p] * signal_dn;
    return read_noise_dn[p] * read_noise_dn[p] + gain_dn[p] * std::max(signal_dn, 0.0) +
           fixed * fixed;
}

} // namespace cmq
