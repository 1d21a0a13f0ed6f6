// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/zone_readings.hpp"

#include "core/error.hpp"
#include "lab/transfer/code_states.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace cmq::lab {
namespace {

using Readings = std::span<ZoneReading const>;
using Group = std::vector<ZoneReading>;
using Given = double CodeEvidence::*;

std::vector<Group> groups_of(Readings readings) {
    std::vector<Group> groups;
    for (ZoneReading const& reading : readings) {
        Group merged{reading};
        std::erase_if(groups, [&](Group const& group) {
            bool const joins = std::ranges::any_of(group, [&](ZoneReading const& other) {
                return err_together(reading.code, other.code);
            });
            if (joins) {
                merged.insert(merged.end(), group.begin(), group.end());
            }
            return joins;
        });
        groups.push_back(std::move(merged));
    }
    return groups;
}

/// The laboratory's own part of a reading's error.
double own_error(ZoneReading const& reading) {
    return reading.common < 1.0 ? 1.0 - (1.0 - reading.code.error) / (1.0 - reading.common) : 0.0;
}

/// The mean of f(below) over a uniform U: f is told a number just above U, and changes at the steps alone.
template <class Function>
double mean_over(std::set<double> steps, Function const& f) {
    steps.insert(0.0);
    steps.insert(1.0);
    double mean = 0.0;
    for (auto from = steps.begin(); std::next(from) != steps.end(); ++from) {
        double const to = *std::next(from);
        mean += (to - *from) * f(to);
    }
    return mean;
}

/// p(results of a group | a source), where the readings whose common error reaches `common` are wrong.
double p_group(Group const& group, double common, Given given) {
    std::set<double> steps;
    for (ZoneReading const& reading : group) {
        steps.insert(own_error(reading));
    }
    return mean_over(std::move(steps), [&](double own) {
        double product = 1.0;
        for (ZoneReading const& reading : group) {
            bool const is_wrong = reading.common >= common || own_error(reading) >= own;
            product *= is_wrong ? 1.0 : reading.code.*given;
        }
        return product;
    });
}

double p_results(Readings readings, std::vector<Group> const& groups, Given given) {
    std::set<double> steps;
    for (ZoneReading const& reading : readings) {
        steps.insert(reading.common);
    }
    return mean_over(std::move(steps), [&](double common) {
        double product = 1.0;
        for (Group const& group : groups) {
            product *= p_group(group, common, given);
        }
        return product;
    });
}

/// The same word throughout, else none.
std::string shared_word(Readings readings, std::string CodeEvidence::*word) {
    std::string const& first = readings.front().code.*word;
    bool const is_shared = std::ranges::all_of(
        readings, [&](ZoneReading const& each) { return each.code.*word == first; });
    return is_shared ? first : "";
}

} // namespace

CodeEvidence combine_zone_readings(std::span<ZoneReading const> readings) {
    CMQ_EXPECTS(!readings.empty());
    for (ZoneReading const& each : readings) {
        CMQ_EXPECTS(each.common >= 0.0 && each.common <= each.code.error && each.code.error <= 1.0);
    }
    if (readings.size() == 1) {
        return readings.front().code; // to the last bit
    }
    auto const groups = groups_of(readings);
    double const marker = p_results(readings, groups, &CodeEvidence::given_marker);
    double const material = p_results(readings, groups, &CodeEvidence::given_material);
    double const other = p_results(readings, groups, &CodeEvidence::given_other_lot);
    CodeEvidence all;
    all.error = std::min({marker, material, other, 1.0});
    auto const given = [&](double p) {
        return all.error < 1.0 ? std::clamp((p - all.error) / (1.0 - all.error), 0.0, 1.0) : 1.0;
    };
    all.given_marker = given(marker);
    all.given_material = given(material);
    all.given_other_lot = given(other);
    all.laboratory = shared_word(readings, &CodeEvidence::laboratory);
    all.run = shared_word(readings, &CodeEvidence::run);
    all.examiner = shared_word(readings, &CodeEvidence::examiner);
    return all;
}

} // namespace cmq::lab
