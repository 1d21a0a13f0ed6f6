// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/working_note.hpp"

#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cmq::report {
namespace {

using testing::HasSubstr;
using testing::Not;

casefile::RequestTexts const& texts() {
    static casefile::RequestTexts const read = casefile::read_request_texts();
    return read;
}

RequestEffect effect(EffectKind kind,
                     std::string request,
                     std::string subject,
                     std::optional<double> first,
                     std::optional<double> second) {
    return {.kind = kind,
            .request = std::move(request),
            .subject = std::move(subject),
            .first_value = 0.001,
            .second_value = 0.3,
            .log10_first = first,
            .log10_second = second};
}

/// Hp against Hd (log10 LR 1.5) and against Hn (2.6) stand in the note; Hp against Hx was tried: 0.5.
WorkingInput make_working() {
    WorkingInput input;
    input.note = fixture::make_input();
    input.compared = 2;
    casefile::Comparison tried = input.note.file.comparisons[0];
    tried.h2.value = "Hx";
    input.note.file.comparisons.push_back(tried);
    lab::Evaluation weighed = input.note.evaluations[0];
    weighed.h2 = "Hx";
    weighed.log10_lr = 0.5;
    weighed.printed.value = 3.0;
    input.note.evaluations.push_back(weighed);
    input.counsel.account = "Il dit avoir serré une main.";
    input.counsel.weak_points = {{"Personne ne l’a vu.", ""}, {"Il courait.", "La vidéo."}};
    input.effects = {
        {effect(EffectKind::zone, "zones_examined", "P1.sleeve", 1.6, 0.0),
         effect(EffectKind::gloves, "glove_changes", "gloves", 1.49, 1.52),
         effect(EffectKind::look_alikes, "people_checked", "", 1.9, -0.5)},
        {effect(EffectKind::marker, "laboratory_file", "", std::nullopt, std::nullopt)}};
    return input;
}

std::string text_of(WorkingInput const& input, Language language = Language::french) {
    return fixture::all_text(make_working_note(input, texts(), language));
}

TEST(WorkingNote, TellsWhatCounselKeepsForItself) {
    std::string const text = text_of(make_working());
    EXPECT_THAT(text, HasSubstr("Il dit avoir serré une main."));
    EXPECT_THAT(text, HasSubstr("jamais comparée"));
    EXPECT_THAT(text, HasSubstr("cette note seule"));
    EXPECT_THAT(text, HasSubstr("Personne ne l’a vu. Réponse\u00A0: à trouver."));
    EXPECT_THAT(text, HasSubstr("Il courait. Réponse\u00A0: La vidéo."));
    EXPECT_THAT(
        text_of(WorkingInput{
            .note = fixture::make_small_input(), .counsel = {}, .compared = 1, .effects = {{}}}),
        HasSubstr("Aucun récit"));
}

TEST(WorkingNote, IsMarkedAsSecretOnEveryPage) {
    for (Language const language : {Language::french, Language::english}) {
        Document const note = make_working_note(make_working(), texts(), language);
        ASSERT_FALSE(note.banners.empty());
        EXPECT_THAT(note.banners.front(),
                    HasSubstr(language == Language::french ? "secret professionnel"
                                                           : "professional secrecy"));
    }
}

TEST(WorkingNote, PutsTheRequestThatMovesMostFirst) {
    std::string const text = text_of(make_working());
    // |-0.5 - 1.5| = 2 before |0 - 1.5|.
    auto const people = text.find("Nombre de personnes contrôlées");
    auto const zone = text.find("Zones examinées");
    ASSERT_NE(people, std::string::npos);
    ASSERT_NE(zone, std::string::npos);
    EXPECT_LT(people, zone);
    EXPECT_THAT(text, HasSubstr("0,10\u202F% des zones examinées"));
    EXPECT_THAT(text, HasSubstr("1/3")); // 10^-0.5
}

TEST(WorkingNote, SetsSmallEffectsApart) {
    std::string const text = text_of(make_working(), Language::english);
    auto const small = text.find("number given as it is");
    ASSERT_NE(small, std::string::npos);
    EXPECT_NE(text.find("gloves", small), std::string::npos);
    WorkingInput large = make_working();
    large.effects[0][1].log10_second = 2.0;
    EXPECT_THAT(text_of(large, Language::english), Not(HasSubstr("number given as it is")));
}

// More than 100 stays more than 100: nobody reads a difference.
TEST(WorkingNote, SetsEffectsBeyondTheCapApart) {
    WorkingInput input = make_working();
    input.effects[1] = {effect(EffectKind::delivery_times, "use_of_the_marker", "", 2.2, 4.0)};
    std::string const text = text_of(input, Language::english);
    auto const small = text.rfind("number given as it is");
    ASSERT_NE(small, std::string::npos);
    EXPECT_NE(text.find("Use of the marker that day", small), std::string::npos);
    EXPECT_THAT(text, Not(HasSubstr("each delivery is at the first minute")));
}

TEST(WorkingNote, SaysWhereNoNumberCanBeTold) {
    EXPECT_THAT(text_of(make_working()), HasSubstr("ne peut être dit"));
    EXPECT_THAT(text_of(make_working()), HasSubstr("la comparaison perd son objet"));
}

TEST(WorkingNote, ListsOpenRequestsWithoutANumber) {
    WorkingInput input = make_working();
    EXPECT_THAT(text_of(input), HasSubstr("Registre des lots"));
    input.note.file.head.held.push_back({"lot_register", {}});
    EXPECT_THAT(text_of(input), Not(HasSubstr("Registre des lots")));
}

// The other side of the same numbers: what is weak for one is not for the other.
TEST(WorkingNote, FindsWeakPointsFromTheSideOfCounsel) {
    WorkingInput input = make_working();
    std::string const defence = text_of(input, Language::english);
    auto const weak = defence.find("Weak points");
    ASSERT_NE(weak, std::string::npos);
    // 1.5 in favour of Hp is against the defence, and 1.9 among few who glow is worse.
    EXPECT_NE(defence.find("if Hp is true than if Hd is true", weak), std::string::npos);
    EXPECT_NE(defence.find("Number of people checked” may serve the other side (ratio 80", weak),
              std::string::npos);
    input.counsel.side = casefile::Side::prosecution;
    input.counsel.is_side_stated = true;
    std::string const prosecution = text_of(input, Language::english);
    auto const theirs = prosecution.find("Weak points");
    EXPECT_EQ(prosecution.find("if Hp is true than if Hd is true", theirs), std::string::npos);
    EXPECT_NE(
        prosecution.find("Number of people checked” may serve the other side (ratio 1/3", theirs),
        std::string::npos);
}

TEST(WorkingNote, NeverSaysThatTheProofOfTheMarkerChangesNothing) {
    WorkingInput input = make_working();
    input.effects[1] = {effect(EffectKind::marker, "laboratory_file", "", 2.6, std::nullopt)};
    EXPECT_THAT(text_of(input), HasSubstr("la comparaison perd son objet"));
    auto const weak = text_of(input).find("Points faibles");
    EXPECT_EQ(text_of(input).find("perd son objet", weak), std::string::npos);
    input.counsel.side = casefile::Side::prosecution; // whose accounts all rest on the marker
    EXPECT_NE(text_of(input).find("perd son objet", text_of(input).find("Points faibles")),
              std::string::npos);
}

TEST(WorkingNote, SaysWhereNoWeakPointWasLookedFor) {
    WorkingInput input = make_working();
    for (casefile::Proposition& proposition : input.note.file.propositions) {
        proposition.side.value = casefile::Side::neither;
    }
    EXPECT_THAT(text_of(input), HasSubstr("aucun point faible n’y a été cherché"));
}

TEST(WorkingNote, SaysWhereAComparisonHasNoNumber) {
    WorkingInput input = make_working();
    lab::Evaluation& first = input.note.evaluations[0];
    first.log10_lr.reset();
    first.printed.value.reset();
    first.withheld = lab::Withheld::impossible_under_h2;
    std::string const text = text_of(input);
    EXPECT_THAT(text, HasSubstr("aucun nombre n’est donné, si bien que l’effet"));
    EXPECT_NE(text.find("juge les observations impossibles", text.find("Points faibles")),
              std::string::npos);
}

TEST(WorkingNote, WarnsDuringAnInvestigation) {
    WorkingInput input = make_working();
    EXPECT_THAT(text_of(input), Not(HasSubstr("hors du cabinet")));
    input.note.file.head.stage = "instruction";
    EXPECT_THAT(text_of(input), HasSubstr("hors du cabinet"));
}

TEST(WorkingNote, HasTheSameBlocksInBothLanguages) {
    Document const french = make_working_note(make_working(), texts(), Language::french);
    Document const english = make_working_note(make_working(), texts(), Language::english);
    ASSERT_EQ(french.blocks.size(), english.blocks.size());
    for (std::size_t i = 0; i < french.blocks.size(); ++i) {
        EXPECT_EQ(french.blocks[i].index(), english.blocks[i].index()) << i;
    }
}

// From more than 100 to more than 100 would say nothing.
TEST(WorkingNote, SaysOnceThatARangeLiesBeyondTheCap) {
    EXPECT_THAT(text_of(make_working()), Not(HasSubstr("plus de 100 à plus de 100")));
}

TEST(WorkingNote, TellsOfACaseThatComparesNothing) {
    WorkingInput input;
    input.note = fixture::make_input();
    input.note.evaluations.clear();
    input.note.file.comparisons.clear();
    EXPECT_THAT(text_of(input), HasSubstr("il n’y a rien à évaluer"));
}

} // namespace
} // namespace cmq::report
