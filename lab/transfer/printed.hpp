// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What may be said of a likelihood ratio: how many figures, whether in words, up to which cap.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// Why the printed value is coarser, smaller or more silent than the computed one.
enum class PrintReason : std::uint8_t {
    influential_not_measured, ///< influential parameters are proxies or judgement: one figure, no words
    sensitivity_crosses_one,   ///< no words
    sensitivity_crosses_bands, ///< no words
    sensitivity_withheld,      ///< no words
    not_validated_cap,         ///< the value lies beyond what a validation supports
    look_alike_without_data,   ///< say "if the mark is the marker" in the same sentence
    value_withheld, ///< nothing to print: Monte Carlo error, or impossible under one side
    assigned,       ///< a scientist assigned a probability: one figure, no words
};

/// "influential_not_measured" and so on, as in the JSON.
[[nodiscard]] std::string_view to_text(PrintReason reason) noexcept;

struct PrintReasonEntry {
    PrintReason reason = PrintReason::value_withheld;
    std::vector<std::string>
        parameters{}; ///< the names concerned, if any; for assigned: propositions
};

enum class Supports : std::uint8_t { neither, h1, h2 };

struct Printed {
    std::optional<double> value{}; ///< >= 1, rounded; in favour of `supports`. None: withheld
    Supports supports = Supports::neither;
    bool at_cap = false; ///< print "more than" before the value
    bool words_allowed = false;
    int significant_figures = 1;
    std::vector<PrintReasonEntry> reasons{};
};

/// The rules' numbers.
struct PrintRules {
    double cap = 100.0; ///< either way, while no named validation on real material exists
    std::string cap_source =
        "no validation on this product; direct against secondary transfer of DNA gives about 100 "
        "even for "
        "a large deposit (Gill et al., FSI Genetics 2025, doi 10.1016/j.fsigen.2025.103222)";
    std::vector<double> band_edges{1.0, 2.0, 10.0, 100.0, 1e3, 1e4, 1e6}; ///< ENFSI 2015
    double influence_log10 = 0.1; ///< a parameter that moves log10 LR by more is influential
};

/// What is known of one parameter's influence.
struct Influence {
    std::string parameter{};
    double swing_log10 = 0.0;
    bool measured_on_product = false;
};

/// Applies the rules. \param log10_lr, low, high  none: withheld
/// \param assigned  the propositions for which a scientist assigned a probability
[[nodiscard]] Printed make_printed(std::optional<double> log10_lr,
                                   std::optional<double> log10_low,
                                   std::optional<double> log10_high,
                                   std::vector<Influence> const& influences,
                                   bool look_alike_has_data,
                                   PrintRules const& rules,
                                   std::vector<std::string> const& assigned = {});

} // namespace cmq::lab
