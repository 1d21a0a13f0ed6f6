// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/colour_library.hpp"

#include "apps/pipeline/table_row.hpp"
#include "core/error.hpp"
#include "core/frame.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::pipeline {
namespace {

constexpr std::array<std::string_view, 10> needed{"class",
                                                  "sample",
                                                  "flux_r",
                                                  "flux_g1",
                                                  "flux_g2",
                                                  "flux_b",
                                                  "flux_sigma_r",
                                                  "flux_sigma_g1",
                                                  "flux_sigma_g2",
                                                  "flux_sigma_b"};
// After those, the other columns of detect --csv.
constexpr std::array<std::string_view, 24> others{"substrate",  "lamp_nm",
                                                  "filter",     "camera",
                                                  "weight",     "source",
                                                  "saturated",  "file",
                                                  "id",         "x",
                                                  "y",          "area_cells",
                                                  "snr",        "log10_nfa",
                                                  "first_x",    "first_y",
                                                  "last_x",     "last_y",
                                                  "semi_major", "semi_minor",
                                                  "angle_rad",  "masked_photosites",
                                                  "darker",     "joined"};

double variance_in(TableRow const& row, std::string const& sigma) {
    (void)row.needed_number(sigma);
    return std::pow(*row.number_above_zero(sigma), 2);
}

detect::ColourLight light_of(TableRow const& row) {
    PerPlane<double> flux{};
    std::array<PerPlane<double>, plane_count> covariance{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        flux[p] = row.needed_number("flux_" + std::string{plane_names[p]});
        covariance[p][p] = variance_in(row, "flux_sigma_" + std::string{plane_names[p]});
    }
    return detect::to_colour_light(flux, covariance);
}

detect::ColourLight joined_light_of(TableRow const& row, std::size_t captures) {
    detect::ColourLight light;
    for (std::size_t k = 1; k <= captures; ++k) {
        detect::ColourLight one{.flux_dn = {}, .covariance_dn2 = std::vector<double>(9)};
        for (std::size_t c = 0; c < detect::channel_names.size(); ++c) {
            one.flux_dn.push_back(row.needed_number(joined_column(k, "flux", c)));
            one.covariance_dn2[4 * c] = variance_in(row, joined_column(k, "flux_sigma", c));
        }
        light = detect::join(light, one);
    }
    return light;
}

detect::ColourReference spot_of(TableRow const& row, std::size_t captures) {
    detect::ColourReference spot{row.needed_text("sample"),
                                 captures > 1 ? joined_light_of(row, captures) : light_of(row)};
    if (row.number("saturated").value_or(0.0) != 0.0) {
        refuse_cell(
            {ErrorKind::insufficient,
             {"une tache saturée n’a pas de couleur : ses flux sont des limites inférieures",
              "a saturated spot has no colour: its fluxes are lower limits"}},
            row.line(),
            "saturated");
    }
    if (spot.light.total_dn() < detect::least_colour_snr * spot.light.total_sigma_dn()) {
        refuse_cell(
            {ErrorKind::insufficient,
             {"une tache de référence doit donner au moins {} fois l’incertitude de sa lumière",
              "a reference spot needs at least {} times the uncertainty of its light"},
             detect::least_colour_snr},
            row.line(),
            "flux_r");
    }
    return spot;
}

void add_weight(TableRow const& row, ColourReferences& to) {
    auto const weight = row.number_above_zero("weight");
    if (!weight) {
        return;
    }
    if (to.name == marker_class) {
        refuse_cell({ErrorKind::domain,
                     {"le marqueur n’a pas de poids : seules les autres sources en ont un",
                      "the marker has no weight: only other sources have one"}},
                    row.line(),
                    "weight");
    }
    if (to.weight && *to.weight != *weight) {
        refuse_cell(
            {ErrorKind::domain,
             {"la classe « {} » a déjà le poids {}", "class '{}' has the weight {} already"},
             to.name,
             *to.weight},
            row.line(),
            "weight");
    }
    to.weight = weight;
}

void add_conditions(TableRow const& row, std::size_t captures, ColourReferences& to) {
    lab::ColourConditions conditions{.substrate = row.text("substrate"),
                                     .lamp_nm = row.number_above_zero("lamp_nm"),
                                     .filter = row.text("filter"),
                                     .camera = row.text("camera"),
                                     .captures = captures,
                                     .joined = row.text("joined")};
    bool const known = std::ranges::any_of(to.conditions, [&](auto const& one) {
        return one.substrate == conditions.substrate && one.lamp_nm == conditions.lamp_nm &&
               one.filter == conditions.filter && one.camera == conditions.camera &&
               one.joined == conditions.joined;
    });
    if (!known) {
        to.conditions.push_back(std::move(conditions));
    }
}

// Columns of joined captures: all of them may be there, those of `captures` must.
struct JoinedColumns {
    std::vector<std::string> names;
    std::size_t needed = 0; ///< the first so many

    explicit JoinedColumns(std::size_t captures) {
        for (std::size_t k = 1; k <= most_joined_captures; ++k) {
            for (std::size_t c = 0; c < detect::channel_names.size(); ++c) {
                names.push_back(joined_column(k, "flux", c));
                names.push_back(joined_column(k, "flux_sigma", c));
            }
            if (k == captures && captures > 1) {
                needed = names.size();
            }
        }
    }
};

} // namespace

std::string joined_column(std::size_t capture, std::string_view of, std::size_t channel) {
    std::string name = "joined" + std::to_string(capture) + '_';
    name += of;
    name += '_';
    name += detect::channel_names.at(channel);
    return name;
}

std::vector<ColourReferences> parse_colour_library(std::string_view text, std::size_t captures) {
    CMQ_EXPECTS(captures >= 1 && captures <= most_joined_captures);
    JoinedColumns const joined{captures};
    std::vector<std::string_view> must{needed.begin(), needed.end()};
    std::vector<std::string_view> may{others.begin(), others.end()};
    auto const middle = joined.names.begin() + static_cast<std::ptrdiff_t>(joined.needed);
    must.insert(must.end(), joined.names.begin(), middle);
    may.insert(may.end(), middle, joined.names.end());
    auto const rows =
        parse_table(text,
                    most_colour_rows,
                    {"une ligne de titres et au moins une tache de référence sont attendues",
                     "expected a line of column names and at least one reference spot"});
    auto const columns =
        to_columns(rows.front(),
                   must,
                   may,
                   {"colonne inconnue d’une bibliothèque de couleurs ; voir docs/cli/detect.md",
                    "no column of a library of colours; see docs/cli/detect.md"});
    std::vector<ColourReferences> classes;
    for (std::size_t r = 1; r < rows.size(); ++r) {
        TableRow const row{rows[r], columns, r + 1};
        std::string const name = row.needed_text("class");
        if (name == unknown_class) {
            refuse_cell(
                {ErrorKind::format,
                 {"« {} » désigne ce à quoi personne n’a pensé ; rien ne peut en être une "
                  "référence",
                  "'{}' stands for what nobody thought of; nothing can be a reference of it"},
                 name},
                row.line(),
                "class");
        }
        auto found = std::ranges::find(classes, name, &ColourReferences::name);
        if (found == classes.end()) {
            classes.emplace_back().name = name;
            found = classes.end() - 1;
        }
        found->spots.push_back(spot_of(row, captures));
        bool const darker = row.number("darker").value_or(0.0) != 0.0;
        (darker ? found->any_darker : found->any_light) = true;
        add_weight(row, *found);
        add_conditions(row, captures, *found);
    }
    return classes;
}

void check_side(std::vector<ColourReferences> const& classes, bool darker) {
    for (ColourReferences const& one : classes) {
        if (darker ? one.any_light : one.any_darker) {
            throw Error{ErrorKind::domain,
                        darker
                            ? Form<1>{"la classe « {} » a des taches qui donnent de la lumière "
                                      "(colonne darker) ; avec --darker, seules comptent celles "
                                      "qui en prennent",
                                      "class '{}' has spots that give light off (column darker); "
                                      "with --darker only those count that take it away"}
                            : Form<1>{"la classe « {} » a des taches qui prennent de la lumière "
                                      "(colonne darker) ; elles ne comptent qu’avec --darker",
                                      "class '{}' has spots that take light away (column "
                                      "darker); they count with --darker only"},
                        one.name};
        }
    }
}

} // namespace cmq::pipeline
