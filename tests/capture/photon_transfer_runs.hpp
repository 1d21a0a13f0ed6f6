// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Camera profiles of simulated sensors, held against the truth: for the study of coverage and its short turn in the
/// tests.

#pragma once

#include "capture/measure_profile.hpp"
#include "capture/simulate_scene.hpp"
#include "core/random.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace photon_transfer {

using cmq::PerPlane;
using cmq::plane_count;
using cmq::capture::CameraProfile;
using cmq::capture::Capture;
using cmq::capture::Measured;

/// A sensor and how it is photographed.
struct Bench {
    double gain_dn = 0.5;
    double read_noise_electrons = 3.0;
    int bits = 14;
    double prnu = 0.006;
    double dsnu_electrons = 0.5;
    double row_noise_electrons = 0.2;
    std::size_t darks = 4;
    std::size_t flats_a_level = 2;
    std::vector<double> exposures_s{0.1, 0.2, 0.4, 0.8};
    double brightest =
        0.6; ///< mean of the brightest plane at the longest exposure, share of saturation
    double lamp_sd = 0.002;  ///< relative, from frame to frame
    double falloff = 0.3;    ///< of the light, from the centre to the corners
    double nonlinearity = 0; ///< see cmq::capture::Sensor
    std::ptrdiff_t side = 256;
};

/// One quantity of one plane: does the interval hold the truth?
enum Quantity : std::size_t {
    gain,
    read_noise,
    temporal,
    dark_signal,
    prnu,
    dsnu,
    row_noise,
    saturation,
    linearity,
    curvature,
    quantity_count
};

inline constexpr std::array<char const*, quantity_count> quantity_names{"gain",
                                                                        "read noise",
                                                                        "temporal noise",
                                                                        "dark signal",
                                                                        "PRNU",
                                                                        "DSNU",
                                                                        "row noise",
                                                                        "saturation",
                                                                        "linearity",
                                                                        "curvature"};

struct Count {
    std::size_t asked = 0;
    std::size_t held = 0;
    double half_width = 0; ///< sum of half the interval over the truth, where that is above 0

    void operator+=(Count const& other) {
        asked += other.asked;
        held += other.held;
        half_width += other.half_width;
    }
};

using Counts = std::array<Count, quantity_count>;

inline constexpr PerPlane<double> light{0.5, 1.0, 1.0, 0.7}; // share of the brightest plane

class Session {
public:
    Session(Bench const& setup, std::uint64_t number) : Session{setup, number, number} {}

    /// Another set of frames of the sensor of that number.
    Session(Bench const& setup, std::uint64_t number, std::uint64_t sensor_number)
        : setup_{setup}
        , number_{number} {
        cmq::Random random{sensor_number, 900, 0};
        auto& sensor = scene_.sensor;
        sensor.bits = setup.bits;
        sensor.gain_dn = setup.gain_dn;
        sensor.read_noise_electrons = setup.read_noise_electrons;
        sensor.prnu = setup.prnu;
        sensor.dsnu_electrons = setup.dsnu_electrons;
        sensor.row_noise_electrons = setup.row_noise_electrons;
        sensor.nonlinearity = setup.nonlinearity;
        double const dark =
            setup.gain_dn *
            std::hypot(setup.read_noise_electrons, setup.dsnu_electrons, setup.row_noise_electrons);
        for (double& black : sensor.black_dn) { // anywhere within a step
            black = std::max(128.0, std::ceil(10.0 * dark)) + random.uniform();
        }
        white_ = std::pow(2.0, setup.bits) - 1.0;
        double const range = white_ - std::ranges::max(sensor.black_dn);
        sensor.full_well_electrons = 0.95 * range / setup.gain_dn;
        scene_.shape = {setup.side, setup.side};
        scene_.masked_columns = 0;
        scene_.burn_mark = false;
        scene_.sensor_seed = sensor_number;
        scene_.background.lamp_falloff = setup.falloff;
    }

    [[nodiscard]] CameraProfile measure(unsigned threads = 1) const {
        return cmq::capture::measure_profile(sources(), threads);
    }

    /// Borrows this run.
    [[nodiscard]] cmq::capture::ProfileSources sources() const {
        cmq::capture::ProfileSources sources;
        for (std::size_t i = 0; i < setup_.darks; ++i) {
            sources.darks.push_back({"dark " + std::to_string(i), [this, i] { return dark(i); }});
        }
        for (std::size_t level = 0; level < setup_.exposures_s.size(); ++level) {
            for (std::size_t i = 0; i < setup_.flats_a_level; ++i) {
                sources.flats.push_back({"flat " + std::to_string(level) + "." + std::to_string(i),
                                         [this, level, i] { return flat(level, i); }});
            }
        }
        return sources;
    }

    [[nodiscard]] Capture dark(std::size_t i) const {
        cmq::capture::SceneSettings scene = scene_;
        scene.background.electrons = {};
        return shoot(scene, 0.2, i);
    }

    [[nodiscard]] Capture flat(std::size_t level, std::size_t i) const {
        cmq::capture::SceneSettings scene = scene_;
        std::size_t const name = 1000 * (level + 1) + i;
        cmq::Random lamp{number_, 901, name};
        double const factor = 1.0 + setup_.lamp_sd * lamp.normal();
        for (std::size_t p = 0; p < plane_count; ++p) {
            scene.background.electrons[p] = electrons(p, setup_.exposures_s[level]) * factor;
        }
        return shoot(scene, setup_.exposures_s[level], name);
    }

    /// Mean of a plane at an exposure, before the lamp falls off.
    [[nodiscard]] double electrons(std::size_t p, double exposure_s) const {
        return setup_.brightest * scene_.sensor.full_well_electrons * light[p] * exposure_s /
               std::ranges::max(setup_.exposures_s);
    }

    /// NaN where the truth is not a number of the sensor.
    [[nodiscard]] double truth(Quantity quantity, std::size_t p) const {
        double const none = std::nan("");
        bool const straight = setup_.nonlinearity == 0;
        double const dark =
            setup_.gain_dn * std::hypot(setup_.read_noise_electrons, setup_.row_noise_electrons);
        switch (quantity) {
        case gain:
            return straight ? setup_.gain_dn : none;
        case read_noise:
            return dark;
        case temporal: // what rounding adds is 1/12 only where the noise is wide enough
            return dark > 0.75 ? std::sqrt(dark * dark + 1.0 / 12.0) : none;
        case dark_signal:
            return 0.0;
        case prnu:
            return straight ? setup_.prnu : none;
        case dsnu:
            return setup_.gain_dn * setup_.dsnu_electrons;
        case row_noise:
            return setup_.gain_dn * setup_.row_noise_electrons;
        case saturation:
            return setup_.brightest > 1.5 ? setup_.gain_dn * full(scene_.sensor.full_well_electrons)
                                          : none;
        case linearity:
            return departure(p);
        case curvature: // of the sensor; light that falls off to the corners adds under 1 % of it
            return setup_.nonlinearity / (scene_.sensor.full_well_electrons * setup_.gain_dn);
        case quantity_count:
            break;
        }
        return none;
    }

private:
    [[nodiscard]] double full(double charge) const {
        return charge * (1.0 - setup_.nonlinearity * charge / scene_.sensor.full_well_electrons);
    }

    // Written once more, by the normal equations of (y / y) = (a / y) + b (t / y).
    [[nodiscard]] double departure(std::size_t p) const {
        bool const straight = setup_.nonlinearity == 0;
        std::vector<std::array<double, 2>> rows;
        std::vector<double> y;
        double const saturation = full(scene_.sensor.full_well_electrons);
        for (double const exposure : setup_.exposures_s) {
            double const mean = full(electrons(p, exposure));
            if (electrons(p, exposure) < scene_.sensor.full_well_electrons &&
                mean > 0.05 * saturation && mean < 0.9 * saturation) {
                rows.push_back({1.0 / mean, exposure / mean});
                y.push_back(mean);
            }
        }
        if (rows.size() < 3) {
            return std::nan("");
        }
        double aa = 0;
        double ab = 0;
        double bb = 0;
        double a1 = 0;
        double b1 = 0;
        for (auto const& [a, b] : rows) {
            aa += a * a;
            ab += a * b;
            bb += b * b;
            a1 += a;
            b1 += b;
        }
        double const determinant = aa * bb - ab * ab;
        double const intercept = (a1 * bb - b1 * ab) / determinant;
        double const slope = (aa * b1 - ab * a1) / determinant;
        double most = 0;
        for (auto const& [a, b] : rows) {
            most = std::max(most, std::abs(1.0 - intercept * a - slope * b));
        }
        return straight ? 0.0 : most;
    }

    [[nodiscard]] Capture
    shoot(cmq::capture::SceneSettings scene, double exposure_s, std::size_t name) const {
        scene.seed = number_ * 100'000 + name;
        auto const simulated = cmq::capture::simulate_scene(scene, 1);
        Capture capture;
        capture.frame = cmq::capture::to_frame(simulated);
        for (auto& mask : capture.frame.mask) { // no reader knows them
            mask &= static_cast<std::uint8_t>(~cmq::mask_bit::hot);
        }
        capture.metadata.make = "Contremarque";
        capture.metadata.model = "SIMULATED";
        capture.metadata.simulated = true;
        capture.metadata.iso = 800;
        capture.metadata.exposure_s = exposure_s;
        std::string const own = std::to_string(number_) + " " + std::to_string(name);
        capture.sha256 = cmq::sha256_hex(std::as_bytes(std::span{own}));
        capture.raw_shape = simulated.raw_shape;
        capture.white_level_dn = white_;
        capture.black_origin = cmq::capture::BlackOrigin::masked_photosites;
        capture.bits_per_photosite = 16;
        return capture;
    }

    Bench setup_;
    std::uint64_t number_;
    double white_ = 0;
    cmq::capture::SceneSettings scene_;
};

inline Measured const* measured(CameraProfile const& profile, Quantity quantity, std::size_t p) {
    auto const& plane = profile.planes[p];
    switch (quantity) {
    case gain:
        return &plane.gain_dn;
    case read_noise:
        return &plane.read_noise_dn;
    case temporal:
        return &plane.temporal_dark_dn;
    case dark_signal:
        return &plane.dark_signal_dn;
    case prnu:
        return &plane.prnu;
    case dsnu:
        return &plane.dsnu_dn;
    case row_noise:
        return &plane.row_noise_dn;
    case saturation:
        return plane.saturation_reached ? &plane.saturation_dn : nullptr;
    case linearity:
        return plane.linearity_error ? &*plane.linearity_error : nullptr;
    case curvature:
        return plane.curvature_per_dn ? &*plane.curvature_per_dn : nullptr;
    case quantity_count:
        break;
    }
    return nullptr;
}

/// Planes that tell something of their own: rows shift the two planes of a row alike, the lamp all four.
inline bool counts(Quantity quantity, std::size_t p) {
    if (quantity == linearity || quantity == curvature) {
        return p == 1;
    }
    return (quantity != row_noise && quantity != read_noise && quantity != temporal &&
            quantity != dark_signal) ||
           p == 0 || p == 3;
}

inline Counts count(Bench const& setup, std::uint64_t number) {
    Session const run{setup, number};
    CameraProfile const profile = run.measure();
    Counts counted{};
    for (std::size_t q = 0; q < quantity_count; ++q) {
        auto const quantity = static_cast<Quantity>(q);
        for (std::size_t p = 0; p < plane_count; ++p) {
            double const truth = run.truth(quantity, p);
            Measured const* const found = measured(profile, quantity, p);
            if (found == nullptr || std::isnan(truth) || !counts(quantity, p)) {
                continue;
            }
            ++counted[q].asked;
            counted[q].held += found->low <= truth && truth <= found->high ? 1U : 0U;
            counted[q].half_width += truth > 0 ? 0.5 * (found->high - found->low) / truth : 0.0;
        }
    }
    return counted;
}

/// The range of real sensors: 12 to 16 bits, 0.1 to 8 DN per electron, 1 to 15 electrons of read noise.
inline std::vector<Bench> setups() {
    std::vector<Bench> all;
    auto const add = [&](auto const& change) {
        Bench setup;
        change(setup);
        all.push_back(setup);
    };
    for (double const read : {1.0, 3.0, 15.0}) {
        add([=](Bench& s) {
            s.gain_dn = 0.1;
            s.read_noise_electrons = read;
            s.bits = 12;
        });
        add([=](Bench& s) {
            s.gain_dn = 0.5;
            s.read_noise_electrons = read;
        });
        add([=](Bench& s) {
            s.gain_dn = 2.0;
            s.read_noise_electrons = read;
        });
        add([=](Bench& s) {
            s.gain_dn = 8.0;
            s.read_noise_electrons = read;
            s.bits = 16;
        });
    }
    add([](Bench& s) {
        s.gain_dn = 0.1;
        s.read_noise_electrons = 1.0;
        s.dsnu_electrons = 5.0;
        s.bits = 14;
    });
    add([](Bench& s) { s.prnu = 0.002; });
    add([](Bench& s) {
        s.prnu = 0.02;
        s.dsnu_electrons = 2.0;
    });
    add([](Bench& s) { s.row_noise_electrons = 0.0; });
    add([](Bench& s) { s.row_noise_electrons = 1.5; });
    add([](Bench& s) {
        s.darks = 2;
        s.exposures_s = {0.4};
    });
    add([](Bench& s) {
        s.darks = 10;
        s.flats_a_level = 4;
    });
    add([](Bench& s) {
        s.exposures_s = {0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 6.4};
        s.brightest = 3.0;
    });
    add([](Bench& s) {
        s.nonlinearity = 0.03;
        s.falloff = 0.0;
    });
    return all;
}

} // namespace photon_transfer
