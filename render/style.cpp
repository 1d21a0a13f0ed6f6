// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/style.hpp"

#include <cmath>

namespace cmq::render {

QFont to_font(FontSpec const& spec) {
    char const* family = spec.family == Family::sans    ? "Liberation Sans"
                         : spec.family == Family::serif ? "Liberation Serif"
                                                        : "Liberation Mono";
    QFont font{QString::fromLatin1(family)};
    font.setPixelSize(static_cast<int>(std::lround(spec.size_pt * pt)));
    font.setBold(spec.bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(static_cast<QFont::StyleStrategy>(
        QFont::NoFontMerging | QFont::PreferOutline | QFont::NoSubpixelAntialias));
    return font;
}

} // namespace cmq::render
