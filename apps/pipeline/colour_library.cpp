// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/colour_library.hpp"

#include "core/error.hpp"
#include "core/frame.hpp"
#include "core/number_text.hpp"
#include "system/csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace cmq::pipeline {
namespace {

using Cells = std::vector<std::string>;
constexpr std::size_t most_text = 200;
using Columns = std::map<std::string, std::size_t, std::less<>>; // name -> place in a row

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
constexpr std::array<std::string_view, 22> others{
    "substrate", "lamp_nm",          "filter", "camera",     "weight",
    "source",    "saturated",        "file",   "id",         "x",
    "y",         "area_cells",       "snr",    "log10_nfa",  "first_x",
    "first_y",   "last_x",           "last_y", "semi_major", "semi_minor",
    "angle_rad", "masked_photosites"};

// What a message may quote: a cell can hold anything.
std::string quotable(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string quoted{text.substr(0, most)};
    std::ranges::replace_if(
        quoted, [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
    return text.size() > most ? quoted + "..." : quoted;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r";
    auto const first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) {
        return "";
    }
    return std::string{text.substr(first, text.find_last_not_of(spaces) - first + 1)};
}

[[noreturn]] void refuse(Error error, std::size_t line, std::string_view column) {
    error.at(Sentence{{"ligne {}, colonne « {} »", "line {}, column '{}'"}, line, column});
    throw error;
}

Columns to_columns(Cells const& header) {
    Columns columns;
    for (std::size_t c = 0; c < header.size(); ++c) {
        std::string const name = trimmed(header[c]);
        if (std::ranges::find(needed, name) == needed.end() &&
            std::ranges::find(others, name) == others.end()) {
            refuse({ErrorKind::format,
                    {"colonne inconnue d’une bibliothèque de couleurs ; voir docs/cli/detect.md",
                     "no column of a library of colours; see docs/cli/detect.md"}},
                   1,
                   quotable(name));
        }
        if (!columns.emplace(name, c).second) {
            refuse({ErrorKind::format,
                    {"cette colonne figure deux fois", "this column stands there twice"}},
                   1,
                   name);
        }
    }
    for (std::string_view const name : needed) {
        if (columns.find(name) == columns.end()) {
            refuse({ErrorKind::format,
                    {"cette colonne manque : la première ligne nomme les colonnes",
                     "this column is missing: the first line names the columns"}},
                   1,
                   name);
        }
    }
    return columns;
}

// One row, with its place for what is wrong in it.
class Row {
public:
    Row(Cells const& cells, Columns const& columns, std::size_t line)
        : cells_{cells}
        , columns_{columns}
        , line_{line} {}

    // "" where the column is not there.
    [[nodiscard]] std::string text(std::string_view column) const {
        auto const found = columns_.find(column);
        std::string word = found == columns_.end() ? "" : trimmed(cells_[found->second]);
        bool const plain =
            std::ranges::none_of(word, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
        if (!plain || word.size() > most_text) {
            refuse({ErrorKind::format,
                    {"un texte a au plus {} octets, sans caractère de commande",
                     "a text has at most {} bytes and no control characters"},
                    most_text},
                   line_,
                   column);
        }
        return word;
    }

    [[nodiscard]] std::string needed_text(std::string_view column) const {
        std::string word = text(column);
        if (word.empty()) {
            refuse(
                {ErrorKind::format, {"la cellule est vide", "the cell is empty"}}, line_, column);
        }
        return word;
    }

    // Nothing for an empty cell.
    [[nodiscard]] std::optional<double> number(std::string_view column) const {
        std::string const word = text(column);
        if (word.empty()) {
            return std::nullopt;
        }
        auto const value = parse_number(word);
        if (!value || !std::isfinite(*value) || std::abs(*value) > 1e15) {
            refuse({ErrorKind::format,
                    {"« {} » n’est pas un nombre écrit avec un point décimal, d’au plus 1e15",
                     "'{}' is no number written with a decimal point, at most 1e15"},
                    word},
                   line_,
                   column);
        }
        return value;
    }

    [[nodiscard]] double needed_number(std::string_view column) const {
        auto const value = number(column);
        if (!value) {
            refuse(
                {ErrorKind::format, {"la cellule est vide", "the cell is empty"}}, line_, column);
        }
        return *value;
    }

    [[nodiscard]] std::optional<double> number_above_zero(std::string_view column) const {
        auto const value = number(column);
        if (value && !(*value >= 1e-9)) {
            refuse({ErrorKind::domain,
                    {"{} n’est pas supérieur à 0", "{} is not above 0"},
                    number_text(*value)},
                   line_,
                   column);
        }
        return value;
    }

    [[nodiscard]] std::size_t line() const noexcept { return line_; }

private:
    Cells const& cells_;
    Columns const& columns_;
    std::size_t line_;
};

detect::ColourReference spot_of(Row const& row) {
    PerPlane<double> flux{};
    std::array<PerPlane<double>, plane_count> covariance{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        flux[p] = row.needed_number("flux_" + std::string{plane_names[p]});
        std::string const sigma = "flux_sigma_" + std::string{plane_names[p]};
        (void)row.needed_number(sigma);
        covariance[p][p] = std::pow(*row.number_above_zero(sigma), 2);
    }
    detect::ColourReference spot{row.needed_text("sample"),
                                 detect::to_colour_light(flux, covariance)};
    if (row.number("saturated").value_or(0.0) != 0.0) {
        refuse({ErrorKind::insufficient,
                {"une tache saturée n’a pas de couleur : ses flux sont des limites inférieures",
                 "a saturated spot has no colour: its fluxes are lower limits"}},
               row.line(),
               "saturated");
    }
    if (spot.light.total_dn() < detect::least_colour_snr * spot.light.total_sigma_dn()) {
        refuse({ErrorKind::insufficient,
                {"une tache de référence doit donner au moins {} fois l’incertitude de sa lumière",
                 "a reference spot needs at least {} times the uncertainty of its light"},
                detect::least_colour_snr},
               row.line(),
               "flux_r");
    }
    return spot;
}

void add_weight(Row const& row, ColourReferences& to) {
    auto const weight = row.number_above_zero("weight");
    if (!weight) {
        return;
    }
    if (to.name == marker_class) {
        refuse({ErrorKind::domain,
                {"le marqueur n’a pas de poids : seules les autres sources en ont un",
                 "the marker has no weight: only other sources have one"}},
               row.line(),
               "weight");
    }
    if (to.weight && *to.weight != *weight) {
        refuse({ErrorKind::domain,
                {"la classe « {} » a déjà le poids {}", "class '{}' has the weight {} already"},
                to.name,
                *to.weight},
               row.line(),
               "weight");
    }
    to.weight = weight;
}

void add_conditions(Row const& row, ColourReferences& to) {
    lab::ColourConditions conditions{.substrate = row.text("substrate"),
                                     .lamp_nm = row.number_above_zero("lamp_nm"),
                                     .filter = row.text("filter"),
                                     .camera = row.text("camera")};
    bool const known = std::ranges::any_of(to.conditions, [&](auto const& one) {
        return one.substrate == conditions.substrate && one.lamp_nm == conditions.lamp_nm &&
               one.filter == conditions.filter && one.camera == conditions.camera;
    });
    if (!known) {
        to.conditions.push_back(std::move(conditions));
    }
}

} // namespace

std::vector<ColourReferences> parse_colour_library(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    auto const rows = parse_csv(text);
    if (rows.size() > most_colour_rows) {
        throw Error{
            ErrorKind::limits, {"plus de {} lignes", "more than {} rows"}, most_colour_rows};
    }
    if (rows.size() < 2) {
        throw Error{ErrorKind::format,
                    {"une ligne de titres et au moins une tache de référence sont attendues",
                     "expected a line of column names and at least one reference spot"}};
    }
    Columns const columns = to_columns(rows.front());
    std::vector<ColourReferences> classes;
    for (std::size_t r = 1; r < rows.size(); ++r) {
        Row const row{rows[r], columns, r + 1};
        std::string const name = row.needed_text("class");
        if (name == unknown_class) {
            refuse({ErrorKind::format,
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
        found->spots.push_back(spot_of(row));
        add_weight(row, *found);
        add_conditions(row, *found);
    }
    return classes;
}

} // namespace cmq::pipeline
