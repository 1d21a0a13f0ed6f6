// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Text with bold and mono runs, broken into lines of a width.

#pragma once

#include "render/style.hpp"
#include "report/document.hpp"

#include <QPointF>
#include <QString>

#include <memory>
#include <string_view>
#include <vector>

class QPainter;
class QTextLayout;

namespace cmq::render {

struct TextLook {
    FontSpec font;
    QColor colour = colour::ink;
    Qt::Alignment alignment = Qt::AlignLeft;
    double leading = 1.36; ///< distance of lines, in font sizes
};

/// Lines stand at equal distances whatever runs they hold. A word longer than the width is broken
/// anywhere (a hash in a narrow column).
class TextBlock {
public:
    TextBlock(report::Text const& text, TextLook const& look, double width);
    TextBlock(std::string_view text, TextLook const& look, double width);
    ~TextBlock();
    TextBlock(TextBlock&&) noexcept;
    TextBlock& operator=(TextBlock&&) noexcept;
    TextBlock(TextBlock const&) = delete;
    TextBlock& operator=(TextBlock const&) = delete;

    [[nodiscard]] int lines() const;

    [[nodiscard]] double line_height() const noexcept { return line_height_; }

    [[nodiscard]] double height() const { return lines() * line_height_; }

    /// Width of the longest line.
    [[nodiscard]] double natural_width() const;

    /// Paints the lines [first, last), the first of them with its top at `top_left`.
    void paint(QPainter& painter, QPointF top_left, int first, int last) const;

    void paint(QPainter& painter, QPointF top_left) const { paint(painter, top_left, 0, lines()); }

private:
    std::unique_ptr<QTextLayout> layout_;
    QColor colour_;
    double line_height_ = 0.0;
};

/// What can be drawn of a text in a font: canonical composition, and each character that the font
/// lacks as "[U+1F600]". Nothing is lost silently and no other font creeps in. Invisible characters
/// that would change the order of letters are shown so too.
[[nodiscard]] QString to_drawable(QString const& text, QFont const& font);

/// The width of a text on one line.
[[nodiscard]] double text_width(std::string_view text, FontSpec const& font);

} // namespace cmq::render
