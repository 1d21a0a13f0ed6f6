// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/make_renderer.hpp"
#include "apps/cli/note_options.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/pipeline/analyse.hpp"
#include "report/json_envelope.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <array>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

po::options_description options() {
    po::options_description all{
        "usage: contremarque report CASE.h5 [-o DIR] [OPTIONS]\n\n"
        "Makes the notes of a case again from the case file that analyse wrote, without\n"
        "the camera files: the same bytes. A copy of the case file goes with them.\n\nOptions"};
    auto add = all.add_options();
    add("help,h", "show this text");
    add("output,o",
        po::value<std::string>()->value_name("DIR"),
        "folder for the notes (default: out)");
    add_note_options(all);
    add("json", "print the content of note.json on standard output too");
    add("case", po::value<std::vector<std::string>>()->value_name("CASE.h5"), "the case file");
    return all;
}

int run_report(std::vector<std::string> const& arguments, Streams streams) {
    po::variables_map const values = parse_options(arguments, options(), "case");
    if (values.count("help") > 0) {
        streams.out << options();
        return 0;
    }
    auto const files = values.count("case") > 0 ? values["case"].as<std::vector<std::string>>()
                                                : std::vector<std::string>{};
    if (files.size() != 1) {
        throw Error{ErrorKind::usage, "give one case file: contremarque report CASE.h5"};
    }
    NoteOptions const notes = parse_note_options(values);
    auto const outcome = pipeline::report_again(
        {.case_h5 = files.front(),
         .output = values.count("output") > 0 ? values["output"].as<std::string>() : "out",
         .languages = notes.languages,
         .formats = notes.formats,
         .case_reader = find_case_reader(),
         .renderer = make_renderer()},
        progress_on(streams));
    end_progress(streams);
    for (auto const& file : outcome.files) {
        streams.err << file.string() << '\n';
    }
    if (values.count("json") > 0) {
        write_result(std::nullopt, report::json_envelope(std::array{outcome.json}), streams);
    }
    return 0;
}

} // namespace

extern Command const report_command{"report", "the notes once more, from a case file", run_report};

} // namespace cmq::cli
