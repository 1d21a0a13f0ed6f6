// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/qpcr_inhibition.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::lab {
namespace {

/// Cycles of the internal control in some wells.
struct Cycles {
    std::size_t wells = 0;
    std::vector<double> found;

    void add(QpcrWell const& well) {
        ++wells;
        if (well.cq) {
            found.push_back(*well.cq);
        }
    }

    [[nodiscard]] double mean() const {
        double sum = 0.0;
        for (double const cycle : found) {
            sum += cycle;
        }
        return sum / static_cast<double>(found.size());
    }

    [[nodiscard]] double squares() const {
        double const middle = mean();
        double sum = 0.0;
        for (double const cycle : found) {
            sum += (cycle - middle) * (cycle - middle);
        }
        return sum;
    }
};

/// 97.5 % point of Student's t from three degrees of freedom on, to 0.4 %.
/// Source: Cornish and Fisher's expansion, Abramowitz and Stegun 26.7.5.
double student(double freedom) {
    constexpr double z = 1.959963984540054;
    constexpr double z3 = z * z * z;
    constexpr double z5 = z3 * z * z;
    constexpr double z7 = z5 * z * z;
    constexpr double z9 = z7 * z * z;
    double const f = freedom;
    return z + (z3 + z) / (4.0 * f) + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * f * f) +
           (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * f * f * f) +
           (79.0 * z9 + 776.0 * z7 + 1482.0 * z5 - 1920.0 * z3 - 945.0 * z) /
               (92160.0 * f * f * f * f);
}

SampleInhibition judge(std::string const& sample, Cycles const& cycles, Cycles const& reference) {
    SampleInhibition result;
    result.sample = sample;
    result.wells = cycles.wells;
    result.detected = cycles.found.size();
    bool const is_reference_whole =
        reference.wells > 0 && reference.found.size() == reference.wells;
    if (cycles.found.size() < cycles.wells && is_reference_whole) {
        result.state = Inhibition::seen;
    }
    if (cycles.found.empty() || reference.found.empty()) {
        return result;
    }
    auto const r = static_cast<double>(cycles.found.size());
    auto const n = static_cast<double>(reference.found.size());
    result.shift = cycles.mean() - reference.mean();
    double const freedom = r + n - 2.0;
    if (freedom < 3.0) {
        return result;
    }
    double const variance = (cycles.squares() + reference.squares()) / freedom;
    double const half = student(freedom) * std::sqrt(variance * (1.0 / r + 1.0 / n));
    result.shift_low = *result.shift - half;
    result.shift_high = *result.shift + half;
    if (*result.shift_low > most_shift_cycles) {
        result.state = Inhibition::seen;
    } else if (*result.shift_high < most_shift_cycles && result.detected == result.wells) {
        result.state = Inhibition::not_seen;
    }
    return result;
}

} // namespace

std::string_view name_of(Inhibition inhibition) noexcept {
    switch (inhibition) {
    case Inhibition::not_seen:
        return "not_seen";
    case Inhibition::seen:
        return "seen";
    case Inhibition::unclear:
        break;
    }
    return "unclear";
}

std::optional<std::string> find_internal_control(QpcrTable const& table) {
    constexpr std::array<std::string_view, 4> begins{"IPC", "IAC", "EIC", "IC"};
    for (QpcrWell const& well : table.wells) {
        std::string name = well.target;
        for (char& c : name) {
            c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        if (std::ranges::any_of(begins,
                                [&](std::string_view of) { return name.starts_with(of); })) {
            return well.target;
        }
    }
    return {};
}

std::vector<SampleInhibition> measure_inhibition(QpcrTable const& table, std::string_view control) {
    Cycles blanks;
    Cycles standards;
    std::vector<std::pair<std::string, Cycles>> samples; // in order of the table
    for (QpcrWell const& well : table.wells) {
        if (well.target != control) {
            continue;
        }
        if (well.is_blank) {
            blanks.add(well);
        } else if (well.copies) {
            standards.add(well);
        } else {
            auto found =
                std::ranges::find(samples, well.sample, &std::pair<std::string, Cycles>::first);
            if (found == samples.end()) {
                samples.emplace_back(well.sample, Cycles{});
                found = samples.end() - 1;
            }
            found->second.add(well);
        }
    }
    std::vector<SampleInhibition> results;
    results.reserve(samples.size());
    for (auto const& [sample, cycles] : samples) {
        results.push_back(judge(sample, cycles, blanks.wells > 0 ? blanks : standards));
    }
    return results;
}

} // namespace cmq::lab
