// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_note.hpp"

#include "system/file.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace cmq::report {
namespace {

using nlohmann::json;

json parsed(NoteInput const& input) {
    return json::parse(json_note(input));
}

/// Checks a value against the few words of JSON Schema that the published schema uses: type, required,
/// properties, additionalProperties: false, items, enum, $ref into $defs.
void expect_valid(json const& value,
                  json const& schema,
                  json const& root,
                  std::string const& where) {
    if (schema.contains("$ref")) {
        std::string const name = schema["$ref"].get<std::string>().substr(8); // "#/$defs/"
        ASSERT_TRUE(root["$defs"].contains(name)) << name;
        expect_valid(value, root["$defs"][name], root, where);
        return;
    }
    if (schema.contains("type")) {
        json const types =
            schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
        bool fits = false;
        for (std::string const type : types) {
            fits = fits || (type == "object" && value.is_object()) ||
                   (type == "array" && value.is_array()) ||
                   (type == "string" && value.is_string()) ||
                   (type == "number" && value.is_number()) ||
                   (type == "integer" && value.is_number_integer()) ||
                   (type == "boolean" && value.is_boolean()) || (type == "null" && value.is_null());
        }
        EXPECT_TRUE(fits) << where << " is " << value.dump();
    }
    if (schema.contains("enum")) {
        EXPECT_NE(std::find(schema["enum"].begin(), schema["enum"].end(), value),
                  schema["enum"].end())
            << where << " is " << value.dump();
    }
    if (value.is_object() && schema.contains("properties")) {
        for (std::string const key : schema.value("required", json::array())) {
            EXPECT_TRUE(value.contains(key)) << where << "." << key;
        }
        for (auto const& [key, part] : value.items()) {
            ASSERT_TRUE(schema["properties"].contains(key)) << where << "." << key;
            expect_valid(part, schema["properties"][key], root, where + "." + key);
        }
    }
    if (value.is_array() && schema.contains("items")) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            expect_valid(value[i], schema["items"], root, where + "[" + std::to_string(i) + "]");
        }
    }
}

TEST(JsonNote, FollowsThePublishedSchema) {
    json const schema = json::parse(read_text(CMQ_SOURCE_DIR "/docs/formats/note.schema.json"));
    NoteInput full = fixture::make_input();
    casefile::StatedClaim claim;
    claim.id.value = "irrefutable";
    claim.source.document = "PV 31";
    full.file.claims = {claim};
    expect_valid(parsed(full), schema, schema, "note");
    expect_valid(parsed(fixture::make_small_input()), schema, schema, "note");
    expect_valid(parsed(fixture::make_readings_input()), schema, schema, "note");
    NoteInput routed = fixture::make_input();
    routed.file.circumstances.resize(1);
    routed.by_hand = lab::HandCheck{"P1.hand", {{}}};
    routed.by_hand->lines[0].steps = {
        {.kind = lab::HandStepKind::landing, .entry = "shot"},
        {.kind = lab::HandStepKind::waiting, .minutes = 3.5},
        {.kind = lab::HandStepKind::contact, .entry = "e", .from = "a", .moved = {.wet = 0.25}}};
    json const note = parsed(routed);
    expect_valid(note, schema, schema, "note");
    json const& steps = note["by_hand"]["lines"][0]["steps"];
    EXPECT_EQ(steps[0]["entry"], "shot");
    EXPECT_TRUE(steps[0]["moved"].is_null());
    EXPECT_EQ(steps[1]["minutes"], 3.5);
    EXPECT_EQ(steps[2]["moved"]["wet"], 0.25);
}

TEST(JsonNote, HoldsEveryNumberOfTheCharts) {
    NoteInput const input = fixture::make_input();
    json const note = parsed(input);
    std::string const text = note.dump();
    Document const document = make_note(input, Language::english);
    auto const holds = [&](double value) {
        EXPECT_NE(text.find(json(value).dump()), std::string::npos) << value;
    };
    std::size_t charts = 0;
    for (Block const& block : document.blocks) {
        auto const* const chart = std::get_if<Chart>(&block);
        if (chart == nullptr) {
            continue;
        }
        // Places on a drawing (lanes, marks, boxes) are no numbers of the case; the others say a ratio.
        if (std::holds_alternative<NetworkChart>(chart->content) ||
            (std::holds_alternative<CurveChart>(chart->content) &&
             !chart->y_label.starts_with("Likelihood ratio"))) {
            continue;
        }
        ++charts;
        if (auto const* const range = std::get_if<RangeChart>(&chart->content)) {
            for (RangeChart::Row const& row : range->rows) {
                if (!row.has_value) {
                    continue;
                }
                holds(row.log10_value);
                holds(row.log10_low);
                holds(row.log10_high);
            }
        } else if (auto const* const tornado = std::get_if<TornadoChart>(&chart->content)) {
            holds(tornado->log10_centre);
            for (TornadoChart::Row const& row : tornado->rows) {
                holds(row.log10_at_low);
                holds(row.log10_at_high);
            }
        } else {
            for (CurveChart::Series const& series : std::get<CurveChart>(chart->content).series) {
                for (std::size_t i = 0; i < series.x.size(); ++i) {
                    holds(series.x[i]);
                    holds(series.y[i]);
                }
            }
        }
    }
    EXPECT_EQ(charts, 5U); // values, tornado, two curves, colours
}

TEST(JsonNote, NumbersTheStepsOfTheAccountsAsTheDrawingsDo) {
    json const note = parsed(fixture::make_input());
    ASSERT_EQ(note["steps"].size(), 2U);
    EXPECT_EQ(note["steps"][0]["id"], "shot1");
    EXPECT_EQ(note["steps"][1],
              (json{{"number", 2},
                    {"kind", "contact"},
                    {"id", "handshake"},
                    {"minutes", 770.0},
                    {"uncertainty_min", 10.0},
                    {"zones", {"P2.right_hand", "P1.right_hand"}},
                    {"one_way", false},
                    {"probability", 1.0},
                    {"included_by", {"Hd"}}}));
}

TEST(JsonNote, GivesTheNumbersThatTheNotePrintsUnrounded) {
    json const note = parsed(fixture::make_input());
    EXPECT_EQ(note["blanks"][0]["critical_dn"], 2446.2);
    EXPECT_EQ(note["blanks"][0]["totals_dn"], (json{310.0, -120.0}));
    EXPECT_EQ(note["detections"][0]["traces"][0]["flux"]["g1"], 5300.25);
    EXPECT_EQ(note["detections"][0]["traces"][1]["saturated"], true);
    EXPECT_EQ(note["detections"][0]["areas"][0]["flux_total"], 5512.0);
    EXPECT_EQ(note["detections"][0]["areas"][0]["flux_sigma"]["b"], 14.25);
    EXPECT_EQ(note["detections"][0]["areas"][0]["area_photosites"], 3136.0);
    EXPECT_TRUE(note["detections"][0]["areas"][1]["flux_total"].is_null());
    EXPECT_EQ(note["detections"][0]["areas"][0]["traces_within"],
              (json{{"count", 1}, {"flux_total", 812.5}, {"flux_total_sigma", 20.25}}));
    EXPECT_EQ(note["detections"][0]["areas"][0]["shares_light"], false);
    double traces = 0.0;
    for (json const& trace : note["detections"][0]["traces"]) {
        for (json const& flux : trace["flux"]) {
            traces += flux.get<double>();
        }
    }
    json const together = note["detections"][0]["flux_with_areas"];
    EXPECT_NEAR(together["flux_total"].get<double>(), traces - 812.5 + 5512.0, 1e-9);
    EXPECT_EQ(together["lower_limit"], true); // the other area has no light of its own
    EXPECT_EQ(together["areas"], 1);
    EXPECT_EQ(note["findings"][0]["value"], 12.5);
    EXPECT_EQ(note["evaluations"][0]["log10_lr"]["value"], 1.5);
    EXPECT_EQ(note["evaluations"][0]["log10_lr"]["sensitivity_low"], -0.4);
    EXPECT_EQ(note["evaluations"][0]["printed"]["value"], 30.0);
    EXPECT_EQ(note["evaluations"][0]["log10_p"], (json{{"h1", -3.0}, {"h2", -4.5}}));
    EXPECT_EQ(note["evaluations"][0]["printed"]["cap"], lab::PrintRules{}.cap);
    EXPECT_EQ(note["parameters"][1]["distribution"],
              (json{{"kind", "lognormal"}, {"median", 0.004}, {"gsd", 4.0}}));
    EXPECT_EQ(note["evaluations"][1]["printed"]["at_cap"], true);
    EXPECT_EQ(note["population"]["glowing"], 7);
    EXPECT_EQ(note["grades"]["measured_on_product"], 0);
    EXPECT_EQ(note["findings"][1]["observation"]["page"], 3);
}

TEST(JsonNote, HasNullForWhatDoesNotExist) {
    json const note = parsed(fixture::make_small_input());
    EXPECT_TRUE(note["evaluations"][0]["log10_lr"]["value"].is_null());
    EXPECT_TRUE(note["evaluations"][0]["printed"]["value"].is_null());
    EXPECT_TRUE(note["evaluations"][0]["printed"]["words"].is_null());
    EXPECT_TRUE(note["population"].is_null());
    // The route without any delivery has no delivery and belongs to no proposition.
    json const routes = parsed(fixture::make_input())["evaluations"][0]["routes"];
    EXPECT_TRUE(routes[2]["delivery"].is_null());
    EXPECT_TRUE(routes[2]["proposition"].is_null());
    EXPECT_EQ(routes[0]["delivery"], "shot1");
}

TEST(JsonNote, GivesWordsInBothLanguagesOnlyWhereAllowed) {
    NoteInput input = fixture::make_pair_input(false);
    EXPECT_TRUE(parsed(input)["evaluations"][0]["printed"]["words"].is_null());
    input.evaluations[0].printed.words_allowed = true;
    json const words = parsed(input)["evaluations"][0]["printed"]["words"];
    EXPECT_EQ(words["fr"], "soutien modéré");
    EXPECT_EQ(words["en"], "moderate support");
}

TEST(JsonNote, SurvivesTextThatIsNotUtf8) {
    NoteInput input = fixture::make_input();
    input.captures[0].metadata.model = "a\xFF\xC3";
    EXPECT_NO_THROW((void)parsed(input));
}

TEST(JsonNote, LeavesOutPropositionsThatAreNotCompared) {
    EXPECT_EQ(json_note(fixture::make_input()).find("never compared"), std::string::npos);
}

} // namespace
} // namespace cmq::report
