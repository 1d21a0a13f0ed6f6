// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/facts.hpp"
#include "report/note_figures.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/colours.hpp"
#include "report/typography.hpp"

#include <algorithm>
#include <set>

namespace cmq::report {
namespace {

Phrase const& phrase_of(lab::ColourDoubt doubt) {
    switch (doubt) {
    case lab::ColourDoubt::saturated:
        return phrases::doubt_saturated;
    case lab::ColourDoubt::too_faint:
        return phrases::doubt_faint;
    case lab::ColourDoubt::few_references:
        return phrases::doubt_few;
    case lab::ColourDoubt::other_conditions:
        return phrases::doubt_conditions;
    case lab::ColourDoubt::no_rival:
        return phrases::doubt_no_rival;
    case lab::ColourDoubt::near_one:
        return phrases::doubt_near_one;
    case lab::ColourDoubt::not_measured:
        return phrases::doubt_not_measured;
    case lab::ColourDoubt::unlisted:
        return phrases::doubt_unlisted;
    case lab::ColourDoubt::three_channels:
        break;
    }
    return phrases::doubt_channels;
}

std::string count_of(NoteWriter const& writer,
                     std::vector<lab::ColourResult> const& colours,
                     lab::ColourVerdict verdict) {
    return writer.count(static_cast<std::size_t>(std::ranges::count_if(
        colours, [&](auto const& one) { return one.ratio.verdict == verdict; })));
}

} // namespace

void add_colours(NoteWriter& writer, NoteDetection const& detection) {
    auto const& colours = detection.colours;
    if (colours.empty()) {
        return;
    }
    writer.paragraph(
        writer.say(phrases::colour_counts,
                   {{"marker", count_of(writer, colours, lab::ColourVerdict::for_marker)},
                    {"other", count_of(writer, colours, lab::ColourVerdict::for_rivals)},
                    {"open", count_of(writer, colours, lab::ColourVerdict::indeterminate)}}));
    if (colours.front().captures > 1) {
        auto const members =
            casefile::joined_to(writer.file(), *find_capture(writer.file(), detection.capture));
        std::vector<std::string> joined;
        joined.reserve(members.size());
        for (std::size_t const i : members) {
            casefile::Capture const& one = writer.file().captures[i];
            joined.push_back(one.unmoved ? writer.say(phrases::colour_unmoved, {{"id", *one.id}})
                                         : *one.id);
        }
        writer.paragraph(writer.say(phrases::colour_joined,
                                    {{"count", writer.count(colours.front().captures)},
                                     {"captures", writer.joined(joined)}}));
    }
    std::set<lab::ColourDoubt> doubts; // in the order of the enumeration
    for (lab::ColourResult const& one : colours) {
        doubts.insert(one.ratio.doubts.begin(), one.ratio.doubts.end());
    }
    std::vector<std::string> reasons;
    for (lab::ColourDoubt const doubt : doubts) {
        reasons.push_back(writer.say(phrase_of(doubt)));
    }
    if (!reasons.empty()) { // reasons hold commas of their own
        std::string const between = writer.language() == Language::french
                                        ? std::string{narrow_no_break_space} + "; "
                                        : "; ";
        writer.paragraph(
            writer.say(phrases::colour_reasons, {{"reasons", writer.joined(reasons, between)}}),
            ParagraphStyle::note);
    }
    if (auto chart = make_colour_ratios_chart(writer, detection)) {
        writer.add(*std::move(chart));
    }
    if (auto chart = make_shares_chart(writer, detection)) {
        writer.add(*std::move(chart));
    }
}

} // namespace cmq::report
