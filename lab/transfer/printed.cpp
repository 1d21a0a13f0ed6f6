// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/printed.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {

namespace {

double rounded(double value, int figures) {
    // Through text: the decimal number nearest to what will be printed.
    return parse_number(significant_text(value, figures)).value_or(value);
}

/// Index of the band that holds 10^|log10|, with a sign for the side. An edge belongs to the lower
/// band, as in the report's scale.
int band(double log10_lr, std::vector<double> const& edges) {
    double const lr = std::pow(10.0, std::abs(log10_lr));
    auto const above = std::ranges::lower_bound(edges, lr);
    auto const index = static_cast<int>(above - edges.begin());
    return log10_lr < 0.0 ? -index : index;
}

} // namespace

std::string_view to_text(PrintReason reason) noexcept {
    switch (reason) {
    case PrintReason::influential_not_measured:
        return "influential_not_measured";
    case PrintReason::sensitivity_crosses_one:
        return "sensitivity_crosses_one";
    case PrintReason::sensitivity_crosses_bands:
        return "sensitivity_crosses_bands";
    case PrintReason::sensitivity_withheld:
        return "sensitivity_withheld";
    case PrintReason::not_validated_cap:
        return "not_validated_cap";
    case PrintReason::look_alike_without_data:
        return "look_alike_without_data";
    case PrintReason::value_withheld:
        return "value_withheld";
    case PrintReason::assigned:
        return "assigned";
    }
    return "";
}

Printed make_printed(std::optional<double> log10_lr,
                     std::optional<double> log10_low,
                     std::optional<double> log10_high,
                     std::vector<Influence> const& influences,
                     bool look_alike_has_data,
                     PrintRules const& rules,
                     std::vector<std::string> const& assigned) {
    CMQ_EXPECTS(rules.cap > 1.0);
    Printed printed;
    if (!log10_lr) {
        printed.reasons.push_back({PrintReason::value_withheld, {}});
        return printed;
    }
    bool words = true;
    PrintReasonEntry unmeasured{PrintReason::influential_not_measured, {}};
    for (Influence const& influence : influences) {
        if (influence.swing_log10 > rules.influence_log10 && !influence.measured_on_product) {
            unmeasured.parameters.push_back(influence.parameter);
        }
    }
    printed.significant_figures = unmeasured.parameters.empty() ? 2 : 1;
    if (!unmeasured.parameters.empty()) {
        printed.reasons.push_back(std::move(unmeasured));
        words = false;
    }
    if (!assigned.empty()) {
        printed.significant_figures = 1;
        printed.reasons.push_back({PrintReason::assigned, assigned});
        words = false;
    }
    if (!log10_low || !log10_high) {
        printed.reasons.push_back({PrintReason::sensitivity_withheld, {}});
        words = false;
    } else if (*log10_low < 0.0 && *log10_high > 0.0) {
        printed.reasons.push_back({PrintReason::sensitivity_crosses_one, {}});
        words = false;
    } else if (band(*log10_low, rules.band_edges) != band(*log10_high, rules.band_edges)) {
        printed.reasons.push_back({PrintReason::sensitivity_crosses_bands, {}});
        words = false;
    }
    double const strength = std::pow(10.0, std::min(std::abs(*log10_lr), 300.0));
    printed.at_cap = strength > rules.cap;
    if (printed.at_cap) {
        printed.reasons.push_back({PrintReason::not_validated_cap, {}});
    }
    if (!look_alike_has_data) {
        printed.reasons.push_back(
            {PrintReason::look_alike_without_data, {"look_alike.prevalence"}});
    }
    double const value =
        printed.at_cap ? rules.cap : rounded(strength, printed.significant_figures);
    printed.value = value;
    printed.supports = value == 1.0      ? Supports::neither
                       : *log10_lr > 0.0 ? Supports::h1
                                         : Supports::h2;
    printed.words_allowed = words;
    return printed;
}

} // namespace cmq::lab
