// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/parameter_entries.hpp"

#include "apps/pipeline/to_lab_words.hpp"
#include "apps/pipeline/to_parameters.hpp"
#include "casefile/parameter_library.hpp"
#include "casefile/problems.hpp"
#include "casefile/toml_text.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>

namespace cmq::pipeline {
namespace {

lab::ParameterCandidate to_candidate(casefile::ParameterCandidate const& from,
                                     lab::Parameter const& of) {
    lab::ParameterCandidate candidate{.id = from.id, .parameter = of, .date = from.date};
    candidate.parameter.distribution = to_distribution(from.distribution, from.numbers);
    candidate.parameter.conditions = from.conditions.en;
    candidate.parameter.conditions_fr = from.conditions.fr;
    candidate.parameter.source = from.source.en;
    candidate.parameter.source_fr = from.source.fr;
    candidate.parameter.grade = to_lab(from.grade);
    return candidate;
}

struct Numbers {
    std::string_view kind;
    std::string_view first;
    std::string_view second; // "": none
};

Numbers numbers_of(lab::DistributionKind kind) {
    switch (kind) {
    case lab::DistributionKind::fixed:
        return {"fixed", "value", ""};
    case lab::DistributionKind::lognormal:
        return {"lognormal", "median", "gsd"};
    case lab::DistributionKind::beta:
        return {"beta", "a", "b"};
    case lab::DistributionKind::log_uniform:
        return {"log_uniform", "low", "high"};
    case lab::DistributionKind::uniform:
        return {"uniform", "low", "high"};
    case lab::DistributionKind::gamma:
        return {"gamma", "shape", "rate"};
    }
    return {};
}

std::string in_both(std::string const& french, std::string const& english) {
    return "{ fr = " + casefile::to_toml_text(french) +
           ", en = " + casefile::to_toml_text(english) + " }";
}

} // namespace

std::vector<lab::LibraryEntry> parameter_entries() {
    auto const candidates = casefile::read_parameter_candidates();
    std::vector<lab::LibraryEntry> entries;
    for (casefile::ParameterEntry const& from : casefile::read_parameter_library()) {
        lab::LibraryEntry entry{
            .parameter = to_parameter(from), .date = from.date, .candidates = {}};
        for (casefile::ParameterCandidate const& candidate : candidates) {
            if (*candidate.of == entry.parameter.name) {
                entry.candidates.push_back(to_candidate(candidate, entry.parameter));
            }
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

lab::LibraryEntry parameter_entry(std::string_view name) {
    std::vector<lab::LibraryEntry> const entries = parameter_entries();
    std::vector<std::string_view> names;
    for (lab::LibraryEntry const& entry : entries) {
        if (entry.parameter.name == name) {
            return entry;
        }
        names.push_back(entry.parameter.name);
    }
    throw Error{ErrorKind::domain,
                {"la bibliothèque n’a pas de paramètre {}{} ; « contremarque parameters list » les "
                 "donne tous",
                 "the library has no parameter {}{}; 'contremarque parameters list' gives all"},
                casefile::in_quotes(name),
                casefile::did_you_mean(name, names)};
}

std::string to_case_table(lab::Parameter const& parameter) {
    lab::Distribution const& distribution = parameter.distribution;
    Numbers const numbers = numbers_of(distribution.kind);
    std::string text = "[[parameter]]\nname = " + casefile::to_toml_text(parameter.name) + '\n';
    if (distribution.kind == lab::DistributionKind::fixed) {
        text += "value = " + number_text(distribution.first) + '\n';
    } else {
        text += "distribution = { kind = \"" + std::string{numbers.kind} + "\", " +
                std::string{numbers.first} + " = " + number_text(distribution.first) + ", " +
                std::string{numbers.second} + " = " + number_text(distribution.second);
        text += distribution.low ? ", low = " + number_text(*distribution.low) : "";
        text += distribution.high ? ", high = " + number_text(*distribution.high) : "";
        text += " }\n";
    }
    text += "conditions = " + in_both(parameter.conditions_fr, parameter.conditions) + '\n';
    text += "source = " + in_both(parameter.source_fr, parameter.source) + '\n';
    return text + "grade = \"" + std::string{to_text(parameter.grade)} + "\"\n";
}

} // namespace cmq::pipeline
