// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/validate_files.hpp"

#include "apps/cli/make_renderer.hpp"
#include "apps/pipeline/write_outputs.hpp"
#include "core/error.hpp"
#include "report/html.hpp"
#include "report/validation_charts.hpp"
#include "system/file.hpp"

#include <filesystem>

namespace cmq::cli {
namespace {

bool is_pdf(std::string const& report) {
    return report.ends_with(".pdf");
}

void write_figures(std::filesystem::path const& folder,
                   report::ValidationInput const& input,
                   report::Renderer const& renderer,
                   Language language) {
    pipeline::make_folder(folder);
    for (auto const& [name, chart] : report::validation_charts(input.validation, language)) {
        write_file(folder / (name + ".svg"), renderer.svg(chart, language));
        write_file(folder / (name + ".png"), renderer.chart_png(chart, language));
        write_file(folder / (name + ".pdf"),
                   renderer.pdf(report::make_figure_page(chart, input, language)));
    }
}

} // namespace

void check_validate_files(ValidateFiles const& files) {
    if (files.report && !is_pdf(*files.report) && !files.report->ends_with(".html")) {
        throw Error{ErrorKind::usage,
                    {"--report {} : le nom finit par .pdf ou .html",
                     "--report {}: the name ends in .pdf or .html"},
                    *files.report};
    }
    bool const drawn = files.figures || (files.report && is_pdf(*files.report));
    if (drawn && !can_render()) {
        throw Error{ErrorKind::unsupported,
                    {"cette version du programme ne dessine pas : ni PDF ni figures ; demander "
                     "--report F.html",
                     "this build of the program cannot draw: neither PDF nor figures; ask for "
                     "--report F.html"}};
    }
}

void write_validate_files(ValidateFiles const& files,
                          report::ValidationInput const& input,
                          Language language) {
    if (!files.report && !files.figures) {
        return;
    }
    report::Renderer const renderer = make_renderer();
    if (files.report) {
        auto const document = report::make_validation_report(input, language);
        if (is_pdf(*files.report)) {
            write_file(*files.report, renderer.pdf(document));
        } else {
            write_file(*files.report, report::to_html(document, renderer));
        }
    }
    if (files.figures) {
        write_figures(*files.figures, input, renderer, language);
    }
}

} // namespace cmq::cli
