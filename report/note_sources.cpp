// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/assigned.hpp"
#include "report/phrases/codes.hpp"
#include "report/phrases/findings.hpp"
#include "report/phrases/sources.hpp"

#include <utility>

namespace cmq::report {

namespace {

std::string_view colon(NoteWriter const& writer) {
    return writer.language() == Language::french ? " : " : ": ";
}

std::string grade_text(NoteWriter const& writer, lab::Grade grade) {
    switch (grade) {
    case lab::Grade::measured_on_product:
        return writer.say(phrases::grade_product);
    case lab::Grade::measured_on_proxy:
        return writer.say(phrases::grade_proxy);
    case lab::Grade::expert_judgement:
        break;
    }
    return writer.say(phrases::grade_judgement);
}

std::string value_text(NoteWriter const& writer, lab::Parameter const& parameter) {
    lab::Quantiles const quantiles = lab::quantiles_of(parameter.distribution);
    std::string median = parameter_value(writer, parameter.name, quantiles.p50);
    if (parameter.distribution.kind == lab::DistributionKind::fixed) {
        return median;
    }
    return writer.say(phrases::value_with_range,
                      {{"median", median},
                       {"low", parameter_value(writer, parameter.name, quantiles.p05)},
                       {"high", parameter_value(writer, parameter.name, quantiles.p95)}});
}

std::string without_stop(std::string text) {
    while (!text.empty() && (text.back() == '.' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

/// Conditions and source in the note's language, a sentence each.
std::string origin_text(NoteWriter const& writer, lab::Parameter const& parameter) {
    bool const french = writer.language() == Language::french;
    std::string const source =
        capitalised(typeset(french ? parameter.source_fr : parameter.source, writer.language()));
    std::string const conditions = capitalised(without_stop(
        typeset(french ? parameter.conditions_fr : parameter.conditions, writer.language())));
    return conditions.empty() ? source
                              : writer.say(phrases::conditions_and_source,
                                           {{"conditions", conditions}, {"source", source}});
}

void add_grades(NoteWriter& writer, std::vector<lab::Parameter> const& parameters) {
    GradeCount const grades = count_grades(parameters);
    Text text =
        plain(grades.product == 0 ? writer.say(phrases::none_on_product,
                                               {{"count", writer.count(grades.all)},
                                                {"proxy", writer.count(grades.proxy)},
                                                {"judgement", writer.count(grades.judgement)}})
                                  : writer.say(phrases::some_on_product,
                                               {{"count", writer.count(grades.all)},
                                                {"product", writer.count(grades.product)},
                                                {"proxy", writer.count(grades.proxy)},
                                                {"judgement", writer.count(grades.judgement)}}));
    writer.add(Paragraph{std::move(text),
                         grades.product == 0 ? ParagraphStyle::warning : ParagraphStyle::body});
}

void add_parameters(NoteWriter& writer, std::vector<lab::Parameter> const& parameters) {
    TableBlock table;
    table.caption = writer.say(phrases::parameters_caption);
    table.columns = {writer.column(phrases::used_parameter, 1.2),
                     writer.column(phrases::used_value, 1.0),
                     writer.column(phrases::used_source, 2.0),
                     writer.column(phrases::used_grade, 0.8)};
    for (lab::Parameter const& parameter : parameters) {
        table.rows.push_back({plain(writer.parameter_label(parameter.name)),
                              plain(value_text(writer, parameter)),
                              plain(origin_text(writer, parameter)),
                              plain(grade_text(writer, parameter.grade))});
    }
    writer.add(std::move(table));
}

Phrase const& warning_text(capture::CaptureWarning warning) {
    switch (warning) {
    case capture::CaptureWarning::no_masked_photosites:
        return phrases::remark_no_masked;
    case capture::CaptureWarning::auto_exposure:
        return phrases::remark_auto_exposure;
    case capture::CaptureWarning::unnamed_camera:
        return phrases::remark_unnamed;
    case capture::CaptureWarning::perhaps_lossy:
        return phrases::remark_lossy;
    case capture::CaptureWarning::noise_uncertain:
        return phrases::remark_noise;
    case capture::CaptureWarning::noise_stated_low:
        return phrases::remark_noise_low;
    case capture::CaptureWarning::noise_stated_high:
        return phrases::remark_noise_high;
    case capture::CaptureWarning::black_is_zero:
        return phrases::remark_black;
    case capture::CaptureWarning::dark_exposure_differs:
        break;
    }
    return phrases::remark_dark_exposure;
}

Phrase const& noise_text(NoiseOrigin origin) {
    switch (origin) {
    case NoiseOrigin::profile:
        return phrases::remark_noise_profile;
    case NoiseOrigin::dng_tag:
        return phrases::remark_noise_tag;
    case NoiseOrigin::estimated:
        break;
    }
    return phrases::remark_noise_estimated;
}

/// "1/60 s", "0,5 s", "30 s": as a photographer says it.
std::string exposure_text(NoteWriter const& writer, double seconds) {
    constexpr double told_as_fraction = 0.3;
    std::string const number = seconds > 0.0 && seconds < told_as_fraction
                                   ? "1/" + decimal_text(1.0 / seconds, 0, writer.language())
                                   : writer.rounded(seconds, 2);
    return number + std::string{narrow_no_break_space} + "s";
}

std::string camera_text(NoteWriter const& writer, NoteCapture const& capture) {
    std::string text = capture.metadata.make;
    text += text.empty() || capture.metadata.model.empty() ? "" : " ";
    text += capture.metadata.model;
    return text.empty() ? writer.say(phrases::unnamed_camera) : text;
}

std::string settings_text(NoteWriter const& writer, NoteCapture const& capture) {
    std::vector<std::string> items;
    if (capture.metadata.exposure_s) {
        items.push_back(exposure_text(writer, *capture.metadata.exposure_s));
    }
    if (capture.metadata.f_number) {
        items.push_back("f/" + writer.rounded(*capture.metadata.f_number, 2));
    }
    if (capture.metadata.iso) {
        items.push_back(
            writer.say(phrases::iso, {{"iso", writer.rounded(*capture.metadata.iso, 3)}}));
    }
    return items.empty() ? writer.say(phrases::no_remark) : writer.joined(items);
}

std::string lighting_text(NoteWriter const& writer, casefile::Capture const& capture) {
    std::vector<std::string> items{
        capture.lamp_nm
            ? writer.say(phrases::lamp_value, {{"lamp", writer.rounded(*capture.lamp_nm, 3)}})
            : writer.say(phrases::lamp_not_stated),
        capture.filter.empty() ? writer.say(phrases::filter_not_stated)
                               : writer.say(phrases::filter_value, {{"filter", capture.filter}})};
    if (capture.mm_per_photosite) {
        items.push_back(writer.say(phrases::scale_value,
                                   {{"scale", writer.rounded(*capture.mm_per_photosite, 2)}}));
    }
    return writer.joined(items);
}

std::string remarks_text(NoteWriter const& writer, NoteCapture const& capture) {
    std::vector<std::string> items;
    if (capture.metadata.simulated) {
        items.push_back(writer.say(phrases::remark_simulated));
    }
    items.push_back(writer.say(noise_text(capture.noise_origin)));
    if (!capture.profile_sha256.empty()) {
        items.push_back(
            writer.say(capture.flat ? phrases::remark_profile_flat : phrases::remark_profile,
                       {{"hash", capture.profile_sha256.substr(0, 12)}}));
    }
    if (capture.dark_frames > 0) {
        items.push_back(writer.say(phrases::remark_dark_frames,
                                   {{"count", std::to_string(capture.dark_frames)}}));
    }
    if (!capture.without_ambient.empty()) {
        items.push_back(
            writer.say(phrases::remark_ambient, {{"capture", capture.without_ambient}}));
    }
    for (capture::CaptureWarning const warning : capture.warnings) {
        items.push_back(writer.say(warning_text(warning)));
    }
    return writer.joined(items);
}

void add_settings(NoteWriter& writer) {
    TableBlock table;
    table.caption = writer.say(phrases::settings_caption);
    table.columns = {writer.column(phrases::capture, 0.6),
                     writer.column(phrases::camera, 1.2),
                     writer.column(phrases::settings, 1.2),
                     writer.column(phrases::lighting, 1.5),
                     writer.column(phrases::remarks, 1.8)};
    for (NoteCapture const& capture : writer.input().captures) {
        casefile::Capture const* const named = find_capture(writer.file(), capture.id);
        table.rows.push_back({plain(capture.id),
                              plain(camera_text(writer, capture)),
                              plain(settings_text(writer, capture)),
                              plain(named != nullptr ? lighting_text(writer, *named)
                                                     : writer.say(phrases::no_remark)),
                              plain(remarks_text(writer, capture))});
    }
    if (!table.rows.empty()) {
        writer.add(std::move(table));
    }
}

void add_reading_files(NoteWriter const& writer, TableBlock& table) {
    NoteReadings const& all = writer.input().readings;
    if (!all.registry_sha256.empty()) {
        table.rows.push_back({mono(**writer.file().marker->registry),
                              plain(writer.say(phrases::registry_role)),
                              mono(all.registry_sha256)});
    }
    for (NoteReading const& reading : all.readings) {
        for (NoteReadingFile const& file : reading.files) {
            std::string const role =
                reading.id + std::string{colon(writer)} + reading_file_role(writer, file);
            table.rows.push_back(
                {mono(file.file), plain(typeset(role, writer.language())), mono(file.sha256)});
        }
    }
}

} // namespace

void add_assumptions(NoteWriter& writer) {
    writer.section(phrases::heading_assumptions, "assumptions");
    std::vector<lab::Parameter> const parameters = used_parameters(writer.input());
    if (parameters.empty()) {
        writer.paragraph(writer.say(writer.input().evaluations.empty()
                                        ? phrases::no_parameters
                                        : phrases::no_parameters_assigned));
        return;
    }
    add_grades(writer, parameters);
    add_parameters(writer, parameters);
    add_stated_probabilities(writer);
    writer.paragraph(writer.say(phrases::other_assumptions));
    std::vector<std::string> routes;
    for (casefile::Contamination const& each : writer.file().contaminations) {
        std::string const& label = text_in(each.label, writer.language());
        routes.push_back(label.empty() ? *each.id : label);
    }
    writer.list({writer.say(phrases::assumes_marker),
                 writer.say(phrases::assumes_examination),
                 writer.say(phrases::assumes_events),
                 routes.empty() ? writer.say(phrases::assumes_no_laboratory_route)
                                : writer.say(phrases::assumes_laboratory_route,
                                             {{"routes", writer.joined(routes)}})});
}

void add_methods(NoteWriter& writer) {
    writer.section(phrases::heading_methods, "methods");
    if (!writer.input().captures.empty()) {
        writer.paragraph(writer.say(phrases::method_capture));
        writer.paragraph(writer.say(phrases::method_detect));
        writer.paragraph(writer.say(phrases::method_blanks));
    }
    if (!writer.file().readings.empty()) {
        writer.paragraph(writer.say(phrases::method_codes));
    }
    writer.paragraph(writer.say(phrases::method_transfer));
    writer.paragraph(writer.say(phrases::method_pages), ParagraphStyle::note);
}

void add_files(NoteWriter& writer) {
    writer.section(phrases::heading_files, "files");
    TableBlock table;
    table.caption = writer.say(phrases::files_caption);
    table.columns = {writer.column(phrases::file, 1.0),
                     writer.column(phrases::file_role, 0.95),
                     writer.column(phrases::digest, 3.7)};
    table.rows.push_back({mono(writer.file().file),
                          plain(writer.say(phrases::case_file_role)),
                          mono(writer.input().case_sha256)});
    for (NoteCapture const& capture : writer.input().captures) {
        casefile::Capture const* const named = find_capture(writer.file(), capture.id);
        std::string role = capture.id;
        std::string name = capture.id;
        if (named != nullptr) {
            role += std::string{colon(writer)} + writer.capture_role(*named);
            name = *named->file;
        }
        table.rows.push_back(
            {mono(std::move(name)), plain(typeset(role, writer.language())), mono(capture.sha256)});
    }
    add_reading_files(writer, table);
    writer.add(std::move(table));
    if (writer.input().captures.empty()) {
        writer.paragraph(writer.say(phrases::no_captures));
    }
    add_settings(writer);
    add_seals(writer);
}

void add_recompute(NoteWriter& writer) {
    writer.section(phrases::heading_recompute, "recompute");
    writer.paragraph(writer.say(phrases::recompute, {{"program", writer.input().program}}));
    List list;
    for (std::string const& command : writer.input().commands) {
        list.items.push_back(mono(command));
    }
    if (!list.items.empty()) {
        writer.add(std::move(list));
    }
    if (!writer.input().ledger_head.empty()) {
        writer.paragraph(writer.say(phrases::ledger_head));
        List head;
        head.items.push_back(mono(writer.input().ledger_head));
        writer.add(std::move(head));
    }
    writer.paragraph(writer.say(phrases::json_has_all), ParagraphStyle::note);
}

} // namespace cmq::report
