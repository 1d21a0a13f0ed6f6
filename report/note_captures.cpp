// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "detect/flux_with_areas.hpp"
#include "report/note_figures.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/findings.hpp"
#include "report/significance_picture.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::report {

namespace {

/// More rows than these tire a reader and say no more; JSON has them all.
constexpr std::size_t most_rows = 12;

std::string region_text(NoteWriter const& writer, FramePicture const& picture, Shape shape) {
    Region const region = picture.region;
    if (region == whole(shape)) {
        return writer.say(phrases::region_whole);
    }
    auto const number = [&](std::ptrdiff_t value) { return count_text(value, writer.language()); };
    return writer.say(phrases::region_part,
                      {{"x", number(region.x)},
                       {"y", number(region.y)},
                       {"width", number(region.width)},
                       {"height", number(region.height)}});
}

struct CaptureNames {
    std::string id;
    std::string role;
    std::string zone;
    std::optional<double> mm_per_photosite;
    Shape shape;
};

CaptureNames names_of(NoteWriter const& writer, std::string const& id) {
    casefile::Capture const* const capture = find_capture(writer.file(), id);
    NoteCapture const* const read = find_note_capture(writer.input(), id);
    CMQ_EXPECTS(capture != nullptr);
    return {id,
            writer.capture_role(*capture),
            capture->zone ? writer.zone(**capture->zone) : writer.capture_role(*capture),
            capture->mm_per_photosite,
            read != nullptr ? read->shape : Shape{}};
}

std::string
caption_of(NoteWriter const& writer, NotePicture const& view, CaptureNames const& names) {
    Stretch const& stretch = view.picture.stretch;
    std::string caption = writer.say(phrases::view_caption,
                                     {{"id", names.id},
                                      {"role", names.role},
                                      {"region", region_text(writer, view.picture, names.shape)},
                                      {"side", std::to_string(view.picture.photosites_per_pixel)},
                                      {"low", writer.rounded(stretch.low_dn, 3)},
                                      {"high", writer.rounded(stretch.high_dn, 3)},
                                      {"gamma", writer.rounded(stretch.gamma, 2)}});
    if (view.picture.has_no_data) {
        caption += " " + writer.say(phrases::no_data_caption);
    }
    return caption;
}

Picture untouched(NoteWriter const& writer, NotePicture const& view, CaptureNames const& names) {
    Picture picture;
    picture.pixels = view.picture.pixels;
    picture.scale_bar = make_scale_bar(view.picture, names.mm_per_photosite, writer.language());
    picture.caption = caption_of(writer, view, names);
    return picture;
}

/// Half the longer side of the trace's box.
Spot to_spot(detect::Trace const& trace) {
    auto const width = static_cast<double>(trace.box[2] - trace.box[0] + 1);
    auto const height = static_cast<double>(trace.box[3] - trace.box[1] + 1);
    double const from_area = std::sqrt(static_cast<double>(trace.area_cells)) * 2.0;
    return {trace.x, trace.y, std::max({width, height, from_area, 2.0}) / 2.0};
}

void add_view(NoteWriter& writer, NoteDetection const& detection, NotePicture const& view) {
    CaptureNames const names = names_of(writer, view.capture);
    std::size_t const traces = detection.detection.traces.size();
    std::string const alt = writer.say(phrases::view_alt,
                                       {{"id", names.id},
                                        {"role", names.role},
                                        {"zone", names.zone},
                                        {"count", writer.count(traces)}});
    Picture left = untouched(writer, view, names);
    left.title = writer.say(phrases::view_untouched);
    left.alt = alt;
    Picture right = left;
    right.title = writer.say(traces > 0 ? phrases::view_marked : phrases::view_nothing);
    right.caption =
        writer.say(traces > 0 ? phrases::view_marked_caption : phrases::view_nothing_caption);
    for (detect::Trace const& trace : detection.detection.traces) {
        Mark mark = to_mark(to_spot(trace), view.picture, std::to_string(trace.id));
        if (mark.x >= -0.5 && mark.y >= -0.5 && mark.x < view.picture.pixels.width - 0.5 &&
            mark.y < view.picture.pixels.height - 0.5) {
            right.marks.push_back(std::move(mark));
        }
    }
    writer.add(PictureRow{{std::move(left), std::move(right)}});
}

Picture significance_of(NoteWriter const& writer, NoteDetection const& detection) {
    NotePicture const& map = *detection.significance;
    double const threshold = detection.detection.threshold;
    Picture picture;
    picture.pixels = with_scale_bar(map.picture, threshold);
    picture.scale_bar = make_scale_bar(
        map.picture, names_of(writer, detection.capture).mm_per_photosite, writer.language());
    picture.title = writer.say(phrases::significance_title);
    picture.caption = writer.say(phrases::significance_caption,
                                 {{"low", writer.rounded(map.picture.stretch.low_dn, 2)},
                                  {"high", writer.rounded(map.picture.stretch.high_dn, 2)},
                                  {"threshold", writer.rounded(threshold, 2)}});
    picture.alt = writer.say(
        phrases::significance_alt,
        {{"id", detection.capture}, {"count", writer.count(detection.detection.traces.size())}});
    return picture;
}

void add_neighbours(NoteWriter& writer, NoteDetection const& detection) {
    // Two beside one another leave each large enough to be read.
    PictureRow row;
    if (detection.significance) {
        row.pictures.push_back(significance_of(writer, detection));
    }
    for (NotePicture const& view : detection.neighbours) {
        CaptureNames const names = names_of(writer, view.capture);
        Picture picture = untouched(writer, view, names);
        picture.title = names.role;
        picture.alt = writer.say(phrases::neighbour_alt,
                                 {{"id", names.id}, {"role", names.role}, {"zone", names.zone}});
        row.pictures.push_back(std::move(picture));
        if (row.pictures.size() == 2) {
            writer.add(std::exchange(row, {}));
        }
    }
    if (!row.pictures.empty()) {
        writer.add(std::move(row));
    }
}

/// What a terminal is told, with the signs of a printed page: "6.2%", "mm²".
std::string as_printed(std::string text, Language language) {
    auto const replace = [&text](std::string_view what, std::string_view by) {
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
            text.replace(at, what.size(), by);
            at += by.size();
        }
    };
    replace("mm2", "mm²");
    if (language == Language::english) {
        replace(" %", "%");
    }
    return text;
}

// What is told of light too wide to be a trace, and what follows from it.
void add_areas(NoteWriter& writer,
               NoteDetection const& detection,
               std::optional<double> mm_per_photosite) {
    if (detection.areas.empty()) {
        return;
    }
    std::optional<detect::SceneScale> scale;
    if (mm_per_photosite) {
        scale = detect::SceneScale{.mm_per_photosite = *mm_per_photosite};
    }
    writer.paragraph(
        writer.say(detection.detection.darker ? phrases::areas_found_darker : phrases::areas_found,
                   {{"count", writer.count(detection.areas.size())}}));
    std::vector<std::string> items;
    for (detect::LargeArea const& area : detection.areas) {
        if (items.size() == most_rows && writer.form().length != Length::annex) {
            break;
        }
        items.push_back(
            as_printed(
                detect::to_sentence(area, scale, detection.detection.darker).in(writer.language()),
                writer.language()) +
            ".");
    }
    writer.list(items);
    if (items.size() < detection.areas.size()) {
        writer.paragraph(writer.say(phrases::more_areas,
                                    {{"shown", writer.count(items.size())},
                                     {"count", writer.count(detection.areas.size())}}),
                         ParagraphStyle::note);
    }
    detect::TotalFlux const traces = detect::total_flux(detection.detection);
    if (auto const flux = detect::flux_with_areas(traces, detection.areas)) {
        writer.paragraph(
            writer.say(flux->lower_limit ? phrases::with_areas_least : phrases::with_areas,
                       {{"total", writer.rounded(flux->flux_dn, 3)},
                        {"sigma", writer.rounded(flux->flux_dn_sigma, 2)},
                        {"traces", writer.rounded(traces.flux_dn, 3)}}));
    }
    if (detect::any_unmeasured(detection.areas)) {
        writer.paragraph(writer.say(phrases::areas_unmeasured), ParagraphStyle::note);
    }
}

std::string flux_text(NoteWriter const& writer, detect::Trace const& trace, Plane plane) {
    auto const i = static_cast<std::size_t>(plane);
    return measured_text(trace.flux_dn[i], trace.flux_dn_sigma[i], writer.language());
}

/// As a number where it can be read as one, else as the power of ten it does not exceed: "≤ 10^−12"
/// (the superscript minus is not in the fonts of the PDF). Nobody knows the tail of a sensor's noise further
/// than 10^−30: what lies below is told as that.
std::string false_alarm_text(NoteWriter const& writer, double log10_nfa) {
    constexpr double readable = -3.0;
    constexpr double furthest = -30.0;
    if (log10_nfa > readable) {
        return writer.rounded(std::pow(10.0, std::min(log10_nfa, 300.0)), 1);
    }
    auto const power = static_cast<int>(-std::ceil(std::max(log10_nfa, furthest)));
    return "≤" + std::string{no_break_space} + "10^" + std::string{minus_sign} +
           std::to_string(power);
}

void add_traces(NoteWriter& writer, NoteDetection const& detection) {
    std::vector<detect::Trace> traces = detection.detection.traces;
    std::size_t const all = traces.size();
    if (all == 0) {
        return;
    }
    bool const shortened = all > most_rows && writer.form().length != Length::annex;
    if (shortened) {
        std::stable_sort(traces.begin(), traces.end(), [](auto const& a, auto const& b) {
            return a.log10_nfa < b.log10_nfa;
        });
        traces.resize(most_rows);
    }
    TableBlock table;
    Phrase const& flux = detection.detection.darker ? phrases::flux_taken : phrases::flux_above;
    table.caption = writer.say(phrases::traces_caption,
                               {{"id", detection.capture}, {"flux", writer.say(flux)}});
    table.columns = {writer.column(phrases::trace, 0.9),
                     writer.column(phrases::position, 1.35, Alignment::right),
                     writer.column(phrases::area, 0.6, Alignment::right),
                     writer.column(phrases::flux_red, 1.2, Alignment::right),
                     writer.column(phrases::flux_green1, 1.2, Alignment::right),
                     writer.column(phrases::flux_green2, 1.2, Alignment::right),
                     writer.column(phrases::flux_blue, 1.2, Alignment::right),
                     writer.column(phrases::snr, 0.6, Alignment::right),
                     writer.column(phrases::false_alarms, 1.1, Alignment::right)};
    for (detect::Trace const& trace : traces) {
        std::string name = std::to_string(trace.id);
        if (trace.saturated) {
            name += writer.say(phrases::saturated);
        }
        table.rows.push_back(
            {plain(std::move(name)),
             plain(writer.say(phrases::position_value,
                              {{"x", decimal_text(trace.x, 1, writer.language())},
                               {"y", decimal_text(trace.y, 1, writer.language())}})),
             plain(count_text(trace.area_cells, writer.language())),
             plain(flux_text(writer, trace, Plane::red)),
             plain(flux_text(writer, trace, Plane::green1)),
             plain(flux_text(writer, trace, Plane::green2)),
             plain(flux_text(writer, trace, Plane::blue)),
             plain(writer.rounded(trace.snr, 2)),
             plain(false_alarm_text(writer, trace.log10_nfa))});
    }
    writer.add(std::move(table));
    if (shortened) {
        writer.paragraph(
            writer.say(phrases::more_traces,
                       {{"shown", writer.count(most_rows)}, {"count", writer.count(all)}}),
            ParagraphStyle::note);
    }
}

} // namespace

void add_capture_findings(NoteWriter& writer, NoteDetection const& detection) {
    CaptureNames const names = names_of(writer, detection.capture);
    detect::Detection const& found = detection.detection;
    writer.heading(2,
                   writer.say(phrases::heading_capture, {{"id", names.id}, {"zone", names.zone}}),
                   "capture-" + std::to_string(&detection - writer.input().detections.data() + 1));
    if (found.darker) {
        writer.paragraph(writer.say(phrases::capture_darker));
    }
    if (found.traces.empty()) {
        writer.paragraph(writer.say(phrases::capture_nothing));
    } else {
        writer.paragraph(
            writer.say(phrases::capture_traces,
                       {{"count", writer.count(found.traces.size())},
                        {"expected", writer.rounded(found.false_traces_expected, 1)}}));
    }
    constexpr double told_from = 1.01; // below it the threshold is, as printed, not raised
    if (found.tail_factor >= told_from) {
        writer.paragraph(
            writer.say(phrases::tail_raised, {{"factor", writer.rounded(found.tail_factor, 3)}}),
            ParagraphStyle::note);
    }
    add_areas(writer, detection, names.mm_per_photosite);
    for (NotePicture const& view : detection.views) {
        add_view(writer, detection, view);
    }
    add_neighbours(writer, detection);
    add_traces(writer, detection);
    if (auto chart = make_sizes_chart(writer, detection)) {
        writer.add(*std::move(chart));
    }
    add_colours(writer, detection);
}

} // namespace cmq::report
