// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/kit_guide.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/front.hpp"
#include "report/phrases/kit.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace cmq::report {
namespace {

struct FileRow {
    char const* names;
    Phrase const& holds;
    bool needs_network;
};

constexpr std::array files{
    FileRow{"inputs.csv", phrases::kit_inputs, false},
    FileRow{"frozen.txt", phrases::kit_frozen, false},
    FileRow{"findings.csv", phrases::kit_findings, false},
    FileRow{"parameters.csv", phrases::kit_parameters, false},
    FileRow{"numbers.json", phrases::kit_numbers, false},
    FileRow{"network.xdsl .net .bif", phrases::kit_networks, true},
    FileRow{"evidence.txt", phrases::kit_evidence, true},
    FileRow{"recompute.py", phrases::kit_script, true},
    FileRow{"ledger.csv", phrases::kit_ledger, false},
    FileRow{"commands.txt", phrases::kit_commands, false},
};

/// In the note's decimal sign: these are to be compared by eye, with what another program shows.
std::string logarithm(NoteWriter const& writer, std::optional<double> value) {
    if (!value || !std::isfinite(*value)) {
        return writer.say(phrases::kit_not_given);
    }
    return decimal_text(*value, 4, writer.language());
}

void add_files_table(NoteWriter& writer, bool has_network) {
    TableBlock table{
        .caption = writer.say(phrases::kit_caption_files),
        .columns = {writer.column(phrases::kit_file, 1.3), writer.column(phrases::kit_holds, 3.2)},
        .rows = {}};
    for (FileRow const& row : files) {
        if (has_network || !row.needs_network) {
            table.rows.push_back({mono(row.names), plain(writer.say(row.holds))});
        }
    }
    writer.add(std::move(table));
}

void add_expected(NoteWriter& writer, KitGuide const& guide) {
    TableBlock table{.caption = writer.say(phrases::kit_caption_expected),
                     .columns = {writer.column(phrases::kit_comparison),
                                 writer.column(phrases::kit_engine, 1.0, Alignment::right),
                                 writer.column(phrases::kit_network, 1.0, Alignment::right),
                                 writer.column(phrases::kit_tolerance, 1.0, Alignment::right)},
                     .rows = {}};
    for (std::size_t i = 0; i < guide.networks.size(); ++i) {
        lab::Evaluation const& evaluation = guide.input.evaluations[i];
        ExportedText const& network = guide.networks[i];
        table.rows.push_back({plain(evaluation.h1 + " / " + evaluation.h2),
                              plain(logarithm(writer, evaluation.log10_lr)),
                              plain(logarithm(writer, network.log10_network)),
                              plain(logarithm(writer, network.stated_error))});
    }
    writer.add(std::move(table));
}

void add_ratio(NoteWriter& writer, KitGuide const& guide) {
    writer.heading(1, writer.say(phrases::kit_heading_ratio), "ratio");
    if (guide.networks.empty()) {
        std::string why = guide.why_no_network.in(writer.language());
        while (!why.empty() && why.back() == '.') {
            why.pop_back();
        }
        writer.paragraph(writer.say(phrases::kit_no_network, {{"why", why}}));
        return;
    }
    ExportedText const& network = guide.networks.front();
    writer.list({writer.say(phrases::kit_step_python),
                 writer.say(phrases::kit_step_software, {{"node", network.proposition}}),
                 writer.say(phrases::kit_step_change)},
                true);
    add_expected(writer, guide);
}

} // namespace

Document make_kit_guide(KitGuide const& guide, Language language) {
    CMQ_EXPECTS(guide.networks.empty() || guide.networks.size() == guide.input.evaluations.size());
    NoteWriter writer{guide.input, language};
    casefile::Case const& of = guide.input.file;
    Document& document = writer.document();
    document.title = writer.say(phrases::kit_title);
    document.subtitle = writer.say(phrases::kit_subtitle, {{"case", *of.head.id}});
    document.subject = document.subtitle;
    document.identifier = *of.head.id;
    document.program = guide.input.program;
    document.page_label =
        writer.say(phrases::page_label, {{"page", "{page}"}, {"pages", "{pages}"}});
    if (of.demonstration) {
        document.banners.push_back(writer.say(phrases::banner_demonstration));
    }
    writer.paragraph(writer.say(phrases::kit_about));
    add_files_table(writer, !guide.networks.empty());
    add_ratio(writer, guide);
    writer.heading(1, writer.say(phrases::kit_heading_all), "all");
    writer.paragraph(writer.say(phrases::kit_all, {{"program", guide.input.program}}));
    return writer.take();
}

} // namespace cmq::report
