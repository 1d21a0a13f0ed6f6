// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/text_block.hpp"

#include "render/convert.hpp"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <limits>

namespace cmq::render {

namespace {

constexpr double mono_scale = 0.88; // Liberation Mono looks larger than the others at one size

QTextLayout::FormatRange to_range(qsizetype start, qsizetype length, QFont const& font) {
    QTextLayout::FormatRange range;
    range.start = static_cast<int>(start);
    range.length = static_cast<int>(length);
    range.format.setFont(font);
    return range;
}

FontSpec run_font(FontSpec base, report::TextStyle style) {
    if (style == report::TextStyle::bold) {
        base.bold = true;
    }
    if (style == report::TextStyle::mono) {
        base.family = Family::mono;
        base.size_pt *= mono_scale;
    }
    return base;
}

bool reorders(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F || c == 0x061C;
}

QString named(char32_t c) {
    return QStringLiteral("[U+%1]").arg(QString::number(c, 16).toUpper(), 4, QLatin1Char('0'));
}

// A stand-in of the same meaning for a character that Liberation lacks.
QString stand_in(char32_t c, QFontMetricsF const& metrics) {
    switch (c) {
    case 0x200B: // zero-width space, word joiner, byte order mark: nothing to draw
    case 0x2060:
    case 0xFEFF:
    case 0x00AD: // soft hyphen: lines are never hyphenated
        return {};
    case 0x2009: // thin space and narrow no-break space, which Liberation Mono lacks
    case 0x202F:
        return QString{QChar{0x00A0}};
    case 0x2011: // no-break hyphen
        return QStringLiteral("-");
    default:
        break;
    }
    QString const decomposed = QString::fromUcs4(&c, 1).normalized(QString::NormalizationForm_D);
    bool const all = std::all_of(
        decomposed.cbegin(), decomposed.cend(), [&](QChar part) { return metrics.inFont(part); });
    return all ? decomposed : named(c);
}

} // namespace

QString to_drawable(QString const& text, QFont const& font) {
    QFontMetricsF const metrics{font};
    QString drawable;
    for (uint const code : text.normalized(QString::NormalizationForm_C).toUcs4()) {
        auto const c = static_cast<char32_t>(code);
        if (c == U'\n') {
            drawable += QChar{QChar::LineSeparator};
        } else if (c == U'\t' || c == U'\r') {
            drawable += QLatin1Char(' ');
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || reorders(c)) {
            drawable += named(c);
        } else if (c != 0x00AD && metrics.inFontUcs4(code)) {
            drawable += QString::fromUcs4(&c, 1);
        } else {
            drawable += stand_in(c, metrics);
        }
    }
    return drawable;
}

TextBlock::TextBlock(report::Text const& text, TextLook const& look, double width)
    : colour_{look.colour}
    , line_height_{look.font.size_pt * look.leading * pt} {
    QFont const base = to_font(look.font);
    QString all;
    QList<QTextLayout::FormatRange> ranges;
    for (auto const& run : text) {
        QFont const font = to_font(run_font(look.font, run.style));
        QString const part = to_drawable(to_qstring(run.text), font);
        ranges.append(to_range(all.size(), part.size(), font));
        all += part;
    }
    layout_ = std::make_unique<QTextLayout>(all, base);
    layout_->setFormats(ranges);
    QTextOption option{look.alignment};
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setUseDesignMetrics(true);
    layout_->setTextOption(option);
    layout_->setCacheEnabled(true);

    QFontMetricsF const metrics{base};
    double const baseline =
        (line_height_ - metrics.ascent() - metrics.descent()) / 2.0 + metrics.ascent();
    layout_->beginLayout();
    for (int i = 0;; ++i) {
        QTextLine line = layout_->createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        line.setPosition({0.0, i * line_height_ + baseline - line.ascent()});
    }
    layout_->endLayout();
}

TextBlock::TextBlock(std::string_view text, TextLook const& look, double width)
    : TextBlock{report::Text{{.text = std::string{text}}}, look, width} {}

TextBlock::~TextBlock() = default;
TextBlock::TextBlock(TextBlock&&) noexcept = default;
TextBlock& TextBlock::operator=(TextBlock&&) noexcept = default;

int TextBlock::lines() const {
    return layout_->text().isEmpty() ? 0 : layout_->lineCount();
}

double TextBlock::natural_width() const {
    double widest = 0.0;
    for (int i = 0; i < lines(); ++i) {
        widest = std::max(widest, layout_->lineAt(i).naturalTextWidth());
    }
    return widest;
}

void TextBlock::paint(QPainter& painter, QPointF top_left, int first, int last) const {
    painter.setPen(colour_);
    QPointF const origin{top_left.x(), top_left.y() - first * line_height_};
    for (int i = first; i < std::min(last, lines()); ++i) {
        layout_->lineAt(i).draw(&painter, origin);
    }
}

double text_width(std::string_view text, FontSpec const& font) {
    return TextBlock{text, {.font = font}, std::numeric_limits<int>::max() / 128.0}.natural_width();
}

} // namespace cmq::render
