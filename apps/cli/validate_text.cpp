// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/validate_text.hpp"

#include "apps/cli/speaker.hpp"
#include "core/columns.hpp"
#include "report/typography.hpp"
#include "report/validation_words.hpp"

#include <algorithm>

namespace cmq::cli {
namespace {

constexpr std::size_t width = 80;
constexpr std::size_t most_groups = 20;

std::string lines(std::string const& text) {
    return wrapped(text, width, "  ", "    ") + '\n';
}

std::string warning(std::string const& text) {
    return wrapped(text, width, "  ! ", "    ") + '\n';
}

std::string measures_text(lab::Validation const& validation, Language language) {
    Speaker const say{language};
    std::string text;
    for (auto const& row : report::measure_words(validation, language)) {
        if (!row.reason.empty()) {
            text += lines(say({"{} : {} ; {}", "{}: {}; {}"}, row.name, row.value, row.reason));
        } else if (!row.range.empty()) {
            text += lines(say({"{} : {} ({})", "{}: {} ({})"}, row.name, row.value, row.range));
        } else {
            text += lines(say({"{} : {}", "{}: {}"}, row.name, row.value));
        }
    }
    return text;
}

std::string rates_text(lab::Validation const& validation, Language language) {
    Speaker const say{language};
    std::string text;
    for (bool const h1 : {true, false}) {
        text += lines(h1 ? say({"résultats trompeurs où H1 était vraie :",
                                "misleading results where H1 was true:"})
                         : say({"résultats trompeurs où H2 était vraie :",
                                "misleading results where H2 was true:"}));
        for (auto const& one : validation.misleading) {
            auto const& share = h1 ? one.under_h1 : one.under_h2;
            text += "  " + lines(say({"{} : {}", "{}: {}"},
                                     report::strength_words(one.strength, h1, language),
                                     report::share_words(share, language)));
        }
    }
    return text;
}

std::string groups_text(lab::Validation const& validation, Language language) {
    Speaker const say{language};
    std::string text;
    std::size_t const shown = std::min(most_groups, validation.groups.size());
    for (std::size_t i = 0; i < shown; ++i) {
        auto const& group = validation.groups[i];
        std::string const counts = say({"groupe « {} » : {} et {} rapports, {} et {} trompeurs",
                                        "group '{}': {} and {} ratios, {} and {} misleading"},
                                       first_columns(group.name, 30),
                                       group.h1,
                                       group.h2,
                                       group.misleading_h1,
                                       group.misleading_h2);
        text += lines(group.cllr ? say({"{}, Cllr {}", "{}, Cllr {}"},
                                       counts,
                                       report::decimal_text(*group.cllr, 2, language))
                                 : counts);
    }
    if (validation.all_groups > shown) {
        text += lines(
            say({"et {} groupes de plus (JSON en donne 200)", "and {} more groups (JSON has 200)"},
                validation.all_groups - shown));
    }
    return text;
}

} // namespace

std::string validate_text(std::string const& file,
                          lab::LrTable const& table,
                          lab::Validation const& validation,
                          Language language) {
    std::string text = file + '\n' + lines(report::counts_words(validation, language)) +
                       lines(report::truth_words(table, language)) +
                       measures_text(validation, language);
    if (std::string const calibrated = report::calibrated_words(validation, language);
        !calibrated.empty()) {
        text += lines(calibrated);
    }
    text += rates_text(validation, language) + groups_text(validation, language);
    for (std::string const& one : report::validation_warnings(validation, language)) {
        text += warning(one);
    }
    for (std::string const& one : report::validation_limits(language)) {
        text += lines(one);
    }
    return text;
}

} // namespace cmq::cli
