// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Renders the sample document into a file: render_child pdf|byhand|png|svg FILE. Tests run it in other
/// environments (time zone, locale, screen, fonts), which a process reads only once.

#include "core/error.hpp"
#include "render/application.hpp"
#include "render/pdf.hpp"
#include "render/renderer.hpp"
#include "system/file.hpp"
#include "tests/render/sample_document.hpp"

#include <cstdio>
#include <exception>
#include <string>

namespace {

void render(std::string const& kind, std::string const& path) {
    using namespace cmq::render; // NOLINT(google-build-using-namespace): one function
    auto const renderer = make_renderer();
    if (kind == "pdf") {
        cmq::write_file(path, renderer.pdf(test::sample_document(20)));
    } else if (kind == "byhand") {
        ensure_application();
        cmq::write_file(path, to_pdf(test::sample_document(20), PdfForm::by_hand));
    } else if (kind == "png") {
        cmq::write_file(path, renderer.png(test::sample_picture(420, 300, true)));
    } else {
        std::string all;
        for (auto const& chart : {test::sample_range_chart(),
                                  test::sample_tornado_chart(),
                                  test::sample_curve_chart()}) {
            all += renderer.svg(chart, cmq::report::Language::french);
        }
        cmq::write_file(path, all);
    }
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 3) {
            return 2;
        }
        render(argv[1], argv[2]);
        return 0;
    } catch (cmq::Error const& error) {
        (void)std::fprintf(stderr, "%s\n", error.full_text().c_str());
        return static_cast<int>(error.kind());
    } catch (std::exception const& error) {
        (void)std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
