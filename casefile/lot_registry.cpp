// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/lot_registry.hpp"

#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/check_tables.hpp"
#include "casefile/clock_time.hpp"
#include "casefile/fields.hpp"
#include "casefile/problems.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace cmq::casefile {
namespace {

constexpr KeySpec names_key(std::string_view name) {
    return {.name = name, .type = ValueType::names, .low = 0, .high = 10000};
}

constexpr std::array lot_keys{
    KeySpec{.name = "name", .type = ValueType::name, .required = true},
    KeySpec{.name = "sequence", .type = ValueType::name},
    KeySpec{.name = "fragments", .type = ValueType::values, .low = 1, .high = 5000},
    KeySpec{.name = "fragment_dyes", .type = ValueType::text},
    KeySpec{.name = "particle", .type = ValueType::name},
    KeySpec{.name = "other_code", .type = ValueType::name},
    KeySpec{.name = "product", .type = ValueType::text},
    KeySpec{.name = "holder", .type = ValueType::text},
    KeySpec{.name = "pellets", .type = ValueType::integer, .low = 0, .high = 1e12},
    KeySpec{.name = "litres", .type = ValueType::number, .low = 0, .high = 1e9},
    names_key("opened"),
    names_key("deliveries"),
    names_key("trainings"),
    names_key("demonstrations"),
    names_key("people"),
    names_key("vehicles"),
};
constexpr TableSpec lot_table{"lot", lot_keys};

constexpr std::array laboratory_keys{
    KeySpec{
        .name = "error_rate", .type = ValueType::number, .low = 0, .high = 1, .above_low = true},
    KeySpec{.name = "clerical_error_rate", .type = ValueType::number, .low = 0, .high = 1},
    KeySpec{.name = "source", .type = ValueType::text},
    KeySpec{.name = "negative_controls", .type = ValueType::integer, .low = 1, .high = 1e9},
    KeySpec{
        .name = "positive_negative_controls", .type = ValueType::integer, .low = 0, .high = 1e9},
    KeySpec{
        .name = "sizing_sd_bp", .type = ValueType::number, .low = 0, .high = 5, .above_low = true},
    KeySpec{.name = "index_hopping", .type = ValueType::number, .low = 0, .high = 0.5},
};
constexpr TableSpec laboratory_table{"laboratory", laboratory_keys};

constexpr std::array registry_keys{
    KeySpec{.name = "schema", .type = ValueType::integer, .required = true},
    KeySpec{.name = "laboratory", .type = ValueType::table, .table = &laboratory_table},
    KeySpec{.name = "lot", .type = ValueType::tables, .required = true, .table = &lot_table},
};
constexpr TableSpec registry_table{"", registry_keys};

std::vector<std::string> texts_of(Fields const& from, std::string_view key) {
    std::vector<std::string> texts;
    for (auto const& name : from.names(key)) {
        texts.push_back(*name);
    }
    return texts;
}

/// What stands between commas, without blanks around it.
std::vector<std::string> items_of(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        std::string_view item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        while (item.starts_with(' ')) {
            item.remove_prefix(1);
        }
        while (item.ends_with(' ')) {
            item.remove_suffix(1);
        }
        items.emplace_back(item);
    }
    return items;
}

std::optional<double> number_of(Fields const& from, std::string_view key) {
    auto const number = from.number(key);
    return number ? std::optional{number->value} : std::nullopt;
}

/// Shortest first, each with its dye.
void sort_fragments(LotEntry& lot) {
    if (lot.fragment_dyes.size() != lot.fragments.size()) {
        std::ranges::sort(lot.fragments); // an error where dyes are named
        return;
    }
    std::vector<std::pair<double, std::string>> pairs;
    for (std::size_t i = 0; i < lot.fragments.size(); ++i) {
        pairs.emplace_back(lot.fragments[i], lot.fragment_dyes[i]);
    }
    std::ranges::sort(pairs);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        lot.fragments[i] = pairs[i].first;
        lot.fragment_dyes[i] = pairs[i].second;
    }
}

LotEntry to_lot(Fields const& from) {
    LotEntry lot{.place = from.place(),
                 .name = from.name("name"),
                 .sequence = from.optional_name("sequence"),
                 .fragments = from.values("fragments"),
                 .fragment_dyes = items_of(from.text("fragment_dyes")),
                 .particle = from.text("particle"),
                 .other_code = from.text("other_code"),
                 .product = from.text("product"),
                 .holder = from.text("holder"),
                 .pellets = number_of(from, "pellets"),
                 .litres = number_of(from, "litres"),
                 .opened = texts_of(from, "opened"),
                 .deliveries = texts_of(from, "deliveries"),
                 .trainings = texts_of(from, "trainings"),
                 .demonstrations = texts_of(from, "demonstrations"),
                 .people = texts_of(from, "people"),
                 .vehicles = texts_of(from, "vehicles")};
    sort_fragments(lot);
    return lot;
}

/// In upper case; a problem where it holds other letters than A, C, G, T.
void check_sequence(Placed<std::string>& sequence, Problems& problems) {
    for (char& base : sequence.value) {
        base = base >= 'a' && base <= 'z' ? static_cast<char>(base - 'a' + 'A') : base;
    }
    constexpr std::size_t longest = 2000;
    if (sequence->find_first_not_of("ACGT") != std::string::npos || sequence->size() > longest) {
        problems.add(ErrorKind::format,
                     sequence.place,
                     {"attendu : une séquence de A, C, G et T, d’au plus {} bases ; trouvé : {}",
                      "expected a sequence of A, C, G and T of at most {} bases, found {}"},
                     longest,
                     in_quotes(*sequence));
    }
}

void check_lot(LotEntry& lot, Fields const& from, Problems& problems) {
    int kinds = 0;
    for (std::string_view const key : {"sequence", "fragments", "particle", "other_code"}) {
        kinds += from.has(key) ? 1 : 0;
    }
    if (kinds != 1) {
        problems.add(ErrorKind::format,
                     lot.place,
                     {"attendu : un code, et un seul : sequence, fragments, particle ou "
                      "other_code ; trouvé : {}",
                      "expected one code and no more: sequence, fragments, particle or "
                      "other_code; found {}"},
                     kinds);
    }
    if (lot.sequence) {
        check_sequence(*lot.sequence, problems);
    }
    if (!lot.fragment_dyes.empty() && lot.fragment_dyes.size() != lot.fragments.size()) {
        problems.add(ErrorKind::format,
                     from.place_of("fragment_dyes"),
                     {"attendu : un colorant par fragment ; trouvé : {} pour {} fragments",
                      "expected a dye for each fragment, found {} for {} fragments"},
                     lot.fragment_dyes.size(),
                     lot.fragments.size());
    }
    for (auto const& day : from.names("opened")) {
        if (!to_day_number(*day)) {
            problems.add(ErrorKind::format,
                         day.place,
                         {"attendu : un jour AAAA-MM-JJ ; trouvé : {}",
                          "expected a day YYYY-MM-DD, found {}"},
                         in_quotes(*day));
        }
    }
}

LaboratoryEntry to_laboratory(Fields const& from, Problems& problems) {
    LaboratoryEntry laboratory{.error_rate = number_of(from, "error_rate"),
                               .clerical_error_rate = number_of(from, "clerical_error_rate"),
                               .source = from.text("source"),
                               .negative_controls = from.integer("negative_controls"),
                               .positive_negative_controls =
                                   from.integer("positive_negative_controls").value_or(0),
                               .sizing_sd_bp = number_of(from, "sizing_sd_bp"),
                               .index_hopping = number_of(from, "index_hopping")};
    bool const has_rate =
        laboratory.error_rate || laboratory.clerical_error_rate || laboratory.index_hopping;
    if (has_rate && laboratory.source.empty()) {
        problems.add(ErrorKind::domain,
                     from.place(),
                     {"un taux sans source : dire dans « source » d’où il vient",
                      "a rate without its source: say in 'source' where it comes from"});
    }
    if (laboratory.positive_negative_controls > laboratory.negative_controls.value_or(0)) {
        problems.add(ErrorKind::domain,
                     from.place_of("positive_negative_controls"),
                     {"plus de témoins positifs que de témoins négatifs en tout",
                      "more positive ones than there were negative controls"});
    }
    return laboratory;
}

} // namespace

LotRegistry parse_registry(std::string_view text, std::string const& file) {
    Node const top = parse_toml(text, file);
    Place const place{file, 0, ""};
    check_schema_number(top, file);
    Problems problems;
    check_form(top, registry_table, place, problems);
    problems.throw_if_any();
    Fields const fields{top, place};
    LotRegistry registry{.laboratory = to_laboratory(fields.table("laboratory"), problems),
                         .lots = {}};
    std::map<std::string, int> lines;
    for (Fields const& from : fields.tables("lot")) {
        LotEntry lot = to_lot(from);
        check_lot(lot, from, problems);
        auto const [first, is_new] = lines.try_emplace(*lot.name, lot.name.place.line);
        if (!is_new) {
            problems.add(ErrorKind::format,
                         lot.name.place,
                         {"attendu : chaque lot une seule fois ; {} figure déjà à la ligne {}",
                          "expected each lot once, found {} again; the first is on line {}"},
                         in_quotes(*lot.name),
                         first->second);
        }
        registry.lots.push_back(std::move(lot));
    }
    problems.throw_if_any();
    return registry;
}

} // namespace cmq::casefile
