// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart.hpp"
#include "render/convert.hpp"
#include "render/style.hpp"

#include <QBuffer>
#include <QGraphicsScene>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgGenerator>

namespace cmq::render {

namespace {

constexpr double svg_width = 480.0 * pt;

// Ink and its lighter shades follow the colour of the page's text, in light and in dark.
void follow_page(QString& svg) {
    struct Shade {
        QColor colour;
        char const* opacity;
    };

    for (Shade const& shade : {Shade{colour::ink, "1"},
                               Shade{colour::grey, "0.72"},
                               Shade{colour::rule, "0.35"},
                               Shade{colour::grid, "0.2"}}) {
        for (char const* property : {"stroke", "fill"}) {
            QString const name = QLatin1String{property};
            svg.replace(name + QStringLiteral("=\"%1\" ").arg(shade.colour.name()) + name +
                            QStringLiteral("-opacity=\"1\""),
                        name + QStringLiteral("=\"currentColor\" ") + name +
                            QStringLiteral("-opacity=\"%1\"").arg(QLatin1String{shade.opacity}));
        }
    }
}

// Qt opens a group for each change of the pen, drawn with or not, and names a font in each.
void drop_empty_groups(QString& svg) {
    static QRegularExpression const empty{QStringLiteral("<g [^>]*>\\s*</g>\\s*")};
    static QRegularExpression const font{
        QStringLiteral("\\n?font-family=\"Sans Serif\" font-size=\"[^\"]*\" font-weight=\"400\" "
                       "font-style=\"normal\" *\\n?")};
    svg.remove(empty);
    svg.remove(font);
    svg.remove(QStringLiteral(" vector-effect=\"none\""));
    svg.remove(QStringLiteral(" transform=\"matrix(1,0,0,1,0,0)\""));
}

} // namespace

std::string to_svg(report::Chart const& chart, report::Language language) {
    auto const scene = make_chart_scene(chart, language, svg_width);
    QByteArray bytes;
    QBuffer buffer{&bytes};
    buffer.open(QIODevice::WriteOnly);
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setResolution(units_per_inch);
        generator.setViewBox(scene->sceneRect());
        QPainter painter{&generator};
        scene->render(&painter, scene->sceneRect(), scene->sceneRect(), Qt::IgnoreAspectRatio);
    }
    QString svg = QString::fromUtf8(bytes);
    // The drawing alone, with a head of our own: Qt's holds an XML declaration, millimetres and a
    // title that says "Qt SVG Document".
    QString const head_end = QStringLiteral("</defs>");
    svg.remove(0, svg.indexOf(head_end) + head_end.size());
    drop_empty_groups(svg);
    follow_page(svg);
    svg.replace(QStringLiteral("font-family=\"Liberation Sans\""),
                QStringLiteral("font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\""));
    // A margin, because a reader without the font may see wider letters.
    constexpr double margin = 4.0 * pt;
    QStringList const box{QString::number(-margin),
                          QString::number(-margin),
                          QString::number(scene->width() + 2.0 * margin),
                          QString::number(scene->height() + 2.0 * margin)};
    QString const alt = to_qstring(chart.alt).toHtmlEscaped();
    QString const head =
        QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%1\" "
                       "viewBox=\"%2\">\n<title>%4</title>\n<desc>%1</desc>")
            .arg(alt, box.join(QLatin1Char(' ')), to_qstring(chart.title).toHtmlEscaped());
    return to_string(head + svg);
}

} // namespace cmq::render
