// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_parameters.hpp"

#include "apps/pipeline/to_lab_words.hpp"
#include "casefile/parameter_library.hpp"
#include "casefile/problems.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <string_view>

namespace cmq::pipeline {
namespace {

using casefile::Case;

using Numbers = std::vector<std::pair<std::string, casefile::Placed<double>>>;

std::optional<double> number_of(Numbers const& numbers, std::string_view name) {
    for (auto const& [key, number] : numbers) {
        if (key == name) {
            return *number;
        }
    }
    return {};
}

} // namespace

lab::Distribution to_distribution(std::string const& kind, Numbers const& numbers) {
    struct Form {
        std::string_view kind;
        lab::DistributionKind as;
        std::string_view first;
        std::string_view second;
    };

    static constexpr std::array<Form, 6> forms{{
        {"fixed", lab::DistributionKind::fixed, "value", ""},
        {"lognormal", lab::DistributionKind::lognormal, "median", "gsd"},
        {"beta", lab::DistributionKind::beta, "a", "b"},
        {"log_uniform", lab::DistributionKind::log_uniform, "low", "high"},
        {"uniform", lab::DistributionKind::uniform, "low", "high"},
        {"gamma", lab::DistributionKind::gamma, "shape", "rate"},
    }};
    auto const form = std::ranges::find(forms, kind, &Form::kind);
    CMQ_EXPECTS(form != forms.end());
    lab::Distribution distribution{.kind = form->as,
                                   .first = number_of(numbers, form->first).value_or(0.0),
                                   .second = number_of(numbers, form->second).value_or(0.0)};
    if (form->first != "low") { // where low and high are no numbers of the kind, they cut it off
        distribution.low = number_of(numbers, "low");
        distribution.high = number_of(numbers, "high");
    }
    return distribution;
}

lab::Parameter to_parameter(casefile::ParameterEntry const& from) {
    return {.name = *from.name,
            .meaning = from.meaning,
            .unit = from.unit,
            .distribution = to_distribution(from.distribution, from.numbers),
            .conditions = from.conditions.en,
            .source = from.source.en,
            .grade = to_lab(from.grade),
            .label_fr = from.label.fr,
            .label_en = from.label.en,
            .conditions_fr = from.conditions.fr,
            .source_fr = from.source.fr};
}

namespace {

void replace_parameter(std::vector<lab::Parameter>& all, casefile::ParameterOverride const& with) {
    auto const found = std::ranges::find(all, *with.name, &lab::Parameter::name);
    if (found == all.end()) {
        std::vector<std::string_view> const names = [&] {
            std::vector<std::string_view> list;
            std::ranges::transform(all, std::back_inserter(list), &lab::Parameter::name);
            return list;
        }();
        throw casefile::make_error(
            ErrorKind::format,
            with.name.place,
            {"attendu : le nom d’un paramètre de la bibliothèque ; trouvé : {}{}",
             "expected the name of a parameter of the library, found {}{}"},
            casefile::in_quotes(*with.name),
            casefile::did_you_mean(*with.name, names));
    }
    found->distribution = to_distribution(with.distribution, with.numbers);
    found->conditions = with.conditions.en;
    found->conditions_fr = with.conditions.fr;
    found->source = with.source.en;
    found->source_fr = with.source.fr;
    found->grade = to_lab(with.grade);
    try {
        check(found->distribution);
        if (!has_finite_quantiles(found->distribution)) {
            throw Error{ErrorKind::domain,
                        {"la loi dépasse 1e15, ce qu’aucun paramètre ne fait",
                         "the distribution reaches beyond 1e15, which no parameter does"}};
        }
    } catch (Error& error) {
        error.at(casefile::to_sentence(with.place));
        throw;
    }
}

} // namespace

bool has_finite_quantiles(lab::Distribution const& distribution) {
    constexpr double furthest = 1e15;
    try {
        check(distribution);
    } catch (Error const&) {
        return false;
    }
    lab::Quantiles const quantiles = quantiles_of(distribution);
    return std::ranges::all_of(std::array{quantiles.p05, quantiles.p50, quantiles.p95},
                               [](double value) { return std::abs(value) <= furthest; });
}

lab::ParameterSet to_parameters(Case const& of) {
    std::vector<lab::Parameter> all;
    for (casefile::ParameterEntry const& entry : casefile::read_parameter_library()) {
        all.push_back(to_parameter(entry));
    }
    for (casefile::ParameterOverride const& with : of.parameters) {
        replace_parameter(all, with);
    }
    return lab::ParameterSet{std::move(all)};
}

} // namespace cmq::pipeline
