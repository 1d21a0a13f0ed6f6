// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/renderer.hpp"

#include "render/application.hpp"
#include "render/chart.hpp"
#include "render/pdf.hpp"
#include "render/picture.hpp"
#include "render/sheet.hpp"

namespace cmq::render {

report::Renderer make_renderer() {
    return {.pdf =
                [](report::Document const& document) {
                    ensure_application();
                    return to_pdf(document);
                },
            .png =
                [](report::Picture const& picture) {
                    ensure_application();
                    return to_png(picture);
                },
            .svg =
                [](report::Chart const& chart, report::Language language) {
                    ensure_application();
                    return to_svg(chart, language);
                },
            .sheet =
                [](report::PictureSheet const& sheet) {
                    ensure_application();
                    return to_png(sheet);
                },
            .chart_png =
                [](report::Chart const& chart, report::Language language) {
                    ensure_application();
                    return chart_to_png(chart, language);
                },
            .attaches = has_qpdf()};
}

} // namespace cmq::render
