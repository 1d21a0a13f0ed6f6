// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/code_options.hpp"
#include "apps/cli/code_text.hpp"
#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/load_registry.hpp"
#include "apps/pipeline/read_codes.hpp"
#include "core/error.hpp"
#include "report/json_code.hpp"
#include "report/json_envelope.hpp"
#include "system/file.hpp"

#include <boost/program_options/options_description.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace cmq::cli {
namespace {

using File = std::unique_ptr<pipeline::CodeFile>;

/// Controls must be readable: without them nothing is judged.
std::vector<lab::CodeReading> read_controls(std::vector<std::string> const& names,
                                            pipeline::CodeRun& run) {
    std::vector<lab::CodeReading> readings;
    for (std::string const& name : names) {
        auto const file = pipeline::read_code_file(name, run);
        if (!file->reading) {
            throw Error{
                ErrorKind::usage,
                {"le témoin {} ne porte pas de code : il faut une trace, des fragments, des "
                 "lectures ou des particules",
                 "the control {} bears no code: a trace, fragments, reads or particles are "
                 "needed"},
                name};
        }
        readings.push_back(*file->reading);
    }
    return readings;
}

void judge(std::vector<File>& files, CodeOptions const& settings, pipeline::CodeRun& run) {
    lab::JudgeSettings judging{
        .negative_controls = read_controls(settings.negative_controls, run),
        .extraction_controls = read_controls(settings.extraction_controls, run),
        .environment_controls = read_controls(settings.environment_controls, run),
        .positive_controls = read_controls(settings.positive_controls, run),
        .others_of_run = {},
        .index_hopping =
            settings.index_hopping ? settings.index_hopping : run.registry->index_hopping,
        .people = settings.people,
        .vehicles = settings.vehicles};
    for (File const& file : files) {
        if (!file->reading) {
            continue;
        }
        judging.others_of_run.clear();
        for (File const& other : files) {
            if (other != file && other->reading) {
                judging.others_of_run.push_back(*other->reading);
            }
        }
        file->judgement = lab::judge_code(*file->reading, *run.registry, judging);
    }
}

std::string to_json(pipeline::CodeFile const& file, pipeline::CodeRun const& run) {
    report::CodeResult result{.file = file.name, .sha256 = file.sha256, .format = file.format};
    if (file.amplicons) {
        result.reads = file.amplicons->reads;
        result.layout = &file.amplicons->layout;
        result.was_turned = file.amplicons->was_turned;
        result.errors = &file.amplicons->errors;
        result.sample = file.reading ? &file.amplicons->sample : nullptr;
    }
    result.trace = file.trace ? &*file.trace : nullptr;
    if (file.fragments) {
        result.fragments = {.run = &file.fragments->run,
                            .profile = &file.fragments->profile,
                            .loci = file.fragments->loci,
                            .model = file.fragments->model ? &*file.fragments->model : nullptr};
    }
    result.qpcr = file.qpcr;
    result.internal_control = file.internal_control;
    result.inhibition = file.inhibition;
    result.particles = file.particles ? &*file.particles : nullptr;
    result.reach = run.reach ? &*run.reach : nullptr;
    result.registry = run.registry ? &*run.registry : nullptr;
    result.judgement = file.judgement ? &*file.judgement : nullptr;
    return report::json_code(result);
}

int run_code(std::vector<std::string> const& arguments, Streams streams) {
    CodeOptions const settings = parse_code(arguments);
    if (settings.help) {
        streams.out << code_options(streams.language);
        return 0;
    }
    Speaker const say{streams.language};
    pipeline::CodeRun run;
    run.layout = settings.layout;
    run.reader = find_code_reader();
    run.seed = settings.seed;
    run.fragments = settings.fragments;
    run.internal_control = settings.internal_control;
    if (settings.fragments.ladder) {
        run.ladder = pipeline::load_ladder(settings.fragments, run.reader);
    }
    if (settings.registry) {
        run.registry = pipeline::load_registry(*settings.registry);
        streams.err << close_pairs_text(say, *run.registry);
    }
    int status = 0;
    std::vector<File> files;
    for (std::string const& name : settings.files) {
        try {
            files.push_back(pipeline::read_code_file(name, run));
        } catch (Error const& error) {
            status = std::max(status, report_error("code", error, streams));
        }
    }
    if (files.empty() && !settings.json) {
        return status; // leaves the output file as it was
    }
    if (run.registry) {
        judge(files, settings, run);
    }
    if (settings.assignments && !files.empty()) {
        write_file(*settings.assignments,
                   pipeline::assignment_table(*files.front(), *run.registry));
    }
    std::vector<std::string> results;
    results.reserve(files.size());
    for (File const& file : files) {
        results.push_back(settings.json ? to_json(*file, run) : code_text(say, *file, run));
    }
    std::string text;
    for (std::string const& result : results) {
        text += (text.empty() ? "" : "\n") + result;
    }
    write_result(settings.output, settings.json ? report::json_envelope(results) : text, streams);
    return status;
}

} // namespace

extern Command const code_command{"code",
                                  {"lire le code d’un marqueur et le comparer à un registre",
                                   "read a marker's code and compare it with a registry"},
                                  run_code};

} // namespace cmq::cli
