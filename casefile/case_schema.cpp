// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/case_schema.hpp"

#include "casefile/reading_schema.hpp"
#include "casefile/schema_keys.hpp"
#include "casefile/words.hpp"

#include <array>

namespace cmq::casefile {
namespace {

using enum ValueType;

constexpr double day_min = 1440.0;
constexpr double most_people = 1e9;
constexpr double most_ids = 1000.0;

constexpr std::array moment_keys{
    needed(key("time", time)),
    // Wider than a day either way, an interval says nothing of an order of events.
    needed(from_to(key("uncertainty_min", number), 0.0, day_min)),
};
constexpr TableSpec moment_table{"at", moment_keys};

constexpr std::array source_keys{
    needed(key("document", name)),
    from_to(key("page", integer), 1.0, 1e6),
    key("words", text),
    key("author", text),
    key("date", date),
};
constexpr TableSpec source_table{"source", source_keys};

constexpr std::array case_keys{
    needed(key("id", name)),
    needed(word_of("language", words::language)),
    word_of("stage", words::stage),
    key("title", bilingual),
    key("day", date),
    from_to(key("held", names), 0.0, most_ids),
};
constexpr TableSpec case_table{"case", case_keys};

constexpr std::array report_keys{
    needed(key("date", date)),
    needed(word_of("role", words::report_role)),
    key("author", text),
    key("capacity", text),
    key("reviewer", text),
    key("propositions_chosen_by", text),
    key("propositions_chosen_on", date),
    key("results_known_before", flag),
};
constexpr TableSpec report_table{"report", report_keys};

constexpr std::array population_keys{
    needed(from_to(key("checked", integer), 1.0, most_people)),
    needed(from_to(key("glowing", integer), 0.0, most_people)),
};
constexpr TableSpec population_table{"population", population_keys};

constexpr std::array examination_keys{
    needed(from_to(key("blanks", names), 0.0, most_ids)),
    key("reference", name),
    above(key("false_traces", number), 0.0),
};
constexpr TableSpec examination_table{"examination", examination_keys};

constexpr std::array capture_keys{
    needed(key("id", name)),
    needed(key("file", name)),
    needed(word_of("role", words::capture_role)),
    key("zone", name),
    key("of", name),
    table_of("at", moment_table),
    from_to(key("lamp_nm", number), 100.0, 1000.0),
    key("filter", text),
    key("substrate", text),
    above_to(key("mm_per_photosite", number), 0.0, 1000.0),
    key("material", text),
    key("sha256", text),
    key("profile", name),
    key("subtract", name),
    word_of("marks", words::marks),
    key("unmoved", flag),
};
constexpr TableSpec capture_table{"capture", capture_keys};

constexpr double most_photosites = 1e6;

constexpr std::array region_keys{
    needed(from_to(key("x", number), 0.0, most_photosites)),
    needed(from_to(key("y", number), 0.0, most_photosites)),
    needed(above_to(key("width", number), 0.0, most_photosites)),
    needed(above_to(key("height", number), 0.0, most_photosites)),
};
constexpr TableSpec region_table{"region", region_keys};

constexpr std::array reference_keys{
    needed(key("class", name)),
    needed(key("capture", name)),
    needed(key("sample", name)),
    table_of("region", region_table),
};
constexpr TableSpec reference_table{"reference", reference_keys};

constexpr double least_weight = 1e-9;
constexpr double most_weight = 1e9;

constexpr std::array colour_class_keys{
    needed(key("name", name)),
    from_to(key("weight", number), least_weight, most_weight),
    key("library", name),
    key("source", bilingual),
};
constexpr TableSpec colour_class_table{"colour_class", colour_class_keys};

constexpr std::array colour_keys{
    needed(from_to(key("unknown_weight", number), least_weight, most_weight)),
};
constexpr TableSpec colour_table{"colour", colour_keys};

constexpr std::array carrier_keys{
    needed(key("id", name)),
    needed(word_of("surface", words::surface)),
    key("label", bilingual),
};
constexpr TableSpec carrier_table{"carrier", carrier_keys};

constexpr std::array delivery_keys{
    needed(key("id", name)),
    needed(word_of("kind", words::delivery_kind)),
    needed(table_of("at", moment_table)),
    needed(key("zones", shares)),
    probability_of("probability"),
    key("reasons", bilingual),
    key("author", text),
    key("cause", text),
    above(key("amount_dl", number), 0.0),
    above(key("distance_m", number), 0.0),
    key("offsets_m", lengths),
    from_to(key("aim_offset_m", number), 0.0, 1000.0),
    above(key("body_half_width_m", number), 0.0),
    from_to(key("contacts", integer), 1.0, 100000.0),
    key("label", bilingual),
};
constexpr TableSpec delivery_table{"delivery", delivery_keys};

constexpr std::array event_keys{
    needed(key("id", name)),
    needed(word_of("kind", words::event_kind)),
    from_to(key("between", names), 2.0, 2.0),
    key("on", name),
    needed(table_of("at", moment_table)),
    probability_of("probability"),
    key("reasons", bilingual),
    key("author", text),
    key("cause", text),
    key("friction", flag),
    key("solvent", flag),
    word_of("pressure", words::pressure),
    above(key("area", number), 0.0),
    key("one_way", flag),
    key("after", name),
    key("label", bilingual),
};
constexpr TableSpec event_table{"event", event_keys};

constexpr std::array contamination_keys{
    needed(key("id", name)),
    needed(key("zones", shares)),
    needed(table_of("at", moment_table)),
    needed(probability_of("probability")),
    key("reasons", bilingual),
    key("author", text),
    key("cause", text),
    above(key("amount_dl", number), 0.0),
    key("label", bilingual),
};
constexpr TableSpec contamination_table{"contamination", contamination_keys};

constexpr std::array lookalike_keys{
    needed(key("id", name)),
    probability_of("prevalence"),
    probability_of("seen"),
    key("other_lot", flag),
    key("source", text),
    key("label", bilingual),
};
constexpr TableSpec lookalike_table{"lookalike", lookalike_keys};

constexpr std::array seal_keys{
    needed(key("number", name)),
    needed(key("holds", bilingual)),
    key("zone", name),
    key("sealed_on", date),
    key("sealed_by", text),
    key("condition", bilingual),
    key("opened_on", date),
    key("opened_by", text),
    key("resealed_on", date),
    key("resealed_as", name),
};
constexpr TableSpec seal_table{"seal", seal_keys};

constexpr std::array claim_keys{
    needed(key("id", name)),
    needed(table_of("source", source_table)),
};
constexpr TableSpec claim_table{"claim", claim_keys};

constexpr std::array circumstance_keys{
    needed(word_of("kind", words::circumstance_kind)),
    needed(key("shows", bilingual)),
    needed(table_of("source", source_table)),
};
constexpr TableSpec circumstance_table{"circumstance", circumstance_keys};

constexpr std::array observation_keys{
    key("id", name),
    key("zone", name),
    needed(word_of("kind", words::observation_kind)),
    key("value", number),
    above(key("sigma", number), 0.0),
    key("code", text),
    from_to(key("checked", integer), 1.0, most_people),
    from_to(key("glowing", integer), 0.0, most_people),
    table_of("at", moment_table),
    word_of("examined_by", words::examined_by),
    key("colour", text),
    above(key("size_mm", number), 0.0),
    key("lamp", text),
    from_to(key("lamp_nm", number), 100.0, 1000.0),
    key("filter", text),
    above(key("distance_cm", number), 0.0),
    word_of("room", words::room),
    word_of("grade", words::grade),
    needed(table_of("source", source_table)),
};
constexpr TableSpec observation_table{"observation", observation_keys};

constexpr TableSpec reading_table{"reading", reading_keys<moment_table, source_table>};

constexpr std::array planned_keys{
    needed(key("zone", name)),
    table_of("at", moment_table),
    word_of("examined_by", words::examined_by),
};
constexpr TableSpec planned_table{"planned", planned_keys};

constexpr std::array proposition_keys{
    needed(key("id", name)),
    needed(word_of("side", words::side)),
    key("text", bilingual),
    needed(from_to(key("deliveries", names), 0.0, most_ids)),
    needed(from_to(key("events", names), 0.0, most_ids)),
};
constexpr TableSpec proposition_table{"proposition", proposition_keys};

constexpr std::array comparison_keys{
    needed(key("h1", name)),
    needed(key("h2", name)),
};
constexpr TableSpec comparison_table{"comparison", comparison_keys};

constexpr KeySpec assigned_probability(std::string_view name) {
    return above(from_to(key(name, number), 0.0, 1.0), 0.0);
}

constexpr std::array assigned_keys{
    needed(key("proposition", name)),
    from_to(key("zones", names), 1.0, most_ids),
    needed(assigned_probability("probability")),
    assigned_probability("low"),
    assigned_probability("high"),
    needed(key("reasons", bilingual)),
    needed(key("author", name)),
    key("date", date),
};
constexpr TableSpec assigned_table{"assigned", assigned_keys};

constexpr std::array override_keys{
    needed(key("name", name)),
    key("value", number),
    key("distribution", numbers),
    needed(key("conditions", bilingual)),
    needed(key("source", bilingual)),
    needed(word_of("grade", words::parameter_grade)),
};
constexpr TableSpec override_table{"parameter", override_keys};

constexpr double largest_exact = 9007199254740992.0; // 2^53: a bound that a double holds exactly

constexpr std::array settings_keys{
    from_to(key("seed", integer), 0.0, largest_exact),
    from_to(key("draws", integer), 64.0, 16777216.0),
};
constexpr TableSpec settings_table{"settings", settings_keys};

constexpr std::array file_keys{
    needed(key("schema", integer)),
    key("demonstration", flag),
    needed(table_of("case", case_table)),
    needed(table_of("report", report_table)),
    table_of("population", population_table),
    table_of("examination", examination_table),
    tables_of("capture", capture_table),
    table_of("colour", colour_table),
    tables_of("colour_class", colour_class_table),
    tables_of("reference", reference_table),
    tables_of("seal", seal_table),
    tables_of("claim", claim_table),
    tables_of("circumstance", circumstance_table),
    tables_of("carrier", carrier_table),
    tables_of("delivery", delivery_table),
    tables_of("event", event_table),
    tables_of("contamination", contamination_table),
    tables_of("lookalike", lookalike_table),
    tables_of("observation", observation_table),
    table_of("marker", marker_table),
    tables_of("reading", reading_table),
    tables_of("planned", planned_table),
    tables_of("proposition", proposition_table),
    tables_of("comparison", comparison_table),
    tables_of("assigned", assigned_table),
    tables_of("parameter", override_table),
    table_of("settings", settings_table),
};
constexpr TableSpec file_table{"", file_keys};

constexpr std::array counsel_keys{
    word_of("side", words::counsel_side),
    key("account", text),
};
constexpr TableSpec counsel_table{"counsel", counsel_keys};

constexpr std::array weak_point_keys{
    needed(key("text", text)),
    key("answer", text),
};
constexpr TableSpec weak_point_table{"weak_point", weak_point_keys};

constexpr std::array counsel_file_keys{
    needed(key("schema", integer)),
    needed(table_of("counsel", counsel_table)),
    tables_of("carrier", carrier_table),
    tables_of("delivery", delivery_table),
    tables_of("event", event_table),
    tables_of("proposition", proposition_table),
    tables_of("comparison", comparison_table),
    tables_of("weak_point", weak_point_table),
};
constexpr TableSpec counsel_file_table{"", counsel_file_keys};

} // namespace

TableSpec const& case_schema() noexcept {
    return file_table;
}

TableSpec const& counsel_schema() noexcept {
    return counsel_file_table;
}

} // namespace cmq::casefile
