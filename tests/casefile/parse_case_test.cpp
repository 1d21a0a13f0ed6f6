// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/casefile/case_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::casefile;
using cmq::ErrorKind;
using cmq::casefile::test::error_of;
using cmq::casefile::test::least;
using cmq::casefile::test::message_of;
using cmq::casefile::test::sample;
using testing::HasSubstr;
using testing::StartsWith;

Case parse(std::string const& more) {
    return parse_case(least + more, "case.toml");
}

TEST(ParseCase, ReadsTheSample) {
    Case const read = parse_case(sample, "case.toml");
    EXPECT_TRUE(read.demonstration);
    EXPECT_EQ(*read.head.id, "demo-1");
    EXPECT_EQ(*read.head.language, Language::fr);
    EXPECT_EQ(read.head.stage, "comparution-immediate");
    EXPECT_EQ(read.report.date, "2026-11-21");
    EXPECT_EQ(read.report.role, ReportRole::party);
    EXPECT_EQ(read.report.author, "");
    EXPECT_FALSE(read.report.results_known_before.has_value());
    ASSERT_TRUE(read.population);
    EXPECT_EQ(read.population->checked, 500);
    EXPECT_EQ(read.population->glowing, 7);
    ASSERT_EQ(read.captures.size(), 1U);
    EXPECT_EQ(*read.captures[0].file, "evidence.dng");
    EXPECT_EQ(*read.captures[0].role, CaptureRole::evidence);
    EXPECT_EQ(**read.captures[0].zone, "P1.right_hand");
    EXPECT_EQ(read.captures[0].lamp_nm, 365.0);
    EXPECT_EQ(read.captures[0].filter, "LP 420");
    EXPECT_EQ(read.captures[0].mm_per_photosite, 0.04);
    ASSERT_EQ(read.carriers.size(), 1U);
    EXPECT_EQ(*read.carriers[0].surface, Surface::skin);
    ASSERT_EQ(read.deliveries.size(), 1U);
    EXPECT_EQ(*read.deliveries[0].kind, DeliveryKind::pellet);
    EXPECT_EQ(read.deliveries[0].at->minutes, 12 * 60 + 40);
    EXPECT_EQ(read.deliveries[0].at->uncertainty_min, 5.0);
    EXPECT_EQ(*read.deliveries[0].probability, 1.0);
    ASSERT_EQ(read.deliveries[0].zones.size(), 1U);
    EXPECT_EQ(*read.deliveries[0].zones[0].first, "P1.right_hand");
    EXPECT_EQ(read.deliveries[0].zones[0].second, 0.2);
    ASSERT_EQ(read.events.size(), 1U);
    EXPECT_EQ(*read.events[0].kind, EventKind::contact);
    ASSERT_EQ(read.events[0].carriers.size(), 2U);
    EXPECT_EQ(*read.events[0].carriers[0], "P2.right_hand");
    EXPECT_EQ(*read.events[0].probability, 0.5);
    ASSERT_EQ(read.observations.size(), 1U);
    EXPECT_EQ(*read.observations[0].id, "observation-1");
    EXPECT_EQ(*read.observations[0].kind, ObservationKind::detected);
    EXPECT_EQ(read.observations[0].grade, Grade::reported);
    EXPECT_EQ(read.observations[0].source.document, "PV 12");
    EXPECT_EQ(read.observations[0].source.page, 3);
    EXPECT_EQ(read.observations[0].source.words, "r\u00e9agit aux UV");
    ASSERT_EQ(read.propositions.size(), 1U);
    EXPECT_EQ(*read.propositions[0].side, Side::prosecution);
    EXPECT_TRUE(read.propositions[0].events.empty());
    ASSERT_EQ(read.comparisons.size(), 1U);
    EXPECT_EQ(*read.comparisons[0].h2, "Hd");
}

TEST(ParseCase, ReadsSeals) {
    Case const read = parse(R"([[seal]]
number = "3"
holds = { fr = "manche", en = "sleeve" }
zone = "P1.sleeve"
sealed_on = 2026-11-14
sealed_by = "agent 2"
condition = "bag closed"
opened_on = 2026-11-16
opened_by = "expert"
resealed_on = 2026-11-16
resealed_as = "3 bis"
[[seal]]
number = "4"
holds = "swab"
opened_on = 2026-11-16
resealed_as = "4"
)");
    ASSERT_EQ(read.seals.size(), 2U);
    EXPECT_EQ(*read.seals[0].number, "3");
    EXPECT_EQ(read.seals[0].holds.fr, "manche");
    EXPECT_EQ(**read.seals[0].zone, "P1.sleeve");
    EXPECT_EQ(read.seals[0].sealed_by, "agent 2");
    EXPECT_EQ(read.seals[0].condition.en, "bag closed");
    EXPECT_EQ(read.seals[0].opened_on, "2026-11-16");
    EXPECT_EQ(read.seals[0].resealed_as, "3 bis");
    EXPECT_FALSE(read.seals[1].zone);
}

TEST(ParseCase, ReadsCircumstances) {
    Case const read = parse(R"([[circumstance]]
kind = "film"
shows = { fr = "un tir vers P2", en = "a shot towards P2" }
source = { document = "PV 4", page = 2, author = "agent 5" }
[[circumstance]]
kind = "statement"
shows = "a handshake"
source = { document = "PV 6" }
)");
    ASSERT_EQ(read.circumstances.size(), 2U);
    EXPECT_EQ(*read.circumstances[0].kind, CircumstanceKind::film);
    EXPECT_EQ(read.circumstances[0].shows.fr, "un tir vers P2");
    EXPECT_EQ(read.circumstances[0].source.page, 2);
    EXPECT_EQ(*read.circumstances[1].kind, CircumstanceKind::statement);
    EXPECT_EQ(read.circumstances[1].shows.en, "a handshake");
    EXPECT_THAT(
        message_of(
            "[[circumstance]]\nkind = \"dream\"\nshows = \"x\"\nsource = { document = \"y\" }\n"),
        HasSubstr("circumstance[1].kind"));
    EXPECT_THAT(message_of("[[circumstance]]\nkind = \"film\"\nshows = \"x\"\n"),
                HasSubstr("source"));
}

TEST(ParseCase, RefusesSealsThatContradictThemselves) {
    std::string const seal = "[[seal]]\nnumber = \"3\"\nholds = \"x\"\n";
    EXPECT_THAT(message_of(seal + "sealed_on = 2026-11-14\nopened_on = 2026-11-13\n"),
                HasSubstr("seal[1].opened_on: expected a day that is not before sealed_on"));
    EXPECT_THAT(message_of(seal + "opened_on = 2026-11-14\nresealed_on = 2026-11-13\n"),
                HasSubstr("seal[1].resealed_on"));
    EXPECT_THAT(message_of(seal + "resealed_as = \"3 bis\"\n"), HasSubstr("state opened_on"));
    EXPECT_THAT(message_of(seal + seal), HasSubstr("seal[2].number: expected each number"));
    EXPECT_THAT(message_of(seal + "opened_on = 2026-11-14\nresealed_as = \"4\"\n" +
                           "[[seal]]\nnumber = \"4\"\nholds = \"y\"\n"),
                HasSubstr("seal[2].number"));
    EXPECT_THAT(message_of("[[seal]]\nnumber = \"3\"\n"), HasSubstr("holds"));
}

TEST(ParseCase, ReadsThePlanAndWhatWasAssigned) {
    Case const read = parse(R"([[planned]]
zone = "P1.hand"
at = { time = "18:00", uncertainty_min = 30 }
[[planned]]
zone = "P1.sleeve"
examined_by = "instrument"
[[assigned]]
proposition = "Hd"
zones = ["P1.hand"]
probability = 0.02
low = 0.005
high = 0.05
reasons = { fr = "essais", en = "trials" }
author = "D1"
date = 2026-11-20
[[event]]
id = "wash"
kind = "wash"
on = "P1.hand"
at = { time = "13:00", uncertainty_min = 30 }
probability = 0.5
reasons = "not known"
author = "D2"
)");
    ASSERT_EQ(read.planned.size(), 2U);
    EXPECT_EQ(*read.planned[0].zone, "P1.hand");
    EXPECT_EQ((*read.planned[0].at)->minutes, 18 * 60);
    EXPECT_EQ(read.planned[0].examined_by, ExaminedBy::visual);
    EXPECT_EQ(read.planned[1].examined_by, ExaminedBy::instrument);
    ASSERT_EQ(read.assigned.size(), 1U);
    Assigned const& assigned = read.assigned[0];
    EXPECT_EQ(*assigned.proposition, "Hd");
    ASSERT_EQ(assigned.zones.size(), 1U);
    EXPECT_EQ(*assigned.probability, 0.02);
    EXPECT_EQ(**assigned.low, 0.005);
    EXPECT_EQ(**assigned.high, 0.05);
    EXPECT_EQ(assigned.reasons.text.en, "trials");
    EXPECT_EQ(assigned.reasons.author, "D1");
    EXPECT_EQ(assigned.date, "2026-11-20");
    EXPECT_EQ(read.events[0].reasons.text.fr, "not known");
    EXPECT_EQ(read.events[0].reasons.author, "D2");
}

std::string assigned_with(std::string const& numbers) {
    return "[[assigned]]\nproposition = \"Hd\"\n" + numbers +
           "\nreasons = \"r\"\nauthor = \"D1\"\n";
}

TEST(ParseCase, RefusesAnAssignedProbabilityOutsideItsRange) {
    EXPECT_THAT(message_of(assigned_with("probability = 0")),
                HasSubstr("probability: expected a finite number above 0 and at most 1, found 0"));
    EXPECT_THAT(message_of(assigned_with("probability = 1.1")), HasSubstr("found 1.1"));
    EXPECT_THAT(message_of(assigned_with("probability = 0.2\nlow = 0.3")),
                HasSubstr("low: expected at most the probability, 0.2, found 0.3"));
    EXPECT_THAT(message_of(assigned_with("probability = 0.2\nhigh = 0.1")),
                HasSubstr("high: expected at least the probability, 0.2, found 0.1"));
}

TEST(ParseCase, RefusesAnAssignedProbabilityWithoutReasonsOrAuthor) {
    std::string const message =
        message_of("[[assigned]]\nproposition = \"Hd\"\nprobability = 0.1\n");
    EXPECT_THAT(message, HasSubstr("assigned[1].reasons: the key is missing"));
    EXPECT_THAT(message, HasSubstr("assigned[1].author: the key is missing"));
}

TEST(ParseCase, RefusesAZonePlannedTwiceAndTwoProbabilitiesForOneProposition) {
    EXPECT_THAT(message_of("[[planned]]\nzone = \"A\"\n[[planned]]\nzone = \"A\"\n"),
                HasSubstr("planned[2].zone: expected each zone once, found \"A\" again"));
    std::string const one = assigned_with("probability = 0.1");
    EXPECT_THAT(message_of(one + one), HasSubstr("expected each proposition once"));
}

std::string const colours = "[colour]\nunknown_weight = 2\n[[colour_class]]\nname = \"marker\"\n"
                            "[[colour_class]]\nname = \"dye\"\nweight = 0.5\n"
                            "library = \"dyes.csv\"\nsource = \"measured here\"\n";

TEST(ParseCase, ReadsWhatColoursAreSetAgainst) {
    Case const read = parse_case(
        least + colours +
            "[[capture]]\nid = \"r\"\nfile = \"f\"\nrole = \"reference\"\nsubstrate = \"skin\"\n"
            "[[reference]]\nclass = \"marker\"\ncapture = \"r\"\nsample = \"s1\"\n"
            "region = { x = 10, y = 20, width = 30.5, height = 40 }\n"
            "[[reference]]\nclass = \"dye\"\ncapture = \"r\"\nsample = \"s2\"\n",
        "case.toml");
    EXPECT_EQ(read.unknown_weight->value, 2.0);
    ASSERT_EQ(read.colour_classes.size(), 2U);
    EXPECT_EQ(*read.colour_classes[0].id, "marker");
    EXPECT_FALSE(read.colour_classes[0].weight);
    EXPECT_EQ(read.colour_classes[1].weight->value, 0.5);
    EXPECT_EQ(read.colour_classes[1].library->value, "dyes.csv");
    EXPECT_EQ(read.colour_classes[1].source.en, "measured here");
    EXPECT_EQ(read.captures[0].substrate, "skin");
    ASSERT_EQ(read.references.size(), 2U);
    EXPECT_EQ(*read.references[0].of_class, "marker");
    EXPECT_EQ(*read.references[0].capture, "r");
    EXPECT_EQ(read.references[0].sample, "s1");
    ASSERT_TRUE(read.references[0].region);
    EXPECT_EQ(read.references[0].region->x, 10.0);
    EXPECT_EQ(read.references[0].region->y, 20.0);
    EXPECT_EQ(read.references[0].region->width, 30.5);
    EXPECT_EQ(read.references[0].region->height, 40.0);
    EXPECT_FALSE(read.references[1].region);
}

TEST(ParseCase, RefusesColourClassesThatCannotBeWeighed) {
    EXPECT_THAT(message_of("[[colour_class]]\nname = \"marker\"\n"),
                HasSubstr("the table [colour] is missing"));
    std::string const weight = "[colour]\nunknown_weight = 1\n[[colour_class]]\n";
    EXPECT_THAT(message_of(weight + "name = \"marker\"\nweight = 1\n"),
                HasSubstr("the marker has no weight"));
    EXPECT_THAT(message_of(weight + "name = \"dye\"\n"),
                HasSubstr("the key is missing: how often"));
    EXPECT_THAT(message_of(weight + "name = \"dye\"\nweight = 0\n"), HasSubstr("weight: expected"));
    EXPECT_THAT(message_of(weight + "name = \"unknown\"\nweight = 1\n"),
                HasSubstr("expected a name other than unknown"));
    EXPECT_THAT(message_of(weight + "name = \"dye\"\nweight = 1\nlibrary = \"a.csv\"\n"),
                HasSubstr("where the spots of this library come from"));
    EXPECT_THAT(message_of(colours + "[[colour_class]]\nname = \"dye\"\nweight = 1\n"),
                HasSubstr("expected each class once"));
    EXPECT_THAT(message_of("[colour]\nunknown_weight = 0\n"),
                HasSubstr("unknown_weight: expected"));
}

TEST(ParseCase, KeepsThePlaceOfEachValue) {
    Case const read = parse_case(sample, "dir/case.toml");
    EXPECT_EQ(read.captures[0].place, (Place{"dir/case.toml", 14, "capture[1]"}));
    EXPECT_EQ(read.captures[0].role.place, (Place{"dir/case.toml", 17, "capture[1].role"}));
    EXPECT_EQ(read.deliveries[0].at.place, (Place{"dir/case.toml", 28, "delivery[1].at.time"}));
    EXPECT_EQ(read.deliveries[0].zones[0].first.place,
              (Place{"dir/case.toml", 29, "delivery[1].zones.\"P1.right_hand\""}));
    EXPECT_EQ(read.events[0].carriers[1].place,
              (Place{"dir/case.toml", 33, "event[1].between[2]"}));
    EXPECT_EQ(read.comparisons[0].h2.place, (Place{"dir/case.toml", 47, "comparison[1].h2"}));
}

TEST(ParseCase, ReadsWindowsLineEnds) {
    std::string windows;
    for (char const c : sample) {
        windows += c == '\n' ? "\r\n" : std::string(1, c);
    }
    Case const read = parse_case(windows, "case.toml");
    EXPECT_EQ(read.captures[0].role.place.line, 17);
    EXPECT_EQ(*read.propositions[0].id, "Hp");
}

TEST(ParseCase, KeepsFrenchLettersAndAByteOrderMark) {
    Case const read =
        parse_case("\xef\xbb\xbf" + least +
                       "[[carrier]]\nid = \"P1.paume_\u00e9t\u00e9\"\n"
                       "surface = \"skin\"\nlabel = \"la paume, \u00ab \u0153uvre \u00bb\"\n",
                   "case.toml");
    EXPECT_EQ(*read.carriers[0].id, "P1.paume_\u00e9t\u00e9");
    EXPECT_EQ(read.carriers[0].label.fr, "la paume, \u00ab \u0153uvre \u00bb");
    EXPECT_EQ(read.carriers[0].label.en, read.carriers[0].label.fr);
}

TEST(ParseCase, CountsMinutesFromTheCasesDay) {
    std::string text = sample;
    text.replace(text.find("stage"), 0, "day = 2026-11-20\n");
    text.replace(text.find("\"12:50\""), 7, "\"2026-11-21 00:10\"");
    Case const read = parse_case(text, "case.toml");
    EXPECT_EQ(read.deliveries[0].at->minutes, 760.0);
    EXPECT_EQ(read.events[0].at->minutes, 1440.0 + 10.0);
}

TEST(ParseCase, ReadsTimesOfTomlLikeTimesInQuotes) {
    std::string text = sample;
    text.replace(text.find("\"12:40\""), 7, "12:40:30");
    EXPECT_EQ(parse_case(text, "case.toml").deliveries[0].at->minutes, 760.5);
}

TEST(ParseCase, ReadsATitleForBothLanguagesOrForEach) {
    std::string text = sample;
    auto const at = text.find("[case]\n") + 7;
    EXPECT_EQ(parse_case(text, "case.toml").head.title.fr, "");
    Case const same = parse_case(std::string{text}.insert(at, "title = \"Dupont\"\n"), "case.toml");
    EXPECT_EQ(same.head.title.fr, "Dupont");
    EXPECT_EQ(same.head.title.en, "Dupont");
    Case const each = parse_case(
        std::string{text}.insert(at, "title = { fr = \"Essai\", en = \"Trial\" }\n"), "case.toml");
    EXPECT_EQ(each.head.title.fr, "Essai");
    EXPECT_EQ(each.head.title.en, "Trial");
}

TEST(ParseCase, ReadsTheOriginOfAReplacedParameterInEachLanguage) {
    Case const read = parse("[[parameter]]\nname = \"kappa\"\nvalue = 2\nconditions = { fr = "
                            "\"lot L, peau\", en = \"lot L, skin\" }\nsource = \"PV 3\"\n"
                            "grade = \"measured_on_product\"\n");
    ASSERT_EQ(read.parameters.size(), 1U);
    EXPECT_EQ(read.parameters[0].conditions.fr, "lot L, peau");
    EXPECT_EQ(read.parameters[0].conditions.en, "lot L, skin");
    EXPECT_EQ(read.parameters[0].source.fr, "PV 3");
    EXPECT_EQ(read.parameters[0].source.en, "PV 3");
}

TEST(ParseCase, ReadsAllThatADocumentMaySayOfAZone) {
    Case const read = parse(R"([[carrier]]
id = "Z"
surface = "skin"
[[observation]]
zone = "Z"
kind = "detected"
at = { time = "17:20", uncertainty_min = 10 }
colour = "jaune-vert"
size_mm = 15
lamp = "lampe torche"
lamp_nm = 365
filter = "lunettes jaunes"
distance_cm = 30
room = "dimmed"
source = { document = "PV 12", page = 3, words = "réagit", author = "agent 5", date = 2026-11-14 }
)");
    ASSERT_EQ(read.observations.size(), 1U);
    Observation const& seen = read.observations.front();
    EXPECT_EQ(seen.colour, "jaune-vert");
    EXPECT_EQ(seen.size_mm, 15.0);
    EXPECT_EQ(seen.lamp, "lampe torche");
    EXPECT_EQ(seen.lamp_nm, 365.0);
    EXPECT_EQ(seen.filter, "lunettes jaunes");
    EXPECT_EQ(seen.distance_cm, 30.0);
    EXPECT_EQ(seen.room, Room::dimmed);
    EXPECT_EQ(seen.source.author, "agent 5");
    EXPECT_EQ(seen.source.date, "2026-11-14");
}

TEST(ParseCase, TakesTheOnlySearchForThePopulation) {
    Case const read = parse("[[observation]]\nkind = \"search\"\nchecked = 500\nglowing = 7\n"
                            "source = { document = \"PV 1\" }\n");
    EXPECT_TRUE(read.observations.empty());
    ASSERT_EQ(read.searches.size(), 1U);
    EXPECT_EQ(*read.searches.front().id, "observation-1");
    EXPECT_EQ(read.searches.front().source.document, "PV 1");
    ASSERT_TRUE(read.population);
    EXPECT_EQ(read.population->checked, 500);
    EXPECT_EQ(read.population->glowing, 7);
}

TEST(ParseCase, LetsThePopulationSayWhichSearchCounts) {
    std::string const search = "[[observation]]\nkind = \"search\"\nchecked = 500\nglowing = 7\n"
                               "source = { document = \"PV 1\" }\n";
    Case const read = parse("[population]\nchecked = 40\nglowing = 2\n" + search + search);
    EXPECT_EQ(read.searches.size(), 2U);
    EXPECT_EQ(read.population->checked, 40);
}

TEST(ParseCase, ReadsAReplacedParameter) {
    Case const read =
        parse("[[parameter]]\nname = \"dry.tau_min\"\ndistribution = { kind = "
              "\"lognormal\", median = 5, gsd = 1.5 }\nconditions = \"lot L\"\n"
              "source = \"laboratory\"\ngrade = \"measured_on_product\"\n"
              "[[parameter]]\nname = \"kappa\"\nvalue = 2\nconditions = \"c\"\nsource = "
              "\"s\"\ngrade = \"expert_judgement\"\n");
    ASSERT_EQ(read.parameters.size(), 2U);
    EXPECT_EQ(read.parameters[0].distribution, "lognormal");
    ASSERT_EQ(read.parameters[0].numbers.size(), 2U);
    EXPECT_EQ(read.parameters[0].numbers[0].first, "gsd");
    EXPECT_EQ(*read.parameters[0].numbers[0].second, 1.5);
    EXPECT_EQ(read.parameters[0].grade, Grade::measured_on_product);
    EXPECT_EQ(read.parameters[1].distribution, "fixed");
    EXPECT_EQ(*read.parameters[1].numbers[0].second, 2.0);
}

struct Refusal {
    char const* name;
    std::string more; ///< follows the seven lines of `least`
    ErrorKind kind;
    std::string message; ///< how it begins
};

class ParseCaseRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseCaseRefuses, WithPlaceAndExpectation) {
    auto const error = error_of(GetParam().more);
    ASSERT_TRUE(error.has_value());
    EXPECT_THAT(std::string{error->what()}, StartsWith(GetParam().message));
    EXPECT_EQ(error->kind(), GetParam().kind);
}

std::string const carrier = "[[carrier]]\nid = \"Z\"\nsurface = \"skin\"\n"; // lines 8 to 10
std::string const seen =
    carrier + "[[observation]]\nzone = \"Z\"\nsource = { document = \"PV\" }\n";

std::string const search = "[[observation]]\nkind = \"search\"\nchecked = 500\nglowing = 7\nsource "
                           "= { document = \"PV\" }\n";

INSTANTIATE_TEST_SUITE_P(
    Each,
    ParseCaseRefuses,
    testing::Values(
        Refusal{"UnknownKey",
                "autor = \"x\"\n",
                ErrorKind::format,
                "case.toml line 8, key report.autor: unknown key; report may hold date, role, "},
        Refusal{"UnknownTable",
                "[[evnt]]\nid = \"x\"\n",
                ErrorKind::format,
                "case.toml line 8, key evnt: unknown key; the file may hold schema, "},
        Refusal{"MissingKey",
                "[population]\nchecked = 5\n",
                ErrorKind::format,
                "case.toml line 8, key population.glowing: the key is missing"},
        Refusal{
            "WrongWord",
            "[[capture]]\nid = \"a\"\nfile = \"f\"\nrole = \"blnk\"\n",
            ErrorKind::format,
            "case.toml line 11, key capture[1].role: expected one of evidence, blank, reference, "
            "ambient, visible, dark, flat, scale, joined, found \"blnk\"; did you mean \"blank\"?"},
        Refusal{"NumberForText",
                "author = 3\n",
                ErrorKind::format,
                "case.toml line 8, key report.author: expected a text in quotes, found 3"},
        Refusal{"ControlCharacterInAText",
                "author = \"a\\u0000b\"\n",
                ErrorKind::format,
                "case.toml line 8, key report.author: expected a text of at most 65536 bytes"},
        Refusal{"TextWithoutEnd",
                "author = \"" + std::string(65537, 'a') + "\"\n",
                ErrorKind::format,
                "case.toml line 8, key report.author: expected a text of at most 65536 bytes"},
        Refusal{"ScaleOfNoPicture",
                "[[capture]]\nid = \"a\"\nfile = \"f\"\nrole = \"blank\"\n"
                "mm_per_photosite = 1e300\n",
                ErrorKind::domain,
                "case.toml line 12, key capture[1].mm_per_photosite: expected a finite number "
                "above 0 and at most 1000, found "},
        Refusal{"TextForNumber",
                "[population]\nchecked = \"5\"\nglowing = 1\n",
                ErrorKind::format,
                "case.toml line 9, key population.checked: expected a whole number from 1 to "
                "1000000000, "
                "found \"5\""},
        Refusal{"FractionForWholeNumber",
                "[population]\nchecked = 5.5\nglowing = 1\n",
                ErrorKind::format,
                "case.toml line 9, key population.checked: expected a whole number"},
        Refusal{"TextForFlag",
                "results_known_before = \"no\"\n",
                ErrorKind::format,
                "case.toml line 8, key report.results_known_before: expected true or false"},
        Refusal{
            "DateInQuotes",
            "propositions_chosen_on = \"2026-11-21\"\n",
            ErrorKind::format,
            "case.toml line 8, key report.propositions_chosen_on: expected a date without quotes"},
        Refusal{"EmptyName",
                "[[carrier]]\nid = \"\"\nsurface = \"skin\"\n",
                ErrorKind::format,
                "case.toml line 9, key carrier[1].id: expected a text in quotes, not empty"},
        Refusal{"OneBracket",
                "[carrier]\nid = \"Z\"\nsurface = \"skin\"\n",
                ErrorKind::format,
                "case.toml line 8, key carrier: expected [[carrier]] with two brackets"},
        Refusal{"TwoBrackets",
                "[[population]]\nchecked = 5\nglowing = 1\n",
                ErrorKind::format,
                "case.toml line 8, key population: expected one table [population]"},
        Refusal{
            "SecondId",
            carrier + carrier,
            ErrorKind::format,
            "case.toml line 12, key carrier[2].id: expected an id of its own, found \"Z\" again; "
            "the first is carrier[1].id on line 9"},
        Refusal{
            "WrongTime",
            carrier + "[[event]]\nid = \"e\"\nkind = \"wash\"\non = \"Z\"\nat = { time = "
                      "\"25:00\", uncertainty_min = 1 }\n",
            ErrorKind::format,
            "case.toml line 15, key event[1].at.time: expected a local time, such as \"12:40\""},
        Refusal{"ImpossibleDay",
                carrier + "[[event]]\nid = \"e\"\nkind = \"wash\"\non = \"Z\"\nat = { time = "
                          "\"2026-02-30 12:00\", uncertainty_min = 1 }\n",
                ErrorKind::format,
                "case.toml line 15, key event[1].at.time: expected a local time"},
        Refusal{"TimeZone",
                carrier + "[[event]]\nid = \"e\"\nkind = \"wash\"\non = \"Z\"\nat = { time = "
                          "2026-02-03T12:00:00Z, uncertainty_min = 1 }\n",
                ErrorKind::format,
                "case.toml line 15, key event[1].at.time: expected a local time"},
        Refusal{"ADateWithoutTheCasesDay",
                carrier + "[[event]]\nid = \"e\"\nkind = \"wash\"\non = \"Z\"\nat = { time = "
                          "\"2026-02-03 12:00\", uncertainty_min = 1 }\n",
                ErrorKind::format,
                "case.toml line 15, key event[1].at: a time with a date needs"},
        Refusal{"ContactOfOne",
                carrier + "[[event]]\nid = \"e\"\nkind = \"contact\"\non = \"Z\"\nat = { time = "
                          "\"12:00\", uncertainty_min = 1 }\n",
                ErrorKind::format,
                "case.toml line 11, key event[1].between: the key is missing: a contact needs"},
        Refusal{"ContactWithItself",
                carrier +
                    "[[event]]\nid = \"e\"\nkind = \"contact\"\nbetween = [\"Z\", \"Z\"]\nat = { "
                    "time = \"12:00\", uncertainty_min = 1 }\n",
                ErrorKind::format,
                "case.toml line 14, key event[1].between[2]: expected each name once"},
        Refusal{"ContactOfThree",
                carrier + "[[event]]\nid = \"e\"\nkind = \"contact\"\nbetween = [\"Z\", \"Y\", "
                          "\"X\"]\nat = { time = \"12:00\", uncertainty_min = 1 }\n",
                ErrorKind::format,
                "case.toml line 14, key event[1].between: expected a list of 2 names"},
        Refusal{"EvidenceWithoutZone",
                "[[capture]]\nid = \"a\"\nfile = \"f\"\nrole = \"evidence\"\n",
                ErrorKind::format,
                "case.toml line 8, key capture[1].zone: the key is missing"},
        Refusal{"ShortHash",
                "[[capture]]\nid = \"a\"\nfile = \"f\"\nrole = \"blank\"\nsha256 = \"ABC\"\n",
                ErrorKind::format,
                "case.toml line 12, key capture[1].sha256: expected 64 hexadecimal"},
        Refusal{"CountWithoutValue",
                seen + "kind = \"count\"\n",
                ErrorKind::format,
                "case.toml line 11, key observation[1].value: the key is missing"},
        Refusal{"DetectedWithValue",
                seen + "kind = \"detected\"\nvalue = 3\n",
                ErrorKind::format,
                "case.toml line 15, key observation[1].value: expected only with kind"},
        Refusal{"AmountWithoutSigma",
                seen + "kind = \"amount\"\nvalue = 3\n",
                ErrorKind::format,
                "case.toml line 11, key observation[1].sigma: the key is missing"},
        Refusal{"HalfAParticle",
                seen + "kind = \"count\"\nvalue = 2.5\n",
                ErrorKind::domain,
                "case.toml line 15, key observation[1].value: expected a whole number"},
        Refusal{"ObservationWithoutZone",
                carrier + "[[observation]]\nkind = \"detected\"\nsource = { document = \"PV\" }\n",
                ErrorKind::format,
                "case.toml line 11, key observation[1].zone: the key is missing"},
        Refusal{"SearchWithoutNumbers",
                "[[observation]]\nkind = \"search\"\nchecked = 5\nsource = { document = \"PV\" }\n",
                ErrorKind::format,
                "case.toml line 8, key observation[1].glowing: the key is missing"},
        Refusal{"SearchOfAZone",
                seen + "kind = \"search\"\nchecked = 5\nglowing = 1\n",
                ErrorKind::format,
                "case.toml line 12, key observation[1].zone: expected only where one zone"},
        Refusal{"DetectedWithNumbersOfPeople",
                seen + "kind = \"detected\"\nglowing = 1\n",
                ErrorKind::format,
                "case.toml line 15, key observation[1].glowing: expected only with kind"},
        Refusal{"SearchWithMoreGlowingThanChecked",
                "[[observation]]\nkind = \"search\"\nchecked = 5\nglowing = 6\nsource = { document "
                "= \"PV\" "
                "}\n",
                ErrorKind::domain,
                "case.toml line 11, key observation[1].glowing: expected at most the 5"},
        Refusal{"TwoSearchesWithoutPopulation",
                search + search,
                ErrorKind::format,
                "case.toml line 14, key observation[2].kind: a second search"},
        Refusal{"OtherDeliveryWithoutLoad",
                carrier + "[[delivery]]\nid = \"d\"\nkind = \"other\"\nat = { time = \"12:00\", "
                          "uncertainty_min = 1 }\nzones = { Z = 1 }\n",
                ErrorKind::format,
                "case.toml line 11, key delivery[1].amount_dl: the key is missing"},
        Refusal{"SharesAboveOne",
                carrier + "[[delivery]]\nid = \"d\"\nkind = \"spray\"\nat = { time = \"12:00\", "
                          "uncertainty_min = 1 }\nzones = { Z = 0.7, Y = 0.4 }\n",
                ErrorKind::domain,
                "case.toml line 15, key delivery[1].zones: expected shares that sum to at most 1, "
                "found a sum of 1.1"},
        Refusal{
            "ProbabilityAboveOne",
            carrier + "[[lookalike]]\nid = \"l\"\nprevalence = 1.5\n",
            ErrorKind::domain,
            "case.toml line 13, key lookalike[1].prevalence: expected a finite number from 0 to 1, "
            "found 1.5"},
        Refusal{"NotANumber",
                carrier + "[[lookalike]]\nid = \"l\"\nprevalence = nan\n",
                ErrorKind::domain,
                "case.toml line 13, key lookalike[1].prevalence: expected a finite number"},
        Refusal{
            "MoreGlowingThanChecked",
            "[population]\nchecked = 5\nglowing = 6\n",
            ErrorKind::domain,
            "case.toml line 10, key population.glowing: expected at most the 5 who were checked, "
            "found 6"},
        Refusal{"ParameterWithoutValue",
                "[[parameter]]\nname = \"n\"\nconditions = \"c\"\nsource = \"s\"\ngrade = "
                "\"expert_judgement\"\n",
                ErrorKind::format,
                "case.toml line 8, key parameter[1].value: expected either value or"},
        Refusal{
            "ParameterWithAnEmptySource",
            "[[parameter]]\nname = \"n\"\nvalue = 1\nconditions = \"c\"\nsource = \"\"\ngrade = "
            "\"expert_judgement\"\n",
            ErrorKind::format,
            "case.toml line 12, key parameter[1].source: expected a text in quotes, not empty"},
        Refusal{
            "ParameterWithAnEmptySourceInOneLanguage",
            "[[parameter]]\nname = \"n\"\nvalue = 1\nconditions = \"c\"\nsource = { fr = \"\", en "
            "= "
            "\"s\" }\ngrade = \"expert_judgement\"\n",
            ErrorKind::format,
            "case.toml line 12, key parameter[1].source.fr: expected a text in quotes, not empty"},
        Refusal{"DistributionWithoutItsNumber",
                "[[parameter]]\nname = \"n\"\nconditions = \"c\"\nsource = \"s\"\ngrade = "
                "\"expert_judgement\"\ndistribution = { kind = \"beta\", a = 1 }\n",
                ErrorKind::format,
                "case.toml line 13, key parameter[1].distribution: the key b is missing"},
        Refusal{"DistributionWithAForeignNumber",
                "[[parameter]]\nname = \"n\"\nconditions = \"c\"\nsource = \"s\"\ngrade = "
                "\"expert_judgement\"\ndistribution = { kind = \"beta\", a = 1, b = 2, gsd = 3 }\n",
                ErrorKind::format,
                "case.toml line 13, key parameter[1].distribution.gsd: unknown key"}),
    [](auto const& refusal) { return std::string{refusal.param.name}; });

TEST(ParseCase, RefusesAnotherSchemaBeforeAllElse) {
    auto const error = error_of("new_key = 1\n", "schema = 2\n");
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->kind(), ErrorKind::unsupported);
    EXPECT_STREQ(error->what(),
                 "case.toml line 1, key schema: expected 1, found 2; a newer program "
                 "may read this file");
}

TEST(ParseCase, ReportsAllMistakesInTheOrderOfTheFile) {
    std::string const message =
        message_of("autor = \"x\"\ncapacity = 1\n[population]\nchecked = 0\n");
    EXPECT_THAT(message, HasSubstr("line 8, key report.autor"));
    EXPECT_THAT(message, HasSubstr("\ncase.toml line 9, key report.capacity"));
    EXPECT_THAT(message, HasSubstr("\ncase.toml line 10, key population.glowing"));
    EXPECT_THAT(message, HasSubstr("\ncase.toml line 11, key population.checked"));
}

TEST(ParseCase, StopsAtTwentyMistakes) {
    std::string text;
    for (int i = 0; i < 25; ++i) {
        text += "key" + std::to_string(i) + " = 1\n";
    }
    EXPECT_THAT(message_of(text), HasSubstr("\nand 5 more"));
}

TEST(ParseCase, SuggestsTheKeyThatWasMeant) {
    EXPECT_THAT(message_of("autor = \"x\"\n"), HasSubstr("; did you mean \"author\"?"));
    EXPECT_THAT(message_of("zzz = 1\n"), testing::Not(HasSubstr("did you mean")));
}

TEST(ParseCase, RefusesWhatIsNoToml) {
    auto const error = error_of("author = \n");
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->kind(), ErrorKind::format);
    EXPECT_THAT(std::string{error->what()}, StartsWith("case.toml line 8: this is not TOML: "));
}

TEST(ParseCase, RefusesAKeyGivenTwice) {
    EXPECT_THAT(message_of("author = \"a\"\nauthor = \"b\"\n"),
                StartsWith("case.toml line 9: this is not"));
}

TEST(ParseCase, RefusesBytesThatAreNoText) {
    EXPECT_THAT(message_of(std::string{"author = \"a\0b\"\n", 15}),
                StartsWith("case.toml line 8: a NUL byte"));
    // A Latin-1 letter, a cut character, an overlong slash, a surrogate, beyond U+10FFFF.
    for (std::string const bytes :
         {"\xe9", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
        EXPECT_THAT(message_of("author = \"" + bytes + "\"\n"),
                    StartsWith("case.toml line 8: bytes that are not UTF-8"));
    }
}

// What a lawyer might name in place of the case: each is told for what it is.
TEST(ParseCase, TellsWhatOtherFilesAre) {
    for (auto const& [start, what] : std::vector<std::pair<std::string, std::string>>{
             {"%PDF-1.7\n", "a PDF"},
             {"PK\x03\x04 mimetype", "word processor"},
             {"{\\rtf1", "RTF"},
             {"\x89HDF\r\n", "HDF5"},
             {"CONTREMARQUE CASE 1\n", "report and verify"},
             {"CONTREMARQUE LOCKED 1\n", "contremarque unlock"}}) {
        auto const error = error_of("", start);
        ASSERT_TRUE(error.has_value()) << start;
        EXPECT_EQ(error->kind(), ErrorKind::format);
        EXPECT_THAT(error->what(),
                    testing::AllOf(StartsWith("case.toml: no TOML text, but "), HasSubstr(what)));
    }
}

TEST(ParseCase, RefusesAFileOfAnotherSize) {
    auto const error = error_of("#" + std::string(case_size_limit, ' '));
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->kind(), ErrorKind::limits);
}

// Each of these would otherwise end the stack, or fill the memory, inside a TOML parser.
TEST(ParseCase, RefusesDeepNesting) {
    constexpr std::size_t deep = 200000;
    std::string dotted = "a";
    for (std::size_t i = 0; i < deep; ++i) {
        dotted += ".a";
    }
    for (std::string const& text : {"a = " + std::string(deep, '['),
                                    "[" + dotted + "]\n",
                                    dotted + " = 1\n",
                                    "x = { " + dotted + " = 1 }\n"}) {
        auto const error = error_of(text);
        ASSERT_TRUE(error.has_value());
        EXPECT_THAT(std::string{error->what()}, HasSubstr("nested more than"))
            << text.substr(0, 20);
    }
}

TEST(ParseCase, DoesNotTakeTextForNesting) {
    std::string const dots(100, '.');
    Case const read =
        parse("author = \"" + dots + "[[[[[[[[[[[[[[[[\\\"" + dots + "\" # " + dots +
              "\ncapacity = '" + dots + "'\nreviewer = \"\"\"" + dots + "\n\"" + dots + "\"\"\"\n");
    EXPECT_EQ(read.report.capacity, dots);
}

TEST(ParseCase, RefusesTenThousandOneTables) {
    std::string text;
    for (int i = 0; i < 10001; ++i) {
        text += "[[comparison]]\n";
    }
    auto const error = error_of(text);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->kind(), ErrorKind::limits);
}

TEST(ParseCase, CleansWhatItQuotes) {
    std::string const message =
        message_of("[[carrier]]\nid = \"a\\u001b[31m\"\nsurface = \"skin\"\n");
    EXPECT_THAT(message, HasSubstr("found \"a?[31m\""));
}

// Every cut and every changed byte of the sample gives a case or an Error, nothing else.
TEST(ParseCase, SurvivesCutsAndChangedBytes) {
    std::size_t refused = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        for (char const byte : {'\0', '"', '[', '{', '.', '=', '\n', '9', '\xff'}) {
            std::string text = sample;
            text[i] = byte;
            try {
                static_cast<void>(parse_case(text, "case.toml"));
            } catch (cmq::Error const& error) {
                EXPECT_NE(error.kind(), ErrorKind::internal);
                ++refused;
            }
        }
        try {
            static_cast<void>(parse_case(sample.substr(0, i), "case.toml"));
        } catch (cmq::Error const&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, sample.size()); // at least each NUL and most of the rest
}

} // namespace
