// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/account_values.hpp"
#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/check_tables.hpp"
#include "casefile/clock_time.hpp"
#include "casefile/fields.hpp"
#include "casefile/read_case.hpp"
#include "casefile/words.hpp"
#include "system/file.hpp"

namespace cmq::casefile {
namespace {

CaseHead to_head(Fields const& from) {
    return {.place = from.place(),
            .id = from.name("id"),
            .language = *from.word<Language>("language", words::language),
            .stage = from.text("stage"),
            .title = from.bilingual("title"),
            .day = from.text("day"),
            .held = from.names("held")};
}

ReportHead to_report(Fields const& from) {
    ReportHead head{.place = from.place(),
                    .date = from.text("date"),
                    .role = from.word<ReportRole>("role", words::report_role)->value,
                    .author = from.text("author"),
                    .capacity = from.text("capacity"),
                    .reviewer = from.text("reviewer"),
                    .propositions_chosen_by = from.text("propositions_chosen_by"),
                    .propositions_chosen_on = from.text("propositions_chosen_on"),
                    .results_known_before = {}};
    if (from.has("results_known_before")) {
        head.results_known_before = from.flag("results_known_before");
    }
    return head;
}

Population to_population(Fields const& from) {
    return {.place = from.place(),
            .checked = static_cast<int>(*from.integer("checked")),
            .glowing = static_cast<int>(*from.integer("glowing"))};
}

Examination to_examination(Fields const& from) {
    return {.place = from.place(),
            .blanks = from.names("blanks"),
            .reference = from.optional_name("reference"),
            .false_traces = from.number("false_traces")};
}

std::optional<double> bare(std::optional<Placed<double>> const& number) {
    return number ? std::optional{number->value} : std::nullopt;
}

Capture to_capture(Fields const& from) {
    Capture capture{.place = from.place(),
                    .id = from.name("id"),
                    .file = from.name("file"),
                    .role = *from.word<CaptureRole>("role", words::capture_role),
                    .zone = from.optional_name("zone"),
                    .of = from.optional_name("of"),
                    .at = from.moment("at"),
                    .lamp_nm = bare(from.number("lamp_nm")),
                    .filter = from.text("filter"),
                    .substrate = from.text("substrate"),
                    .mm_per_photosite = bare(from.number("mm_per_photosite")),
                    .material = from.text("material"),
                    .sha256 = {},
                    .profile = from.optional_name("profile"),
                    .subtract = from.optional_name("subtract"),
                    .marks = from.word<Marks>("marks", words::marks),
                    .unmoved = from.flag("unmoved")};
    if (from.has("sha256")) {
        capture.sha256 = from.text("sha256");
    }
    return capture;
}

Reference to_reference(Fields const& from) {
    Reference reference{.place = from.place(),
                        .of_class = from.name("class"),
                        .capture = from.name("capture"),
                        .sample = from.text("sample"),
                        .region = {}};
    if (from.has("region")) {
        Fields const region = from.table("region");
        reference.region = Region{*bare(region.number("x")),
                                  *bare(region.number("y")),
                                  *bare(region.number("width")),
                                  *bare(region.number("height"))};
    }
    return reference;
}

ColourClass to_colour_class(Fields const& from) {
    return {.place = from.place(),
            .id = from.name("name"),
            .weight = from.number("weight"),
            .library = from.optional_name("library"),
            .source = from.bilingual("source")};
}

Source to_source(Fields const& from) {
    auto const page = from.integer("page");
    return {.document = from.text("document"),
            .page = page ? std::optional{static_cast<int>(*page)} : std::nullopt,
            .words = from.text("words"),
            .author = from.text("author"),
            .date = from.text("date")};
}

Placed<std::string> id_of_observation(Fields const& from, std::size_t number) {
    Placed<std::string> id = from.name("id");
    if (id->empty()) {
        id.value = "observation-" + std::to_string(number);
    }
    return id;
}

bool is_search(Fields const& observation) {
    return observation.text("kind") == to_word(ObservationKind::search);
}

SearchReport to_search(Fields const& from, std::size_t number) {
    return {.place = from.place(),
            .id = id_of_observation(from, number),
            .population = to_population(from),
            .at = from.moment("at"),
            .lamp = from.text("lamp"),
            .source = to_source(from.table("source"))};
}

Observation to_observation(Fields const& from, std::size_t number) {
    auto const by = from.word<ExaminedBy>("examined_by", words::examined_by);
    auto const room = from.word<Room>("room", words::room);
    auto const grade = from.word<Grade>("grade", words::grade);
    return {.place = from.place(),
            .id = id_of_observation(from, number),
            .zone = from.name("zone"),
            .kind = *from.word<ObservationKind>("kind", words::observation_kind),
            .value = from.number("value"),
            .sigma = from.number("sigma"),
            .code = from.text("code"),
            .at = from.moment("at"),
            .examined_by = by ? by->value : ExaminedBy::visual,
            .colour = from.text("colour"),
            .size_mm = bare(from.number("size_mm")),
            .lamp = from.text("lamp"),
            .lamp_nm = bare(from.number("lamp_nm")),
            .filter = from.text("filter"),
            .distance_cm = bare(from.number("distance_cm")),
            .room = room ? std::optional{room->value} : std::nullopt,
            .source = to_source(from.table("source")),
            .grade = grade ? grade->value : Grade::reported};
}

Seal to_seal(Fields const& from) {
    return {.number = from.name("number"),
            .holds = from.bilingual("holds"),
            .zone = from.optional_name("zone"),
            .sealed_on = from.text("sealed_on"),
            .sealed_by = from.text("sealed_by"),
            .condition = from.bilingual("condition"),
            .opened_on = from.text("opened_on"),
            .opened_by = from.text("opened_by"),
            .resealed_on = from.text("resealed_on"),
            .resealed_as = from.text("resealed_as")};
}

StatedClaim to_stated_claim(Fields const& from) {
    return {.id = from.name("id"), .source = to_source(from.table("source"))};
}

Circumstance to_circumstance(Fields const& from) {
    return {.kind = *from.word<CircumstanceKind>("kind", words::circumstance_kind),
            .shows = from.bilingual("shows"),
            .source = to_source(from.table("source"))};
}

Marker to_marker(Fields const& from) {
    return {.place = from.place(),
            .lot = from.name("lot"),
            .registry = from.optional_name("registry"),
            .registry_sha256 = from.optional_name("registry_sha256"),
            .arrested_by = from.names("arrested_by"),
            .searched_by = from.names("searched_by"),
            .vehicles = from.names("vehicles")};
}

Reading to_reading(Fields const& from, std::size_t number) {
    auto const umi = from.integer("umi");
    auto const result = from.word<ReadingResult>("result", words::reading_result);
    Placed<std::string> id = from.name("id");
    if (id->empty()) {
        id.value = "reading-" + std::to_string(number);
    }
    return {.place = from.place(),
            .id = std::move(id),
            .zone = from.name("zone"),
            .files = from.names("files"),
            .sha256 = from.names("sha256"),
            .negative_controls = from.names("negative_controls"),
            .extraction_controls = from.names("extraction_controls"),
            .environment_controls = from.names("environment_controls"),
            .positive_controls = from.names("positive_controls"),
            .forward = from.text("forward"),
            .reverse = from.text("reverse"),
            .umi = umi ? static_cast<int>(*umi) : 0,
            .code = from.optional_name("code"),
            .result = result ? std::optional{result->value} : std::nullopt,
            .error_rate = from.number("error_rate"),
            .clerical_error_rate = from.number("clerical_error_rate"),
            .miss_rate = from.number("miss_rate"),
            .rates_source = from.text("rates_source"),
            .laboratory = from.text("laboratory"),
            .run = from.text("run"),
            .examiner = from.text("examiner"),
            .swabbed_by = from.names("swabbed_by"),
            .at = from.moment("at"),
            .source = to_source(from.table("source"))};
}

Planned to_planned(Fields const& from) {
    auto const by = from.word<ExaminedBy>("examined_by", words::examined_by);
    return {.place = from.place(),
            .zone = from.name("zone"),
            .at = from.moment("at"),
            .examined_by = by ? by->value : ExaminedBy::visual};
}

Assigned to_assigned(Fields const& from) {
    return {.place = from.place(),
            .proposition = from.name("proposition"),
            .zones = from.names("zones"),
            .probability = *from.number("probability"),
            .low = from.number("low"),
            .high = from.number("high"),
            .reasons = to_reasons(from),
            .date = from.text("date")};
}

ParameterOverride to_override(Fields const& from) {
    ParameterOverride replaced{.place = from.place(),
                               .name = from.name("name"),
                               .distribution = "fixed",
                               .numbers = {},
                               .conditions = from.bilingual("conditions"),
                               .source = from.bilingual("source"),
                               .grade = from.word<Grade>("grade", words::parameter_grade)->value};
    if (auto const value = from.number("value")) {
        replaced.numbers = {{"value", *value}};
    } else {
        std::tie(replaced.distribution, replaced.numbers) = from.distribution("distribution");
    }
    return replaced;
}

Settings to_settings(Fields const& from) {
    Settings settings{.place = from.place(), .seed = 1, .draws = {}};
    if (auto const seed = from.integer("seed")) {
        settings.seed = static_cast<std::uint64_t>(*seed);
    }
    if (auto const draws = from.integer("draws")) {
        settings.draws = static_cast<std::uint64_t>(*draws);
    }
    return settings;
}

Case to_case(Fields const& file, std::string const& name) {
    Case out{.file = name,
             .demonstration = file.flag("demonstration"),
             .head = to_head(file.table("case")),
             .report = to_report(file.table("report")),
             .population = {},
             .examination = {},
             .captures = each(file, "capture", to_capture),
             .references = each(file, "reference", to_reference),
             .colour_classes = each(file, "colour_class", to_colour_class),
             .unknown_weight = file.table("colour").number("unknown_weight"),
             .carriers = each(file, "carrier", to_carrier),
             .deliveries = each(file, "delivery", to_delivery),
             .events = each(file, "event", to_event),
             .contaminations = each(file, "contamination", to_contamination),
             .lookalikes = each(file, "lookalike", to_lookalike),
             .observations = {},
             .searches = {},
             .seals = each(file, "seal", to_seal),
             .claims = each(file, "claim", to_stated_claim),
             .circumstances = each(file, "circumstance", to_circumstance),
             .marker = {},
             .readings = {},
             .planned = each(file, "planned", to_planned),
             .propositions = each(file, "proposition", to_proposition),
             .comparisons = each(file, "comparison", to_comparison),
             .assigned = each(file, "assigned", to_assigned),
             .parameters = each(file, "parameter", to_override),
             .settings = to_settings(file.table("settings"))};
    if (file.has("population")) {
        out.population = to_population(file.table("population"));
    }
    if (file.has("examination")) {
        out.examination = to_examination(file.table("examination"));
    }
    if (file.has("marker")) {
        out.marker = to_marker(file.table("marker"));
    }
    for (Fields const& table : file.tables("reading")) {
        out.readings.push_back(to_reading(table, out.readings.size() + 1));
    }
    for (Fields const& table : file.tables("observation")) {
        std::size_t const number = out.observations.size() + out.searches.size() + 1;
        if (is_search(table)) {
            out.searches.push_back(to_search(table, number));
        } else {
            out.observations.push_back(to_observation(table, number));
        }
    }
    if (!out.population && out.searches.size() == 1) {
        out.population = out.searches.front().population;
    }
    return out;
}

} // namespace

Case parse_case(std::string_view text, std::string const& file) {
    Node const top = parse_toml(text, file);
    Place const place{file, 0, ""};
    check_schema_number(top, file);
    Problems problems;
    check_form(top, case_schema(), place, problems);
    problems.throw_if_any();
    Node const* const head = top.find("case");
    Fields const fields{top, place, to_day_number(Fields{*head, place}.text("day"))};
    check_tables(fields, problems);
    problems.throw_if_any();
    return to_case(fields, file);
}

Case read_case(std::filesystem::path const& path) {
    Case read = parse_case(read_text(path, case_size_limit), path.string());
    check_references(read);
    return read;
}

} // namespace cmq::casefile
