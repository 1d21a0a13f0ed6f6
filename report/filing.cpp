// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/filing.hpp"

#include "core/error.hpp"
#include "report/missing.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/findings.hpp"
#include "report/phrases/front.hpp"
#include "report/phrases/oral.hpp"
#include "report/phrases/value.hpp"
#include "report/working_parts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace cmq::report {

namespace {

// What one page holds. Lengths in bytes.
constexpr std::size_t most_comparisons = 2;
constexpr std::size_t most_effects = 3;
constexpr std::size_t longest_proposition = 210;
constexpr std::size_t longest_line = 240;

// Of the questions that are data: those that hold for any case.
constexpr std::array<std::string_view, 3> to_witness{
    "witness_lamp", "witness_nothing", "witness_gloves"};
constexpr std::array<std::string_view, 3> to_expert{
    "expert_propositions", "expert_both", "expert_transfer"};

WorkingInput to_working(FilingInput const& input) {
    WorkingInput working;
    working.note = input.note;
    working.compared = input.note.evaluations.size();
    working.effects = input.effects;
    return working;
}

void set_head(Working& working, Phrase const& title, Phrase const& subject) {
    NoteWriter& writer = working.writer();
    set_document(writer);
    writer.document().title = writer.say(title);
    writer.document().subject = writer.say(subject, {{"id", *working.file().head.id}});
    writer.document().subtitle =
        cut_text(text_in(working.file().head.title, writer.language()), longest_proposition);
}

void add_to_say(Working& working) {
    NoteWriter& writer = working.writer();
    writer.heading(1, writer.say(phrases::oral_say), "say");
    writer.add(Paragraph{bold(lead_sentence(writer, most_comparisons)), ParagraphStyle::answer});
    auto const& evaluations = working.input().note.evaluations;
    std::vector<std::string> items;
    for (casefile::Proposition const& each : working.file().propositions) {
        bool const told = std::any_of(
            evaluations.begin(),
            evaluations.begin() +
                static_cast<std::ptrdiff_t>(std::min(evaluations.size(), most_comparisons)),
            [&](lab::Evaluation const& of) { return of.h1 == *each.id || of.h2 == *each.id; });
        if (told) {
            items.push_back(writer.say(
                phrases::oral_proposition,
                {{"id", *each.id},
                 {"text", cut_text(writer.proposition_text(*each.id), longest_proposition)}}));
        }
    }
    if (!evaluations.empty() && evaluations.front().printed.value) {
        items.push_back(range_sentence(writer, evaluations.front()));
    }
    if (!evaluations.empty() && !evaluations.front().tornado.empty()) {
        items.push_back(cut_text(
            writer.say(phrases::oral_depends,
                       {{"parameter",
                         writer.parameter_label(evaluations.front().tornado.front().parameter)}}),
            longest_line));
    }
    std::vector<std::string> const zones = unexamined_zones(working.input().note);
    if (!zones.empty()) {
        items.push_back(cut_text(
            writer.say(phrases::oral_unexamined, {{"zones", writer.zones(zones)}}), longest_line));
    }
    items.push_back(writer.say(phrases::answer_limits));
    writer.list(items);
}

void add_to_ask(Working& working) {
    NoteWriter& writer = working.writer();
    writer.heading(1, writer.say(phrases::oral_ask), "ask");
    std::vector<std::string> items;
    auto const add = [&](std::string_view id, Phrase const& who) {
        auto const found =
            std::ranges::find(working.texts().questions, id, &casefile::RequestQuestion::id);
        if (found != working.texts().questions.end()) {
            items.push_back(
                writer.say(phrases::oral_question,
                           {{"who", writer.say(who)}, {"question", working.say(found->ask)}}));
        }
    };
    for (std::string_view const id : to_witness) {
        add(id, phrases::oral_witness);
    }
    for (std::string_view const id : to_expert) {
        add(id, phrases::oral_expert);
    }
    writer.list(items, true);
}

void add_what_depends(Working& working) {
    NoteWriter& writer = working.writer();
    std::vector<std::string> items;
    auto const& evaluations = working.input().note.evaluations;
    for (std::size_t i = 0; i < std::min(evaluations.size(), most_comparisons); ++i) {
        if (!evaluations[i].log10_lr) {
            continue;
        }
        double const now = *evaluations[i].log10_lr;
        std::size_t told = 0;
        for (RequestEffect const& effect : working.largest_first(i, now)) {
            bool const both = effect.log10_first && effect.log10_second;
            if (!both || effect.kind == EffectKind::marker || told == most_effects) {
                continue;
            }
            ++told;
            items.push_back(cut_text(
                writer.say(phrases::oral_effect,
                           {{"pair", working.pair_text(evaluations[i])},
                            {"request", cut_text(working.effect_name(effect), longest_line / 2)},
                            {"first", working.answer_text(effect, true)},
                            {"first_ratio", working.ratio_text(effect.log10_first)},
                            {"second", working.answer_text(effect, false)},
                            {"second_ratio", working.ratio_text(effect.log10_second)},
                            {"now", working.ratio_text(now)}}),
                2 * longest_line));
        }
    }
    if (items.empty()) { // no number to move: the first things that are missing
        for (Missing const& each : find_missing(working.input().note)) {
            if (items.size() < most_effects) {
                items.push_back(cut_text(missing_text(writer, each), longest_line));
            }
        }
    }
    if (!items.empty()) {
        writer.heading(1, writer.say(phrases::oral_missing), "missing");
        writer.list(items);
    }
}

/// One pixel for each 2 x 2: rounded means. An odd last row or column is left out.
Pixels halved(Pixels const& from) {
    Pixels to{.width = from.width / 2, .height = from.height / 2, .rgb = {}};
    to.rgb.reserve(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height) * 3);
    auto const at = [&](int x, int y, int channel) -> unsigned {
        auto const width = static_cast<std::size_t>(from.width);
        return from.rgb[(static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)) * 3 +
                        static_cast<std::size_t>(channel)];
    };
    for (int y = 0; y < to.height; ++y) {
        for (int x = 0; x < to.width; ++x) {
            for (int channel = 0; channel < 3; ++channel) {
                unsigned const sum = at(2 * x, 2 * y, channel) + at(2 * x + 1, 2 * y, channel) +
                                     at(2 * x, 2 * y + 1, channel) +
                                     at(2 * x + 1, 2 * y + 1, channel);
                to.rgb.push_back(static_cast<std::uint8_t>((sum + 2U) / 4U));
            }
        }
    }
    return to;
}

void halve(Picture& picture) {
    picture.pixels = halved(picture.pixels);
    for (Mark& mark : picture.marks) { // the centre of the first pixel is 0, before and after
        mark.x = (mark.x - 0.5) / 2.0;
        mark.y = (mark.y - 0.5) / 2.0;
        mark.radius /= 2.0;
    }
    if (picture.scale_bar) {
        picture.scale_bar->length_pixels /= 2.0;
    }
}

} // namespace

Document
make_oral_note(FilingInput const& input, casefile::RequestTexts const& texts, Language language) {
    WorkingInput const all = to_working(input);
    Working working{all, texts, language};
    NoteWriter& writer = working.writer();
    set_head(working, phrases::oral_title, phrases::oral_subject);
    writer.document().banners.insert(writer.document().banners.begin(),
                                     writer.say(phrases::oral_banner));
    writer.document().most_pages = 1;
    add_to_say(working);
    add_to_ask(working);
    add_what_depends(working);
    writer.heading(1, writer.say(phrases::oral_oppose), "opposed");
    bool const darker = casefile::seeks_darker(writer.file());
    std::vector<std::string> answers{
        writer.say(darker ? phrases::oppose_darker : phrases::oppose_glow)};
    if (has_reading(input.note.file)) {
        answers.push_back(writer.say(phrases::oppose_lot));
    }
    answers.push_back(writer.say(phrases::oppose_transposed));
    writer.list(answers);
    return writer.take();
}

Document make_missing_note(FilingInput const& input,
                           casefile::RequestTexts const& texts,
                           Language language) {
    WorkingInput const all = to_working(input);
    Working working{all, texts, language};
    set_head(working, phrases::missing_title, phrases::missing_subject);
    add_missing(working.writer());
    add_request_effects(working);
    return working.writer().take();
}

Document with_smaller_pictures(Document document, int halvings) {
    constexpr int smallest = 64; // pixels a side
    CMQ_EXPECTS(halvings >= 1);
    for (Block& block : document.blocks) {
        auto* const row = std::get_if<PictureRow>(&block);
        if (row == nullptr) {
            continue;
        }
        for (Picture& picture : row->pictures) {
            int share = 1;
            for (int i = 0; i < halvings && picture.pixels.width >= 2 * smallest &&
                            picture.pixels.height >= 2 * smallest;
                 ++i) {
                halve(picture);
                share *= 2;
            }
            if (share > 1) {
                picture.caption += " " + say(phrases::reduced_picture,
                                             document.language,
                                             {{"share", "1/" + std::to_string(share)}});
            }
        }
    }
    return document;
}

} // namespace cmq::report
