// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Text to and from Qt.

#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace cmq::render {

[[nodiscard]] inline QString to_qstring(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

[[nodiscard]] inline std::string to_string(QString const& text) {
    return text.toStdString();
}

} // namespace cmq::render
