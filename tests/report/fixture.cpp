// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/report/fixture.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cmq::report::fixture {

namespace {

template <class T>
casefile::Placed<T> at(T value) {
    return {std::move(value), {"case.toml", 1, "key"}};
}

casefile::Placed<std::string> at(char const* value) {
    return {value, {"case.toml", 1, "key"}};
}

casefile::Capture make_capture(char const* id, casefile::CaptureRole role, char const* zone) {
    casefile::Capture capture;
    capture.id = at(id);
    capture.file = at((std::string{id} + ".dng").c_str());
    capture.role = at(role);
    capture.zone = at(zone);
    capture.lamp_nm = 365.0;
    capture.filter = "LP 420";
    capture.mm_per_photosite = 0.04;
    return capture;
}

casefile::Carrier make_carrier(char const* id, casefile::Bilingual label) {
    casefile::Carrier carrier;
    carrier.id = at(id);
    carrier.surface = at(casefile::Surface::skin);
    carrier.label = std::move(label);
    return carrier;
}

casefile::Proposition
make_proposition(char const* id, casefile::Side side, casefile::Bilingual text) {
    casefile::Proposition proposition;
    proposition.id = at(id);
    proposition.side = at(side);
    proposition.text = std::move(text);
    return proposition;
}

casefile::Comparison make_comparison(char const* h1, char const* h2) {
    return {{}, at(h1), at(h2)};
}

casefile::Case make_case() {
    casefile::Case file;
    file.file = "case.toml";
    file.demonstration = true;
    file.head.id = at("demo-1");
    file.head.language = at(casefile::Language::fr);
    file.head.stage = "comparution-immediate";
    file.report.date = "2026-11-21";
    file.report.role = casefile::ReportRole::party;
    file.population = casefile::Population{{}, 500, 7};
    file.captures = {make_capture("c1", casefile::CaptureRole::evidence, "P1.right_hand"),
                     make_capture("b1", casefile::CaptureRole::blank, "P1.left_hand"),
                     make_capture("b2", casefile::CaptureRole::blank, "P1.left_hand")};
    file.carriers = {make_carrier("P1.right_hand", {"main droite de P1", "right hand of P1"}),
                     make_carrier("P1.left_hand", {"main gauche de P1", "left hand of P1"}),
                     make_carrier("P2.right_hand", {"main droite de P2", "right hand of P2"}),
                     make_carrier("P1.sleeve", {"", ""})};
    casefile::Delivery shot;
    shot.id = at("shot1");
    shot.kind = at(casefile::DeliveryKind::pellet);
    shot.at = at(casefile::Moment{760.0, 5.0, "12:40"});
    file.deliveries = {shot};
    casefile::Event handshake;
    handshake.id = at("handshake");
    handshake.kind = at(casefile::EventKind::contact);
    handshake.carriers = {at("P2.right_hand"), at("P1.right_hand")};
    handshake.at = at(casefile::Moment{770.0, 10.0, "12:50"});
    handshake.label = {"poignée de main entre P2 et P1", "handshake between P2 and P1"};
    file.events = {handshake};
    casefile::Observation seen;
    seen.id = at("observation-1");
    seen.zone = at("P1.left_hand");
    seen.kind = at(casefile::ObservationKind::not_detected);
    seen.source = {"PV 12", 3, "la main gauche ne réagit pas aux UV", "", ""};
    file.observations = {seen};
    file.propositions = {
        make_proposition("Hp",
                         casefile::Side::prosecution,
                         {"P1 a été atteint par une bille", "P1 was hit by a pellet"}),
        make_proposition("Hd",
                         casefile::Side::defence,
                         {"P1 a serré la main de P2, qui avait été atteint",
                          "P1 shook the hand of P2, who had been hit"}),
        make_proposition("Hn",
                         casefile::Side::defence,
                         {"la trace n’est pas le produit", "the mark is not the marker"}),
        make_proposition("Hx", casefile::Side::defence, {"jamais comparée", "never compared"})};
    file.propositions[0].deliveries = {at("shot1")};
    file.propositions[1].deliveries = {at("shot1")};
    file.propositions[1].events = {at("handshake")};
    file.comparisons = {make_comparison("Hp", "Hd"), make_comparison("Hp", "Hn")};
    return file;
}

NoteCapture make_read(char const* id, char digit) {
    NoteCapture capture;
    capture.id = id;
    capture.sha256 = std::string(64, digit);
    capture.file_bytes = 3'000'000;
    capture.decoder = "0.20.2 unpacked";
    capture.shape = {200, 300};
    capture.metadata.make = "Contremarque";
    capture.metadata.model = "SIMULATED";
    capture.metadata.exposure_s = 1.0 / 60.0;
    capture.metadata.iso = 400.0;
    capture.metadata.f_number = 2.8;
    capture.metadata.simulated = true;
    capture.warnings = {capture::CaptureWarning::no_masked_photosites};
    return capture;
}

detect::Trace make_trace(std::int64_t id, double x, double y) {
    detect::Trace trace;
    trace.id = id;
    trace.x = x;
    trace.y = y;
    trace.area_cells = 21;
    trace.flux_dn = {1200.5, 5300.25, 5290.0, 410.0};
    trace.flux_dn_sigma = {31.0, 45.0, 45.5, 22.0};
    trace.snr = 57.25;
    trace.log10_nfa = id == 1 ? -312.5 : -1.5;
    trace.saturated = id == 2;
    auto const left = static_cast<std::int64_t>(x) - 6;
    auto const top = static_cast<std::int64_t>(y) - 6;
    trace.box = {left, top, left + 12, top + 12};
    return trace;
}

// Densities as of a trace that is told from the marker; what follows from them depends on the trace.
lab::ColourResult make_colour(detect::Trace const& trace) {
    lab::ColourResult colour;
    colour.trace = trace.id;
    colour.classes = {
        {.name = "marker", .samples = 12, .spots = 30, .log_density = -24.5},
        {.name = "dye", .weight = 2.0, .samples = 11, .spots = 11, .log_density = -14.5}};
    colour.unknown_weight = 1.5;
    colour.unknown_log_density = -18.25;
    colour.saturated = trace.saturated;
    colour.ratio = lab::ratio_of(colour, trace.saturated);
    return colour;
}

// One with all that may be measured, one with nothing but its place.
std::vector<detect::LargeArea> make_areas() {
    detect::LargeArea measured{.x = 95.5, .y = 63.5, .box = {64, 32, 127, 95}, .share = 0.0625};
    measured.excess_dn = {11.5, 21.5, 21.25, 5.5};
    measured.around_dn = {30.5, 45.5, 45.25, 90.5};
    measured.brighter = true;
    measured.clearest = 33.5;
    measured.in_traces = 0.25;
    measured.flux = detect::LargeAreaFlux{.dn = {1001.5, 2002.5, 2003.5, 504.5},
                                          .dn_sigma = {11.25, 12.25, 13.25, 14.25},
                                          .total_dn = 5512.0,
                                          .total_dn_sigma = 40.5,
                                          .saturated_photosites = 7};
    measured.outline_photosites = 3136.0;
    measured.outline_photosites_sigma = 64.5;
    measured.traces_within = 1;
    measured.traces_dn = 812.5;
    measured.traces_dn_sigma = 20.25;
    detect::LargeArea const seen{
        .x = 200.5, .y = 150.5, .box = {192, 144, 223, 175}, .share = 0.015, .clearest = 9.5};
    return {measured, seen};
}

NoteDetection make_detection() {
    Frame const frame = make_frame(200, 300, 100.0F);
    View const all{&frame, whole(frame.shape)};
    Stretch const stretch = measure_stretch(std::array<View, 1>{all});
    NoteDetection detection;
    detection.capture = "c1";
    detection.detection.shape = frame.shape;
    detection.detection.false_traces_expected = 0.01;
    detection.detection.traces = {make_trace(1, 150.5, 100.5), make_trace(2, 60.0, 40.0)};
    for (detect::Trace const& trace : detection.detection.traces) {
        detection.colours.push_back(make_colour(trace));
    }
    detection.areas = make_areas();
    detection.views = {{"c1", to_picture(all, stretch)},
                       {"c1", to_picture({&frame, {60, 100, 80, 100}}, stretch)}};
    detection.neighbours = {{"b1", to_picture(all, stretch)}, {"b2", to_picture(all, stretch)}};
    detection.detection.threshold = 6.0;
    detection.significance = NotePicture{"c1", to_picture(all, {4.0, 60.0, 1.0})};
    return detection;
}

lab::Parameter make_parameter(char const* name,
                              char const* unit,
                              lab::Distribution distribution,
                              lab::Grade grade,
                              char const* fr,
                              char const* en) {
    return {name,
            "",
            unit,
            distribution,
            "conditions of " + std::string{name},
            "source of " + std::string{name},
            grade,
            fr,
            en,
            "circonstances de " + std::string{name},
            "origine de " + std::string{name}};
}

lab::Evaluation make_first() {
    lab::Evaluation e;
    e.h1 = "Hp";
    e.h2 = "Hd";
    e.log10_lr = 1.5;
    e.sensitivity = lab::Sensitivity{-0.4, 1.3, 2.4};
    e.monte_carlo_se_log10 = 0.004;
    e.draws = 8192;
    e.seed = 7;
    e.log10_p_h1 = -3.0;
    e.log10_p_h2 = -4.5;
    e.printed.value = 30.0;
    e.printed.supports = lab::Supports::h1;
    e.printed.reasons = {{lab::PrintReason::influential_not_measured, {"dry.tau_min"}},
                         {lab::PrintReason::sensitivity_crosses_one, {}},
                         {lab::PrintReason::look_alike_without_data, {}}};
    e.chain = {{"P1.right_hand", lab::FindingKind::amount, 1.9, -2.0, -3.9},
               {"P1.left_hand", lab::FindingKind::not_detected, -0.4, -1.0, -0.6}};
    e.routes = {{"shot1", "Hp", -2.5}, {"shot1", "Hd", -4.0}, {"", "", std::nullopt}};
    e.tornado = {{"dry.tau_min", 2.5, 144.0, 2.2, 0.5}, {"transfer.dry", 0.0004, 0.04, 1.6, 1.1}};
    e.curves = {{"dry.tau_min", {2.0, 10.0, 60.0, 180.0}, {2.3, 1.8, 1.0, 0.4}},
                {"look_alike.prevalence", {0.0, 0.1, 0.2, 0.3}, {1.5, 1.2, 0.9, 0.7}}};
    e.by_prevalence = {{0.001, 1.55, 0.3}, {0.1, 1.2, 34.0}, {0.3, std::nullopt, 104.0}};
    e.parameters = {make_parameter("dry.tau_min",
                                   "min",
                                   {lab::DistributionKind::log_uniform, 2.0, 180.0, {}, {}},
                                   lab::Grade::expert_judgement,
                                   "durée de séchage",
                                   "drying time"),
                    make_parameter("transfer.dry",
                                   "1",
                                   {lab::DistributionKind::lognormal, 0.004, 4.0, {}, {}},
                                   lab::Grade::measured_on_proxy,
                                   "transfert à sec",
                                   "dry transfer"),
                    make_parameter("look_alike.prevalence",
                                   "1",
                                   {lab::DistributionKind::fixed, 0.05, 0.0, {}, {}},
                                   lab::Grade::expert_judgement,
                                   "fréquence des autres fluorescences",
                                   "frequency of other fluorescence")};
    e.expected_unmarked_glowing = 12.3;
    return e;
}

lab::Evaluation make_second() {
    lab::Evaluation e = make_first();
    e.h2 = "Hn";
    e.log10_lr = 2.6;
    e.sensitivity = lab::Sensitivity{2.1, 2.6, 2.9};
    e.printed.value = 100.0;
    e.printed.at_cap = true;
    e.printed.words_allowed = false;
    e.printed.reasons = {{lab::PrintReason::not_validated_cap, {}}};
    e.curves.clear();
    e.tornado.clear();
    return e;
}

void add_runs(std::string& text, Text const& runs) {
    for (Run const& run : runs) {
        text += run.text;
    }
    text += '\n';
}

void add_table(std::string& text, TableBlock const& table) {
    text += table.caption + '\n';
    for (TableColumn const& column : table.columns) {
        text += column.heading + '\n';
    }
    for (auto const& row : table.rows) {
        for (Text const& cell : row) {
            add_runs(text, cell);
        }
    }
}

struct Collect {
    std::string& text;

    void operator()(Heading const& heading) const { text += heading.text + '\n'; }

    void operator()(Paragraph const& paragraph) const { add_runs(text, paragraph.text); }

    void operator()(List const& list) const {
        for (Text const& item : list.items) {
            add_runs(text, item);
        }
    }

    void operator()(TableBlock const& table) const { add_table(text, table); }

    void operator()(PictureRow const& row) const {
        for (Picture const& picture : row.pictures) {
            text += picture.title + '\n' + picture.caption + '\n' + picture.alt + '\n';
            text += picture.scale_bar ? picture.scale_bar->label + '\n' : "";
        }
    }

    void operator()(Chart const& chart) const {
        text += chart.title + '\n' + chart.x_label + '\n' + chart.y_label + '\n' + chart.caption +
                '\n' + chart.alt + '\n';
        for (Tick const& tick : chart.x_ticks) {
            text += tick.text + '\n';
        }
        add_table(text, chart.numbers);
        if (auto const* const range = std::get_if<RangeChart>(&chart.content)) {
            text += range->left_label + '\n' + range->right_label + '\n';
        }
    }

    void operator()(PageBreak const&) const {}

    void operator()(Contents const& block) const { text += block.title + '\n'; }
};

} // namespace

Frame make_frame(std::ptrdiff_t height, std::ptrdiff_t width, float level_dn) {
    Frame frame;
    frame.shape = {height, width};
    auto const area = static_cast<std::size_t>(frame.shape.area());
    frame.value.assign(area, level_dn);
    frame.variance.assign(area, 4.0F);
    frame.mask.assign(area, 0);
    for (std::ptrdiff_t y = height / 2 - 4; y < height / 2 + 4; ++y) {
        for (std::ptrdiff_t x = width / 2 - 4; x < width / 2 + 4; ++x) {
            frame.value[static_cast<std::size_t>(y * width + x)] *= 5.0F;
        }
    }
    return frame;
}

NoteInput make_input() {
    NoteInput input;
    input.file = make_case();
    input.case_sha256 = std::string(64, 'a');
    input.captures = {make_read("c1", '1'), make_read("b1", '2'), make_read("b2", '3')};
    input.detections = {make_detection()};
    input.blanks = {{"c1", 24401.5, {"b1", "b2"}, {310.0, -120.0}, 95.0, 304.0557, 2446.2}};
    NoteFinding amount;
    amount.finding.zone = "P1.right_hand";
    amount.finding.kind = lab::FindingKind::amount;
    amount.finding.value = 12.5;
    amount.finding.sigma = 0.75;
    amount.captures = {"c1"};
    amount.total_dn = 24401.5;
    amount.total_dn_sigma = 110.0;
    amount.limit_dn = 1952.0;
    NoteFinding nothing;
    nothing.finding.zone = "P1.left_hand";
    nothing.finding.kind = lab::FindingKind::not_detected;
    nothing.observation = "observation-1";
    input.findings = {amount, nothing};
    input.evaluations = {make_first(), make_second()};
    input.commands = {"contremarque analyse case.toml -o out"};
    input.program = "Contremarque 0.1.0";
    input.ledger_head = std::string(64, 'e');
    return input;
}

NoteInput make_readings_input() {
    NoteInput input = make_input();
    casefile::Marker marker;
    marker.lot.value = "L1";
    marker.registry = casefile::Placed<std::string>{"registry.toml", {}};
    marker.searched_by = {{"agent_3", {}}};
    input.file.marker = marker;
    casefile::Reading raw;
    raw.id.value = "R1";
    raw.zone.value = input.findings.front().finding.zone;
    raw.files = {{"hand.fastq", {}}};
    casefile::Reading told;
    told.id.value = "R2";
    told.zone.value = *input.file.observations.front().zone;
    told.code = casefile::Placed<std::string>{"L1", {}};
    told.source.document = "rapport 7";
    input.file.readings = {raw, told};

    input.readings.registry_sha256 = std::string(64, 'c');
    input.readings.registry_lots = 12;
    input.readings.history_positive = 0.0;
    input.readings.history_all = 300.0;
    input.readings.lot = {{"product", "pellets"}, {"trainings", "2026-10-20 range"}};
    NoteReading first;
    first.id = "R1";
    first.verdict = lab::CodeVerdict::match;
    first.use = ReadingUse::weighed;
    first.lots = "L1";
    first.false_match = 2.5e-6;
    first.false_match_low = 2e-6;
    first.false_match_high = 3e-6;
    first.laboratory_error = 0.002;
    first.clerical_error = 0.003;
    first.drop_in = 0.01;
    first.rates_are_stated = true;
    first.evidence = lab::CodeEvidence{.error = 0.02};
    NoteReadingFile sample;
    sample.file = "hand.fastq";
    sample.sha256 = std::string(64, 'a');
    sample.role = "sample";
    NoteReadingFile control = sample;
    control.file = "x.fastq";
    control.role = "extraction";
    control.is_good = false;
    control.lots = "L9";
    first.files = {sample, control};
    first.reasons = {{"controls_not_given", "témoins non fournis", "controls not given"}};
    first.handled = {{"L1", "agent_3", "searched", true}};
    NoteReading second;
    second.id = "R2";
    second.is_reported = true;
    second.verdict = lab::CodeVerdict::match;
    second.use = ReadingUse::no_rates;
    second.lots = "L1";
    input.readings.readings = {first, second};
    input.evaluations.front().log10_lr_without_codes = 1.0;
    return input;
}

NoteInput make_small_input() {
    NoteInput input = make_input();
    input.file.captures.clear();
    input.file.demonstration = false;
    input.file.population.reset();
    input.file.comparisons.resize(1);
    input.captures.clear();
    input.detections.clear();
    input.blanks.clear();
    input.findings.erase(input.findings.begin());
    input.evaluations.resize(1);
    lab::Evaluation& evaluation = input.evaluations.front();
    evaluation.withheld = lab::Withheld::monte_carlo_error;
    evaluation.log10_lr.reset();
    evaluation.sensitivity.reset();
    evaluation.printed = {};
    evaluation.printed.reasons = {{lab::PrintReason::value_withheld, {}}};
    evaluation.chain.clear();
    evaluation.routes.clear();
    evaluation.tornado.clear();
    evaluation.curves.clear();
    evaluation.expected_unmarked_glowing.reset();
    evaluation.by_prevalence.clear();
    return input;
}

NoteInput make_pair_input(bool swapped) {
    NoteInput input = make_input();
    input.evaluations.resize(1);
    input.file.comparisons.resize(1);
    if (!swapped) {
        return input;
    }
    std::swap(input.file.comparisons[0].h1, input.file.comparisons[0].h2);
    lab::Evaluation& e = input.evaluations[0];
    std::swap(e.h1, e.h2);
    std::swap(e.log10_p_h1, e.log10_p_h2);
    e.log10_lr = -*e.log10_lr;
    e.sensitivity =
        lab::Sensitivity{-e.sensitivity->high, -e.sensitivity->median, -e.sensitivity->low};
    e.printed.supports = lab::Supports::h2;
    for (lab::ChainLink& link : e.chain) {
        link.log10_lr = -link.log10_lr;
        std::swap(link.log10_p_h1, link.log10_p_h2);
    }
    for (lab::TornadoRow& row : e.tornado) {
        row.log10_lr_at_low = -row.log10_lr_at_low;
        row.log10_lr_at_high = -row.log10_lr_at_high;
    }
    for (lab::PrevalenceRow& row : e.by_prevalence) {
        if (row.log10_lr) {
            row.log10_lr = -*row.log10_lr;
        }
    }
    for (lab::Curve& curve : e.curves) {
        for (double& y : curve.log10_lr) {
            y = -y;
        }
    }
    return input;
}

std::string all_text(Document const& document) {
    std::string text = document.title + '\n' + document.subtitle + '\n' + document.subject + '\n';
    for (std::string const& banner : document.banners) {
        text += banner + '\n';
    }
    text += document.page_label + '\n';
    for (Block const& block : document.blocks) {
        std::visit(Collect{text}, block);
    }
    return text;
}

} // namespace cmq::report::fixture
