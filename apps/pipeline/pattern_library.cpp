// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/pattern_library.hpp"

#include "apps/pipeline/table_row.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace cmq::pipeline {
namespace {

constexpr std::string_view length_feature = "mean_ln_diameter"; // the one that has a unit

// In the order in which they stand in the table.
std::vector<std::string> features_of(TableColumns const& columns) {
    std::map<std::size_t, std::string> by_place;
    for (std::string_view const name : detect::pattern_features) {
        if (auto const found = columns.find(name); found != columns.end()) {
            by_place.emplace(found->second, name);
        }
    }
    if (by_place.empty()) {
        throw Error{ErrorKind::format,
                    {"il faut au moins une colonne de caractéristique, comme ln_count ; voir "
                     "docs/cli/detect.md",
                     "at least one column of a feature is needed, such as ln_count; see "
                     "docs/cli/detect.md"}};
    }
    std::vector<std::string> features;
    features.reserve(by_place.size());
    for (auto const& [place, name] : by_place) {
        features.push_back(name);
    }
    return features;
}

TableColumns columns_of(TableCells const& header) {
    constexpr std::array<std::string_view, 1> needed{"class"};
    std::vector<std::string_view> others{"unit", "conditions", "weight", "source", "file", "count"};
    others.insert(others.end(), detect::pattern_features.begin(), detect::pattern_features.end());
    return to_columns(header,
                      needed,
                      others,
                      {"colonne inconnue d’une table de motifs ; voir docs/cli/detect.md",
                       "no column of a table of patterns; see docs/cli/detect.md"});
}

void add_unit(TableRow const& row, PatternLibrary& library) {
    std::string const unit = row.needed_text("unit");
    if (unit != "mm" && unit != "photosite") {
        refuse_cell(
            {ErrorKind::format, {"l’unité est mm ou photosite", "the unit is mm or photosite"}},
            row.line(),
            "unit");
    }
    if (!library.unit.empty() && library.unit != unit) {
        refuse_cell({ErrorKind::format,
                     {"deux unités : {} plus haut", "two units: {} above"},
                     library.unit},
                    row.line(),
                    "unit");
    }
    library.unit = unit;
}

void add_weight(TableRow const& row, PatternReferences& to) {
    auto const weight = row.number_above_zero("weight");
    if (weight && to.weight && *to.weight != *weight) {
        refuse_cell(
            {ErrorKind::domain,
             {"la classe « {} » a déjà le poids {}", "class '{}' has the weight {} already"},
             to.name,
             *to.weight},
            row.line(),
            "weight");
    }
    to.weight = weight ? weight : to.weight;
}

lab::PatternClass class_of(PatternReferences const& references, std::string const& conditions) {
    // One reference made otherwise, or nobody knows how, is enough to forbid a ratio.
    bool const same = !conditions.empty() &&
                      std::ranges::all_of(references.conditions, [&](std::string const& one) {
                          return one == conditions;
                      });
    return {references.name, references.weight.value_or(1.0), references.features, same};
}

PatternReferences const* find_class(PatternLibrary const& library, std::string const& name) {
    auto const found = std::ranges::find(library.classes, name, &PatternReferences::name);
    return found == library.classes.end() ? nullptr : &*found;
}

} // namespace

PatternLibrary parse_pattern_library(std::string_view text) {
    auto const rows =
        parse_table(text,
                    most_pattern_rows,
                    {"une ligne de titres et au moins un motif de référence sont attendus",
                     "expected a line of column names and at least one reference pattern"});
    auto const columns = columns_of(rows.front());
    PatternLibrary library;
    library.features = features_of(columns);
    bool const has_length =
        std::ranges::find(library.features, length_feature) != library.features.end();
    for (std::size_t r = 1; r < rows.size(); ++r) {
        TableRow const row{rows[r], columns, r + 1};
        std::string const name = row.needed_text("class");
        auto found = std::ranges::find(library.classes, name, &PatternReferences::name);
        if (found == library.classes.end()) {
            library.classes.emplace_back().name = name;
            found = library.classes.end() - 1;
        }
        std::vector<double> features;
        for (std::string const& feature : library.features) {
            features.push_back(row.needed_number(feature));
        }
        found->features.push_back(std::move(features));
        if (has_length) {
            add_unit(row, library);
        }
        add_weight(row, *found);
        std::string const conditions = row.text("conditions");
        if (std::ranges::find(found->conditions, conditions) == found->conditions.end()) {
            found->conditions.push_back(conditions);
        }
    }
    return library;
}

void check_question(PatternQuestion const& question) {
    if (find_class(question.library, question.first) == nullptr) {
        throw Error{ErrorKind::domain,
                    {"aucun motif de référence n’est de la classe « {} »",
                     "no reference pattern is of the class '{}'"},
                    question.first};
    }
}

lab::PatternResult weigh_against(PatternQuestion const& question, detect::Pattern const& pattern) {
    check_question(question);
    PatternLibrary const& library = question.library;
    if (!library.unit.empty() && library.unit != pattern.unit) {
        throw Error{ErrorKind::domain,
                    {"les motifs de référence sont en {}, celui de l’image en {} ; --scale donne "
                     "des millimètres",
                     "the reference patterns are in {}, that of the image in {}; --scale gives "
                     "millimetres"},
                    library.unit,
                    pattern.unit};
    }
    lab::PatternSources sources;
    lab::PatternResult result;
    result.features = library.features;
    result.unknown_weight = sources.unknown_weight = question.unknown_weight;
    auto const known = detect::named_features(pattern);
    for (std::string const& name : library.features) {
        auto const& feature = *std::ranges::find(known, name, &detect::PatternFeature::name);
        if (feature.value) {
            sources.features.push_back(*feature.value);
        } else {
            result.missing.push_back(name);
        }
    }
    sources.first = class_of(*find_class(library, question.first), question.conditions);
    result.classes.push_back({sources.first.name,
                              std::nullopt,
                              sources.first.references.size(),
                              sources.first.same_conditions});
    for (PatternReferences const& one : library.classes) {
        if (one.name != question.first) {
            sources.rivals.push_back(class_of(one, question.conditions));
            lab::PatternClass const& rival = sources.rivals.back();
            result.classes.push_back(
                {rival.name, rival.weight, rival.references.size(), rival.same_conditions});
        }
    }
    if (result.missing.empty()) {
        result.ratio = lab::weigh_pattern(sources);
    } else {
        result.ratio.doubts.push_back(lab::PatternDoubt::feature_missing);
    }
    return result;
}

} // namespace cmq::pipeline
