// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/note_options.hpp"

#include "apps/cli/make_renderer.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/word_list.hpp"
#include "report/json_envelope.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace cmq::cli {

namespace po = boost::program_options;

void add_note_options(OptionAdder const& add, Speaker const& say) {
    add("output,o",
        po::value<std::string>()->value_name(say({"REP", "DIR"})),
        {"répertoire des notes (par défaut : out)", "folder for the notes (default: out)"});
    add("lang",
        po::value<std::string>()->value_name("fr,en"),
        {"langues des notes (par défaut : les deux)", "languages (default: both)"});
    add("format",
        po::value<std::string>()->value_name("pdf,html,json"),
        {"formats (par défaut : tous)", "formats (default: all)"});
    add("length",
        po::value<std::string>()->value_name("summary,report,annex"),
        {"ce qui est fait : résumé d’une page, note, annexe complète (par défaut : report)",
         "what is made: summary of one page, note, full annex (default: report)"});
    add("json",
        {"écrire aussi le contenu de note.json sur la sortie standard",
         "print the content of note.json on standard output too"});
}

NoteOptions parse_note_options(po::variables_map const& values) {
    using Language = std::pair<std::string_view, report::Language>;
    using Format = std::pair<std::string_view, pipeline::Format>;
    using Length = std::pair<std::string_view, report::Length>;
    constexpr std::array languages{Language{"fr", report::Language::french},
                                   Language{"en", report::Language::english}};
    constexpr std::array formats{Format{"pdf", pipeline::Format::pdf},
                                 Format{"html", pipeline::Format::html},
                                 Format{"json", pipeline::Format::json}};
    constexpr std::array lengths{Length{"summary", report::Length::summary},
                                 Length{"report", report::Length::report},
                                 Length{"annex", report::Length::annex}};
    auto const text = [&](char const* name, char const* otherwise) {
        return values.count(name) > 0 ? values[name].as<std::string>() : std::string{otherwise};
    };
    // Without Qt, all means all that this build can write.
    std::string const all_formats = can_render() ? "pdf,html,json" : "html,json";
    return {.output = text("output", "out"),
            .notes = {.languages = parse_list("lang", text("lang", "fr,en"), languages),
                      .formats = parse_list("format", text("format", all_formats.c_str()), formats),
                      .lengths = parse_list("length", text("length", "report"), lengths)},
            .json = values.count("json") > 0};
}

void tell_notes(pipeline::AnalyseOutcome const& outcome,
                NoteOptions const& options,
                Streams streams) {
    for (auto const& file : outcome.files) {
        streams.err << file.string() << '\n';
    }
    if (options.json) {
        write_result(std::nullopt, report::json_envelope(std::array{outcome.json}), streams);
    }
}

} // namespace cmq::cli
