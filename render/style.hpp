// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Units, fonts and colours of everything that is drawn.

#pragma once

#include <QColor>
#include <QFont>

namespace cmq::render {

/// Painter units in a typographic point: pages and charts are drawn in tenths of a point, so that a
/// font's size is a whole number of units (Qt's sizes in points depend on the screen).
inline constexpr double pt = 10.0;
inline constexpr int units_per_inch = 720;

enum class Family { sans, serif, mono };

struct FontSpec {
    Family family = Family::serif;
    double size_pt = 10.5;
    bool bold = false;
};

/// Liberation, unhinted (hints differ between machines and would move line breaks), and never
/// replaced by another font for a character that it lacks.
[[nodiscard]] QFont to_font(FontSpec const& spec);

namespace colour {
inline QColor const ink{0x1a, 0x1a, 0x1a};
inline QColor const grey{0x59, 0x59, 0x59}; ///< 7 : 1 on white
inline QColor const rule{0xb8, 0xb8, 0xb8};
inline QColor const grid{0xdd, 0xdd, 0xdd};
inline QColor const accent{0x1f, 0x3a, 0x5f};
inline QColor const answer_fill{0xee, 0xf2, 0xf7};
inline QColor const warning{0xa8, 0x4a, 0x00};
inline QColor const warning_fill{0xfd, 0xf1, 0xe0};
inline QColor const table_fill{0xf1, 0xf3, 0xf5};
// Okabe and Ito, "Color Universal Design", 2008: eight colours that the colour-blind tell apart.
inline QColor const blue{0x00, 0x72, 0xb2};
inline QColor const orange{0xe6, 0x9f, 0x00};
inline QColor const green{0x00, 0x9e, 0x73};
inline QColor const vermilion{0xd5, 0x5e, 0x00};
inline QColor const purple{0xcc, 0x79, 0xa7};
inline QColor const sky{0x56, 0xb4, 0xe9};
} // namespace colour

} // namespace cmq::render
