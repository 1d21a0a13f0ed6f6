// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/missing_effects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace cmq::report {

namespace {

/// Which missing thing would bring a measurement of a parameter, by how its name begins.
struct Bearing {
    std::string_view prefix;
    MissingItem item;
};

constexpr std::array bearings{
    Bearing{"load.", MissingItem::product_data},
    Bearing{"transfer.", MissingItem::product_data},
    Bearing{"dry.", MissingItem::product_data},
    Bearing{"loss.", MissingItem::product_data},
    Bearing{"wash.", MissingItem::product_data},
    Bearing{"kappa", MissingItem::laboratory_validation},
    Bearing{"swab.", MissingItem::laboratory_validation},
    Bearing{"detection.", MissingItem::laboratory_validation},
    Bearing{"contamination.", MissingItem::glove_log},
    Bearing{"look_alike.", MissingItem::look_alike_frequency},
};

bool bears_on(std::string_view parameter, MissingItem item) {
    return std::ranges::any_of(bearings, [&](Bearing const& each) {
        return each.item == item && parameter.starts_with(each.prefix);
    });
}

bool is_told(lab::TornadoRow const& row, MissingItem item) {
    return bears_on(row.parameter, item) && std::isfinite(row.log10_lr_at_low) &&
           std::isfinite(row.log10_lr_at_high);
}

} // namespace

std::vector<MissingEffect> find_missing_effects(NoteInput const& input, MissingItem item) {
    std::vector<MissingEffect> effects;
    for (std::size_t i = 0; i < input.evaluations.size(); ++i) {
        lab::Evaluation const& evaluation = input.evaluations[i];
        if (!evaluation.printed.value || !evaluation.log10_lr) {
            continue;
        }
        auto const row = // the largest swing is first
            std::ranges::find_if(evaluation.tornado,
                                 [&](auto const& each) { return is_told(each, item); });
        if (row != evaluation.tornado.end()) {
            effects.push_back({i,
                               row->parameter,
                               row->low,
                               row->high,
                               row->log10_lr_at_low,
                               row->log10_lr_at_high});
        }
    }
    return effects;
}

} // namespace cmq::report
