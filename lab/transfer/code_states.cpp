// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/code_states.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace cmq::lab {

namespace {

using Group = std::vector<std::size_t>; // of zones

bool is_shared(std::string const& a, std::string const& b) {
    return a.empty() || b.empty() || a == b;
}

/// Connected zones, each group in order; those that stand alone are left out.
std::vector<Group> groups_of(std::span<ExaminedZone const> zones) {
    std::vector<Group> groups;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        if (!zones[z].finding.code) {
            continue;
        }
        Group merged{z};
        std::erase_if(groups, [&](Group const& group) {
            bool const joins = std::ranges::any_of(group, [&](std::size_t other) {
                return err_together(*zones[z].finding.code, *zones[other].finding.code);
            });
            if (joins) {
                merged.insert(merged.end(), group.begin(), group.end());
            }
            return joins;
        });
        groups.push_back(std::move(merged));
    }
    std::erase_if(groups, [](Group const& group) { return group.size() < 2; });
    return groups;
}

/// The errors of a group, rising: between two of them the same readings are wrong.
std::set<double> steps_of(Group const& group, std::span<ExaminedZone const> zones) {
    std::set<double> steps{0.0, 1.0};
    for (std::size_t const z : group) {
        steps.insert(zones[z].finding.code->error);
    }
    return steps;
}

std::size_t count_states(std::vector<Group> const& groups, std::span<ExaminedZone const> zones) {
    std::size_t count = 1;
    for (Group const& group : groups) {
        count *= steps_of(group, zones).size() - 1;
        if (count > most_code_states) {
            break;
        }
    }
    return count;
}

void split(std::vector<CodeState>& states,
           Group const& group,
           std::span<ExaminedZone const> zones) {
    std::vector<CodeState> next;
    std::set<double> const steps = steps_of(group, zones);
    for (auto from = steps.begin(); std::next(from) != steps.end(); ++from) {
        double const to = *std::next(from);
        for (CodeState const& state : states) {
            CodeState one = state;
            one.log_weight += std::log(to - *from);
            for (std::size_t const z : group) {
                CodeEvidence& code = *one.zones[z].finding.code;
                code.error = zones[z].finding.code->error >= to ? 1.0 : 0.0;
            }
            next.push_back(std::move(one));
        }
    }
    states = std::move(next);
}

} // namespace

bool err_together(CodeEvidence const& a, CodeEvidence const& b) {
    return is_shared(a.laboratory, b.laboratory) || is_shared(a.run, b.run) ||
           is_shared(a.examiner, b.examiner);
}

std::vector<CodeState> make_code_states(std::span<ExaminedZone const> zones) {
    std::vector<CodeState> states{{.log_weight = 0.0, .zones = {zones.begin(), zones.end()}}};
    std::vector<Group> groups = groups_of(zones);
    if (count_states(groups, zones) > most_code_states) {
        Group all;
        for (std::size_t z = 0; z < zones.size(); ++z) {
            if (zones[z].finding.code) {
                all.push_back(z);
            }
        }
        groups = {all};
    }
    for (Group const& group : groups) {
        split(states, group, zones);
    }
    return states;
}

} // namespace cmq::lab
