// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/parameters.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace cmq::lab {

namespace {

constexpr double z95 = 1.6448536269514722; // standard normal quantile at 0.95

double draw_untruncated(Distribution const& d, Random& random) {
    switch (d.kind) {
    case DistributionKind::fixed:
        return d.first;
    case DistributionKind::lognormal:
        return d.first * std::exp(std::log(d.second) * random.normal());
    case DistributionKind::beta:
        return random.beta(d.first, d.second);
    case DistributionKind::log_uniform:
        return d.first * std::exp(std::log(d.second / d.first) * random.uniform());
    case DistributionKind::uniform:
        return d.first + (d.second - d.first) * random.uniform();
    case DistributionKind::gamma:
        return random.gamma(d.first) / d.second;
    }
    CMQ_EXPECTS(false);
    return 0.0;
}

bool inside(Distribution const& d, double value) {
    return (!d.low || value >= *d.low) && (!d.high || value <= *d.high);
}

void check_numbers(Distribution const& d) {
    auto const refuse = [](Words what) { throw Error{ErrorKind::domain, what}; };
    if (!std::isfinite(d.first) || !std::isfinite(d.second) || (d.low && !std::isfinite(*d.low)) ||
        (d.high && !std::isfinite(*d.high))) {
        refuse(
            {"un nombre de la loi n’est pas fini", "a number of the distribution is not finite"});
    }
    switch (d.kind) {
    case DistributionKind::fixed:
        return;
    case DistributionKind::lognormal:
        if (d.first <= 0.0 || d.second < 1.0) {
            refuse({"une loi « lognormal » demande median > 0 et gsd >= 1",
                    "a lognormal distribution needs median > 0 and gsd >= 1"});
        }
        return;
    case DistributionKind::beta:
        if (d.first <= 0.0 || d.second <= 0.0) {
            refuse({"une loi « beta » demande a > 0 et b > 0",
                    "a beta distribution needs a > 0 and b > 0"});
        }
        return;
    case DistributionKind::log_uniform:
        if (d.first <= 0.0 || d.second <= d.first) {
            refuse({"une loi « log_uniform » demande 0 < low < high",
                    "a log_uniform distribution needs 0 < low < high"});
        }
        return;
    case DistributionKind::uniform:
        if (d.second <= d.first) {
            refuse({"une loi « uniform » demande low < high",
                    "a uniform distribution needs low < high"});
        }
        return;
    case DistributionKind::gamma:
        if (d.first <= 0.0 || d.second <= 0.0) {
            refuse({"une loi « gamma » demande shape > 0 et rate > 0",
                    "a gamma distribution needs shape > 0 and rate > 0"});
        }
        return;
    }
}

} // namespace

std::string_view to_text(Grade grade) noexcept {
    switch (grade) {
    case Grade::measured_on_product:
        return "measured_on_product";
    case Grade::measured_on_proxy:
        return "measured_on_proxy";
    case Grade::expert_judgement:
        return "expert_judgement";
    }
    return "";
}

void check(Distribution const& distribution) {
    check_numbers(distribution);
    if (!distribution.low && !distribution.high) {
        return;
    }
    if (distribution.low && distribution.high && *distribution.low >= *distribution.high) {
        throw Error{ErrorKind::domain,
                    {"la troncature de la loi demande low < high",
                     "the truncation of the distribution needs low < high"}};
    }
    // A truncation far out in a tail would make draw() wait for ever.
    constexpr int tries = 10000;
    Random random{0, 0, 0};
    int hits = 0;
    for (int i = 0; i < tries; ++i) {
        hits += inside(distribution, draw_untruncated(distribution, random)) ? 1 : 0;
    }
    if (hits < tries / 1000) {
        throw Error{ErrorKind::domain,
                    {"la troncature laisse moins d’un millième de la loi",
                     "the truncation leaves less than a thousandth of the distribution"}};
    }
}

double draw(Distribution const& distribution, Random& random) {
    for (;;) {
        double const value = draw_untruncated(distribution, random);
        if (inside(distribution, value)) {
            return value;
        }
    }
}

Quantiles quantiles_of(Distribution const& d) {
    if (!d.low && !d.high) {
        switch (d.kind) {
        case DistributionKind::fixed:
            return {d.first, d.first, d.first};
        case DistributionKind::lognormal: {
            double const factor = std::pow(d.second, z95);
            return {d.first / factor, d.first, d.first * factor};
        }
        case DistributionKind::log_uniform: {
            double const ratio = d.second / d.first;
            return {d.first * std::pow(ratio, 0.05),
                    d.first * std::sqrt(ratio),
                    d.first * std::pow(ratio, 0.95)};
        }
        case DistributionKind::uniform: {
            double const width = d.second - d.first;
            return {d.first + 0.05 * width, d.first + 0.5 * width, d.first + 0.95 * width};
        }
        case DistributionKind::beta:
        case DistributionKind::gamma:
            break;
        }
    }
    std::vector<double> values(4001);
    for (std::size_t i = 0; i < values.size(); ++i) {
        Random random{0, 1, i};
        values[i] = draw(d, random);
    }
    std::ranges::sort(values);
    return {values[200], values[2000], values[3800]};
}

ParameterSet::ParameterSet(std::vector<Parameter> parameters) : parameters_{std::move(parameters)} {
    std::set<std::string_view> names;
    for (Parameter const& parameter : parameters_) {
        if (!names.insert(parameter.name).second) {
            throw Error{ErrorKind::domain,
                        {"le paramètre {} figure deux fois", "parameter {} occurs twice"},
                        parameter.name};
        }
        try {
            check(parameter.distribution);
        } catch (Error& error) {
            error.at(Sentence{{"paramètre {}", "parameter {}"}, parameter.name});
            throw;
        }
    }
}

Parameter const& ParameterSet::at(std::string_view name) const {
    auto const found = std::ranges::find(parameters_, name, &Parameter::name);
    if (found == parameters_.end()) {
        throw Error{ErrorKind::insufficient,
                    {"il n’y a pas de paramètre {}", "there is no parameter {}"},
                    name};
    }
    return *found;
}

ParameterSet ParameterSet::with(Parameter replacement) const {
    std::vector<Parameter> all = parameters_;
    auto const found = std::ranges::find(all, replacement.name, &Parameter::name);
    if (found == all.end()) {
        throw Error{ErrorKind::insufficient,
                    {"il n’y a pas de paramètre {}", "there is no parameter {}"},
                    replacement.name};
    }
    *found = std::move(replacement);
    return ParameterSet{std::move(all)};
}

} // namespace cmq::lab
